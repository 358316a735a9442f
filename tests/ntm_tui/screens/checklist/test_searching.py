from __future__ import annotations

import pytest

from db import checklist as use_cases
from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.dialogs.choice import ChoiceDialog
from ntm_tui.screens.checklist.filters import RowFilter
from ntm_tui.screens.checklist.rows import IndicatorRow, indicator_key
from tests._helpers.areas import ChecklistApp, checklist, current
from tests._helpers.keys import Keys, settle, wait_until
from tests._helpers.looks import seen
from tests._helpers.stores import set_status
from tests._helpers.terminal import SENTENCE, SENTENCE_STEPS, stream


def numbers(app: ChecklistApp) -> list[str]:
    return [row.number for row in app.area.table.rows if isinstance(row, IndicatorRow)]


async def test_only_matching_rows_are_shown_as_one_types_without_marks(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+f")
        await keys.type("nha tieu")
        await wait_until(lambda: current(app) == indicator_key("17.8"))
        assert len(numbers(app)) < 10
        assert "1.1" not in numbers(app)


async def test_enter_goes_back_to_the_list_and_digits_count_again(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+f")
        await keys.type("17.8")
        await keys.press("enter", "1")
        assert app.desk is not None
        assert app.desk.checklist().by_number["17.8"].assessment.status is Status.MET
        assert numbers(app) == ["17.8"]


async def test_digits_in_the_search_are_typed_and_change_nothing(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+f")
        await keys.type("1")
        await wait_until(lambda: app.area.search.value == "1")
        assert app.desk is not None
        assert app.desk.checklist().standing.count(Status.NOT_ASSESSED) == 57


async def test_escape_clears_and_the_cursor_stays_on_what_was_found(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+f")
        await keys.type("nha tieu")
        await keys.press("escape")
        await wait_until(lambda: len(numbers(app)) == 57)
        assert current(app) == indicator_key("17.8")
        assert app.area.search.value == ""
        assert app.focused is app.area.table


async def test_the_next_search_takes_the_place_of_the_last(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        for text, wanted in (("nha tieu", "17.8"), ("bao hiem", "15.1")):
            await keys.press("ctrl+f")
            await keys.type(text)
            await keys.press("enter")
            assert current(app) == indicator_key(wanted)


async def test_a_number_is_found_before_those_that_begin_with_it(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+f")
        await keys.type("17.1")
        await keys.press("enter")
        assert numbers(app) == ["17.1", "17.10", "17.11", "17.12"]
        assert current(app) == indicator_key("17.1")


async def test_nothing_found_is_said(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+f")
        await keys.type("zzz")
        await wait_until(lambda: "Không có chỉ tiêu nào như vậy" in seen(app))
        await keys.press("enter", "1", "enter")
        assert len(app.screen_stack) == 1


async def test_vietnamese_arrives_whole_in_the_search(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+f")
        await keys.type(stream(SENTENCE_STEPS))
        await wait_until(lambda: app.area.search.value == SENTENCE)


async def chosen_filter(app: ChecklistApp, keys: Keys, row_filter: RowFilter) -> None:
    await keys.press("ctrl+l")
    assert isinstance(app.screen, ChoiceDialog)
    for _ in range([*RowFilter].index(row_filter)):
        await keys.press("ctrl+l")
    await keys.press("enter")
    await wait_until(lambda: app.area.looking.filter is row_filter)


async def test_a_filter_keeps_the_cursor_where_it_is(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("17.8")
        await chosen_filter(app, keys, RowFilter.PEOPLE)
        await wait_until(lambda: "Lọc: tiêu chí người dân" in seen(app))
        assert current(app) == indicator_key("17.8")
        assert "1.1" not in numbers(app)


async def test_a_row_that_no_longer_belongs_stays_until_the_filter_is_chosen_again(
    founded: Home,
) -> None:
    async with checklist(founded) as (app, keys):
        await chosen_filter(app, keys, RowFilter.NOT_ASSESSED)
        await keys.press("1", "1")
        assert numbers(app)[:2] == ["1.1", "1.2"]
        assert current(app) == indicator_key("2.1")
        app.area.show_filter("not_assessed")
        assert numbers(app)[0] == "2.1"


async def test_escape_lifts_the_filter(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.show_filter("watch")
        assert len(numbers(app)) < 57
        await keys.press("escape")
        assert len(numbers(app)) == 57


async def test_undo_shows_a_row_that_the_filter_hides(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("1")
        app.area.show_filter("watch")
        await keys.press("ctrl+z")
        await wait_until(lambda: current(app) == indicator_key("1.1"))


async def test_one_may_ask_for_an_indicator_before_the_list_is_there(founded: Home) -> None:
    async with checklist(founded) as (app, _keys):
        picture, app.area.picture = app.area.picture, None
        app.area.go_to("10.1")
        assert picture is not None
        app.area.show(picture)
        assert current(app) == indicator_key("10.1")


@pytest.mark.parametrize(
    ("row_filter", "wanted"),
    [
        (RowFilter.NOT_MET, {"1.1", "1.2"}),
        (RowFilter.MISSING_REASON, {"13.4"}),
        (RowFilter.WATCH, {"10.1", "11.1", "19.1", "19.2"}),
    ],
)
def test_what_a_filter_holds(desk: Desk, row_filter: RowFilter, wanted: set[str]) -> None:
    """Duties 11 and 15: what depends on people themselves, and what is watched."""
    set_status(desk, "1.1", Status.NOT_MET)
    set_status(desk, "1.2", Status.IN_PROGRESS)
    set_status(desk, "13.4", Status.NOT_APPLICABLE)
    chosen = row_filter.chosen(desk.checklist().states, {})
    assert wanted <= chosen
    assert "5.1" not in chosen


def test_confirmed_thresholds_are_no_longer_to_be_checked(desk: Desk) -> None:
    from db import thresholds

    sheet = desk.sheet()
    with desk.act() as session:
        thresholds.confirm(session, sheet.scope, sheet.criteria_set, "1.1")
    chosen = RowFilter.UNCONFIRMED.chosen(desk.checklist().states, {})
    assert "1.1" not in chosen
    assert "1.2" in chosen


def test_evidence_that_is_missing_is_asked_for(desk: Desk) -> None:
    from db.evidence import EvidenceForm, attach, evidence_of

    sheet = desk.sheet()
    with desk.act() as session:
        for kind in ("van-ban", "hinh-anh"):
            form = EvidenceForm(kind)
            attach(session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year, form, None)
    with desk.reading() as session:
        attached = evidence_of(session, desk.home, sheet)
        states = use_cases.read(session, sheet).states
    chosen = RowFilter.MISSING_EVIDENCE.chosen(states, attached)
    assert "1.1" not in chosen
    assert "1.2" in chosen


async def test_the_filter_list_names_how_many_rows_each_has(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+l")
        await wait_until(lambda: "chưa đánh giá" in seen(app))
        assert "57" in seen(app)
        await keys.press("escape")
        await settle(keys.pilot)
        assert app.area.looking.filter is RowFilter.ALL
