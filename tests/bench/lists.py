"""Ten thousand conflicts, and as much kept apart, on the screen beside ten of them."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import stores
from tests.bench.registers import painted

FEW, MANY = 10, 10_000
KEYS = 40


def run() -> Iterator[str]:
    from tests._helpers.crowded import fill

    with stores.folder() as folder:
        for many in (FEW, MANY):
            with stores.found(folder / f"home-{many}") as desk:
                fill(desk, many)
        command = [sys.executable, "-m", "tests.bench.lists", str(folder)]
        yield from subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.splitlines()


async def _measure(home: Path) -> dict[str, float]:
    """Give the seconds until each list is shown, and those of a key in it."""
    from db.home import Home
    from ntm_tui import compat
    from ntm_tui.app import NtmApp

    compat.install()
    app = NtmApp(Home(home))
    found: dict[str, float] = {}
    async with app.run_test(size=(80, 24)) as pilot:
        while app.desk is None:
            await pilot.pause(0.01)
        await pilot.press("f8")
        for name, digit, said in (
            ("conflicts", "3", "ô cần chốt"),
            ("kept apart", "4", "chưa tính"),
        ):
            start = time.perf_counter()
            await pilot.press(digit)
            await _until(app, said)
            await painted(app)
            found[f"open {name}"] = time.perf_counter() - start
            found[f"key in {name}"] = statistics.median([await _key(app) for _ in range(KEYS)])
        start = time.perf_counter()
        await pilot.press("3", "enter")
        await _until(app, "Đã chốt")
        found["settling one"] = time.perf_counter() - start
    return found


async def _until(app: Any, said: str) -> None:
    async with asyncio.timeout(60):
        while said not in "".join(it.text for it in app.screen._compositor.render_strips()):
            await asyncio.sleep(0.005)


async def _key(app: Any) -> float:
    start = time.perf_counter()
    await app.focused.run_action("move(1)")
    await painted(app)
    return time.perf_counter() - start


def main(folder: Path) -> None:
    few, many = (asyncio.run(_measure(folder / f"home-{one}")) for one in (FEW, MANY))
    for name, seconds in many.items():
        print(
            f"{name}: {seconds / few[name]:.2f} x with {MANY:,} entries what it is with {FEW}"
            f"   ({seconds * 1000:.0f} ms / {few[name] * 1000:.0f} ms)"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
