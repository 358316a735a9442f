from __future__ import annotations

from textual.containers import VerticalScroll

from ntm_tui.commands import SetMet, ShowHelp
from ntm_tui.dialogs.help import HelpDialog, help_for
from ntm_tui.widgets.text_line import TextLine
from tests._helpers.frame import FrameApp
from tests._helpers.looks import rows, seen


async def test_the_focused_part_is_explained_with_its_commands_first() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = help_for(app.screen)
        assert page.explanations[0].startswith("Bảng tiêu chí.")
        assert page.commands[0] is SetMet
        assert ShowHelp in page.commands
        await pilot.press("f1")
        assert "Bấm một số để đánh giá rồi sang dòng sau." in seen(app)


async def test_editing_keys_of_a_field_are_told_in_vietnamese() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        app.query_one(TextLine).focus()
        await pilot.pause()
        page = help_for(app.screen)
        assert page.explanations[0].startswith("Ô nhập một dòng.")
        assert ("Home, Ctrl+A", "Về đầu dòng") in page.other_keys
        assert SetMet not in page.commands
        assert not any("Cuộn" in meaning for _, meaning in page.other_keys)
        assert not any("undo" in keys.lower() for keys, _ in page.other_keys)


async def test_escape_and_f1_close_it() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        for key in ("escape", "f1"):
            await pilot.press("f1")
            assert isinstance(app.screen, HelpDialog)
            await pilot.press(key)
            assert not isinstance(app.screen, HelpDialog)


async def test_a_long_help_scrolls_by_keys_and_fits_80_by_24() -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        column = app.screen.query_one(VerticalScroll)
        assert column.max_scroll_y > 0
        assert column.region.bottom <= 24
        await pilot.press("end")
        await pilot.pause()
        assert column.scroll_offset.y == column.max_scroll_y
        assert all(len(row) == 80 for row in rows(app))
