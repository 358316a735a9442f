"""Kills the program at random moments and looks at what is left.

`python -m tests.faults.kill 200` kills two hundred times; the suite does the same a few times.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db import identity, store_copies
from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.problems import StoreMissing
from db.sync.reading import verify
from tests._helpers.newer_program import newer_program, scripts_in
from tests._helpers.stores import ANSWERS, count, dump_of, found, incarnation, send, set_note
from tests.faults.work import KINDS

DONE_BEFORE = (0, 0, 1, 1, 2, 3, 8)
"""How many things a child may do before the moment of its death is drawn."""

LONGEST = 0.05
"""Seconds that it may live from then on, or from the last thing it did."""


@dataclass
class Trial:
    """A folder in which children work and die. `told`: what each was done with, by tag."""

    folder: Path
    chance: random.Random
    server: subprocess.Popen[bytes]
    told: dict[str, list[str]] = field(default_factory=dict)
    kills: int = 0
    _rest: bytes = b""

    @property
    def home(self) -> Home:
        return Home(self.folder / "home")

    def kill_one(self, kind: str) -> str:
        """Let a child do this kind of work and kill it at some moment; gives its tag."""
        tag = f"{kind}{self.kills}"
        self.kills += 1
        said = self.told.setdefault(tag, [])
        order = json.dumps({"kind": kind, "folder": str(self.folder), "tag": tag})
        assert self.server.stdin is not None
        self.server.stdin.write(order.encode() + b"\n")
        self.server.stdin.flush()
        ready = self._line(None)
        child = int(ready.removeprefix("ready "))
        alive, until = True, self.chance.choice(DONE_BEFORE)
        while (line := self._line(self._patience(len(said) >= until) if alive else None)) != "dead":
            if line == "":  # the time is over
                os.kill(child, signal.SIGKILL)
                alive = False
            else:
                assert line.startswith("done "), line
                said.append(line.removeprefix("done "))
        return tag

    def _patience(self, soon: bool) -> float | None:
        """How long to let the child live on: until it has done enough, then a moment more."""
        return self.chance.random() * LONGEST if soon else None

    def _line(self, wait: float | None) -> str:
        """The next line of the server, or nothing when none came in time."""
        assert self.server.stdout is not None
        while b"\n" not in self._rest:
            if not select.select([self.server.stdout], [], [], wait)[0]:
                return ""
            got = os.read(self.server.stdout.fileno(), 65536)
            assert got, "the fork server died"
            self._rest += got
        line, self._rest = self._rest.split(b"\n", 1)
        return line.decode()


@contextmanager
def trial(folder: Path, seed: int) -> Iterator[Trial]:
    """A commune, bundles of it, an older program's store, and a server that forks children."""
    with closing(found(folder / "home")) as desk:
        for number in range(3):
            set_note(desk, "1.1", f"gói {number}")
            send(desk, folder / "bundles", full=number == 0)
        desk.close()
        (folder / "old.sqlite").write_bytes(desk.home.store.read_bytes())
    scripts_in(folder / "scripts")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.work"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "NTM_CONFIG": os.environ["NTM_CONFIG"]},
    ) as server:
        try:
            yield Trial(folder, random.Random(seed), server)
        finally:
            server.kill()


def look(made: Trial, kind: str, tag: str) -> None:
    """Fail unless all is well after a kill."""
    {
        "exports": look_at_bundles,
        "copies": look_at_copies,
        "restores": look_at_copies,
        "imports": look_at_joined,
        "foundings": look_at_founded,
        "migrations": look_at_migrated,
    }.get(kind, lambda _made, _tag: None)(made, tag)
    look_at_store(made, kind, tag)


def look_at_store(made: Trial, kind: str, tag: str) -> None:
    """The store opens, is sound, holds all that was told, and goes on as the same machine."""
    before = identity.load(made.home.path)
    with closing(Desk.open(made.home)) as desk:
        assert before is not None
        if kind != "restores":
            assert desk.store.notice == ""
            assert incarnation(desk) == before.incarnation
        if kind in ("edits", "exports", "copies", "restores"):
            lost = [
                what
                for what in made.told[tag]
                if not count(desk, "change", f"value = '\"{what}\"'")
            ]
            assert lost == [], lost
        set_note(desk, "3.1", f"sau khi {tag} bị ngắt")
        send(desk, made.folder / "after", full=made.kills % 10 == 0)
    assert store_copies.is_sound(made.home.store)


def look_at_bundles(made: Trial, _tag: str) -> None:
    """What bears a bundle's name is a whole bundle."""
    for path in (made.folder / "stick").glob("NTM_*"):
        assert verify(path).valid, path
        path.unlink()


def look_at_copies(made: Trial, _tag: str) -> None:
    """What bears a copy's name is a whole store."""
    for folder in (made.home.backups, made.home.replaced):
        for path in folder.glob("*.sqlite"):
            assert store_copies.is_sound(path), path
            path.unlink()


def look_at_joined(made: Trial, tag: str) -> None:
    """What was brought in is there; a laptop whose joining was cut short can join again."""
    from db.sync.joining import join

    bundles = sorted((made.folder / "bundles").glob("*.zip"))
    reached = {name: int(place) for name, place in (told.split() for told in made.told[tag])}
    for path in (made.folder / "joined").glob(f"{tag}-*"):
        home = Home(path)
        try:
            desk = Desk.open(home)
        except StoreMissing:
            assert path.name not in reached
            desk = join(home, bundles[0], "Lý Văn Bé")
        with closing(desk):
            assert f"gói {reached.get(path.name, 0)}" in "".join(_notes(desk))


def _notes(desk: Desk) -> list[str]:
    with desk.reading() as session:
        found_ = session.connection().exec_driver_sql(
            "SELECT value FROM change WHERE field = 'note'"
        )
        return list(found_.scalars())


def look_at_founded(made: Trial, tag: str) -> None:
    """A commune that was founded is there; one whose founding was cut short can be founded."""
    told = set(made.told[tag])
    answers: Founding = ANSWERS
    for path in (made.folder / "founded").glob(f"{tag}-*"):
        try:
            desk = Desk.open(Home(path))
        except StoreMissing:
            assert path.name not in told
            desk = Desk.found(Home(path), answers)
        with closing(desk):
            assert desk.commune.name == "Cai Kinh"


def look_at_migrated(made: Trial, tag: str) -> None:
    """Every older store opens with all it held."""
    want: Any = None
    with newer_program(made.folder / "scripts"):
        for path in (made.folder / "old").glob(f"{tag}-*"):
            if not (path / "ntm.sqlite").exists():
                assert path.name not in made.told[tag]
                continue
            with closing(Desk.open(Home(path))) as desk:
                want = want or dump_of(desk)
                assert "gói 2" in want
                assert dump_of(desk) == want


def run(folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Kill so many times, each kind of work in turn; gives what was told, by kind."""
    told = dict.fromkeys(KINDS, 0)
    with trial(folder, seed) as made:
        for number in range(kills):
            kind = list(KINDS)[number % len(KINDS)]
            tag = made.kill_one(kind)
            look(made, kind, tag)
            told[kind] += len(made.told[tag])
    return told


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chosen = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1_000_000)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["NTM_CONFIG"] = str(Path(scratch) / "config")
        print(f"seed {chosen}")
        print(f"{wanted} kills; acknowledged and found: {run(Path(scratch), wanted, chosen)}")
