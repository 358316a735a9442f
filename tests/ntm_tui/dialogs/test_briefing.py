from __future__ import annotations

from datetime import date

import pytest

from db.clock import today
from db.desk import Desk
from db.home import Home
from db.registers.briefings import BRIEFINGS
from db.registers.people import MEMBERS
from db.registers.reading import Page, read_page
from db.registers.work import OBSTACLES, TASKS
from ntm_tui.dialogs.briefing import BriefingForm
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
        form.query_one("#conclusion-2").focus()
        await at.keys.type("Việc hai; Sơn")
        await at.keys.press("enter")
        form.query_one("#conclusion-1").focus()
        await at.keys.type("Việc một")
        await at.keys.press("enter")
        await wait_until(lambda: len(page(at, TASKS).records) == 2)
        await at.keys.press("shift+tab", "end")
        await at.keys.type(" sửa lại; Hường")
        await at.keys.press("enter")
        await wait_until(
            lambda: "Việc một sửa lại" in [it.values["title"] for it in page(at, TASKS).records]
        )
        assert form.stored("conclusion-2") == "Việc hai; Hoàng Văn Sơn"
        assert form.stored("conclusion-1") == "Việc một sửa lại; Nguyễn Thị Hường"
        await at.keys.press("ctrl+a", "ctrl+k", "tab")
        await wait_until(lambda: len(page(at, TASKS).records) == 1)
        assert form.stored("conclusion-2") == ""
        await at.keys.press("ctrl+z")
        await wait_until(lambda: len(page(at, TASKS).records) == 2)
        assert form.stored("conclusion-2") == "Việc hai; Hoàng Văn Sơn"


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
        form.query_one("#conclusion-1").focus()
        await at.keys.type(typed)
        await at.keys.press("enter")
        assert told in seen(at.app)
        assert form.query_one("#conclusion-1").value == typed  # type: ignore[attr-defined]
        assert page(at, TASKS).records == ()


async def test_unikey_s_bytes_come_out_right_in_a_conclusion(staffed: Home) -> None:
    async with begun(staffed, "week") as at:
        form = await open_form(at)
        form.query_one("#conclusion-1").focus()
        await at.keys.type(stream(SENTENCE_STEPS))
        await at.keys.press("enter")
        await wait_until(lambda: len(page(at, TASKS).records) == 1)
        assert page(at, TASKS).records[0].values["title"] == SENTENCE
