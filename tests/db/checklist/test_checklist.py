"""The checklist as an officer fills it in: findings, figures, villages, and a new set that came."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from db import checklist, communes, criteria_sets
from db.checklist import IndicatorState, Sheet
from db.checklist.of_villages import village_findings
from db.clock import today
from db.desk import Desk
from db.home import Home
from db.judging import Figure, Status
from db.models import Assessment
from db.problems import NotFound, Refused
from db.villages import switch
from tests._helpers.stores import count, note_of, set_note, set_status, status_of

OLD = "xa-ntm-2021-2025"


def may_be_na(desk: Desk) -> tuple[str, str]:
    """An indicator that may be not applicable, and one that may not."""
    found = {one.may_be_na: one.number for one in desk.sheet().criteria_set.indicators}
    return found[True], found[False]


def figure(desk: Desk, number: str, wire: dict[str, object], village: str = "") -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        state = checklist.read(session, sheet).by_number[number]
        checklist.set_figure(
            session,
            sheet,
            number,
            Figure.from_wire(wire),
            state.threshold.effective,
            village=village,
        )


def state(desk: Desk, number: str, sheet: Sheet | None = None) -> IndicatorState:
    return desk.checklist(sheet).by_number[number]


def test_a_finding_a_note_a_person_and_a_date_are_kept(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_status(session, sheet, "1.1", Status.NOT_MET, reason="Thiếu vốn")
        checklist.set_text(session, sheet, "1.1", "note", "Xem lại tháng 9")
        checklist.set_text(session, sheet, "1.1", "responsible", "Công chức địa chính")
        checklist.set_due(session, sheet, "1.1", date(2024, 9, 30))
    found = state(desk, "1.1").assessment
    assert (found.status, found.reason) == (Status.NOT_MET, "Thiếu vốn")
    assert (found.note, found.responsible) == ("Xem lại tháng 9", "Công chức địa chính")
    assert found.due == date(2024, 9, 30)
    with desk.act() as session:
        checklist.set_text(session, sheet, "1.1", "note", "")
        checklist.set_due(session, sheet, "1.1", None)
    found = state(desk, "1.1").assessment
    assert (found.note, found.due) == ("", None)


def test_the_reason_stays_with_its_status_and_goes_with_it(desk: Desk) -> None:
    set_status(desk, "1.1", Status.NOT_MET, reason="Thiếu vốn")
    set_status(desk, "1.1", Status.NOT_MET)
    assert state(desk, "1.1").assessment.reason == "Thiếu vốn"
    set_status(desk, "1.1", Status.MET)
    assert state(desk, "1.1").assessment.reason == ""
    set_status(desk, "1.1", Status.NOT_ASSESSED)
    assert status_of(desk, "1.1") is Status.NOT_ASSESSED


def test_not_applicable_is_only_for_indicators_that_may_be(desk: Desk) -> None:
    may, may_not = may_be_na(desk)
    set_status(desk, may, Status.NOT_APPLICABLE, reason="Xã không có")
    assert status_of(desk, may) is Status.NOT_APPLICABLE
    before = count(desk, "change")
    with pytest.raises(Refused, match="Chưa có gì thay đổi"):
        set_status(desk, may_not, Status.NOT_APPLICABLE)
    assert count(desk, "change") == before


@pytest.mark.parametrize("number", ["99.9", "", "1.1 ", "1,1"])
def test_an_indicator_that_the_set_does_not_have_is_refused(desk: Desk, number: str) -> None:
    before = count(desk, "change")
    with pytest.raises(NotFound, match="không có chỉ tiêu"):
        set_status(desk, number)
    with pytest.raises(NotFound):
        set_note(desk, number, "x")
    assert count(desk, "change") == before


def test_an_impossible_figure_is_refused_with_its_indicator(desk: Desk) -> None:
    before = count(desk, "change")
    with pytest.raises(Refused, match=r"17\.8.*Chưa có gì thay đổi"):
        figure(desk, "17.8", {"numerator": "9", "denominator": "3"})
    assert count(desk, "change") == before


def test_taking_back_what_was_never_there_writes_nothing(desk: Desk) -> None:
    before = count(desk, "change"), count(desk, "action")
    sheet = desk.sheet()
    with desk.act() as session:
        threshold = state(desk, "1.1").threshold.effective
        checklist.set_status(session, sheet, "1.1", Status.NOT_ASSESSED)
        checklist.set_figure(session, sheet, "1.1", None, threshold)
        checklist.set_text(session, sheet, "1.1", "note", "")
        checklist.set_text(session, sheet, "1.1", "note", "\x00")
        checklist.set_due(session, sheet, "1.1", None)
    assert before == (count(desk, "change"), count(desk, "action"))


def test_the_first_status_of_an_indicator_is_two_changes_and_each_further_one_is_one(
    desk: Desk,
) -> None:
    before = count(desk, "change")
    set_status(desk, "1.1", Status.MET)
    assert count(desk, "change") == before + 2
    set_status(desk, "1.1", Status.MET)
    assert count(desk, "change") == before + 2
    set_status(desk, "1.1", Status.NOT_MET)
    assert count(desk, "change") == before + 3


def test_another_year_is_another_sheet(desk: Desk) -> None:
    set_status(desk, "1.1", Status.MET)
    assert state(desk, "1.1", desk.sheet(year=2025)).assessment.status is Status.NOT_ASSESSED


def test_the_communes_figure_is_the_sum_of_its_villages(desk: Desk) -> None:
    assert state(desk, "17.8").indicator.by_village
    figure(desk, "17.8", {"numerator": "80", "denominator": "120"}, "dong-mo")
    found = state(desk, "17.8")
    assert found.missing_villages == 2
    figure(desk, "17.8", {"numerator": "60", "denominator": "85"}, "lan-gat")
    figure(desk, "17.8", {"numerator": "98", "denominator": "98"}, "ba-nang")
    found = state(desk, "17.8")
    assert found.figure is not None
    assert found.figure.to_wire() == {"numerator": "238", "denominator": "303"}
    assert found.missing_villages == 0
    assert found.judgement.suggested is Status.MET
    assert not found.typed_differs


def test_a_typed_figure_that_says_something_else_is_shown_beside_and_never_overwritten(
    desk: Desk,
) -> None:
    figure(desk, "17.8", {"value": "71"})
    figure(desk, "17.8", {"numerator": "80", "denominator": "120"}, "dong-mo")
    found = state(desk, "17.8")
    assert found.typed_differs
    assert found.assessment.figure is not None
    assert found.assessment.figure.to_wire() == {"value": "71"}
    assert found.figure is not None
    assert found.figure.to_wire() == {"numerator": "80", "denominator": "120"}


def test_a_status_against_the_figure_is_allowed_and_asks_for_a_reason(desk: Desk) -> None:
    figure(desk, "17.8", {"numerator": "10", "denominator": "100"})
    set_status(desk, "17.8", Status.MET)
    assert state(desk, "17.8").judgement.against_figure
    assert state(desk, "17.8").judgement.missing_reason
    set_status(desk, "17.8", Status.MET, reason="Số liệu cũ")
    assert not state(desk, "17.8").judgement.missing_reason


def test_what_only_a_newer_program_understands_is_shown_as_not_assessed(desk: Desk) -> None:
    with desk.act() as session:
        row = Assessment.keyed(desk.commune.scope, OLD, "1.1", 2024, "")
        row.status = {"status": "met_with_honours"}
        row.figure = {"shape": "new"}
        session.add(row)
    found = state(desk, "1.1").assessment
    assert (found.status, found.figure) == (Status.NOT_ASSESSED, None)


@pytest.fixture
def new_set(desk: Desk, tmp_path: Path) -> Iterator[str]:
    """A set that supersedes the shipped one: 1.1 is as before, 1.2 and 17.9 are not."""
    from importlib.resources import files

    shipped = files("db.criteria").joinpath(f"{OLD}.toml").read_text(encoding="utf-8")
    text = shipped.replace(f'id = "{OLD}"', f'id = "xa-ntm-2026"\nsupersedes = "{OLD}"', 1)
    place = text.index('number = "1.2"')
    text = text[:place] + text[place:].replace('name = "', 'name = "Mới: ', 1)
    place = text.index('number = "17.9"')
    text = text[:place] + text[place:].replace("value = 60", "value = 65", 1)
    path = tmp_path / "new.toml"
    path.write_text(text, encoding="utf-8")
    criteria_sets.add(desk.home, path)
    yield "xa-ntm-2026"


def test_findings_on_unchanged_indicators_carry_over_and_changed_ones_are_for_review(
    desk: Desk, new_set: str
) -> None:
    """Duty 9: a set that was amended asks for a review of what it changed, and of nothing else."""
    set_status(desk, "1.1", Status.MET, reason="Theo hồ sơ")
    set_status(desk, "1.2", Status.MET)
    set_status(desk, "17.9", Status.MET)
    sheet = desk.sheet(set_id=new_set)
    assert sheet.superseded is not None
    carried = state(desk, "1.1", sheet)
    assert carried.assessment.status is Status.MET
    assert carried.assessment.carried_from == OLD
    assert carried.to_review == ()
    renamed, raised = state(desk, "1.2", sheet), state(desk, "17.9", sheet)
    assert renamed.assessment.status is raised.assessment.status is Status.NOT_ASSESSED
    assert renamed.to_review == ("tên chỉ tiêu",)
    assert raised.to_review == ("mức đạt",)
    assert state(desk, "2.1", sheet).to_review == ()  # there was nothing to review
    assert desk.checklist(sheet).standing.count(Status.MET) == 1
    assert count(desk, "assessment", f"criteria_set = '{new_set}'") == 0  # derived when read


def test_the_first_write_on_a_carried_finding_keeps_the_rest_of_it(
    desk: Desk, new_set: str
) -> None:
    set_status(desk, "1.1", Status.MET, reason="Theo hồ sơ")
    set_note(desk, "1.1", "ghi chú cũ")
    sheet = desk.sheet(set_id=new_set)
    with desk.act() as session:
        checklist.set_due(session, sheet, "1.1", date(2026, 9, 30))
    found = state(desk, "1.1", sheet).assessment
    assert (found.status, found.reason) == (Status.MET, "Theo hồ sơ")
    assert (found.note, found.due, found.carried_from) == ("ghi chú cũ", date(2026, 9, 30), "")
    set_note(desk, "1.1", "đổi ở bộ cũ")
    assert state(desk, "1.1", sheet).assessment.note == "ghi chú cũ"
    assert note_of(desk, "1.1") == "đổi ở bộ cũ"


def test_a_carried_finding_can_be_confirmed_and_taken_back(desk: Desk, new_set: str) -> None:
    set_status(desk, "1.1", Status.MET, reason="Theo hồ sơ")
    sheet = desk.sheet(set_id=new_set)
    with desk.act() as session:
        checklist.set_status(session, sheet, "1.1", Status.MET)
    found = state(desk, "1.1", sheet).assessment
    assert (found.carried_from, found.reason) == ("", "Theo hồ sơ")
    desk.store.undo(desk.officer)
    assert state(desk, "1.1", sheet).assessment.carried_from == OLD
    with desk.act() as session:
        checklist.set_status(session, sheet, "1.1", Status.NOT_ASSESSED)
    assert state(desk, "1.1", sheet).assessment.status is Status.NOT_ASSESSED
    assert status_of(desk, "1.1") is Status.MET


def test_a_changed_indicator_is_no_longer_for_review_once_it_was_assessed_anew(
    desk: Desk, new_set: str
) -> None:
    set_status(desk, "1.2", Status.MET)
    sheet = desk.sheet(set_id=new_set)
    with desk.act() as session:
        checklist.set_status(session, sheet, "1.2", Status.NOT_MET)
    assert state(desk, "1.2", sheet).to_review == ()


def test_the_villages_of_an_unchanged_indicator_carry_over_too(desk: Desk, new_set: str) -> None:
    figure(desk, "17.8", {"numerator": "80", "denominator": "120"}, "dong-mo")
    figure(desk, "17.8", {"numerator": "60", "denominator": "85"}, "lan-gat")
    sheet = desk.sheet(set_id=new_set)
    found = state(desk, "17.8", sheet)
    assert found.figure is not None
    assert found.figure.to_wire() == {"numerator": "140", "denominator": "205"}
    with desk.act() as session:
        checklist.set_figure(
            session,
            sheet,
            "17.8",
            Figure.from_wire({"numerator": "90", "denominator": "98"}),
            found.threshold.effective,
            village="ba-nang",
        )
        checklist.set_text(session, sheet, "17.8", "note", "đã xem", village="dong-mo")
    found = state(desk, "17.8", sheet)
    assert found.figure is not None
    assert found.figure.to_wire() == {"numerator": "230", "denominator": "303"}
    with desk.reading() as session:
        rows = communes.villages(session, sheet.scope)
    by_village = {one.village.code: one.figure for one in village_findings(sheet, found, rows)}
    assert all(by_village.values())
    assert len(by_village) == 3


def test_a_sheet_whose_older_set_never_came_here_starts_empty(
    desk: Desk, new_set: str, tmp_path: Path
) -> None:
    path = desk.home.criteria / f"{new_set}.toml"
    text = path.read_text(encoding="utf-8").replace(f'supersedes = "{OLD}"', 'supersedes = "x-1"')
    path.write_text(text, encoding="utf-8")
    criteria_sets._available.cache_clear()
    assert desk.sheet(set_id=new_set).superseded is None


def test_the_checklist_of_a_past_day_knows_the_thresholds_of_that_day(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from db import clock, thresholds

    def at(day: int) -> None:
        moment = datetime(2090, 7, day, 2, tzinfo=UTC)
        monkeypatch.setattr(clock, "wall_ms", lambda: int(moment.timestamp() * 1000))

    at(1)
    with closing(Desk.open(founded)) as desk:
        sheet = desk.sheet()
        at(2)
        with desk.act() as session:
            thresholds.confirm(session, sheet.scope, sheet.criteria_set, "1.1")
        with desk.reading() as session:
            before = checklist.read_as_of(session, sheet, date(2090, 7, 1))
            after = checklist.read_as_of(session, sheet, date(2090, 7, 2))
        assert before.unconfirmed == after.unconfirmed + 1
        assert after.by_number["1.1"].threshold.confirmed


def test_what_goes_by_village_still_does_under_the_set_that_supersedes(
    desk: Desk, new_set: str
) -> None:
    with desk.act() as session:
        switch(session, desk.sheet(), "1.1", by_village=True)
        switch(session, desk.sheet(), "1.2", by_village=True)
    sheet = desk.sheet(set_id=new_set)
    assert state(desk, "1.1", sheet).indicator.by_village
    assert not state(desk, "1.2", sheet).indicator.by_village  # another indicator now
    with desk.reading() as session:
        past = checklist.read_as_of(session, sheet, today())
    assert past.by_number["1.1"].indicator.by_village
    with desk.act() as session:
        switch(session, sheet, "1.1", by_village=False)
    assert not state(desk, "1.1", sheet).indicator.by_village
