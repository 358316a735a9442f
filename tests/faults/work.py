"""What children do until they are killed: `python -m tests.faults.work` is a fork server.

It has everything imported, reads one order a line from its standard input, and forks a child for
each. The child says `ready`, its number, and then `done WHAT` for each thing that is finished, as a
person at the screen would be told. It never stops by itself.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from db import backups
from db.desk import Desk
from db.home import Home
from db.sync.joining import join
from db.sync.receiving import receive
from tests._helpers.newer_program import newer_program
from tests._helpers.stores import ANSWERS, send, set_note

Done = Callable[[str], None]


def edit(desk: Desk, number: int, tag: str) -> str:
    """One edit nobody made before; gives what was written."""
    note = f"{tag}-{number}"
    set_note(desk, ("1.1", "1.2", "2.1")[number % 3], note)
    return note


def edits(folder: Path, tag: str, done: Done) -> None:
    """Write notes, and now and then take one back and do it again."""
    with Desk.open(Home(folder / "home")) as desk:
        for number in count():
            done(edit(desk, number, tag))
            if number % 5 == 4:
                desk.store.undo(desk.officer)
                desk.store.redo(desk.officer)


def exports(folder: Path, tag: str, done: Done) -> None:
    """Write notes and export them."""
    with Desk.open(Home(folder / "home")) as desk:
        for number in count():
            done(edit(desk, number, tag))
            send(desk, folder / "stick")


def copies(folder: Path, tag: str, done: Done) -> None:
    """Write notes and make copies of the store."""
    home = Home(folder / "home")
    with Desk.open(home) as desk:
        for number in count():
            done(edit(desk, number, tag))
            backups.backup(home, backups.Why.IMPORT)


def restores(folder: Path, tag: str, done: Done) -> None:
    """Write a note, copy the store, and put the copy back."""
    home = Home(folder / "home")
    for number in count():
        with Desk.open(home) as desk:
            done(edit(desk, number, tag))
            made = backups.backup(home, backups.Why.MANUAL)
        backups.restore(home, made)


def imports(folder: Path, tag: str, done: Done) -> None:
    """Make second laptops from a bundle, and bring the next one in."""
    bundles = sorted((folder / "bundles").glob("*.zip"))
    for number in count():
        home = Home(folder / "joined" / f"{tag}-{number}")
        with closing(join(home, bundles[0], "Lý Văn Bé")) as desk:
            done(f"{tag}-{number} 0")
            for place, bundle in enumerate(bundles[1:], 1):
                receive(desk, bundle)
                done(f"{tag}-{number} {place}")


def foundings(folder: Path, tag: str, done: Done) -> None:
    """Found communes."""
    for number in count():
        Desk.found(Home(folder / "founded" / f"{tag}-{number}"), ANSWERS).close()
        done(f"{tag}-{number}")


def migrations(folder: Path, tag: str, done: Done) -> None:
    """Open stores of an older program."""
    with newer_program(folder / "scripts"):
        for number in count():
            home = Home(folder / "old" / f"{tag}-{number}")
            home.path.mkdir(parents=True)
            shutil.copy(folder / "old.sqlite", home.path / "copying")
            (home.path / "copying").rename(home.store)
            Desk.open(home).close()
            done(f"{tag}-{number}")


KINDS = {
    one.__name__: one for one in (edits, exports, copies, restores, imports, foundings, migrations)
}


def serve() -> None:
    """Fork a child for each order, and say when it is dead."""
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            obey(order)
        os.waitpid(child, 0)
        say("dead")


def obey(order: dict[str, str]) -> None:
    say(f"ready {os.getpid()}")
    try:
        KINDS[order["kind"]](Path(order["folder"]), order["tag"], lambda what: say(f"done {what}"))
    except BaseException as error:
        say(f"failed {type(error).__name__} {error}".replace("\n", " "))
    os._exit(1)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    serve()
