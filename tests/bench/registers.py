"""A register of 5,000 rows beside an empty one and one of 50: opening it, and a key in it."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench import stores

ROWS = (0, 50, 5_000)
KEYS = 60
GOAL_OPEN = 0.300


def run() -> Iterator[str]:
    with stores.folder() as folder:
        for rows in ROWS:
            _fill(folder / f"home-{rows}", rows)
        command = [sys.executable, "-m", "tests.bench.registers", str(folder)]
        yield from subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.splitlines()


def _fill(home: Path, rows: int) -> None:
    from db.registers.reading import read_page
    from db.registers.work import TASKS
    from db.registers.writing import new_id, put

    desk = stores.found(home)
    page = read_page(desk, TASKS, date(2024, 7, 1))
    with desk.act() as session:
        for number in range(rows):
            values = {
                "title": f"Việc thứ {number} ở thôn Đồng Mỏ",
                "due": date(2024, 7, 1) + timedelta(days=number % 365),
                "state": ("todo", "doing", "done")[number % 3],
            }
            put(session, page.context, TASKS, new_id(), values)
    desk.close()


async def _measure(home: Path) -> tuple[float, float]:
    """Give the seconds until the register is shown, and those of a key in it."""
    from db.home import Home
    from ntm_tui import compat
    from ntm_tui.app import NtmApp

    compat.install()
    app = NtmApp(Home(home))
    async with app.run_test(size=(80, 24)) as pilot:
        while app.desk is None:
            await pilot.pause(0.01)
        await pilot.press("f5")
        opened = []
        for number in ("2", "1") * 5:
            start = time.perf_counter()
            await app.screen.action_open_register(int(number))
            await painted(app)
            if number == "1":
                opened.append(time.perf_counter() - start)
        keys = [await _press(app, "down") for _ in range(KEYS)]
    return statistics.median(opened), statistics.median(keys)


async def _press(app: Any, key: str) -> float:
    start = time.perf_counter()
    await app.screen.table.run_action("move(1)" if key == "down" else "move(-1)")
    await painted(app)
    return time.perf_counter() - start


async def painted(app: Any) -> None:
    screen = app.screen
    await asyncio.sleep(0)
    while screen._dirty_widgets or screen._repaint_required or screen._layout_required:
        await asyncio.sleep(0.0005)


def main(folder: Path) -> None:
    found = {rows: asyncio.run(_measure(folder / f"home-{rows}")) for rows in ROWS}
    more = found[5_000][0] - found[0][0]
    verdict = "ok" if more < GOAL_OPEN else "OVER"
    print(
        f"a register of 5,000 rows opens in {more * 1000:.0f} ms beyond the empty one"
        f"   goal < 300 ms  {verdict}"
    )
    ratio = found[5_000][1] / found[50][1]
    print(
        f"a key in it costs {ratio:.2f} x one among 50 rows"
        f"   ({found[5_000][1] * 1000:.1f} ms / {found[50][1] * 1000:.1f} ms)"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
