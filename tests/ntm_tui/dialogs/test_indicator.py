from __future__ import annotations

import asyncio
import threading
from datetime import date
from typing import Any

import pytest

from db import drafts
from db.checklist import AssessmentRecord
from db.desk import Desk
from db.home import Home
from db.judging import Part, Status
from ntm_tui.dialogs.indicator import IndicatorForm
from ntm_tui.widgets.text_block import TextBlock
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed
from tests._helpers.areas import ChecklistApp, checklist
from tests._helpers.keys import Keys, wait_until
from tests._helpers.looks import seen
from tests._helpers.stores import count
from tests._helpers.terminal import BACKSPACES, SENTENCE, SENTENCE_STEPS, stream


def found(app: ChecklistApp, number: str) -> AssessmentRecord:
    assert app.desk is not None
    return app.desk.checklist().by_number[number].assessment


async def opened(app: ChecklistApp, keys: Keys, number: str) -> IndicatorForm:
    app.area.go_to(number)
    await keys.press("enter")
    form = app.screen
    assert isinstance(form, IndicatorForm)
    return form


def field(form: IndicatorForm, name: str) -> TextLine:
    return form.query_one(f"#{name}", TextLine)


async def test_a_fraction_and_a_note_take_at_most_six_keys(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("17.9")
        await keys.press("enter")
        await keys.type("1011/1498")
        await keys.press("enter", "enter")
        await keys.type("đã rà soát")
        await keys.press("escape")
        await wait_until(lambda: found(app, "17.9").note == "đã rà soát")
        figure = found(app, "17.9").figure
        assert figure is not None
        assert figure.to_wire() == {"numerator": "1011", "denominator": "1498"}
        assert keys.count <= 6
        assert len(app.screen_stack) == 1


async def test_keys_typed_ahead_while_the_form_opens_go_into_it(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("17.9")
        keys.burst("\r1011/1498")
        await wait_until(
            lambda: [it.value for it in app.screen.query(TextLine)][:1] == ["1011/1498"]
        )
        assert found(app, "17.9").status is Status.NOT_ASSESSED


async def test_what_was_understood_is_echoed_with_what_is_lacking(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await opened(app, keys, "17.8")
        await keys.type("1011/1498")
        await wait_until(lambda: "= 67,48 % = 1.011/1.498 hộ" in seen(app))
        assert "còn thiếu 38 hộ" in seen(app)


@pytest.mark.parametrize(
    ("number", "name", "typed", "told"),
    [
        ("17.9", "figure-whole", "nhiều", "không phải là số"),
        ("17.9", "figure-whole", "120", "Tỷ lệ phải từ 0 đến 100"),
        ("17.9", "figure-whole", "12/10", "Tử số không được lớn hơn mẫu số"),
        ("17.9", "due", "20/20/2023", "Không có ngày"),
        ("12.1", "figure-women", "x", "không phải là số"),
    ],
)
async def test_what_cannot_be_is_told_at_the_field_and_stays_there(
    founded: Home, number: str, name: str, typed: str, told: str
) -> None:
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, number)
        field(form, name).focus()
        await keys.type(typed)
        await keys.press("shift+tab")
        await wait_until(lambda: told in seen(app))
        assert field(form, name).value == typed
        assert found(app, number) == AssessmentRecord()


async def test_men_and_women_are_two_lines_of_one_figure(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await opened(app, keys, "12.1")
        await keys.type("72,5")
        await keys.press("enter")
        await keys.type("68")
        await keys.press("escape")
        await wait_until(lambda: len(app.screen_stack) == 1)
        figure = found(app, "12.1").figure
        assert figure is not None
        assert [part for part, _ in figure.parts] == [Part.MEN, Part.WOMEN]


async def test_a_figure_is_taken_back_by_emptying_its_line(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await opened(app, keys, "17.9")
        await keys.type("50")
        await keys.press("enter", "shift+tab", "delete", "escape")
        await wait_until(lambda: len(app.screen_stack) == 1)
        assert found(app, "17.9").figure is None


async def test_a_reason_ends_the_lack_of_one(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        app.area.go_to("13.4")
        await keys.press("4")
        await opened(app, keys, "13.4")
        await keys.type("xã không có làng nghề")
        await keys.press("escape")
        await wait_until(lambda: found(app, "13.4").reason == "xã không có làng nghề")
        assert found(app, "13.4").status is Status.NOT_APPLICABLE
        await wait_until(lambda: "! thiếu lý do" not in seen(app))


async def test_who_and_until_when(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, "1.1")
        field(form, "responsible").focus()
        await keys.type("Công chức địa chính")
        await keys.press("enter")
        await keys.type("30/09/2024")
        await keys.press("enter")
        await wait_until(lambda: len(app.screen_stack) == 1)
        assert found(app, "1.1").responsible == "Công chức địa chính"
        assert found(app, "1.1").due == date(2024, 9, 30)


async def test_each_field_is_an_action_of_its_own(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await opened(app, keys, "17.9")
        await keys.type("50")
        await keys.press("enter")
        await keys.type("vì mưa lũ")
        await keys.press("enter", "escape")
        await wait_until(lambda: len(app.screen_stack) == 1)
        await keys.press("ctrl+z")
        assert found(app, "17.9").reason == ""
        assert found(app, "17.9").figure is not None


async def test_undo_in_the_form_shows_the_earlier_figure(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, "17.9")
        await keys.type("50")
        await keys.press("enter", "ctrl+z")
        await wait_until(lambda: field(form, "figure-whole").value == "")
        assert found(app, "17.9").figure is None


async def test_what_was_being_typed_is_there_after_a_crash(founded: Home) -> None:
    with Desk.open(founded) as desk:
        drafts.keep(desk, drafts.of_finding(desk.sheet(), "17.9"), "figure-whole", "1011/")
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, "17.9")
        await wait_until(lambda: "gõ dở" in seen(app))
        assert field(form, "figure-whole").value == "1011/"


async def test_keystrokes_are_kept_until_the_field_is_saved(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await opened(app, keys, "17.9")
        await keys.type("50")
        assert app.desk is not None
        desk = app.desk
        place = drafts.of_finding(desk.sheet(), "17.9")
        await wait_until(lambda: drafts.find(desk, place) == {"figure-whole": "50"})
        assert count(desk, "change", "field = 'figure'") == 0
        await keys.press("enter")
        await wait_until(lambda: drafts.find(desk, place) == {})
        assert count(desk, "change", "field = 'figure'") == 1


@pytest.mark.parametrize("onward", ["\r", "\t"])
async def test_keys_behind_enter_or_tab_go_into_the_next_field(founded: Home, onward: str) -> None:
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, "14.2")
        await keys.type(onward.join(("71", "60", "đếm từ sổ", "ghi")))
        await wait_until(lambda: form.query_one("#note", TextBlock).text == "ghi")
        values = [field(form, name).value for name in ("figure-men", "figure-women", "reason")]
        assert values == ["71", "60", "đếm từ sổ"]


async def test_keys_behind_enter_wait_for_a_slow_disk(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.checklist import writing

    begun, slow_disk, write = threading.Event(), threading.Event(), writing._write

    def slowly(*args: Any) -> None:
        begun.set()
        slow_disk.wait(10)
        write(*args)

    monkeypatch.setattr(writing, "_write", slowly)
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, "14.2")
        keys.burst("72\r65")
        await wait_until(begun.is_set)
        slow_disk.set()
        await wait_until(lambda: field(form, "figure-women").value == "65")
        assert field(form, "figure-men").value == "72"


async def test_what_cannot_be_saved_is_offered_again(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await opened(app, keys, "17.9")
        await keys.type("nhiều")
        await keys.press("escape")
        await wait_until(lambda: "17.9: chưa lưu được ô Số liệu" in seen(app))
        form = await opened(app, keys, "17.9")
        await wait_until(lambda: field(form, "figure-whole").value == "nhiều")


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_a_slow_disk_still_gets_the_last_letters_of_a_form_that_closes(
    founded: Home, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    begun, slow_disk, keep = threading.Event(), threading.Event(), drafts.keep

    def slowly(*args: Any) -> None:
        begun.set()
        slow_disk.wait(10)
        keep(*args)

    monkeypatch.setattr(drafts, "keep", slowly)
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, "17.9")
        await keys.type("nh")
        await wait_until(begun.is_set)
        await keys.type("iều")
        closing = asyncio.create_task(keys.press(key))
        await wait_until(lambda: "figure-whole" in form._refused)
        slow_disk.set()
        await closing
        place = drafts.of_finding(form._sheet, "17.9")
        await wait_until(lambda: not form.is_attached or app._exit)
    with Desk.open(founded) as desk:
        assert drafts.find(desk, place) == {"figure-whole": "nhiều"}


@pytest.mark.parametrize("backspace", BACKSPACES)
async def test_vietnamese_arrives_whole_in_every_field(founded: Home, backspace: bytes) -> None:
    async with checklist(founded) as (app, keys):
        form = await opened(app, keys, "17.9")
        for one in form.query(Typed).results():
            one.focus()
            await wait_until(lambda one=one: one.has_focus)  # type: ignore[misc]
            await keys.type(stream(SENTENCE_STEPS, backspace))
            await wait_until(lambda one=one: one.written == SENTENCE)  # type: ignore[misc]
