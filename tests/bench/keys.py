"""From a key to what is durable and repainted, with a long journal, also while an export runs."""

import asyncio
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import stores

CHANGES = 20_000
KEYS = 114
LAST = "19.2"


def run() -> Iterator[str]:
    with stores.folder() as folder:
        desk = stores.found(folder / "home")
        stores.fill(desk, CHANGES)
        desk.close()
        command = [sys.executable, "-m", "tests.bench.keys", str(folder)]
        yield from subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.splitlines()


async def measure(folder: Path) -> None:
    """Press digits in the checklist; print the times, the flushes and the memory."""
    import resource

    from db.home import Home
    from ntm_tui import compat
    from ntm_tui.app import NtmApp

    compat.install()
    app = NtmApp(Home(folder / "home"))
    async with app.run_test(size=(80, 24)) as pilot:
        while app.desk is None:
            await pilot.pause(0.01)
        await pilot.press("f3")
        while getattr(app.screen, "picture", None) is None:
            await pilot.pause(0.01)
        _print("a status key, repainted", [await _press(app, pilot, key) for key in _digits()])
        exporting = asyncio.create_task(asyncio.to_thread(_export, app, folder))
        meanwhile = []
        while not exporting.done() or len(meanwhile) < 20:
            meanwhile.append(await _press(app, pilot, "123"[len(meanwhile) % 3]))
        await exporting
        _print("the same while an export runs", meanwhile)
        print(_flushes(app))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB   goal < 130  {'ok' if peak < 130 else 'OVER'}")


def _digits() -> Iterator[str]:
    return iter("123" * (KEYS // 3))


async def _press(app: Any, pilot: Any, key: str) -> float:
    """Give the seconds from a key to its change in the store and on the screen."""
    from textual import events

    screen = app.screen
    if screen.table.current.key[1] in ("1", LAST):
        screen.go_to("1.1")
    before = screen.picture.turn
    start = time.perf_counter()
    app.post_message(events.Key(key, key))
    while screen.picture.turn == before:
        await asyncio.sleep(0.0005)  # a busy loop would starve the thread that writes
    while screen._dirty_widgets or screen._repaint_required or screen._layout_required:
        await asyncio.sleep(0.0005)
    return time.perf_counter() - start


def _flushes(app: Any) -> str:
    """Count the flushes to disk that one key costs, as the system counts them."""
    strace = shutil.which("strace")
    if strace is None:
        return "flushes per key: not counted (strace is missing)"
    with subprocess.Popen(
        [strace, "-f", "-c", "-e", "trace=fsync,fdatasync", "-p", str(os.getpid())],
        stderr=subprocess.PIPE,
        text=True,
    ) as tracer:
        time.sleep(0.5)
        stores.edit(app.desk, KEYS)
        tracer.send_signal(signal.SIGINT)
        said = tracer.communicate()[1]
    calls = sum(int(line.split()[3]) for line in said.splitlines() if line.endswith("sync"))
    return f"flushes per key: {calls / KEYS:.1f}"


def _export(app: Any, folder: Path) -> None:
    """Export as the work area does: in a thread that lets keys come first."""
    from db.sync.info import Receiver
    from ntm_tui.papers.bundle import send_bundle
    from ntm_tui.screens.sync.run import Run

    run = Run()
    send_bundle(app.desk, Receiver(), folder / "usb", progress=run.note, cancelled=run.stopped)


def _print(name: str, seconds: list[float]) -> None:
    p95 = statistics.quantiles(seconds, n=20)[-1] * 1000
    median = statistics.median(seconds) * 1000
    verdict = "ok" if p95 < 50 else "OVER"
    print(f"{name}: median {median:.1f} ms, p95 {p95:.1f} ms   goal p95 < 50 ms  {verdict}")


if __name__ == "__main__":
    asyncio.run(measure(Path(sys.argv[1])))
