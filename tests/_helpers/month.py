"""Plays docs/mot-thang.md: machines, a stick, and what happens to them in a month.

The guide is for people; what happens outside of the program stands in it as HTML comments.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "mot-thang.md"
_BLOCK = re.compile(
    r"^```máy (?P<machine>[^,\n]+)(?P<screen>, trên màn hình)?\n(?P<lines>.*?)^```$"
    r"|^<!-- (?P<event>.+?) -->$",
    re.M | re.S,
)

Line = tuple[str, tuple[str, ...]]
"""What a person gives, and what must be seen after it."""


@dataclass(frozen=True)
class Step:
    """What is done at a machine with what must be seen, or something that happens outside.

    Either `command` is given, or the program is opened and `keys` are pressed in it.
    """

    machine: str = ""
    command: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    keys: tuple[Line, ...] = ()
    event: str = ""


def steps(guide: str) -> Iterator[Step]:
    """Read the guide."""
    for block in _BLOCK.finditer(guide):
        if block["event"]:
            yield Step(event=block["event"])
            continue
        lines = _lines(block["lines"])
        if block["screen"]:
            yield Step(block["machine"], keys=lines)
            continue
        for line, seen in lines:
            program, *words = shlex.split(line)
            assert program == "ntm", line
            yield Step(block["machine"], tuple(words), seen)


def _lines(text: str) -> tuple[Line, ...]:
    lines: list[Line] = []
    for line in text.splitlines():
        if line.startswith("→ "):
            given, seen = lines[-1]
            lines[-1] = given, (*seen, line.removeprefix("→ "))
        elif line.strip():
            lines.append((line, ()))
    return tuple(lines)


def equal_machines(guide: str) -> tuple[str, ...]:
    """The machines of which the guide says that they hold the same in the end."""
    said = [it.event for it in steps(guide) if it.event.startswith(_EQUAL)]
    return tuple(it.strip() for it in said[0].removeprefix(_EQUAL).split(","))


_EQUAL = "bằng nhau: "

Runner = Callable[["Machine", tuple[str, ...], str], str]
"""Runs `ntm` at a machine whose clock shows a day ("" for the right one); gives what it says."""


@dataclass
class Machine:
    """A laptop: its folder, and what its clock shows when that is wrong."""

    folder: Path
    clock: str = ""

    @property
    def env(self) -> dict[str, str]:
        return {"NTM_HOME": str(self.folder / "home"), "NTM_CONFIG": str(self.folder / "config")}


@dataclass
class Month:
    """The machines and the stick; `run` is how a command is given."""

    folder: Path
    run: Runner
    device: Callable[[Machine], str]
    machines: dict[str, Machine] = field(default_factory=dict)

    @property
    def stick(self) -> Path:
        return self.folder / "usb"

    def machine(self, name: str) -> Machine:
        if name not in self.machines:
            self.machines[name] = Machine(self.folder / f"m{len(self.machines)}")
            self.machines[name].folder.mkdir()
        return self.machines[name]

    def play(self, step: Step) -> str:
        """Give a command, or let something happen; gives what the program said."""
        self.stick.mkdir(exist_ok=True)
        if step.event:
            self._happen(step.event)
            return ""
        machine = self.machine(step.machine)
        words = tuple(self._meant(word) for word in step.command)
        return self.run(machine, words, machine.clock)

    def _meant(self, word: str) -> str:
        if word == "USB":
            return str(self.stick)
        if word == "USB/GÓI":
            return str(max(self.stick.glob("NTM_*.zip"), key=lambda it: it.stat().st_mtime_ns))
        if word.startswith("MÃ-MÁY-"):
            return self.device(self.machine(word.removeprefix("MÃ-MÁY-").lower()))
        return word

    def _happen(self, event: str) -> None:
        if event == "mất USB":
            shutil.rmtree(self.stick)
        elif found := re.fullmatch(r"đồng hồ máy (.+): (.+)", event):
            self.machine(found[1]).clock = "" if found[2] == "đúng" else found[2]
        elif found := re.fullmatch(r"chép kho: máy (.+) sang máy (.+)", event):
            source, target = (self.machine(name).folder / "home" for name in found.groups())
            shutil.copytree(source, target)
        elif not event.startswith(_EQUAL):
            raise ValueError(f"nobody knows how to play: {event}")
