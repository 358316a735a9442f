from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ntm_tui.commands import GoChecklist
from ntm_tui.widgets.command_row import AreaBar, CommandFooter
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.fitting import apart, cut, fitting
from ntm_tui.widgets.status_line import StatusLine
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.title_bar import PRACTICE, Title, TitleBar
from tests._helpers.frame import FrameApp
from tests._helpers.looks import rows, seen

TITLE = Title(
    "Xã Cai Kinh",
    "huyện Hữu Lũng",
    "Bộ tiêu chí xã NTM 2021-2025 (QĐ 1062)",
    "xã NTM 2021-2025",
    2024,
)


@given(st.text(max_size=60), st.text(max_size=20), st.integers(0, 80))
def test_a_line_never_grows_beyond_its_width(left: str, right: str, width: int) -> None:
    assert cell_len(cut(left, width)) <= width
    if cell_len(right) + 2 <= width:
        assert cell_len(apart(left, right, width)) == width


@given(st.lists(st.integers(1, 30), min_size=1), st.integers(30, 120))
def test_the_entries_of_a_row_fit_and_the_last_is_always_there(
    lengths: list[int], width: int
) -> None:
    chosen, gap = fitting(lengths, width)
    assert chosen[-1] == len(lengths) - 1
    assert sum(lengths[it] for it in chosen) + gap * (len(chosen) - 1) <= width


@pytest.mark.parametrize("width", [50, 60, 80, 120, 200])
async def test_the_footer_shows_the_statuses_and_help_without_overflowing(width: int) -> None:
    app = FrameApp()
    async with app.run_test(size=(width, 60)):
        footer = app.query_one(CommandFooter).render().plain
    assert cell_len(footer) <= width
    assert footer.startswith("1 Đạt")
    assert footer.endswith("F1 Trợ giúp")
    if width >= 80:
        assert "4 Không áp dụng" in footer and "0 Bỏ đánh giá" in footer and "Enter Sửa" in footer


async def test_the_footer_follows_the_focus() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        assert "1 Đạt" not in seen(app)
        assert "Ctrl+F Tìm  F1 Trợ giúp" in seen(app)


async def test_a_click_on_a_command_gives_it() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.click(CommandFooter, offset=(1, 0))
        assert app.done == ["met"]


async def test_the_bar_marks_the_work_area_with_a_sign() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 60)):
        bar = app.query_one(AreaBar)
        bar.here = GoChecklist
        assert (
            bar.render().plain.rstrip()
            == "F2 Tuần này ►F3 Tiêu chí F4 Thôn F5 Sổ việc F6 Vốn F7 Báo cáo F8 Đồng bộ"
        )


async def test_the_title_says_whose_store_it_is() -> None:
    app = FrameApp()
    async with app.run_test(size=(120, 60)) as pilot:
        app.query_one(TitleBar).title = TITLE
        await pilot.pause()
        first, second = rows(app)[:2]
        assert first.startswith(" NTM  Xã Cai Kinh · huyện Hữu Lũng  ")
        assert first.endswith("  Bộ tiêu chí xã NTM 2021-2025 (QĐ 1062) · 2024 ")
        assert second.startswith("F2")


async def test_practice_is_said_on_a_line_of_its_own() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 60)) as pilot:
        app.query_one(TitleBar).title = Title("Xã Mẫu", practice=True)
        await pilot.pause()
        assert PRACTICE in rows(app)[1]


def test_with_little_room_the_set_is_called_by_its_short_name() -> None:
    assert TITLE.line(78).endswith("  xã NTM 2021-2025 · 2024")
    assert cell_len(TITLE.line(40)) == 40
    assert TITLE.line(40) == "NTM  Xã Cai Ki…  xã NTM 2021-2025 · 2024"


def test_a_name_cannot_turn_the_line_around() -> None:
    assert "\u202e" not in Title("Xã \u202eMẫu").line(78)


async def test_the_status_line_is_cut_and_harmless() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 60)):
        line = app.query_one(StatusLine)
        line.say("dài " * 40 + "[bold]")
        assert cell_len(line.render().plain) <= 78
        line.say("[Đạt] \x1b[31m")
        assert line.render().plain.startswith("[Đạt]")


async def test_a_field_message_takes_room_only_while_it_says_something() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 60)) as pilot:
        said = app.query_one(FieldMessage)
        field = app.query_one(TextLine)
        assert not said.display
        said.problem("Không hiểu [12a].")
        await pilot.pause()
        assert rows(app)[said.region.y].startswith(" × Không hiểu [12a].")
        assert said.has_class("-problem")
        said.note("1.234,5 m")
        await pilot.pause()
        assert rows(app)[said.region.y].startswith(" = 1.234,5 m")
        said.clear()
        await pilot.pause()
        assert not said.display
        assert field.value == "Cai Kinh"
