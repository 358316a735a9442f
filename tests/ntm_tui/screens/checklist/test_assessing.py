from __future__ import annotations

from db.checklist import Checklist
from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.screens.checklist.rows import indicator_key
from ntm_tui.widgets.status_line import StatusLine
from tests._helpers.areas import ChecklistApp, checklist, current
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen


def stored(app: ChecklistApp) -> Checklist:
    assert app.desk is not None
    return app.desk.checklist()


def status_of(app: ChecklistApp, number: str) -> Status:
    return stored(app).by_number[number].assessment.status


def said(app: ChecklistApp) -> str:
    return app.area.query_one(StatusLine).message


async def test_a_digit_sets_the_status_and_goes_on(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        assert current(app) == indicator_key("1.1")
        await keys.press("1")
        assert status_of(app, "1.1") is Status.MET
        assert current(app) == indicator_key("1.2")
        assert "1.1" in said(app)


async def test_going_on_passes_over_the_headings_and_stays_on_the_last(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("1.2")
        await keys.press("2")
        assert current(app) == indicator_key("2.1")
        app.area.go_to("19.2")
        await keys.press("3")
        assert current(app) == indicator_key("19.2")
        assert status_of(app, "19.2") is Status.IN_PROGRESS


async def test_a_burst_of_digits_is_neither_lost_nor_reordered(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        digits = ("1230" * 15)[:57]
        keys.burst(digits)
        await wait_until(lambda: stored(app).by_number["19.2"].assessment.status is Status.MET, 30)
        wanted = {
            "1": Status.MET,
            "2": Status.NOT_MET,
            "3": Status.IN_PROGRESS,
            "0": Status.NOT_ASSESSED,
        }
        found = [one.assessment.status for one in stored(app).states]
        assert found == [wanted[digit] for digit in digits]


async def test_a_refused_digit_is_told_until_mended_and_the_list_goes_on(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        keys.burst("1423")  # a paper list whose second line says what cannot be
        await wait_until(lambda: current(app) == indicator_key("2.3"))
        await wait_until(lambda: "Đã ghi 2.2" in said(app))
        found = [status_of(app, number) for number in ("1.1", "1.2", "2.1", "2.2", "2.3")]
        assert found == [
            Status.MET,
            Status.NOT_ASSESSED,
            Status.NOT_MET,
            Status.IN_PROGRESS,
            Status.NOT_ASSESSED,
        ]
        assert "Chưa ghi “Không áp dụng” cho 1.2" in said(app)
        app.area.go_to("1.2")
        await keys.press("1")
        assert "Chưa ghi" not in said(app)
        assert len(app.screen_stack) == 1


async def test_not_applicable_where_it_may_be_lacks_its_reason(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("13.4")
        await keys.press("4")
        assert status_of(app, "13.4") is Status.NOT_APPLICABLE
        assert current(app) == indicator_key("13.5")
        await wait_until(lambda: "! thiếu lý do" in seen(app))
        assert len(app.screen_stack) == 1


async def test_a_digit_on_a_heading_writes_nothing_and_says_so(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("up", "1")
        assert current(app) == ("criterion", "1")
        assert "tiêu chí" in said(app)
        assert stored(app).standing.count(Status.NOT_ASSESSED) == 57


async def test_the_standing_follows_each_digit(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await wait_until(lambda: "0/19 tiêu chí" in seen(app))
        await keys.press("1", "1")
        await wait_until(lambda: "1/19 tiêu chí" in seen(app))


async def test_undo_takes_the_digit_back_and_goes_there(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("5.1")
        await keys.press("1", "1", "ctrl+z")
        await wait_until(lambda: current(app) == indicator_key("6.1"))
        assert status_of(app, "6.1") is Status.NOT_ASSESSED
        assert status_of(app, "5.1") is Status.MET
        await keys.press("ctrl+y")
        assert status_of(app, "6.1") is Status.MET


async def test_a_picture_taken_before_a_digit_never_shows_after_it(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        old = app.area.picture
        assert old is not None
        await keys.press("1")
        app.area.show(old)
        row = app.area.table.rows[1]
        assert row.state.judgement.status is Status.MET


async def test_what_another_screen_wrote_is_there_when_one_comes_back(founded: Home) -> None:
    from db import checklist as use_cases

    async with checklist(founded) as (app, _keys):

        def elsewhere(desk: Desk) -> None:
            with desk.act() as session:
                use_cases.set_status(session, desk.sheet(), "1.1", Status.NOT_MET)

        await app.write(elsewhere)
        app.area.refresh_data()
        await wait_until(lambda: "× Chưa đạt" in seen(app))
