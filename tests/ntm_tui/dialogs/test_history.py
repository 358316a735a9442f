from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.checklist import history_of
from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.dialogs.history import HistoryDialog, told
from tests._helpers.areas import checklist
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.stores import set_note, set_status


def test_each_change_is_told_from_what_to_what(desk: Desk) -> None:
    set_status(desk, "1.1", Status.NOT_MET)
    set_status(desk, "1.1", Status.MET)
    set_note(desk, "1.1", "đã phê duyệt")
    with desk.reading() as session:
        entries = history_of(session, desk.sheet(), "1.1")
    rows = list(told(entries, desk.checklist().by_number["1.1"]))
    assert [what for _, _, what in rows] == [
        "Ghi chú: (để trống) → đã phê duyệt",
        "Tự đánh giá: Chưa đạt → Đạt",
        "Tự đánh giá: (để trống) → Chưa đạt",
    ]
    assert [when.startswith("►") for when, _, _ in rows] == [True, True, False]
    assert {who for _, who, _ in rows} == {"Nguyễn Thị Hường"}


def test_when_it_was_received_is_told_only_when_that_was_later(desk: Desk) -> None:
    set_note(desk, "1.1", "một")
    with desk.reading() as session:
        [entry] = history_of(session, desk.sheet(), "1.1")
    state = desk.checklist().by_number["1.1"]
    [(when, _, _)] = told([entry], state)
    assert "nhận" not in when
    late = replace(entry, received_at=entry.written_at + timedelta(days=1))
    [(when, _, _)] = told([late], state)
    assert "nhận" in when


async def test_the_history_opens_over_the_list(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("2", "up", "ctrl+r")
        assert isinstance(app.screen, HistoryDialog)
        await wait_until(lambda: "Tự đánh giá: (để trống) → Chưa đạt" in seen(app))
        await keys.press("escape", "up", "ctrl+r")
        assert len(app.screen_stack) == 1


async def test_an_indicator_without_history_says_so(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("ctrl+r")
        await wait_until(lambda: "Chưa có gì được ghi" in seen(app))
