"""Undo takes back what this machine did, newest first, and says where something came after."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import backups, checklist, evidence, thresholds
from db.desk import Desk
from db.evidence import EvidenceForm
from db.home import Home
from db.journal.undo import Undone
from db.judging import Figure, Status
from db.models import Evidence, ThresholdConfirmation, Village
from db.problems import NotFound
from db.sync.deciding import trust_device
from tests._helpers.stores import (
    count,
    device,
    dump_of,
    found,
    friends,
    incarnation,
    note_of,
    pass_on,
    reopened,
    second,
    send,
    set_note,
    set_status,
    status_of,
)

SCOPE = "lang-son/huu-lung/cai-kinh"


def undo(desk: Desk) -> Undone:
    return desk.store.undo(desk.officer)


def redo(desk: Desk) -> Undone:
    return desk.store.redo(desk.officer)


def test_undo_and_redo_survive_a_restart(desk: Desk) -> None:
    set_note(desk, "1.1", "một")
    set_note(desk, "1.1", "hai")
    desk = reopened(desk)
    undo(desk)
    assert note_of(desk, "1.1") == "một"
    desk = reopened(desk)
    undo(desk)
    assert note_of(desk, "1.1") == ""
    desk = reopened(desk)
    redo(desk)
    redo(desk)
    with closing(desk):
        assert note_of(desk, "1.1") == "hai"


def test_undo_has_an_end_and_says_so(desk: Desk) -> None:
    set_note(desk, "1.1", "một")
    undo(desk)
    with pytest.raises(NotFound, match="hoàn tác"):
        undo(desk)
    redo(desk)
    with pytest.raises(NotFound, match="làm lại"):
        redo(desk)


def test_something_new_after_an_undo_leaves_nothing_to_do_again(desk: Desk) -> None:
    set_note(desk, "1.1", "một")
    undo(desk)
    set_note(desk, "1.1", "hai")
    with pytest.raises(NotFound):
        redo(desk)
    undo(desk)
    with pytest.raises(NotFound):
        undo(desk)
    assert note_of(desk, "1.1") == ""


def test_one_undo_takes_back_all_that_was_done_at_once(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        for number in ("1.1", "1.2"):
            checklist.set_status(session, sheet, number, Status.MET)
            checklist.set_text(session, sheet, number, "note", "cùng lúc")
    before = dump_of(desk)
    done = undo(desk)
    assert not done.overtaken
    assert {one.row for one in done.fields} == {
        "xa-ntm-2021-2025|1.1|2024|",
        "xa-ntm-2021-2025|1.2|2024|",
    }
    assert status_of(desk, "1.1") is status_of(desk, "1.2") is Status.NOT_ASSESSED
    redo(desk)
    assert dump_of(desk) == before


def test_a_row_that_was_deleted_comes_back_with_all_its_values(desk: Desk) -> None:
    before = dump_of(desk)
    with desk.act() as session:
        session.delete(session.get(Village, (SCOPE, "dong-mo")))
    assert dump_of(desk) != before
    undo(desk)
    assert dump_of(desk) == before
    redo(desk)
    undo(desk)
    assert dump_of(desk) == before


def test_undo_says_who_did_what_is_taken_back(desk: Desk) -> None:
    set_note(desk, "1.1", "của Hường")
    other = desk.taken_by("Lý Văn Bé")
    undo(other)  # Lý Văn Bé being written down
    assert undo(other).officer == "Nguyễn Thị Hường"


def test_undo_leaves_alone_what_was_written_after_it_elsewhere_and_says_so(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with closing(one), closing(other):
        sheet = one.sheet()
        with one.act() as session:
            checklist.set_status(session, sheet, "1.1", Status.MET)
            checklist.set_text(session, sheet, "1.1", "note", "của máy một")
        with one.act() as session:
            checklist.set_status(session, sheet, "1.1", Status.NOT_MET)
            checklist.set_text(session, sheet, "1.1", "note", "lần hai")
        pass_on(one, other, tmp_path)
        set_note(other, "1.1", "của máy hai")
        pass_on(other, one, tmp_path)
        done = undo(one)
        assert done.overtaken
        assert {field.field: field.restored for field in done.fields} == {
            "status": True,
            "note": False,
        }
        assert (status_of(one, "1.1"), note_of(one, "1.1")) == (Status.MET, "của máy hai")
        done = undo(one)  # the row itself: somebody else has written in it
        assert done.overtaken
        assert note_of(one, "1.1") == "của máy hai"


def test_undo_leaves_a_conflict_alone(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with closing(one), closing(other):
        set_note(one, "1.1", "gốc")
        pass_on(one, other, tmp_path)
        set_note(other, "1.1", "hai")
        set_note(one, "1.1", "một")
        assert pass_on(other, one, tmp_path).conflicts == 1
        shown = note_of(one, "1.1")
        assert undo(one).overtaken
        assert note_of(one, "1.1") == shown


def test_what_others_did_is_not_undone_here(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with closing(one), closing(other):
        set_note(other, "1.1", "của máy hai")
        pass_on(other, one, tmp_path)
        with pytest.raises(NotFound):
            undo(one)


def test_trust_is_not_undone_by_a_key(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        set_note(two, "1.1", "của máy hai")
        pass_on(two, one, tmp_path)
        assert trust_device(one, device(two)).counted == 2
        with pytest.raises(NotFound):
            undo(one)
        assert note_of(one, "1.1") == "của máy hai"


def test_undo_goes_on_after_a_restore(desk: Desk) -> None:
    set_note(desk, "1.1", "một")
    set_note(desk, "1.1", "hai")
    send(desk, desk.home.outgoing)
    backups.backup(desk.home, backups.Why.MANUAL)
    set_note(desk, "1.1", "ba")
    send(desk, desk.home.outgoing)
    home, before = desk.home, incarnation(desk)
    desk.close()
    backups.restore(home)
    with closing(Desk.open(home)) as again:
        assert incarnation(again) != before
        assert note_of(again, "1.1") == "hai"
        undo(again)
        undo(again)
        assert note_of(again, "1.1") == ""
        redo(again)
        assert note_of(again, "1.1") == "một"


def test_undo_goes_on_in_a_copy_with_a_new_key(desk: Desk, tmp_path: Path) -> None:
    set_note(desk, "1.1", "đã gửi")
    send(desk, desk.home.outgoing)
    set_note(desk, "1.1", "chưa gửi")
    copy = Home(tmp_path / "copy")
    copy.path.mkdir()
    copy.store.write_bytes(desk.home.store.read_bytes())
    with closing(Desk.open(copy)) as copied:
        assert device(copied) != device(desk)
        undo(copied)
        assert note_of(copied, "1.1") == "đã gửi"
        undo(copied)
        assert note_of(copied, "1.1") == ""


Act = Callable[[Desk, int], None]
NUMBERS = itertools.count()


def _status(desk: Desk, number: int) -> None:
    set_status(desk, f"1.{number % 2 + 1}", list(Status)[number % 3])


def _note(desk: Desk, number: int) -> None:
    set_note(desk, "1.1", "" if number == 0 else f"ghi chú {number}")


def _figure(desk: Desk, number: int) -> None:
    sheet = desk.sheet()
    wire = {"numerator": str(number), "denominator": "9"}
    with desk.act() as session:
        state = checklist.read(session, sheet).by_number["17.8"]
        checklist.set_figure(
            session, sheet, "17.8", Figure.from_wire(wire), state.threshold.effective
        )


def _confirm(desk: Desk, number: int) -> None:
    criteria_set = desk.sheet().criteria_set
    with desk.act() as session:
        if session.get(ThresholdConfirmation, (SCOPE, f"{criteria_set.id}|1.1")) is not None:
            thresholds.forget(session, SCOPE, criteria_set, "1.1")
        else:
            thresholds.confirm(session, SCOPE, criteria_set, "1.1", document=f"QĐ {number}")


def _evidence(desk: Desk, number: int) -> None:
    with desk.act() as session:
        row = session.get(Evidence, (SCOPE, "e"))
        if row is None:
            row = Evidence(scope=SCOPE, id="e", title=f"Văn bản {number}", kind="van-ban")
            session.add(row)
        elif number % 2:
            evidence.remove(session, SCOPE, "e")
        else:
            evidence.describe(session, SCOPE, "e", EvidenceForm("van-ban", f"Văn bản {number}"))


def _villages(desk: Desk, number: int) -> None:
    with desk.act() as session:
        for code in ("dong-mo", "lan-gat")[: number % 2 + 1]:
            row = session.get(Village, (SCOPE, code))
            if row is None:
                session.add(Village.keyed(SCOPE, code))
            elif number % 3:
                row.households = number
            else:
                session.delete(row)


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from([_status, _note, _figure, _confirm, _evidence, _villages]),
            st.integers(0, 5),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_undoing_everything_goes_back_step_by_step_and_redoing_forth(
    founded: Home, acts: list[tuple[Act, int]]
) -> None:
    home = Home(founded.path.with_name(f"home-{next(NUMBERS)}"))
    home.path.mkdir()
    home.store.write_bytes(founded.store.read_bytes())
    with closing(Desk.open(home)) as desk:
        check_undo_of(desk, acts)


def check_undo_of(desk: Desk, acts: list[tuple[Act, int]]) -> None:
    states = [dump_of(desk)]
    for act, number in acts:
        before = count(desk, "action")
        act(desk, number)
        if count(desk, "action") > before:
            states.append(dump_of(desk))
    for state in reversed(states[:-1]):
        assert not undo(desk).overtaken
        assert dump_of(desk) == state
    for state in states[1:]:
        assert not redo(desk).overtaken
        assert dump_of(desk) == state
    for state in reversed(states[:-1]):
        undo(desk)
        assert dump_of(desk) == state
