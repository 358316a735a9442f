"""The imports of the log: how much of each counts, and why the rest waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.judging import Status
from db.problems import NotFound
from db.sync.authority import Reason
from db.sync.deciding import apply_again, set_aside
from db.sync.imports import ImportRecord, list_imports, read_import
from db.sync.receiving import receive
from tests._helpers.stores import (
    dump_of,
    found,
    friends,
    second,
    send,
    set_note,
    set_status,
    status_of,
)


def imports(desk: Desk) -> tuple[ImportRecord, ...]:
    with desk.reading() as session:
        return list_imports(session)


def test_an_import_says_how_many_of_its_changes_count(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_note(other, "1.1", "mới")
        written = send(other, tmp_path / "b")
        receive(one, written.path)
        newest = imports(one)[0]
        assert (newest.name, newest.code) == (written.path.name, written.code)
        assert (newest.counted, newest.aside, newest.waiting) == (2, 0, 0)
        assert newest.can_be_set_aside
        receive(one, written.path)
        assert imports(one)[0].counted == 0
        assert not imports(one)[0].can_be_set_aside


def test_what_waits_is_counted_with_the_reason(tmp_path: Path) -> None:
    with found(tmp_path / "one") as one, second(one, tmp_path / "two") as two:
        set_note(two, "1.1", "của máy lạ")
        taken = receive(one, send(two, tmp_path / "b").path)
        with one.reading() as session:
            brought = read_import(session, taken.transfer)
        assert brought.record.waiting > 0 and brought.record.counted == 0
        assert brought.reasons == ((Reason.UNTRUSTED.sentence, brought.record.waiting),)


def test_set_aside_and_applied_again_a_store_shows_the_same_as_before(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_status(one, "1.1", Status.NOT_MET)
        receive(other, send(one, tmp_path / "a").path)
        before = dump_of(one)
        for status in (Status.IN_PROGRESS, Status.MET):
            set_status(other, "1.1", status)
        set_note(other, "2.1", "mới")
        taken = receive(one, send(other, tmp_path / "b").path)
        after = dump_of(one)
        assert status_of(one, "1.1") is Status.MET
        set_aside(one, taken.transfer)
        assert dump_of(one) == before
        assert imports(one)[0].aside == taken.new
        assert apply_again(one, taken.transfer).counted == taken.new
        assert dump_of(one) == after
        assert imports(one)[0].counted == taken.new


def test_a_place_without_an_import_is_said_plainly(tmp_path: Path) -> None:
    with (
        found(tmp_path / "one") as one,
        one.reading() as session,
        pytest.raises(NotFound, match="không có lần nhận số 7"),
    ):
        read_import(session, 7)
