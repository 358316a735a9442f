"""Mẫu bảng Excel: what an office calls its columns, in which order, on a small screen."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from db.desk import Desk
from db.home import Home
from ntm_tui.dialogs.choice import ChoiceDialog
from ntm_tui.dialogs.forms import FormDialog
from ntm_tui.dialogs.forms.arranging import TITLE, Arranging, sheets_of
from ntm_tui.papers.workbooks.form_file import form_path
from ntm_tui.papers.workbooks.forms import shipped
from ntm_tui.papers.workbooks.table import Column, Table
from ntm_tui.screens.area import AreaScreen
from tests._helpers.looks import seen
from tests._helpers.modes import Begun, begun
from tests._helpers.terminal import wait_until

TABLE = Table(
    "thu",
    "Thử",
    "BẢNG THỬ",
    (Column("a", "Một"), Column("b", "Hai"), Column("c", "Ba", spare=True)),
    (),
)


@pytest.fixture
def arranging() -> Arranging:
    return Arranging(TABLE, shipped(TABLE))


def test_the_title_comes_first_and_what_is_left_out_last(arranging: Arranging) -> None:
    assert [(one.name, one.place) for one in arranging.lines] == [
        (TITLE, 0),
        ("a", 1),
        ("b", 2),
        ("c", 0),
    ]


def test_columns_move_until_they_are_at_an_end(arranging: Arranging) -> None:
    assert arranging.moved("b", -1).form.names == ("b", "a")
    assert arranging.moved("b", 1) == arranging.moved("c", -1) == arranging
    assert arranging.moved(TITLE, 1) == arranging


def test_columns_are_used_or_not_but_never_none(arranging: Arranging) -> None:
    assert arranging.turned("c").form.names == ("a", "b", "c")
    assert arranging.turned("a").form.names == ("b",)
    assert arranging.turned("a").turned("b").form.names == ("b",)
    assert arranging.turned("a").at_first().is_shipped


def test_a_column_that_gets_a_name_is_used(arranging: Arranging) -> None:
    assert arranging.renamed("c", "Số ba").form.columns[-1] == ("c", "Số ba")
    assert arranging.renamed(TITLE, "KHÁC").form.title == "KHÁC"


async def opened(at: Begun) -> None:
    await at.keys.press("ctrl+p")
    await at.keys.type("mau bang")
    await at.settled()
    await at.keys.press("enter")
    await wait_until(lambda: isinstance(at.app.screen, ChoiceDialog))
    await at.settled()
    await at.keys.press("enter")
    await wait_until(lambda: isinstance(at.app.screen, FormDialog))
    await at.settled()


async def test_from_the_palette_to_a_file_and_back_to_what_was_shipped(founded: Home) -> None:
    path = form_path(founded, "ket-qua")
    async with begun(founded, "reports") as at:
        await opened(at)
        assert "KẾT QUẢ THỰC HIỆN {BỘ TIÊU CHÍ} NĂM {NĂM}" in seen(at.app)
        # Leave out the second column, move the first behind the third, and call it otherwise.
        await at.keys.press("down", "down", "space", "up", "ctrl+down", "enter")
        await at.keys.press("ctrl+u")
        await at.keys.type("Số TT")
        await at.keys.press("enter", "escape")
        await wait_until(lambda: path.exists() and isinstance(at.app.screen, AreaScreen))
        text = path.read_text(encoding="utf-8")
        assert 'noi_dung = "Nội dung tiêu chí"\ntt = "Số TT"\nyeu_cau' in text
        assert "\ntieu_chi =" not in text and "# Cột không dùng: tieu_chi" in text
        await opened(at)
        at.app.screen.set_focus(at.app.screen.query_one("#first"))
        await at.keys.press("enter", "escape")
        await wait_until(lambda: not path.exists())


async def test_a_heading_that_cannot_be_is_told_and_not_kept(founded: Home) -> None:
    async with begun(founded, "reports") as at:
        await opened(at)
        await at.keys.press("enter")
        await at.keys.type(" {quy}")
        await at.keys.press("enter")
        await at.settled()
        assert "Không có {quy}" in seen(at.app)
        await at.keys.press("escape")
        await wait_until(lambda: isinstance(at.app.screen, AreaScreen))
        assert not form_path(founded, "ket-qua").exists()


async def test_a_file_that_somebody_broke_is_told_and_can_be_mended(founded: Home) -> None:
    path = form_path(founded, "ket-qua")
    path.parent.mkdir()
    path.write_text("[cot]\nlang = 'Làng'", encoding="utf-8")
    async with begun(founded, "reports") as at:
        await opened(at)
        assert "Không có cột lang" in seen(at.app)
        assert at.app.screen.query_one(OptionList).highlighted == 0
        await at.keys.press("escape")
        await wait_until(lambda: not path.exists())


def test_each_sheet_is_listed_under_a_name_of_its_own(desk: Desk) -> None:
    names = [one.tab for one in sheets_of(desk)]
    assert len(names) == len(set(names)) > 10
