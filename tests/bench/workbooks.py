"""An old workbook of five thousand rows: looked at, and written as one action."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from db.communes import VillageRecord
from db.desk import Desk
from db.home import Home
from tests._helpers.workbooks import write_long_list
from tests.bench import stores
from tests.bench.measuring import timed

ROWS = 5_000
GOAL = 3.0
"""Seconds."""
VILLAGES = (VillageRecord("dong-mo", "Thôn Đồng Mỏ", 120, 502),)


def run() -> Iterator[str]:
    from db.workbooks.applying import apply
    from db.workbooks.ground import ground_of
    from db.workbooks.previewing import preview

    answers = replace(stores.FOUNDING, villages=VILLAGES)
    with stores.folder() as folder, Desk.found(Home(folder / "home"), answers) as desk:
        path, ground = write_long_list(folder / "dai.xlsx", ROWS), ground_of(desk)
        read = timed(lambda: read_straight(path))
        start = perf_counter()
        seen = preview(path, ground)
        looked = perf_counter() - start
        wrote = timed(lambda: apply(ground, seen))
    cells = len(seen.sure)
    verdict = "ok" if looked + wrote <= GOAL else "OVER"
    yield (
        f"{ROWS:,} rows of Excel, {cells:,} changes: shown in {looked:.2f} s, written as one action"
        f" in {wrote:.2f} s   goal for both {GOAL:.0f} s  {verdict}"
    )
    yield f"reading the values alone {read:.2f} s"


def read_straight(path: Path) -> int:
    """Read the values of the sheet and do nothing with them."""
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
