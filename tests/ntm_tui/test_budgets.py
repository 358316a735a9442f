"""How many keys a job may take, beside typed text."""

from __future__ import annotations

from db import backups
from db.backups import Why
from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.dialogs.backups import BackupsDialog
from ntm_tui.screens.checklist.rows import indicator_key
from tests._helpers.areas import ChecklistApp, checklist, current
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.stores import set_status


def statuses(app: ChecklistApp) -> list[Status]:
    if app.desk is None:
        return []
    return [one.assessment.status for one in app.desk.checklist().states]


async def test_all_57_statuses_from_a_paper_list_take_at_most_60_keys(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        paper = "1" * 40 + "2" * 10 + "3" * 7
        for digit in paper:
            await keys.press(digit)
        wanted = [{"1": "met", "2": "not_met", "3": "in_progress"}[it] for it in paper]
        assert statuses(app) == wanted
        assert keys.count <= 60


async def test_five_indicators_found_by_search_and_updated_take_at_most_35(founded: Home) -> None:
    jobs = {
        "nha tieu": "17.8",
        "bao hiem y te": "15.1",
        "thu nhap": "10.1",
        "hop tac xa": "13.1",
        "dan quan": "19.1",
    }
    async with checklist(founded) as (app, keys):
        for words in jobs:
            await keys.press("ctrl+f")
            await keys.type(words)
            await keys.press("enter", "1")
        assert app.desk is not None
        found = app.desk.checklist().by_number
        assert {found[it].assessment.status for it in jobs.values()} == {Status.MET}
        assert keys.count <= 35


async def test_a_value_and_a_note_on_one_indicator_take_at_most_6(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("17.9")
        await keys.press("enter")
        await keys.type("66,5")
        await keys.press("enter", "enter")
        await keys.type("số của trạm thú y")
        await keys.press("escape")
        await wait_until(lambda: len(app.screen_stack) == 1)
        assert app.desk is not None
        found = app.desk.checklist().by_number["17.9"].assessment
        assert found.figure is not None
        assert found.note == "số của trạm thú y"
        assert keys.count <= 6


async def test_undo_takes_at_most_2(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("1")
        before = keys.count
        await keys.press("ctrl+z")
        await wait_until(lambda: current(app) == indicator_key("1.1"))
        assert statuses(app)[0] is Status.NOT_ASSESSED
        assert keys.count - before <= 2


async def test_restoring_yesterday_takes_at_most_6(founded: Home) -> None:
    with Desk.open(founded) as desk:
        set_status(desk, "1.1", Status.MET)
        backups.backup(founded, Why.DAILY)
        set_status(desk, "1.1", Status.NOT_MET)
    async with checklist(founded) as (app, keys):
        assert statuses(app)[0] is Status.NOT_MET
        await keys.press("ctrl+p")
        await keys.type("sao luu")
        await wait_until(lambda: "Bản sao lưu" in seen(app))
        await keys.press("enter")
        await wait_until(lambda: isinstance(app.screen, BackupsDialog))
        await keys.press("enter", "enter")
        await wait_until(lambda: statuses(app)[:1] == [Status.MET])
        assert keys.count <= 6
