"""Plays docs/mot-thang.md in tmux, a terminal of 80×24 for each machine: `make month`.

Needs tmux and faketime. What every terminal showed is kept beside the machines, to be read.
"""

from __future__ import annotations

import hashlib
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from db.desk import Desk
from db.home import Home
from tests._helpers.month import GUIDE, Machine, Month, Step, equal_machines, steps
from tests._helpers.stores import dump_of

NTM = Path(sys.executable).with_name("ntm")
PATIENCE = 60
"""Seconds until something must be seen."""
KEYS = {"enter": "Enter", "esc": "Escape", "tab": "Tab", "↓": "Down", "↑": "Up", "space": "Space"}


class Terminals:
    """A tmux server of its own with a window for each machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._windows: dict[Path, str] = {}
        self._marks = count(1)

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-L", "mot-thang", "-f", "/dev/null", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def window(self, machine: Machine) -> str:
        """The terminal of a machine, opened when it is first asked for."""
        if machine.folder not in self._windows:
            name = f"may{len(self._windows)}"
            settings = " ".join(f"{key}={shlex.quote(it)}" for key, it in machine.env.items())
            shell = f"env {settings} LANG=C.UTF-8 PS1='$ ' bash --norc --noprofile"
            self._tmux("new-session", "-d", "-s", name, "-x", "80", "-y", "24", shell)
            self._windows[machine.folder] = name
        return self._windows[machine.folder]

    def close(self) -> None:
        self._tmux("kill-server")

    def screen(self, name: str, *, all_of_it: bool = False) -> str:
        """What a terminal shows, or everything it showed since the last command."""
        return self._tmux("capture-pane", "-p", "-J", "-t", name, *(["-S", "-"] * all_of_it))

    def run(self, machine: Machine, words: tuple[str, ...], clock: str) -> str:
        """Type a command and read what it says; the runner of `Month`."""
        name, mark = self.window(machine), f"xong-{next(self._marks)}"
        self._tmux("clear-history", "-t", name)
        typed = shlex.join([*(["faketime", clock] if clock else []), str(NTM), *words])
        self._type(name, f"clear; {typed}; echo {mark}''=$?")
        said = self._wait(name, lambda shown: f"{mark}=" in shown, all_of_it=True)
        code = said.partition(f"{mark}=")[2].split()[0]
        assert code in ("0", "3"), said
        return said

    def press(self, machine: Machine, step: Step) -> None:
        """Open the program, press keys, see what must be seen, and leave it."""
        name = self.window(machine)
        self._type(name, str(NTM))
        self._wait(name, lambda shown: " NTM " in shown and "F8" in shown)
        for keys, seen in step.keys:
            for key in keys.split():
                self._tmux("send-keys", "-t", name, _tmux_name(key))
                time.sleep(0.5)  # as a person would
            for words in seen:
                shown = self._wait(name, lambda shown, words=words: words in shown)
                self._keep(shown, keys)
        self._tmux("send-keys", "-t", name, "C-q")
        self._wait(name, lambda shown: shown.rstrip().endswith("$"))

    def _type(self, name: str, line: str) -> None:
        self._tmux("send-keys", "-t", name, "-l", line)
        self._tmux("send-keys", "-t", name, "Enter")

    def _wait(self, name: str, there: Callable[[str], bool], *, all_of_it: bool = False) -> str:
        end = time.monotonic() + PATIENCE
        while not there(shown := self.screen(name, all_of_it=all_of_it)):
            assert time.monotonic() < end, shown
            time.sleep(0.1)
        return shown

    def _keep(self, shown: str, keys: str) -> None:
        number = len([*self.folder.glob("man-hinh-*.txt")]) + 1
        path = self.folder / f"man-hinh-{number:02d}-{keys.replace(' ', '-')}.txt"
        path.write_text(shown, encoding="utf-8")


def _tmux_name(key: str) -> str:
    if key.lower().startswith("ctrl+"):
        return f"C-{key[-1].lower()}"
    return KEYS.get(key.lower(), key)


def device(machine: Machine) -> str:
    """The id of a machine, as it says itself."""
    with Desk.read(Home(machine.folder / "home")) as desk, desk.reading() as session:
        found = session.connection().exec_driver_sql("SELECT value FROM meta WHERE key = 'device'")
        return str(found.scalar_one())


def main() -> None:
    """Play the month; end with an error where something is not as the guide tells it."""
    guide = GUIDE.read_text(encoding="utf-8")
    folder = Path(tempfile.mkdtemp(prefix="mot-thang-"))
    terminals = Terminals(folder)
    month = Month(folder, terminals.run, device)
    try:
        for number, step in enumerate(steps(guide), 1):
            what = step.event or " · ".join(k for k, _ in step.keys) or shlex.join(step.command)
            print(f"{number:3} {step.machine or '—':10} {what}", flush=True)
            if step.keys:
                terminals.press(month.machine(step.machine), step)
                continue
            said = month.play(step)
            for words in step.seen:
                assert words in said.replace("\n", ""), (words, said)
    finally:
        terminals.close()
    found = set()
    for name in equal_machines(guide):
        with Desk.read(Home(month.machine(name.removeprefix("máy ")).folder / "home")) as desk:
            found.add(hashlib.sha256(dump_of(desk).encode()).hexdigest())
    assert len(found) == 1, found
    print(f"Ba máy cùng một số liệu. Màn hình đã thấy: {folder}")


if __name__ == "__main__":
    main()
