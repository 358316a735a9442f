from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from db.criteria.definitions import ThresholdKind
from db.desk import Desk
from db.home import Home
from db.sheet.thresholds import ThresholdState
from db.thresholds import threshold_states
from ntm_tui.screens.thresholds import ThresholdsScreen
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine
from tests._helpers.looks import DRAWABLE, rows, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun
from tests._helpers.terminal import BACKSPACES, SENTENCE, SENTENCE_STEPS, stream


class Reading(Begun):
    @property
    def area(self) -> ThresholdsScreen:
        return cast(ThresholdsScreen, self.app.screen_stack[0])

    @property
    def here(self) -> str:
        return self.area.table.current

    def states(self) -> dict[str, ThresholdState]:
        desk = self.app.desk
        assert desk is not None
        sheet = desk.sheet()
        with desk.reading() as session:
            return dict(threshold_states(session, sheet.scope, sheet.criteria_set))

    async def go(self, number: str) -> None:
        self.area.table.go_to(number)
        await self.settled()


@asynccontextmanager
async def reading(home: Home, size: tuple[int, int] = SMALL) -> AsyncIterator[Reading]:
    async with begun(home, "thresholds", size) as found:
        yield Reading(found.app, found._pilot)


async def test_all_57_are_confirmed_with_at_most_60_keys(founded: Home) -> None:
    async with begun(founded, "week") as found:
        at = Reading(found.app, found._pilot)
        await at.keys.press("f9")
        await at.settled()
        for _ in range(57):
            state = cast(ThresholdsScreen, at.screen).current
            assert state is not None
            if state.effective.known:
                await at.keys.press("space")
            else:
                two = state.effective.kind is ThresholdKind.PCT_GE_TWO_PART
                await at.keys.type("80; 50" if two else "80 %")
                await at.keys.press("enter")
        states = at.states()
        assert all(state.confirmed for state in states.values())
        assert len(states) == 57
        assert at.keys.count <= 60
        assert "57/57 đã đối chiếu" in seen(at.app)


async def test_one_key_confirms_and_moves_on_with_who_and_which_paper(founded: Home) -> None:
    async with reading(founded) as at:
        await at.keys.press("space")
        state = at.states()["1.1"]
        assert state.confirmed and not state.corrected
        assert state.officer == "Nguyễn Thị Hường"
        assert state.effective.document.startswith("QĐ 1062/QĐ-UBND")
        assert at.here == "1.2"
        assert "1/57 đã đối chiếu" in seen(at.app)


async def test_what_is_unknown_is_never_confirmed_by_the_one_key(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("2.1")
        await at.keys.press("space", "space", "space")
        assert at.area.form.field.has_focus
        assert not at.states()["2.1"].confirmed
        assert at.here == "2.1"


async def test_what_was_understood_is_echoed_before_enter_saves_it(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("17.8")
        await at.keys.press("enter")
        assert at.area.form.field.value == "70 %"
        await at.keys.press("home", "delete", "8")
        assert "≥ 80 % (trong máy: ≥ 70 %)" in seen(at.app)
        assert not at.states()["17.8"].confirmed
        await at.keys.press("enter")
        state = at.states()["17.8"]
        assert state.confirmed and state.corrected
        assert at.here == "17.9"
        await at.keys.press("up")
        await at.settled()
        assert "Trong máy ban đầu: ≥ 70 %" in seen(at.app)
        assert "≥ 80 % *" in seen(at.app)


async def test_a_correction_takes_the_place_of_what_stands_there(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("3.1")
        await at.keys.press("enter")
        await at.keys.type("85")
        assert "≥ 85 % (trong máy: ≥ 80 %)" in seen(at.app)
        await at.keys.press("enter")
        assert at.states()["3.1"].effective.text() == "≥ 85 %"


async def test_a_table_by_year_is_echoed_whole(founded: Home) -> None:
    async with reading(founded, size=(120, 40)) as at:
        await at.go("10.1")
        await at.keys.press("enter", "end")
        assert "đúng như trong máy" not in seen(at.app)
        await at.keys.type("0")
        echo = seen(at.app)
        assert "2024: 45" in echo and "2025: 480" in echo and "trong máy" in echo


async def test_a_wrong_entry_is_told_at_the_field_and_stays(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("17.8")
        await at.keys.press("enter", "ctrl+u")
        await at.keys.type("120 %")
        await at.keys.press("enter")
        assert at.area.form.field.value == "120 %"
        assert "Tỷ lệ phần trăm không thể quá 100" in seen(at.app)
        assert at.here == "17.8" and not at.states()["17.8"].confirmed


async def test_an_unknown_one_can_be_passed_over(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("1.2")
        await at.keys.press("space", "enter", "enter")
        assert at.here == "2.3"
        assert at.area.form.field.has_focus
        await at.keys.press("escape")
        assert at.area.table.has_focus
        assert [number for number, one in at.states().items() if one.confirmed] == ["1.2"]


async def test_leaving_the_field_by_an_arrow_keeps_a_changed_entry(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("2.2")
        await at.keys.press("enter")
        await at.keys.type("75 %")
        await at.keys.press("down")
        assert at.states()["2.2"].effective.text() == "≥ 75 %"
        assert at.here == "2.3" and at.area.table.has_focus
        await at.keys.press("enter", "up")
        assert not at.states()["2.3"].confirmed
        assert at.here == "2.2"


async def test_an_entry_that_cannot_be_understood_does_not_let_go(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("17.8")
        await at.keys.press("enter", "ctrl+u")
        await at.keys.type("abc")
        await at.keys.press("down")
        assert at.here == "17.8" and at.area.form.field.has_focus
        assert at.area.form.field.value == "abc"


@pytest.mark.parametrize("key", ["delete", "0"])
async def test_a_confirmation_is_taken_back_and_undo_brings_it_again(
    founded: Home, key: str
) -> None:
    async with reading(founded) as at:
        await at.keys.press("space", "up", key)
        assert not at.states()["1.1"].confirmed
        assert at.here == "1.1"
        await at.keys.press("ctrl+z")
        await at.settled()
        assert at.states()["1.1"].confirmed


async def test_undo_goes_to_what_it_changed(founded: Home) -> None:
    async with reading(founded) as at:
        await at.go("17.8")
        await at.keys.press("space")
        await at.go("1.1")
        await at.keys.press("ctrl+z")
        await at.settled()
        assert at.here == "17.8"
        assert not at.states()["17.8"].confirmed


async def test_rows_stay_in_their_place_while_a_filter_is_on(founded: Home) -> None:
    async with reading(founded) as at:
        await at.keys.press("ctrl+l")
        assert "chưa đối chiếu 48" in seen(at.app)
        assert at.area.table.row_count == 48
        await at.keys.press("space")
        assert at.area.table.row_count == 48 and at.here == "1.2"
        await at.keys.press("ctrl+l")
        assert at.area.table.row_count == 9 and at.here == "2.1"
        await at.keys.press("ctrl+l")
        assert at.area.table.row_count == 1 and at.here == "1.1"


async def test_search_needs_no_marks_and_knows_numbers(founded: Home) -> None:
    async with reading(founded) as at:
        await at.keys.press("ctrl+f")
        await at.keys.type("nha tieu")
        assert at.here == "17.8", "the best answer, though 5.1 has both words somewhere"
        await at.keys.press("enter", "space")
        assert at.states()["17.8"].confirmed
        await at.keys.press("ctrl+f", "ctrl+u")
        await at.keys.type("không có gì như vậy")
        assert at.area.table.row_count == 0
        assert "Không có chỉ tiêu nào" in seen(at.app)
        await at.keys.press("enter", "space", "enter", "delete")


async def test_the_paper_is_named_once_and_remembered(founded: Home) -> None:
    async with reading(founded) as at:
        paper = at.area.query_one("#paper", TextLine)
        at.area.set_focus(paper)
        await at.keys.press("ctrl+u")
        await at.keys.type("Phụ lục QĐ 1062, bản sao y")
        await at.keys.press("enter", "space")
        assert at.states()["1.1"].effective.document == "Phụ lục QĐ 1062, bản sao y"
    async with reading(founded) as at:
        assert "Phụ lục QĐ 1062, bản sao y" in seen(at.app)
        paper = at.area.query_one("#paper", TextLine)
        at.area.set_focus(paper)
        await at.keys.press("ctrl+u", "enter")
        await at.settled()
        assert "QĐ 1062/QĐ-UBND ngày 17/6/2024" in seen(at.app)


@pytest.mark.parametrize("backspace", BACKSPACES)
async def test_every_field_takes_vietnamese_as_input_tools_send_it(
    founded: Home, backspace: bytes
) -> None:
    async with reading(founded) as at:
        for field in ("#paper", "#search", "#entry"):
            line = at.area.query_one(field, TextLine)
            line.load("")
            at.area.set_focus(line)
            await at.keys.type(stream(SENTENCE_STEPS, backspace))
            assert line.value == SENTENCE, field


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW, (200, 50)])
async def test_it_can_be_drawn_at_any_size_and_by_old_consoles(
    founded: Home, size: tuple[int, int]
) -> None:
    async with reading(founded, size) as at:
        await at.keys.press("space", "space", "enter")
        assert set(seen(at.app)) <= DRAWABLE | {"\n"}
        assert all(len(row) == size[0] for row in rows(at.app))
        assert at.area.query_one(FieldMessage)


async def test_a_new_width_keeps_the_cursor(founded: Home) -> None:
    async with begun(founded, "thresholds") as found:
        at = Reading(found.app, found._pilot)
        await at.go("17.8")
        await found._pilot.resize_terminal(120, 40)
        await at.settled()
        assert at.here == "17.8"
        assert "17.8" in seen(at.app)


async def test_a_refused_confirmation_is_told_and_nothing_moves(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.problems import DiskFailed

    def full(_self: Desk) -> None:
        raise DiskFailed("Ổ đĩa đã đầy.")

    async with reading(founded) as at:
        monkeypatch.setattr(Desk, "act", full)
        await at.keys.press("space")
        assert at.here == "1.1"
        assert [note.message for note in at.app._notifications] == ["Ổ đĩa đã đầy."]


async def test_keys_pressed_faster_than_they_can_be_handled_all_count(founded: Home) -> None:
    async with reading(founded) as at:
        at.keys.burst(" " * 6)
        await at.settled()
        confirmed = [number for number, one in at.states().items() if one.confirmed]
        assert confirmed == ["1.1", "1.2"]
        assert at.here == "2.1" and at.area.form.field.has_focus
