"""Registers on the screen: filled in by keyboard, in few keys, nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db import drafts
from db.clock import now
from db.desk import Desk
from db.evidence import evidence_about, path_in
from db.home import Home
from db.registers.capital import DISBURSEMENTS, FUND_LINES
from db.registers.people import MEMBERS
from db.registers.reading import Page, read_page
from db.registers.work import OBSTACLES, TASKS
from db.week import read_week
from ntm_tui.dialogs.document import DocumentForm
from ntm_tui.dialogs.evidence import EvidenceDialog
from ntm_tui.dialogs.file_picker import FilePicker
from ntm_tui.dialogs.row import RowForm
from ntm_tui.screens.register.screen import RegisterScreen
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun
from tests._helpers.stores import count, second
from tests._helpers.terminal import SENTENCE, SENTENCE_STEPS, stream
from tests.db.registers.conftest import TODAY, Book


def page(at: Begun, register: Any) -> Page:
    assert at.app.desk is not None
    return read_page(at.app.desk, register, TODAY)


def area(at: Begun) -> RegisterScreen:
    screen = at.app.screen_stack[0]
    assert isinstance(screen, RegisterScreen)
    return screen


@pytest.fixture
def filled(founded: Home) -> Home:
    """A commune with a member, carried-over money and a few tasks."""
    with Desk.open(founded) as desk:
        book = Book(desk)
        book.write(MEMBERS, name="Hoàng Văn Sơn", body="1")
        book.write(FUND_LINES, title="Mô hình na", year="2022", kind="2", plan="200")
        for title, due in (("Dọn vệ sinh", "20/07/2034"), ("Làm đường", "10/07/2024")):
            book.write(TASKS, title=title, due=due)
    return founded


async def test_an_obstacle_is_recorded_and_marked_for_the_district_in_at_most_8_keys(
    founded: Home,
) -> None:
    async with begun(founded, "week") as at:
        await at.keys.press("f5", "2", "ctrl+n")
        await at.keys.type("Thiếu vốn đối ứng đường Đồng Mỏ")
        await at.keys.press("escape", "space")
        await wait_until(lambda: len(page(at, OBSTACLES).records) == 1)
        (record,) = page(at, OBSTACLES).records
        assert record.values["title"] == "Thiếu vốn đối ứng đường Đồng Mỏ"
        assert record.values["stage"] == "reported"
        assert at.keys.count <= 8
        await wait_until(lambda: "Đã báo cáo" in seen(at.app))


async def test_a_disbursement_on_a_carried_over_line_takes_at_most_12_keys(filled: Home) -> None:
    async with begun(filled, "week") as at:
        await at.keys.press("f6", "3", "ctrl+n")
        await at.keys.type("na")
        await at.keys.press("enter")
        await at.keys.type("150,5")
        await at.keys.press("enter", "escape")
        await wait_until(lambda: len(page(at, DISBURSEMENTS).records) == 1)
        await wait_until(lambda: "amount" in page(at, DISBURSEMENTS).records[0].values)
        assert str(page(at, FUND_LINES).records[0].values["left"]) == "49.5"
        assert at.keys.count <= 12


async def test_the_late_one_stands_first_and_is_marked(filled: Home) -> None:
    async with begun(filled, "work") as at:
        await wait_until(lambda: area(at).page is not None)
        lines = [line for line in seen(at.app).splitlines() if "Làm đường" in line]
        assert lines[0].startswith("× Làm đường")
        assert "quá hạn" in seen(at.app)


async def test_space_carries_on_and_undo_takes_back(filled: Home) -> None:
    async with begun(filled, "work") as at:
        await at.keys.press("space", "space")
        late = next(it for it in page(at, TASKS).records if it.values["title"] == "Làm đường")
        assert late.values["state"] == "done"
        await at.keys.press("ctrl+z")
        late = next(it for it in page(at, TASKS).records if it.values["title"] == "Làm đường")
        assert late.values["state"] == "doing" and "done_on" not in late.values
        assert "công việc" in seen(at.app)


async def test_a_wrong_entry_is_told_at_its_field_and_kept_for_later(filled: Home) -> None:
    async with begun(filled, "work") as at:
        await at.keys.press("enter")
        form = at.app.screen
        assert isinstance(form, RowForm)
        await at.keys.press("enter", "enter")
        await at.keys.type("31/02/2024")
        await at.keys.press("tab")
        await wait_until(lambda: "không phải là ngày" in str(form._message("due").content))
        await at.keys.press("escape")
        await wait_until(lambda: "chưa lưu được ô Hạn" in seen(at.app))
        late = next(it for it in page(at, TASKS).records if it.values["title"] == "Làm đường")
        assert at.app.desk is not None
        place = drafts.of_row("task", late.id)
        assert drafts.find(at.app.desk, place) == {"due": "31/02/2024"}


async def test_what_was_begun_and_cut_short_is_offered_again(founded: Home) -> None:
    with Desk.open(founded) as desk:
        drafts.keep(desk, drafts.of_row("task", "0192-chua-co"), "title", "Làm đường ngõ")
    async with begun(founded, "work") as at:
        await at.keys.press("ctrl+n")
        await wait_until(lambda: "Làm đường ngõ" in seen(at.app))
        await at.keys.press("enter")
        await wait_until(lambda: [it.id for it in page(at, TASKS).records] == ["0192-chua-co"])


async def test_vietnamese_arrives_whole_in_every_field_of_a_row(founded: Home) -> None:
    async with begun(founded, "work") as at:
        await at.keys.press("ctrl+n")
        form = at.app.screen
        assert isinstance(form, RowForm)
        for field in form.fields():
            typed = form._typed(field.name)
            form.set_focus(typed)  # type: ignore[arg-type]
            await at.keys.type(stream(SENTENCE_STEPS))
            await wait_until(lambda typed=typed: typed.written == SENTENCE)  # type: ignore[misc]


async def test_a_search_without_marks_and_a_filter_narrow_the_list(filled: Home) -> None:
    async with begun(filled, "work") as at:
        await at.keys.press("ctrl+f")
        await at.keys.type("lam duong")
        await at.keys.press("enter")
        assert [row.record.values["title"] for row in area(at).table.rows] == ["Làm đường"]
        await at.keys.press("escape", "ctrl+l", "down", "down", "enter")
        assert [row.record.values["title"] for row in area(at).table.rows] == ["Làm đường"]
        await at.keys.press("escape")
        assert len(area(at).table.rows) == 2


async def test_a_deleted_row_is_told_with_what_still_leads_to_it(filled: Home) -> None:
    with Desk.open(filled) as desk:
        Book(desk).write(TASKS, title="Vận động", assignee="Sơn")
    async with begun(filled, "work") as at:
        await at.keys.press("8", "delete")
        await wait_until(lambda: "1 công việc vẫn ghi tên này" in seen(at.app))
        assert count(at.app.desk, "member") == 0  # type: ignore[arg-type]
        await at.keys.press("ctrl+z")
        assert count(at.app.desk, "member") == 1  # type: ignore[arg-type]


async def test_the_history_of_a_row_is_told(filled: Home) -> None:
    async with begun(filled, "work") as at:
        await at.keys.press("space", "ctrl+r")
        await wait_until(lambda: "Tình trạng: (để trống) → Đang làm" in seen(at.app))


@pytest.mark.parametrize("size", [NARROW, SMALL, LARGE])
@pytest.mark.parametrize("mode", ["work", "capital", "reports"])
async def test_every_register_opens_at_every_size(
    filled: Home, mode: str, size: tuple[int, int]
) -> None:
    async with begun(filled, mode, size) as at:
        for number, register in enumerate(area(at).registers(), 1):
            await at.keys.press(str(number % 10))
            assert area(at).register is register
            assert register.title in seen(at.app)


async def test_rows_stand_in_the_order_of_a_column_and_back_again(filled: Home) -> None:
    async with begun(filled, "work") as at:
        titles = [row.record.values["title"] for row in area(at).table.rows]
        assert titles == ["Làm đường", "Dọn vệ sinh"]  # the earlier day first
        await at.keys.press("right")
        assert [row.record.values["title"] for row in area(at).table.rows] == titles[::-1]
        assert "▲Việc" in seen(at.app)
        await at.keys.press("left")
        assert [row.record.values["title"] for row in area(at).table.rows] == titles
        await at.app.run_action("sort_rows", at.screen)
        await at.settled()
        await at.keys.press("down", "down", "enter")  # Việc, backwards
        assert "▼Việc" in seen(at.app)
        assert [row.record.values["title"] for row in area(at).table.rows] == titles


async def test_the_columns_of_a_register_are_chosen_and_stay_chosen(filled: Home) -> None:
    async with begun(filled, "work") as at:
        assert "Kết quả" not in seen(at.app).splitlines()[6]
        await at.app.run_action("choose_columns", at.screen)
        await at.settled()
        for name in ("assignee", "due", "state"):  # give way
            at.screen._turn([it.name for it in area(at).register.columns].index(name))  # type: ignore[attr-defined]
        await at.keys.press("end", "up", "space", "escape")
        await wait_until(lambda: "Kết quả" in seen(at.app))
        before = count(at.app.desk, "change")  # type: ignore[arg-type]
    async with begun(filled, "work") as at:
        assert page(at, TASKS).listed == ("title", "village", "indicator", "origin", "result")
        assert count(at.app.desk, "change") == before  # type: ignore[arg-type]
        await at.app.run_action("choose_columns", at.screen)
        await at.settled()
        for name in page(at, TASKS).listed:
            at.screen._turn([it.name for it in area(at).register.columns].index(name))  # type: ignore[attr-defined]
        await at.keys.press("escape")
        await wait_until(lambda: page(at, TASKS).listed == TASKS.listed)


async def test_a_document_is_attached_to_a_row_and_travels(filled: Home, tmp_path: Path) -> None:
    picture = tmp_path / "ảnh ra quân.jpg"
    picture.write_bytes(b"\xff\xd8 anh")
    async with begun(filled, "work") as at:
        row = area(at).table.current
        assert row is not None
        await at.keys.press("ctrl+g")
        await wait_until(lambda: isinstance(at.screen, FilePicker))
        await at.keys.type(f"\x1b[200~{picture}\x1b[201~")
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.screen, DocumentForm))
        assert "công việc “Làm đường”" in seen(at.app)
        await at.keys.press("escape")
        await wait_until(lambda: isinstance(at.screen, EvidenceDialog))
        assert "ảnh ra quân.jpg" in seen(at.app)
        await at.keys.press("escape")
        await wait_until(lambda: "1 tài liệu (Ctrl+T)" in area(at)._detail.text)
        assert page(at, TASKS).papers == {row.key: 1}
        await at.keys.press("ctrl+z")
        await wait_until(lambda: page(at, TASKS).papers == {})
        await at.keys.press("ctrl+y")
        await wait_until(lambda: page(at, TASKS).papers == {row.key: 1})
        desk = at.app.desk
        assert desk is not None
        with second(desk, tmp_path / "other") as other:
            assert read_page(other, TASKS, TODAY).papers == {row.key: 1}
            with other.reading() as session:
                (paper,) = evidence_about(session, other.home, desk.commune.scope, "task", row.key)
            assert paper.present and paper.file is not None
            assert path_in(other.home, paper.file.sha256).read_bytes() == b"\xff\xd8 anh"


async def test_what_could_not_be_saved_is_seen_in_the_list_and_in_the_week(filled: Home) -> None:
    async with begun(filled, "work") as at:
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.screen, RowForm))
        at.screen.query_one("#due").focus()
        await at.keys.type("31/2/2024")
        await at.keys.press("escape")
        await wait_until(lambda: isinstance(at.screen, RegisterScreen))
        await wait_until(lambda: "Còn chữ gõ dở chưa lưu được" in area(at)._detail.text)
        found = [it.text for it in page(at, TASKS).records[0].findings]
        assert found == ["Còn chữ gõ dở chưa lưu được: Enter để xem và sửa."]
        assert at.app.desk is not None
        assert read_week(at.app.desk, now()).unsaved == ("task",)


async def test_undo_names_what_it_took_back(filled: Home) -> None:
    async with begun(filled, "work") as at:
        await at.keys.press("delete", "ctrl+z")
        await wait_until(lambda: "Đã hoàn tác: công việc “Làm đường”" in seen(at.app))


async def test_at_first_sight_every_shown_column_fits_its_place(filled: Home) -> None:
    async with begun(filled, "week", LARGE) as at:
        for key in ("f5", "f6", "f7"):
            await at.keys.press(key)
            await at.settled()
            table = area_of(at).table
            shown = table.layout_shown
            needed = 2 + sum(width + 1 for width in shown.widths) - 1
            assert needed <= table.scrollable_content_region.width, key


def area_of(at: Begun) -> RegisterScreen:
    assert isinstance(at.screen, RegisterScreen)
    return at.screen
