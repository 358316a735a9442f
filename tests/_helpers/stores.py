"""Laptops of one commune: founded, joined, written in, and what they send each other."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from db import checklist
from db.communes import Founding
from db.desk import Desk
from db.dump import dump
from db.home import Home
from db.judging import Status
from db.models.base import entities
from db.sync.archive import Written
from db.sync.info import BundleInfo
from db.sync.joining import join
from db.sync.planning import parse_receiver
from db.sync.receiving import Outcome, receive
from db.sync.sending import export
from db.upper import UpperFounding
from tests._helpers import moulds

ANSWERS = Founding("Lạng Sơn", "Hữu Lũng", "Cai Kinh", "Nguyễn Thị Hường", 2024)
PROGRAM = "ntm thử"


def page(_info: BundleInfo, code: str) -> bytes:
    return f"<!doctype html><title>{code}</title>".encode()


def found(path: Path, *, practice: bool = False, answers: Founding = ANSWERS) -> Desk:
    """The first laptop of a commune."""
    return Desk.found(Home(path), answers, practice=practice)


def send(desk: Desk, folder: Path, to: str = "all", *, full: bool = False) -> Written:
    return export(desk, parse_receiver(to), folder, page, program=PROGRAM, full=full)


def second(desk: Desk, path: Path, officer: str = "Lý Văn Bé") -> Desk:
    """A second laptop of the same commune, made from a full bundle of the first."""
    return join(Home(path), send(desk, path.parent / "for-join", full=True).path, officer)


def pass_on(sender: Desk, receiver: Desk, folder: Path, *, trust: bool = False) -> Outcome:
    """Carry what the sender has for all to the receiver, who may trust the sender by hand."""
    written = send(sender, folder)
    return receive(receiver, written.path, trust=[device(sender)] if trust else ())


def friends(path: Path) -> tuple[Desk, Desk]:
    """Two laptops of one commune that trust each other and know all that the other has."""
    one, other = moulds.copies("friends", _introduce, path, "one", "other")
    return Desk.open(one), Desk.open(other)


def _introduce(path: Path) -> None:
    with found(path / "one") as one, second(one, path / "other") as other:
        pass_on(other, one, path / "introduction", trust=True)
        pass_on(one, other, path / "introduction")
        pass_on(other, one, path / "introduction")


def device(desk: Desk) -> str:
    assert desk.store.identity is not None
    return desk.store.identity.device


def incarnation(desk: Desk) -> str:
    assert desk.store.identity is not None
    return desk.store.identity.incarnation


def reopened(desk: Desk) -> Desk:
    """The same store after the program was closed and started again."""
    desk.close()
    return Desk.open(desk.home)


def set_status(desk: Desk, number: str, status: Status = Status.MET, **more: Any) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_status(session, sheet, number, status, **more)


def set_note(desk: Desk, number: str, note: str, **more: Any) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_text(session, sheet, number, "note", note, **more)


def note_of(desk: Desk, number: str) -> str:
    return desk.checklist().by_number[number].assessment.note


def status_of(desk: Desk, number: str) -> Status:
    return desk.checklist().by_number[number].assessment.status


def dump_of(desk: Desk) -> str:
    with desk.reading() as session:
        return dump(session)


def state_of(desk: Desk) -> Any:
    """What `dump` says, read back: scope to entity to row to fields."""
    return json.loads(dump_of(desk))


def tables_of(connection: Connection, without: Collection[str] = ()) -> dict[str, list[Any]]:
    """Every replicated table as it is stored."""
    return {
        name: [
            tuple(row)
            for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY scope, id'))
        ]
        for name in entities()
        if name not in without
    }


def count(desk: Desk, table: str, where: str = "1") -> int:
    with desk.reading() as session:
        found = session.connection().execute(text(f'SELECT count(*) FROM "{table}" WHERE {where}'))
        return int(found.scalar_one())


DISTRICT = UpperFounding("Lạng Sơn", "Hữu Lũng", "Hoàng Văn Thái")


def found_upper(path: Path, *, practice: bool = False) -> Desk:
    """A laptop of the district."""
    return Desk.found_upper(Home(path), DISTRICT, practice=practice)


def district_of(commune: Desk, path: Path) -> Desk:
    """A laptop of the district that has what a commune sent; both trust each other.

    The commune is the one in front.
    """
    upper = found_upper(path, practice=commune.practice)
    whole = send(commune, path.parent / "up", full=True).path
    receive(upper, whole, trust=[device(commune)])
    upper = upper.at_commune(commune.commune.scope)
    pass_on(upper, commune, path.parent / "down", trust=True)
    pass_on(commune, upper, path.parent / "up")
    return upper
