from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db import drafts
from db.clock import today
from db.desk import Desk
from db.home import Home
from db.registers.briefings import BRIEFINGS
from db.registers.people import MEMBERS
from db.registers.reading import Page, read_page
from db.registers.work import OBSTACLES, TASKS
from db.registers.writing import delete
from ntm_tui.dialogs.briefing import BriefingForm
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import Begun, begun
from tests._helpers.terminal import SENTENCE, SENTENCE_STEPS, stream
from tests.db.registers.conftest import Book


def page(at: Begun, register: object) -> Page:
    assert at.app.desk is not None
    return read_page(at.app.desk, register, today())  # type: ignore[arg-type]


@pytest.fixture
def staffed(founded: Home) -> Home:
    """A commune with two members and something to talk about."""
    with Desk.open(founded) as desk:
        book = Book(desk)
        book.write(MEMBERS, name="Hoàng Văn Sơn", body="1")
        book.write(MEMBERS, name="Nguyễn Thị Hường", body="2")
        book.write(OBSTACLES, title="Thiếu vốn đối ứng")
    return founded


async def open_form(at: Begun) -> BriefingForm:
    await at.keys.press("f5", "3", "ctrl+n")
    await wait_until(lambda: isinstance(at.screen, BriefingForm))
    form = at.screen
    assert isinstance(form, BriefingForm)
    return form


def line(form: BriefingForm, place: int) -> TextLine:
    """The line of a conclusion, counted from 1."""
    return form.query_one(f"#{form._conclusions[place - 1]}", TextLine)


async def test_minutes_with_three_conclusions_take_at_most_20_keys(staffed: Home) -> None:
    async with begun(staffed, "week") as at:
        await open_form(at)
        assert "Vướng mắc: Thiếu vốn đối ứng (chưa báo cáo)" in seen(at.app)
        await at.keys.press("enter", "enter")
        await at.keys.type("Sơn")
        await at.keys.press("enter")
        await at.keys.type("Sơn; Hường")
        await at.keys.press("enter", "enter")
        await at.keys.type("Thống nhất thứ tự việc phải làm.")
        await at.keys.press("tab")
        for line in ("Làm nhà tiêu; Sơn; 30/9", "Gửi biểu; hường", "Họp thôn Đồng Mỏ; 5/10/2030"):
            await at.keys.type(line)
            await at.keys.press("enter")
        await at.keys.press("enter")
        await wait_until(lambda: not isinstance(at.screen, BriefingForm))
        (briefing,) = page(at, BRIEFINGS).records
        assert briefing.values["minutes"] == "Thống nhất thứ tự việc phải làm."
        assert briefing.values["held_on"] == today() and len(briefing.values["present"]) == 2
        tasks = page(at, TASKS)
        found = {
            one.values["title"]: (
                tasks.register.text(one, tasks.context, "assignee"),
                one.values.get("due"),
                one.values["briefing"],
                one.values["origin"],
            )
            for one in tasks.records
        }
        assert found == {
            "Làm nhà tiêu": ("Hoàng Văn Sơn", date(today().year, 9, 30), briefing.id, "briefing"),
            "Gửi biểu": ("Nguyễn Thị Hường", None, briefing.id, "briefing"),
            "Họp thôn Đồng Mỏ": ("", date(2030, 10, 5), briefing.id, "briefing"),
        }
        assert at.keys.count <= 20


async def test_the_next_briefing_begins_as_the_last_one_was_and_brings_its_conclusions(
    staffed: Home,
) -> None:
    with Desk.open(staffed) as desk:
        book = Book(desk)
        book.write(BRIEFINGS, cycle="1", held_on="01/07/2024", chair="Sơn", place="UBND xã")
        book.write(TASKS, title="Làm nhà tiêu", assignee="Sơn", briefing="Tuần")
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        assert form.stored("chair") == "Hoàng Văn Sơn" and form.stored("place") == "UBND xã"
        assert "Kết luận kỳ trước: × Làm nhà tiêu (Hoàng Văn Sơn)" in seen(at.app)
        assert len(page(at, BRIEFINGS).records) == 1  # looking writes nothing
        await at.keys.type("2")
        await at.keys.press("enter", "escape")
        await wait_until(lambda: len(page(at, BRIEFINGS).records) == 2)
        newest = page(at, BRIEFINGS).records[0].values
        assert (newest["cycle"], newest["place"]) == ("month", "UBND xã")


async def test_a_conclusion_is_mended_and_dropped_where_it_stands(staffed: Home) -> None:
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        line(form, 2).focus()
        await at.keys.type("Việc hai; Sơn")
        await at.keys.press("enter")
        line(form, 1).focus()
        await at.keys.type("Việc một")
        await at.keys.press("enter")
        await wait_until(lambda: len(page(at, TASKS).records) == 2)
        await at.keys.press("shift+tab", "end")
        await at.keys.type(" sửa lại; Hường")
        await at.keys.press("enter")
        await wait_until(
            lambda: "Việc một sửa lại" in [it.values["title"] for it in page(at, TASKS).records]
        )
        assert form.stored(str(line(form, 2).id)) == "Việc hai; Hoàng Văn Sơn"
        assert form.stored(str(line(form, 1).id)) == "Việc một sửa lại; Nguyễn Thị Hường"
        await at.keys.press("ctrl+a", "ctrl+k", "tab")
        await wait_until(lambda: len(page(at, TASKS).records) == 1)
        assert form.stored(str(line(form, 2).id)) == ""
        await at.keys.press("ctrl+z")
        await wait_until(lambda: len(page(at, TASKS).records) == 2)
        assert form.stored(str(line(form, 2).id)) == "Việc hai; Hoàng Văn Sơn"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Làm nhà tiêu; Ông Không Có", "Không có thành viên"),
        ("Làm nhà tiêu; Sơn; 31/2", "không phải là ngày có thật"),
        ("; Sơn", "Mỗi kết luận ghi"),
        ("Một; Sơn; 30/9; nữa", "Mỗi kết luận ghi"),
    ],
)
async def test_what_is_not_understood_stays_and_is_told(
    staffed: Home, typed: str, told: str
) -> None:
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        line(form, 1).focus()
        await at.keys.type(typed)
        await at.keys.press("enter")
        assert told in seen(at.app)
        assert line(form, 1).value == typed
        assert page(at, TASKS).records == ()


async def test_unikey_s_bytes_come_out_right_in_a_conclusion(staffed: Home) -> None:
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        line(form, 1).focus()
        await at.keys.type(stream(SENTENCE_STEPS))
        await at.keys.press("enter")
        await wait_until(lambda: len(page(at, TASKS).records) == 1)
        assert page(at, TASKS).records[0].values["title"] == SENTENCE


async def test_what_was_typed_before_a_crash_comes_back_in_its_own_conclusion(
    staffed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        for place, words in enumerate(("Việc một", "Việc hai", "Việc ba"), 1):
            line(form, place).focus()
            await at.keys.type(words)
            await at.keys.press("enter")
        await wait_until(lambda: len(page(at, TASKS).records) == 3)
        row = page(at, BRIEFINGS).records[0].id
        names = form._conclusions[:4]
    with Desk.open(staffed) as desk:  # as a crash leaves it, after the first one was dropped
        place_ = drafts.of_row("briefing", row)
        drafts.keep(desk, place_, names[1], "Việc hai đang sửa")
        drafts.keep(desk, place_, names[3], "Việc bốn đang gõ")
        with desk.act() as session:
            rows = read_page(desk, TASKS, today())
            delete(session, rows.context, TASKS, names[0].removeprefix("conclusion-"))
    monkeypatch.setattr(Typed, "IDLE_SECONDS", 0.01)  # a draft that comes back settles like typing
    async with begun(staffed, "week") as at:
        await at.keys.press("f5", "3", "enter")
        await wait_until(lambda: isinstance(at.screen, BriefingForm))
        await wait_until(lambda: len(page(at, TASKS).records) == 3)
        titles = {it.values["title"] for it in page(at, TASKS).records}
        assert titles == {"Việc hai đang sửa", "Việc ba", "Việc bốn đang gõ"}


async def test_a_day_without_a_year_lies_ahead(
    staffed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        context = replace(form._page.context, today=date(2024, 12, 30))
        form._page = replace(form._page, context=context)
        for typed, wanted in (
            ("10/1", date(2025, 1, 10)),
            ("20/12", date(2024, 12, 20)),
            ("15/8/2024", date(2024, 8, 15)),
        ):
            assert form._read_conclusion(f"Việc; {typed}")["due"] == wanted


async def test_the_agenda_follows_the_kind_of_briefing(staffed: Home) -> None:
    with Desk.open(staffed) as desk:
        book = Book(desk)
        book.write(BRIEFINGS, cycle="2", held_on="01/07/2024")
        book.write(BRIEFINGS, cycle="1", held_on="08/07/2024")
    async with begun(staffed, "week") as at:
        await open_form(at)
        assert "từ 08/07/2024" in seen(at.app)
        await at.keys.type("2")
        await at.keys.press("enter")
        await wait_until(lambda: "từ 01/07/2024" in seen(at.app))


async def test_enter_on_the_last_line_stays_where_something_is_to_be_mended(
    staffed: Home,
) -> None:
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        line(form, 1).focus()
        await at.keys.type("Làm nhà tiêu; Ông Không Có")
        await at.keys.press("enter", "enter")
        await at.settled()
        assert at.screen is form and form.focused is line(form, 1)
        await at.keys.press("escape")
        await wait_until(lambda: not isinstance(at.screen, BriefingForm))
