from __future__ import annotations

from db import checklist
from db.desk import Desk
from db.journal.doings import Doings, moment, since
from db.judging import Status


def assess(desk: Desk, number: str, status: Status) -> None:
    with desk.act() as session:
        checklist.set_status(session, desk.sheet(), number, status)


def at(desk: Desk) -> int:
    with desk.reading() as session:
        return moment(session)


def done_since(desk: Desk, began: int) -> Doings:
    with desk.reading() as session:
        return since(session, began)


def test_only_what_was_done_since_counts(desk: Desk) -> None:
    assess(desk, "1.1", Status.MET)
    began = at(desk)
    assert done_since(desk, began) == Doings(began, 0, 0, 0, False, frozenset())
    assess(desk, "1.2", Status.MET)
    found = done_since(desk, began)
    assert (found.acts, found.written) == (1, {("assessment", "_exists"), ("assessment", "status")})
    assert found.newest > began


def test_what_was_taken_back_is_not_written_any_more(desk: Desk) -> None:
    began = at(desk)
    assess(desk, "1.2", Status.MET)
    desk.store.undo(desk.officer)
    found = done_since(desk, began)
    assert (found.acts, found.undone, found.redone, found.can_redo) == (1, 1, 0, True)
    assert not found.written
    desk.store.redo(desk.officer)
    found = done_since(desk, began)
    assert (found.undone, found.redone, found.can_redo) == (1, 1, False)
    assert ("assessment", "status") in found.written
