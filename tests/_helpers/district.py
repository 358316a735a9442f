"""A district with some communes: each wrote a little, and its bundle came in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.clock import today
from db.communes import Founding
from db.criteria.definitions import Tier
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.profile import update_profile
from db.registers import Register
from db.registers.capital import FUND_LINES
from db.registers.reading import read_page
from db.registers.upper import AGENCIES, REQUESTS, UPPER_INSPECTIONS
from db.registers.work import OBSTACLES
from db.registers.writing import new_id, put
from db.verdicts import set_verdict
from tests._helpers.practice import copied
from tests._helpers.stores import found, found_upper, pass_on, set_status

CAI_KINH, MINH_TIEN, HOA_THANG = (
    f"lang-son/huu-lung/{name}" for name in ("cai-kinh", "minh-tien", "hoa-thang")
)


def write(desk: Desk, register: Register, values: dict[str, Any], row: str = "") -> str:
    """Write a row of a register as one action; gives its id."""
    row = row or new_id()
    page = read_page(desk, register, today())
    with desk.act() as session:
        return put(session, page.context, register, row, values)


def commune(path: Path, name: str, year: int = 2026) -> Desk:
    """The laptop of a commune of the district."""
    answers = Founding("Lạng Sơn", "Hữu Lũng", name, f"Cán bộ {name}", year)
    return found(path, answers=answers)


def _cai_kinh(desk: Desk) -> None:
    for number in ("1.1", "1.2", "4.1"):
        set_status(desk, number)
    set_status(desk, "2.1", Status.NOT_MET)
    write(
        desk,
        OBSTACLES,
        {"title": "Chưa có đất làm nhà văn hóa", "reported_on": today() - timedelta(days=9)},
    )
    write(
        desk,
        FUND_LINES,
        {"title": "Vốn sự nghiệp", "year": 2022, "plan": Decimal(300), "volume": Decimal(200)},
    )


def _minh_tien(desk: Desk) -> None:
    with desk.act() as session:
        update_profile(session, desk.commune.scope, "held_tier", Tier.NTM.value)
    for indicator in desk.sheet().criteria_set.indicators:
        set_status(desk, indicator.number, Status.NOT_MET)


def _hoa_thang(desk: Desk) -> None:
    for indicator in desk.sheet().criteria_set.indicators:
        set_status(desk, indicator.number)


STORIES: dict[str, Callable[[Desk], None]] = {
    "Cai Kinh": _cai_kinh,
    "Minh Tiến": _minh_tien,
    "Hòa Thắng": _hoa_thang,
}


def make(path: Path, day: date | None = None) -> Home:
    """The district's home, with three communes and what it wrote about the first.

    Beside it lie the communes' own. They are made once for all tests of a worker, and copied.
    """
    day = day or today()
    made = path.parent / f"district-{day}-{today()}"
    if not (made / "whole").exists():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NTM_CONFIG", str(made / "config"))
            _make(made, day)
        (made / "whole").touch()
    for place in range(len(STORIES)):
        name = f"commune-{place}"
        copied(Home(made / name), made / "config", Home(path / name))
    return copied(Home(made / "home"), made / "config", Home(path / "home"))


def _make(path: Path, day: date) -> None:
    with found_upper(path / "home") as upper:
        for place, (name, story) in enumerate(STORIES.items()):
            with commune(path / f"commune-{place}", name) as desk:
                story(desk)
                pass_on(desk, upper, path / "up", trust=True)
        agency = write(
            upper,
            AGENCIES,
            {
                "name": "Phòng Nông nghiệp",
                "field": "Nông nghiệp",
                "criteria": ["xa-ntm-2021-2025/2", "xa-ntm-2021-2025/13"],
            },
        )
        here = upper.at_commune(CAI_KINH)
        with here.act() as session:
            set_verdict(session, here.sheet(), "1.1", Status.NOT_MET, agency=agency)
            set_verdict(session, here.sheet(), "1.2", Status.MET)
        write(
            here,
            REQUESTS,
            {"title": "Rà soát hộ nghèo", "kind": "task", "due": day - timedelta(days=3)},
        )
        write(
            here,
            UPPER_INSPECTIONS,
            {
                "visited_on": day - timedelta(days=20),
                "topic": "Bãi rác",
                "mend": "Đóng cửa bãi rác",
                "mend_by": day + timedelta(days=4),
            },
        )
