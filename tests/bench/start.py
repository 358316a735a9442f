"""How soon the program answers and paints, against bare Python and a bare Textual app."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator

from tests.bench import stores
from tests.bench.measuring import Ratio, median_of, timed

BARE_APP = """
from textual.app import App
from textual.widgets import DataTable

class Bare(App):
    def compose(self):
        yield DataTable()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("TT", "Name", "Status")
        for number in range(57):
            table.add_row(str(number), f"row {number}", "painted")

Bare().run()
"""
ROUNDS = 7


def run() -> Iterator[Ratio]:
    python = [sys.executable]
    bare = median_of(lambda: _run([*python, "-c", "pass"]), ROUNDS)
    ours = median_of(lambda: _run([*python, "-m", "ntm_tui", "--version"]), ROUNDS)
    yield Ratio("ntm --version", ours, bare, "python -c pass", 4.0)
    with stores.folder() as folder:
        home = folder / "home"
        desk = stores.found(home)
        stores.edit(desk, 57)
        desk.close()
        os.environ["NTM_HOME"] = str(home)
        app = [*python, "-m", "ntm_tui"]
        painted = median_of(lambda: _until([*python, "-c", BARE_APP], b"painted"), ROUNDS)
        first = median_of(lambda: _until(app, b"NTM"), ROUNDS)
        filled = median_of(lambda: _until(app, b"1.2", keys=b"\x1bOR"), ROUNDS)
    yield Ratio("first painted screen", first, painted, "bare Textual app with DataTable", 1.3)
    yield Ratio("filled checklist (F3 at once)", filled, painted, "bare Textual app", 2.5)


def _run(command: list[str]) -> float:
    return timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))


def _until(command: list[str], wanted: bytes, keys: bytes = b"") -> float:
    """Give the seconds from starting a program in a terminal until it has drawn some bytes."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    try:
        return _read(terminal, wanted, keys, start)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def _read(terminal: int, wanted: bytes, keys: bytes, start: float) -> float:
    seen = b""
    while time.perf_counter() - start < 30:
        if not select.select([terminal], [], [], 30)[0]:
            break
        seen += os.read(terminal, 65536)
        if keys and b"\x1b[?1049h" in seen:
            os.write(terminal, keys)
            keys = b""
        if wanted in seen:
            return time.perf_counter() - start
    raise RuntimeError(f"{wanted!r} was never painted")
