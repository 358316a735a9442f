from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db import backups, checklist, clock, profile, thresholds
from db.clock import VIETNAM
from db.clock import now as clock_now
from db.desk import Desk
from db.evidence import EvidenceForm, attach
from db.home import Home
from db.judging import Status
from db.models import Draft
from db.week import Activity, Week, gain, read_past, read_week
from tests._helpers.differences import add_obstacle, exchange, laptops, retitle
from tests._helpers.stores import (
    ANSWERS,
    found,
    friends,
    pass_on,
    second,
    send,
    set_status,
)

NOON = datetime(2024, 9, 20, 12, tzinfo=VIETNAM)


def week_of(desk: Desk, now: datetime | None = None) -> Week:
    return read_week(desk, now or clock_now())


def days_ago(days: int) -> int:
    """A moment as the clock of a store is told it: Unix milliseconds."""
    return int((clock_now() - timedelta(days=days)).timestamp() * 1000)


def set_due(desk: Desk, number: str, due: date, responsible: str = "") -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_due(session, sheet, number, due)
        checklist.set_text(session, sheet, number, "responsible", responsible)


def test_a_new_commune_is_blocked_by_everything_and_nothing_is_due(desk: Desk) -> None:
    week = week_of(desk)
    assert len(week.blockers) == 19
    assert week.blockers[0].status is Status.NOT_ASSESSED
    assert week.blockers[0].lacking == ("1.1", "1.2")
    assert not week.due and week.sent is None and week.backup is None


def test_the_criteria_that_fail_come_before_those_that_are_open(desk: Desk) -> None:
    """Duties 10 and 28: what is not met comes first."""
    for number, status in (("17.8", Status.NOT_MET), ("5.1", Status.IN_PROGRESS)):
        set_status(desk, number, status)
    for number in ("1.1", "1.2"):
        set_status(desk, number, Status.MET)
    set_status(desk, "17.9", Status.MET)
    blockers = week_of(desk).blockers
    assert [one.criterion.number for one in blockers[:3]] == ["17", "5", "2"]
    assert "17.8" in blockers[0].lacking and "17.9" not in blockers[0].lacking
    assert blockers[0].met == 1
    assert "1" not in [one.criterion.number for one in blockers]


def test_what_is_due_is_told_by_the_day_in_vietnam(desk: Desk) -> None:
    """Duty 24: one screen says what this week asks for."""
    set_due(desk, "17.8", date(2024, 9, 19), "Công chức VH-XH")
    set_due(desk, "5.1", date(2024, 9, 20))
    set_due(desk, "6.3", date(2024, 9, 27))
    set_due(desk, "9.2", date(2024, 9, 28))
    set_due(desk, "12.1", date(2024, 9, 1))
    set_status(desk, "12.1", Status.MET)
    week = week_of(desk, NOON)
    assert [(one.number, one.days_left) for one in week.overdue] == [("17.8", -1)]
    assert [(one.number, one.days_left) for one in week.due_soon] == [("5.1", 0), ("6.3", 7)]
    assert [one.number for one in week.due_later] == ["9.2"]
    assert week.overdue[0].responsible == "Công chức VH-XH"
    late_in_utc = datetime(2024, 9, 20, 1, tzinfo=VIETNAM)
    assert week_of(desk, late_in_utc).today == date(2024, 9, 20)


def test_the_days_left_follow_the_deadline(desk: Desk) -> None:
    assert week_of(desk, NOON).days_left == 102
    with desk.act() as session:
        profile.update_profile(session, desk.commune.scope, "deadline", "30/9/2024")
    assert week_of(desk.refreshed(), NOON).days_left == 10


def test_a_status_without_its_reason_is_counted(desk: Desk) -> None:
    set_status(desk, "13.4", Status.NOT_APPLICABLE)
    assert week_of(desk).missing_reason == ("13.4",)
    set_status(desk, "13.4", Status.NOT_APPLICABLE, reason="Xã không có làng nghề")
    assert week_of(desk).missing_reason == ()


def test_evidence_is_missing_until_every_expected_kind_is_there(desk: Desk) -> None:
    set_status(desk, "1.1", Status.MET)
    set_status(desk, "1.2", Status.NOT_MET)
    sheet = desk.sheet()
    week = week_of(desk)
    assert len(week.missing_evidence) == 57
    for kind in sheet.criteria_set.indicator("1.1").evidence:
        assert (week.missing_evidence[0], week.met_unproven) == ("1.1", 1)
        with desk.act() as session:
            attach(
                session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
                EvidenceForm(kind, "Quyết định"), None,
            )  # fmt: skip
        week = week_of(desk)
    assert (week.missing_evidence[0], week.met_unproven) == ("1.2", 0)


def test_who_did_how_many_things_in_the_last_days(home: Home) -> None:
    Desk.found(home, ANSWERS, wall=lambda: days_ago(30)).close()
    with Desk.open(home) as desk:
        assert week_of(desk).activity == ()
        set_status(desk, "17.8", Status.MET)
        other = desk.taken_by("Lý Văn Bé")
        for number in ("1.1", "1.2", "2.1"):
            set_status(other, number, Status.NOT_MET)
        activity = week_of(desk).activity
        later = clock_now() + timedelta(days=8)
        assert week_of(desk, later).activity == ()
    assert [(one.officer, one.actions, one.newest) for one in activity] == [
        ("Lý Văn Bé", 4, "2.1"),
        ("Nguyễn Thị Hường", 1, "17.8"),
    ]
    assert isinstance(activity[0], Activity)


def test_typing_that_was_broken_off_is_counted(desk: Desk) -> None:
    scope, year = desk.commune.scope, desk.commune.target_year
    row = f"{desk.commune.criteria_set}|17.8|{year}|"
    with desk.store.act(desk.officer) as session:
        session.add(
            Draft(scope=scope, entity="assessment", row=row, field="note", text="đang", at="1")
        )
    assert week_of(desk).drafts == ("17.8",)


def test_the_newest_copy_is_named(desk: Desk) -> None:
    made = backups.backup(desk.home, backups.Why.MANUAL)
    copy = week_of(desk).backup
    assert copy is not None and copy.path == made


def test_a_bundle_is_confirmed_once_a_receipt_of_it_came_back(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    set_status(one, "1.1", Status.MET)
    assert week_of(one).unsent == 2  # the row and its status
    written = send(one, tmp_path / "out")
    sent = week_of(one).sent
    assert sent is not None
    assert (sent.name, sent.code, sent.confirmed_by) == (written.path.name, written.code, "")
    assert week_of(one).unsent == 0
    pass_on(one, other, tmp_path / "again")
    pass_on(other, one, tmp_path / "back")
    sent = week_of(one).sent
    assert sent is not None and sent.confirmed_by == "UBND xã Cai Kinh"
    assert sent.confirmed_at is not None
    one.close()
    other.close()


def test_a_receipt_from_before_does_not_confirm_what_was_sent_after(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    pass_on(one, other, tmp_path / "first")
    pass_on(other, one, tmp_path / "back")
    set_status(one, "1.1", Status.MET)
    send(one, tmp_path / "out")
    sent = week_of(one).sent
    assert sent is not None and sent.confirmed_by == ""
    one.close()
    other.close()


def test_the_gain_is_counted_against_a_week_ago(home: Home) -> None:
    moment = [days_ago(10)]
    with Desk.found(home, ANSWERS, wall=lambda: moment[0]) as desk:
        set_status(desk, "1.1", Status.MET)
        set_status(desk, "19.1", Status.MET)
        moment[0] = days_ago(0)
        set_status(desk, "1.2", Status.MET)
        set_status(desk, "19.1", Status.NOT_MET)
        week = week_of(desk)
        (past,) = read_past(desk, week)
        assert (past.criteria, past.indicators) == (0, 2)
        found = gain(week, past)
    assert (found.criteria, found.indicators) == (1, 0)


def test_the_progress_of_each_week_is_read_from_the_journal(home: Home) -> None:
    moment = [days_ago(23)]
    with Desk.found(home, ANSWERS, wall=lambda: moment[0]) as desk:
        for back, number in ((23, "1.1"), (16, "1.2"), (16, "3.1"), (9, "3.2"), (0, "4.1")):
            moment[0] = days_ago(back)
            set_status(desk, number, Status.MET)
        moment[0] = days_ago(9)
        set_status(desk, "1.1", Status.NOT_MET)
        points = read_past(desk, week_of(desk))
    assert [(one.criteria, one.indicators) for one in points] == [(0, 1), (1, 3), (1, 3)]
    assert [(one.day - points[0].day).days for one in points] == [0, 7, 14]


def test_there_is_no_gain_for_a_commune_founded_this_week(tmp_path: Path) -> None:
    with found(tmp_path / "home") as desk:
        set_status(desk, "1.1", Status.MET)
        assert read_past(desk, week_of(desk)) == ()


def test_the_past_is_read_anew_only_when_something_came_in(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    before = week_of(one).past_key
    set_status(one, "1.1", Status.MET)
    assert week_of(one).past_key == before
    pass_on(other, one, tmp_path / "in")
    assert week_of(one).past_key != before
    one.close()
    other.close()


def test_a_changed_threshold_does_not_hide_the_indicator(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        thresholds.confirm(session, sheet.scope, sheet.criteria_set, "1.1")
    assert week_of(desk).checklist.unconfirmed == 56


@pytest.mark.parametrize("status", [Status.MET, Status.NOT_APPLICABLE])
def test_what_is_done_no_longer_blocks(desk: Desk, status: Status) -> None:
    for number in ("13.1", "13.2", "13.3", "13.5"):
        set_status(desk, number, Status.MET)
    set_status(desk, "13.4", status)
    assert "13" not in [one.criterion.number for one in week_of(desk).blockers]


@pytest.mark.parametrize("year", [2002, 2090])
def test_a_wrong_calendar_neither_hides_an_officer_nor_keeps_them_in_view_for_years(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    with found(tmp_path / "one") as one:
        with second(one, tmp_path / "two") as two:
            with monkeypatch.context() as patch:
                wrong = int(datetime(year, 1, 1, tzinfo=VIETNAM).timestamp() * 1000)
                patch.setattr(clock, "wall_ms", lambda: wrong)
                set_status(two, "1.1", Status.MET)
            pass_on(two, one, tmp_path / "there", trust=True)
        now = clock_now()
        activity = {it.officer: it for it in week_of(one, now).activity}
        assert activity["Lý Văn Bé"].newest == "1.1"
        assert abs(activity["Lý Văn Bé"].at - now) < timedelta(hours=1)
        later = week_of(one, now + timedelta(days=8)).activity
        assert "Lý Văn Bé" not in [it.officer for it in later]


def test_what_two_laptops_wrote_differently_is_counted_also_outside_the_checklist(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path) as (one, two):
        add_obstacle(one)
        exchange(one, two, tmp_path)
        assert week_of(one).differing == 0
        for desk, status, title in ((one, Status.MET, "một"), (two, Status.NOT_MET, "hai")):
            set_status(desk, "1.1", status)
            retitle(desk, title)
        exchange(one, two, tmp_path)
        week = week_of(one)
        assert (week.differing, week.conflicts) == (2, ("1.1",))
