"""Đưa sổ Excel vào: from the palette to what is written, on a small screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, OptionList

from db.clock import today
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.registers.reading import read_page
from db.registers.work import TASKS
from db.workbooks.watch import Watch
from ntm_tui.dialogs.choice import ChoiceDialog
from ntm_tui.dialogs.file_picker import FilePicker
from ntm_tui.dialogs.workbook import WorkbookDialog
from ntm_tui.dialogs.workbook.looking import first_look
from ntm_tui.dialogs.workbook.table import PreviewTable
from ntm_tui.screens.area import AreaScreen
from tests._helpers.looks import seen
from tests._helpers.modes import Begun, begun
from tests._helpers.terminal import wait_until
from tests._helpers.workbooks import Sheet, write_long_list, write_workbook

ROWS: list[list[Any]] = [
    ["TT", "Nội dung", "Tự đánh giá", "Kết quả", "Tình hình"],
    ["17.8", "Nhà tiêu", "Chưa đạt", "1.011/1.498", "đang vận động"],
    ["17.9", "Chăn nuôi", "Đạt", 0.66, None],
    ["17.6", "Chất thải", "Tạm được", 72, None],
]
WORKS: list[list[Any]] = [["Công trình", "Ghi chú"], ["Đường A", "tốt"]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "so.xlsx"
    return write_workbook(path, Sheet("Biểu 1", ROWS), Sheet("Công trình", WORKS))


@asynccontextmanager
async def opened(home: Home, path: Path) -> AsyncIterator[Begun]:
    async with begun(home, "reports") as at:
        area = at.app.screen
        assert isinstance(area, AreaScreen)
        await at.app.push_screen(WorkbookDialog(area, path))
        await at.settled()
        yield at


def button(at: Begun, name: str) -> Button:
    return at.app.screen.query_one(f"#{name}", Button)


async def press(at: Begun, name: str) -> None:
    """Press a button; for a moment after it was pressed it does not take Enter again."""
    await wait_until(
        lambda: not (button(at, name).disabled or button(at, name).has_class("-active"))
    )
    at.app.screen.set_focus(button(at, name))
    await at.keys.press("enter")
    await at.settled()


def found(at: Begun, number: str) -> Any:
    desk = at.app.desk
    assert isinstance(desk, Desk)
    return desk.checklist().by_number[number].assessment


async def test_from_the_palette_to_what_is_written_and_undone(founded: Home, book: Path) -> None:
    async with begun(founded, "checklist") as at:
        await at.keys.press("ctrl+p")
        await at.keys.type("excel")
        await at.settled()
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.app.screen, FilePicker))
        await at.settled()
        await at.keys.type(str(book))
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.app.screen, WorkbookDialog))
        await at.settled()
        shown = seen(at.app)
        assert "Trang “Biểu 1” · Bộ tiêu chí" in shown
        assert "4 thay đổi · 1 cần nói rõ · 1 không hiểu" in shown
        assert shown.index("│ ? ") < shown.index("│ × ") < shown.index("│ √ ")
        await at.keys.press("tab", "enter")
        await wait_until(lambda: isinstance(at.app.screen, AreaScreen))
        await at.settled()
        assert isinstance(at.app.screen, AreaScreen)
        assert found(at, "17.8").status is Status.NOT_MET
        assert found(at, "17.9").figure is None
        await at.keys.press("ctrl+z")
        await at.settled()
        assert found(at, "17.8").status is Status.NOT_ASSESSED


def test_how_far_reading_is_never_goes_back(desk: Desk, tmp_path: Path) -> None:
    told: list[float] = []
    path = write_long_list(tmp_path / "dai.xlsx", 1_200)
    first_look(desk, path, Watch(lambda done, total: told.append(done / total)))
    assert told == sorted(told) and told[-1] <= 1
    assert len({round(share, 1) for share in told}) > 5


async def test_escape_writes_nothing(founded: Home, book: Path) -> None:
    async with opened(founded, book) as at:
        await at.keys.press("escape")
        await at.settled()
        assert isinstance(at.app.screen, AreaScreen)
        assert found(at, "17.8").status is Status.NOT_ASSESSED


async def test_a_doubt_is_settled_with_two_keys(founded: Home, book: Path) -> None:
    async with opened(founded, book) as at:
        assert "66 hay 0,66?" in seen(at.app)
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.app.screen, ChoiceDialog))
        await at.keys.press("enter")
        await at.settled()
        assert "5 thay đổi · 0 cần nói rõ" in seen(at.app)
        await press(at, "write")
        assert found(at, "17.9").figure.to_wire() == {"value": "66"}


async def test_a_doubtful_cell_can_be_left_out(founded: Home, book: Path) -> None:
    async with opened(founded, book) as at:
        await at.keys.press("enter", "end", "enter")
        await at.settled()
        assert "4 thay đổi · 0 cần nói rõ" in seen(at.app)


async def test_a_sure_row_needs_no_choice(founded: Home, book: Path) -> None:
    async with opened(founded, book) as at:
        await at.keys.press("down", "enter")
        await at.settled()
        assert isinstance(at.app.screen, WorkbookDialog)


async def test_another_sheet_can_be_read(founded: Home, book: Path) -> None:
    async with opened(founded, book) as at:
        await press(at, "sheets")
        await at.keys.press("down", "enter")
        await at.settled()
        assert "Trang “Công trình” · Công trình" in seen(at.app)


async def test_a_column_can_be_read_as_something_else(founded: Home, book: Path) -> None:
    async with opened(founded, book) as at:
        assert "đang vận động" not in seen(at.app)
        await press(at, "columns")
        await at.keys.press("end", "enter")
        await at.settled()
        listed = at.app.screen.query_one(OptionList)
        labels = [str(listed.get_option_at_index(n).prompt) for n in range(listed.option_count)]
        listed.highlighted = next(n for n, it in enumerate(labels) if it.startswith("Ghi chú"))
        await at.keys.press("enter")
        await at.settled()
        assert "Ghi chú: đang vận động" in seen(at.app)


async def test_the_next_table_of_a_sheet_is_announced_and_can_be_read(
    founded: Home, tmp_path: Path
) -> None:
    works = [["STT", "Tên công trình", "Khối lượng (%)"], [1, "Đường A", 30]]
    path = write_workbook(tmp_path / "chong.xlsx", Sheet("Biểu 1", [*ROWS, [], *works]))
    async with opened(founded, path) as at:
        text = " ".join(seen(at.app).split())
        assert "Trang này còn bảng khác, từ dòng 6" in text
        await press(at, "subjects")
        await choose(at, "Công trình")
        text = seen(at.app)
        assert "Đường A" in text and "bảng khác" not in text


async def test_hidden_rows_and_number_styles_are_ways_of_reading(
    founded: Home, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [["TT", "Kết quả"], ["17.4", "1.234"], ["17.9", 61]]
    path = write_workbook(tmp_path / "so.xlsx", Sheet("A", rows, hidden=frozenset({3})))
    async with opened(founded, path) as at:
        assert "0 thay đổi · 1 cần nói rõ · 0 không hiểu · 1 dòng bỏ qua" in seen(at.app)
        assert button(at, "write").disabled
        await press(at, "ways")
        await at.keys.press("enter")
        await at.settled()
        await wait_until(lambda: "1 thay đổi · 0 cần nói rõ" in seen(at.app))
        await at.settled()
        await press(at, "ways")
        await at.keys.press("end", "enter")
        said = "2 thay đổi · 0 cần nói rõ · 0 không hiểu · 0 dòng bỏ qua"
        await wait_until(lambda: said in seen(at.app))


async def test_a_file_that_cannot_be_read_is_told_in_the_dialog(
    founded: Home, tmp_path: Path
) -> None:
    path = tmp_path / "cu.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    async with opened(founded, path) as at:
        assert "Chưa có gì thay đổi." in " ".join(seen(at.app).split())
        assert button(at, "write").disabled
        await at.keys.press("escape")
        await at.settled()
        assert isinstance(at.app.screen, AreaScreen)


async def test_the_line_under_the_cursor_is_explained(founded: Home, book: Path) -> None:
    async with opened(founded, book) as at:
        shown = seen(at.app)
        assert "Cần nói rõ" in shown and "Trong tệp" in shown
        assert at.app.screen.query_one(PreviewTable).current is not None


async def test_a_person_says_what_a_sheet_is_about(founded: Home, tmp_path: Path) -> None:
    rows = [["Nội dung", "Đề xuất, kiến nghị"], ["Sửa mương", "Xin thêm xi măng"]]
    path = write_workbook(tmp_path / "viec.xlsx", Sheet("Việc", rows))
    async with opened(founded, path) as at:
        assert "Trang “Việc” · Vướng mắc" in seen(at.app)
        await press(at, "subjects")
        await choose(at, "Công việc")
        assert "Trang “Việc” · Công việc · đọc từ dòng 2" in seen(at.app)
        assert "0 thay đổi" in seen(at.app)
        await press(at, "columns")
        await choose(at, "A ")
        await choose(at, "Việc")
        assert "1 thay đổi · 0 cần nói rõ" in seen(at.app)


async def test_a_person_says_what_is_what_where_no_table_is_known(
    founded: Home, tmp_path: Path
) -> None:
    rows = [["Sổ tay năm 2024"], ["Mục", "Chi tiết"], ["Rà soát hộ nghèo", "xong"]]
    path = write_workbook(tmp_path / "la.xlsx", Sheet("Ghi", rows), Sheet("Trống", [[]]))
    async with opened(founded, path) as at:
        assert "Chưa nhận ra bảng nào, chưa có gì thay đổi." in " ".join(seen(at.app).split())
        assert "Trang “Ghi” · chưa rõ nói về gì" in seen(at.app)
        assert button(at, "write").disabled
        await press(at, "subjects")
        await choose(at, "Công việc")
        assert "Trang “Ghi” · Công việc · đọc từ dòng 3" in seen(at.app)
        await press(at, "columns")
        await choose(at, "A ")
        await choose(at, "Việc")
        assert "1 thay đổi · 0 cần nói rõ" in seen(at.app)
        await press(at, "write")
    with Desk.read(founded) as desk:
        assert [it.values["title"] for it in read_page(desk, TASKS, today()).records] == [
            "Rà soát hộ nghèo"
        ]


async def test_enter_leads_through_what_has_to_be_said_of_an_unknown_table(
    founded: Home, tmp_path: Path
) -> None:
    rows = [["Mục", "Chi tiết"], ["Rà soát hộ nghèo", "xong"]]
    path = write_workbook(tmp_path / "la.xlsx", Sheet("Ghi", rows))
    async with opened(founded, path) as at:
        for said in ("Công việc", "A ", "Việc"):
            if said != "Việc":
                await at.keys.press("enter")
                await at.settled()
            await choose(at, said)
        assert at.app.screen.focused is button(at, "columns")
        assert "Ghi 1 thay đổi" in seen(at.app)


async def test_a_workbook_that_holds_nothing_is_told(founded: Home, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "trong.xlsx", Sheet("Trống", [[]]))
    async with opened(founded, path) as at:
        assert "Không nhận ra bảng nào trong “trong.xlsx”" in " ".join(seen(at.app).split())
        assert button(at, "subjects").disabled


async def choose(at: Begun, words: str) -> None:
    """Choose the first line of a list that begins with some words."""
    listed = at.app.screen.query_one(OptionList)
    names = [str(option.prompt) for option in listed.options]
    listed.highlighted = next(n for n, it in enumerate(names) if it.startswith(words))
    await at.keys.press("enter")
    await at.settled()
