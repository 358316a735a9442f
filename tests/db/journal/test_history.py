"""What happened to a field, when it was written and when it came in, and how things once stood."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db import checklist, clock
from db.desk import Desk
from db.journal.history import HistoryEntry, end_of, history, rows_as_of
from db.judging import Status
from tests._helpers.stores import (
    device,
    found,
    note_of,
    pass_on,
    second,
    set_note,
    set_status,
)

SCOPE = "lang-son/huu-lung/cai-kinh"
ROW = "xa-ntm-2021-2025|1.1|2024|"
At = Callable[[int, int, int], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Set the machine's calendar, as that of whoever works next."""

    def set_to(year: int, month: int, day: int) -> None:
        moment = datetime(year, month, day, 2, tzinfo=UTC)  # nine o'clock in Vietnam
        monkeypatch.setattr(clock, "wall_ms", lambda: int(moment.timestamp() * 1000))

    return set_to


@contextmanager
def two_laptops(path: Path) -> Iterator[tuple[Desk, Desk]]:
    with closing(found(path / "one")) as one, closing(second(one, path / "two")) as two:
        pass_on(two, one, path / "first", trust=True)
        yield one, two


def notes(desk: Desk) -> tuple[HistoryEntry, ...]:
    with desk.reading() as session:
        return history(session, SCOPE, "assessment", ROW, "note")


def on(desk: Desk, day: date) -> tuple[Status, str]:
    with desk.reading() as session:
        state = checklist.read_as_of(session, desk.sheet(), day).by_number["1.1"]
    return state.assessment.status, state.assessment.note


def test_history_says_who_wrote_what_when_and_when_it_came_in(tmp_path: Path, at: At) -> None:
    """Duty 36: who did it, and when."""
    at(2024, 7, 1)
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "một")
        pass_on(one, two, tmp_path / "a")
        at(2024, 7, 3)
        set_note(two, "1.1", "hai")
        at(2024, 7, 9)
        pass_on(two, one, tmp_path / "b")
        newest, oldest = notes(one)
        assert (newest.value, newest.officer, newest.device) == ("hai", "Lý Văn Bé", device(two))
        assert newest.written_at.date() == date(2024, 7, 3)
        assert newest.received_at.date() == date(2024, 7, 9)
        assert newest.current
        assert (oldest.value, oldest.officer) == ("một", "Nguyễn Thị Hường")
        assert oldest.written_at == oldest.received_at
        assert not oldest.current
        with one.reading() as session:
            whole = history(session, SCOPE, "assessment", ROW)
        assert [entry.field for entry in whole] == ["note", "note", "_exists"]


def test_both_sides_of_a_conflict_are_current(tmp_path: Path, at: At) -> None:
    at(2024, 7, 1)
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "một")
        at(2024, 7, 2)
        set_note(two, "1.1", "hai")
        pass_on(two, one, tmp_path / "a")
        assert [(entry.value, entry.current) for entry in notes(one)] == [
            ("hai", True),
            ("một", True),
        ]


def test_the_checklist_as_it_stood_on_a_past_day(desk: Desk, at: At) -> None:
    at(2090, 7, 1)
    set_status(desk, "1.1", Status.NOT_MET)
    at(2090, 7, 5)
    set_status(desk, "1.1", Status.MET)
    set_note(desk, "1.1", "xong")
    at(2090, 7, 8)
    desk.store.undo(desk.officer)
    desk.store.undo(desk.officer)
    assert on(desk, date(2090, 6, 30)) == (Status.NOT_ASSESSED, "")
    assert on(desk, date(2090, 7, 1)) == on(desk, date(2090, 7, 4)) == (Status.NOT_MET, "")
    assert on(desk, date(2090, 7, 5)) == (Status.MET, "xong")
    assert on(desk, date(2090, 7, 8)) == (Status.NOT_MET, "")


def test_a_day_ends_at_midnight_in_vietnam(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2090, 7, 1, 16, 59, 59, tzinfo=UTC)  # a second before midnight
    monkeypatch.setattr(clock, "wall_ms", lambda: int(late.timestamp() * 1000))
    set_note(desk, "1.1", "trước nửa đêm")
    monkeypatch.setattr(clock, "wall_ms", lambda: int(late.timestamp() * 1000) + 1000)
    set_note(desk, "1.1", "sau nửa đêm")
    assert on(desk, date(2090, 7, 1))[1] == "trước nửa đêm"
    assert on(desk, date(2090, 7, 2))[1] == "sau nửa đêm"


def test_what_was_deleted_later_still_stood_then(desk: Desk, at: At) -> None:
    at(2090, 7, 1)
    set_note(desk, "1.1", "có")
    at(2090, 7, 2)
    desk.store.undo(desk.officer)
    with desk.reading() as session:
        assert ROW in rows_as_of(session, SCOPE, "assessment", end_of(date(2090, 7, 1)))
        assert rows_as_of(session, SCOPE, "assessment", end_of(date(2090, 7, 2))) == {}


def test_a_machine_that_believes_it_is_2031_hides_nothing_from_the_past(
    tmp_path: Path, at: At
) -> None:
    at(2024, 7, 1)
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "một")
        pass_on(one, two, tmp_path / "a")
        at(2031, 1, 1)
        set_note(two, "1.1", "từ năm 2031")
        at(2024, 7, 5)
        pass_on(two, one, tmp_path / "b")
        assert note_of(one, "1.1") == "từ năm 2031"
        assert on(one, date(2024, 7, 4))[1] == "một"
        assert on(one, date(2024, 7, 5))[1] == "từ năm 2031"
        at(2024, 7, 6)
        set_note(one, "1.1", "sau đó")  # our own clock has been drawn along to 2031
        assert on(one, date(2024, 7, 5))[1] == "từ năm 2031"
        assert on(one, date(2024, 7, 6))[1] == "sau đó"
        newest = notes(one)[0]
        assert newest.written_at.date() == date(2024, 7, 6)


def test_a_machine_that_believes_it_is_2002_still_writes_after_what_it_saw(
    tmp_path: Path, at: At
) -> None:
    at(2024, 7, 1)
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "một")
        pass_on(one, two, tmp_path / "a")
        at(2002, 1, 1)
        set_note(two, "1.1", "từ năm 2002")
        at(2024, 7, 5)
        outcome = pass_on(two, one, tmp_path / "b")
        assert outcome.conflicts == 0
        assert note_of(one, "1.1") == "từ năm 2002"
        assert on(one, date(2024, 6, 30))[1] == ""
        assert on(one, date(2024, 7, 5))[1] == "từ năm 2002"
        assert notes(one)[0].written_at.date() == date(2002, 1, 1)  # as its calendar said
        assert notes(one)[0].received_at.date() == date(2024, 7, 5)


def test_what_a_dead_clock_wrote_counts_from_when_it_came_in(tmp_path: Path, at: At) -> None:
    at(2002, 1, 1)
    with two_laptops(tmp_path) as (one, two):
        set_note(two, "1.1", "từ năm 2002")
        at(2024, 7, 5)
        pass_on(two, one, tmp_path / "b")
        assert on(one, date(2024, 7, 4))[1] == ""
        assert on(one, date(2024, 7, 5))[1] == "từ năm 2002"


def test_what_was_written_here_while_the_calendar_was_wrong_keeps_its_place(
    desk: Desk, at: At
) -> None:
    at(2090, 7, 1)
    set_note(desk, "1.1", "một")
    at(2097, 1, 1)
    set_note(desk, "1.1", "hai, lịch để nhầm năm 2097")
    at(2002, 1, 1)
    set_note(desk, "1.2", "pin đồng hồ hết")
    at(2090, 7, 3)
    set_note(desk, "1.1", "ba")
    at(2090, 7, 9)
    assert on(desk, date(2090, 6, 30))[1] == ""
    assert on(desk, date(2090, 7, 1))[1] == "hai, lịch để nhầm năm 2097"
    assert on(desk, date(2090, 7, 3))[1] == "ba"
    with desk.reading() as session:
        past = checklist.read_as_of(session, desk.sheet(), date(2090, 7, 1)).by_number["1.2"]
    assert past.assessment.note == "pin đồng hồ hết"
