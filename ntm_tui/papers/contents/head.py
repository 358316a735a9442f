"""What stands at the head and at the end of every paper of a commune, or of its upper level."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from db.text import fold
from db.unit_names import Level, bare_name
from ntm_tui.papers.contents.words import written_day
from ntm_tui.papers.word.values import Known

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sheet.commune import CommuneProfile

COMMON = (
    Known("co_quan_cap_tren", "cơ quan cấp trên, in ở dòng đầu bên trái"),
    Known("co_quan", "cơ quan ban hành"),
    Known("so_ky_hieu", "số và ký hiệu; số để trống cho văn thư"),
    Known("dia_danh_ngay", "địa danh, ngày tháng năm lập"),
    Known("ten_loai", "tên loại văn bản, ví dụ BÁO CÁO"),
    Known("trich_yeu", "trích yếu nội dung"),
    Known("kinh_gui", "nơi kính gửi"),
    Known("chuc_vu_ky", "quyền hạn, chức vụ của người ký"),
    Known("nguoi_ky", "họ tên người ký"),
    Known("noi_nhan", "danh sách nơi nhận"),
    Known("ten_xa", "tên xã"),
    Known("ten_huyen", "tên huyện"),
    Known("nam", "năm đánh giá"),
    Known("kem_theo", "dòng “Kèm theo …” ở đầu phụ lục"),
)
"""The fields that every paper has."""


def head(
    desk: Desk,
    today: date,
    *,
    kind: str,
    sign: str,
    about: str,
    to: str = "",
    recipients: Iterable[str] = (),
) -> dict[str, str]:
    """Give the fields that every paper has.

    Args:
        desk: whose paper it is.
        today: the day it is made.
        kind: what kind of paper it is, such as "Báo cáo".
        sign: the letters after the number, such as "BC-UBND".
        about: what it is about.
        to: to whom it goes.
        recipients: who gets it, beside the one it goes to and the files.
    """
    own = desk.upper
    commune = desk.commune
    above, office, place = _upper(own.office, own.name) if own is not None else _offices(commune)
    issuer = people_committee(desk) if own is None else own.office
    return {
        "co_quan_cap_tren": above,
        "co_quan": office,
        "so_ky_hieu": f"Số:         /{sign}",
        "dia_danh_ngay": written_day(place, today),
        "ten_loai": kind.upper(),
        "trich_yeu": about,
        "kinh_gui": to,
        "chuc_vu_ky": _signs_as(commune.signs_as) if own is None else "THỦ TRƯỞNG CƠ QUAN",
        "nguoi_ky": commune.signer if own is None else "",
        "noi_nhan": _recipients(recipients, to=bool(to)),
        "ten_xa": commune.name,
        "ten_huyen": commune.district,
        "nam": str(desk.sheet().year),
        "kem_theo": (
            f"(Kèm theo {kind} số        /{sign} ngày     /     /{today.year} của {issuer})"
        ),
    }


def upper_level(commune: CommuneProfile) -> str:
    """Call the level above, as the office has it."""
    return commune.upper_level or f"huyện {commune.district}"


def _offices(commune: CommuneProfile) -> tuple[str, str, str]:
    """Give who stands above, who issues it, and the place."""
    above = upper_level(commune)
    if not fold(above).startswith(("huyen", "tinh", "thi xa", "thanh pho")):
        above = f"huyện {commune.district}"
    name = commune.title.upper()
    return f"ỦY BAN NHÂN DÂN\n{above.upper()}", f"ỦY BAN NHÂN DÂN\n{name}", commune.name


def _upper(office: str, name: str) -> tuple[str, str, str]:
    place = bare_name(bare_name(name, Level.DISTRICT), Level.PROVINCE)
    return office.upper(), "", place


def people_committee(desk: Desk) -> str:
    """Call the office of the commune in a sentence."""
    return f"Ủy ban nhân dân xã {desk.commune.name}"


def above(desk: Desk) -> str:
    """Call the office that reports go to, unless the office said another one."""
    upper = upper_level(desk.commune)
    return f"Ban Chỉ đạo các Chương trình MTQG {upper}" if " " in upper else upper


def _signs_as(position: str) -> str:
    """Write the office of the one who signs: one who is no head signs for the head."""
    said = position.strip()
    if fold(said).startswith("pho"):
        return f"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n{said.upper()}"
    return f"TM. ỦY BAN NHÂN DÂN\n{said.upper() or 'CHỦ TỊCH'}"


def _recipients(named: Iterable[str], *, to: bool) -> str:
    given = [it.strip(" -;.") for it in named]
    lines = [it for it in given if it and not fold(it).startswith("luu:")]
    files = next((it for it in given if fold(it).startswith("luu:")), "Lưu: VT, NTM")
    first = ["Như trên"] if to and "nhu tren" not in map(fold, lines) else []
    return "\n".join([*(f"- {it};" for it in (*first, *lines)), f"- {files}."])
