"""What people do at the machines of a commune and its district, one small thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from db import checklist, evidence, verdicts
from db.canonical import Json
from db.desk import Desk
from db.evidence import EvidenceForm
from db.journal.recorder import Write
from db.journal.undo import keep_for_good
from db.judging import Status
from db.models import Evidence, Village, entities
from db.problems import NotFound
from db.registers.register import Context, Register
from db.registers.upper import GUIDANCE, REQUESTS
from db.registers.work import OBSTACLES
from db.registers.writing import delete, put
from tests._helpers.machines import COMMUNE

Deed = Callable[[Desk, int, int], None]
"""Done at a desk; the numbers choose to what, and what is written."""

INDICATORS = ("1.1", "2.1", "17.8")
STATUSES = (Status.MET, Status.NOT_MET, Status.IN_PROGRESS, Status.NOT_ASSESSED)
WORDS = ("Đã họp thôn", "Còn 38 hộ 😀", "", "Chờ huyện trả lời")
VILLAGES = ("dong-mo", "lan-gat", "ba-nang")
PAPERS = (b"%PDF-1.4 bien ban", b"%PDF-1.4 danh sach", b"PK anh chup")
_DAY = date(2024, 7, 15)


def _status(desk: Desk, which: int, how: int) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_status(session, sheet, _of(INDICATORS, which), _of(STATUSES, how))


def _note(desk: Desk, which: int, how: int) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_text(session, sheet, _of(INDICATORS, which), "note", _of(WORDS, how))


def _in_village(desk: Desk, which: int, how: int) -> None:
    sheet, village = desk.sheet(), _of(VILLAGES, which)
    with desk.act() as session:
        checklist.set_status(session, sheet, "2.1", _of(STATUSES, how), village=village)


def _village(desk: Desk, which: int, how: int) -> None:
    """Two numbers and a name in one action; a village that is gone is made again."""
    with desk.act() as session:
        row = session.get(Village, (COMMUNE, _of(VILLAGES, which)))
        if row is None:
            row = Village.keyed(COMMUNE, _of(VILLAGES, which))
            session.add(row)
        row.name, row.households, row.population = f"Thôn số {how}", 100 + how, 400 + how


def _village_gone(desk: Desk, which: int, _how: int) -> None:
    with desk.act() as session:
        row = session.get(Village, (COMMUNE, _of(VILLAGES, which)))
        if row is not None:
            session.delete(row)


def _obstacle(desk: Desk, which: int, how: int) -> None:
    _put(desk, OBSTACLES, f"o{which % 3}", {"title": f"Vướng mắc {how}"})


def _obstacle_gone(desk: Desk, which: int, _how: int) -> None:
    _delete(desk, OBSTACLES, f"o{which % 3}")


def _attach(desk: Desk, which: int, how: int) -> None:
    paper = desk.home.path.parent / f"Biên bản {how % 3}.pdf"
    paper.write_bytes(_of(PAPERS, how))
    file, sheet = evidence.keep_file(desk.home, paper), desk.sheet()
    with desk.act() as session:
        evidence.attach(
            session, COMMUNE, sheet.criteria_set.id, _of(INDICATORS, which), sheet.year,
            EvidenceForm("van-ban"), file,
        )  # fmt: skip


def _paper_gone(desk: Desk, which: int, _how: int) -> None:
    with desk.act() as session:
        found = sorted(session.connection().exec_driver_sql("SELECT id FROM evidence").scalars())
        if found:
            session.delete(session.get(Evidence, (COMMUNE, _of(found, which))))


def _undo(desk: Desk, _which: int, _how: int) -> None:
    try:
        desk.store.undo(desk.officer)
    except NotFound:
        return


def _redo(desk: Desk, _which: int, _how: int) -> None:
    try:
        desk.store.redo(desk.officer)
    except NotFound:
        return


def _newer(desk: Desk, which: int, how: int) -> None:
    """What a newer program writes: a field, or a register, that is not known here yet."""
    write_newer(desk, _of(("village", "pasture"), which), _of(VILLAGES, which), how)


def write_newer(desk: Desk, entity: str, row: str, value: Json) -> None:
    """Write as a program does that knows more fields and registers."""
    with desk.act() as session:
        connection = session.connection()
        new = (
            entity not in entities()
            and not connection.exec_driver_sql(
                "SELECT count(*) FROM change WHERE entity = ? AND row = ?", (entity, row)
            ).scalar()
        )
        written = Write(COMMUNE, entity, row, {"smart": value}, exists=True if new else None)
        session.recorder.record(connection, written)
        keep_for_good(session)  # only that program could take it back


def _verdict(desk: Desk, which: int, how: int) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        verdicts.set_verdict(session, sheet, _of(INDICATORS, which), _of(STATUSES, how))


def _request(desk: Desk, which: int, how: int) -> None:
    _put(desk, REQUESTS, f"r{which % 2}", {"title": f"Việc huyện giao {how}"})


def _answer(desk: Desk, which: int, how: int) -> None:
    row = f"o{which % 3}"
    if _is_there(desk, OBSTACLES, row):
        _put(desk, OBSTACLES, row, {"reply": f"Huyện trả lời {how}"})


def _guidance(desk: Desk, which: int, how: int) -> None:
    row = f"{desk.sheet().criteria_set.id}|{which % 3 + 1}"
    _put(desk, GUIDANCE, row, {"text": f"Hướng dẫn {how}"})


def _done(desk: Desk, which: int, how: int) -> None:
    row = f"r{which % 2}"
    if _is_there(desk, REQUESTS, row):
        _put(desk, REQUESTS, row, {"result": f"Đã làm {how}"})


BY_COMMUNE: Mapping[str, Deed] = {
    "status": _status, "note": _note, "in village": _in_village, "village": _village,
    "village gone": _village_gone, "obstacle": _obstacle, "obstacle gone": _obstacle_gone,
    "attach": _attach, "paper gone": _paper_gone, "undo": _undo, "redo": _redo, "newer": _newer,
    "done": _done,
}  # fmt: skip
BY_UPPER: Mapping[str, Deed] = {
    "verdict": _verdict, "request": _request, "answer": _answer, "guidance": _guidance,
    "undo": _undo, "redo": _redo, "newer": _newer,
}  # fmt: skip


def _put(desk: Desk, register: Register, row: str, values: Mapping[str, Any]) -> None:
    with desk.act() as session:
        put(session, _context(desk, register), register, row, values)


def _delete(desk: Desk, register: Register, row: str) -> None:
    if _is_there(desk, register, row):
        with desk.act() as session:
            delete(session, _context(desk, register), register, row)


def _is_there(desk: Desk, register: Register, row: str) -> bool:
    with desk.reading() as session:
        return session.get(register.model, (register.scope_of(COMMUNE), row)) is not None


def _context(desk: Desk, register: Register) -> Context:
    scope = register.scope_of(COMMUNE)
    return Context(scope, _DAY, desk.sheet(), desk.officer, owner=desk.owner)


def _of(choices: Any, number: int) -> Any:
    return choices[number % len(choices)]
