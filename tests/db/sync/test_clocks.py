"""A machine whose clock is wrong is named, and nothing else comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import clock
from db.sync.clocks import Fault, show_span
from db.sync.receiving import receive
from tests._helpers.stores import friends, note_of, send, set_note

NOW = datetime(2024, 7, 5, 2, tzinfo=UTC)  # nine o'clock in Vietnam
Set = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Set the clock of whoever works next."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "wall_ms", lambda: int(moment.timestamp() * 1000))

    set_to(NOW)
    return set_to


def test_clocks_that_agree_are_not_spoken_of(tmp_path: Path, set_clock: Set) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_clock(NOW + timedelta(minutes=4))
        set_note(other, "1.1", "ghi")
        bundle = send(other, tmp_path / "b").path
        set_clock(NOW)
        assert receive(one, bundle).clocks == ()


def test_a_dead_battery_is_named_in_the_preview_and_in_the_result(
    tmp_path: Path, set_clock: Set
) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_clock(datetime(2002, 1, 1, 2, tzinfo=UTC))
        set_note(other, "1.1", "từ năm 2002")
        bundle = send(other, tmp_path / "b").path
        set_clock(NOW + timedelta(hours=1))
        for outcome in (receive(one, bundle, dry_run=True), receive(one, bundle)):
            (report,) = outcome.clocks
            assert report.fault is Fault.DEAD
            assert report.showed.year == 2002
            assert "09:00 ngày 01/01/2002" in report.sentence
            assert "Thứ tự các lần ghi vẫn đúng" in report.sentence
            assert "đặt lại ngày giờ" in report.sentence
        assert outcome.conflicts == 0
        assert note_of(one, "1.1") == "từ năm 2002"


def test_a_calendar_that_runs_years_ahead_is_named(tmp_path: Path, set_clock: Set) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_clock(datetime(2031, 1, 1, tzinfo=UTC))
        set_note(other, "1.1", "từ năm 2031")
        bundle = send(other, tmp_path / "b").path
        set_clock(NOW)
        (report,) = receive(one, bundle).clocks
        assert report.fault is Fault.AHEAD
        assert "nhanh hơn máy này 6 năm 180 ngày" in report.sentence


def test_who_only_heard_of_the_year_2031_is_not_blamed(tmp_path: Path, set_clock: Set) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_clock(datetime(2031, 1, 1, tzinfo=UTC))
        set_note(one, "1.1", "từ năm 2031")
        ahead = send(one, tmp_path / "a").path
        set_clock(NOW)
        receive(other, ahead)
        set_note(other, "1.2", "đồng hồ đúng")  # with a reading drawn along to 2031
        assert receive(one, send(other, tmp_path / "b").path).clocks == ()


def test_a_wrong_time_zone_shows_in_what_a_machine_wrote_after_it_had_read_others(
    tmp_path: Path, set_clock: Set
) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_clock(NOW + timedelta(hours=8))
        set_note(one, "1.1", "một")
        receive(other, send(one, tmp_path / "a").path)
        set_clock(NOW + timedelta(hours=1))  # seven hours behind
        set_note(other, "1.1", "hai")
        bundle = send(other, tmp_path / "b").path
        set_clock(NOW + timedelta(hours=9))
        (report,) = receive(one, bundle).clocks
        assert report.fault is Fault.BEHIND
        assert "chậm hơn các máy khác 7 giờ (có thể sai múi giờ, đúng là UTC+7)" in report.sentence
        assert note_of(one, "1.1") == "hai"


def test_a_dead_clock_here_is_told_instead_of_blaming_all_others(
    tmp_path: Path, set_clock: Set
) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_note(other, "1.1", "ghi")
        bundle = send(other, tmp_path / "b").path
        set_clock(datetime(2002, 1, 1, tzinfo=UTC))
        (report,) = receive(one, bundle, dry_run=True).clocks
        assert report.fault is Fault.OURS
        assert report.sentence.startswith("Đồng hồ máy này đang để 07:00 ngày 01/01/2002")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=20), "20 phút"),
        (timedelta(hours=7), "7 giờ"),
        (timedelta(hours=7, minutes=5), "7 giờ 5 phút"),
        (timedelta(days=2, hours=3), "2 ngày 3 giờ"),
        (timedelta(days=400), "1 năm 35 ngày"),
    ],
)
def test_spans_are_told_in_their_largest_units(span: timedelta, words: str) -> None:
    assert show_span(span) == words
