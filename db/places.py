"""Communes known by name, to be offered at the first start."""

from collections.abc import Mapping

from db.communes import commune_code
from db.problems import Refused
from db.text import rank

PROVINCE, DISTRICT, YEAR = "Lạng Sơn", "Hữu Lũng", 2024
"""What the first-run questions begin with."""

_COMMUNES: Mapping[str, tuple[str, ...]] = {
    "lang-son/huu-lung": (
        *("Cai Kinh", "Đồng Tân", "Đồng Tiến", "Hòa Bình", "Hòa Lạc", "Hòa Sơn", "Hòa Thắng"),
        *("Hồ Sơn", "Hữu Liên", "Minh Hòa", "Minh Sơn", "Minh Tiến", "Nhật Tiến"),
        *("Quyết Thắng", "Sơn Hà", "Tân Thành", "Thanh Sơn", "Thiện Tân", "Vân Nham"),
        *("Yên Bình", "Yên Sơn", "Yên Thịnh", "Yên Vượng"),
    ),
}
"""By district, in the Vietnamese order; as of July 2024."""


def communes_like(province: str, district: str, typed: str) -> tuple[str, ...]:
    """Give the communes of a district that answer what was typed, the best answer first."""
    try:
        code = commune_code(province, district, "x").rsplit("/", 1)[0]
    except Refused:  # a name is still missing
        return ()
    found = [
        (step, name) for name in _COMMUNES.get(code, ()) if (step := rank(typed, name)) is not None
    ]
    return tuple(name for _, name in sorted(found, key=lambda one: one[0]))
