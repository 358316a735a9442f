"""Communes of any size, made in a folder of their own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from db import checklist
from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.judging import Status

FOUNDING = Founding("Lạng Sơn", "Hữu Lũng", "Cai Kinh", "Nguyễn Thị Hường", 2024)
STATUSES = (Status.MET, Status.NOT_MET, Status.IN_PROGRESS)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ntm-bench-") as made:
        path = Path(made)
        before = os.environ.get("NTM_CONFIG")
        os.environ["NTM_CONFIG"] = str(path / "config")
        try:
            yield path
        finally:
            if before is None:
                del os.environ["NTM_CONFIG"]
            else:
                os.environ["NTM_CONFIG"] = before


def found(home: Path) -> Desk:
    return Desk.found(Home(home), FOUNDING)


def fill(desk: Desk, changes: int) -> None:
    """Write until the journal holds so many changes: rounds of notes on every indicator."""
    sheet = desk.sheet()
    numbers = [one.number for one in sheet.criteria_set.indicators]
    left = changes - count_changes(desk)
    for turn in count():
        if left <= 0:
            return
        chosen = numbers[: max(left, 1)]
        with desk.act() as session:
            for number in chosen:
                text = f"Lần {turn}: đã rà soát đường bê tông thôn Đồng Mỏ, chỉ tiêu {number}"
                checklist.set_text(session, sheet, number, "note", text)
        left = changes - count_changes(desk) if turn == 0 else left - len(chosen)


def edit(desk: Desk, times: int) -> None:
    """Set a status so many times, one action each."""
    sheet = desk.sheet()
    numbers = [one.number for one in sheet.criteria_set.indicators]
    for turn in range(times):
        with desk.act() as session:
            status = STATUSES[(turn // len(numbers) + turn) % len(STATUSES)]
            checklist.set_status(session, sheet, numbers[turn % len(numbers)], status)


def count_changes(desk: Desk) -> int:
    with desk.reading() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM change").scalar_one())
