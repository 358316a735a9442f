from __future__ import annotations

import pytest
from textual.command import CommandPalette

from ntm_tui.dialogs.help import HelpDialog
from ntm_tui.widgets.text_line import TextLine
from tests._helpers.frame import FrameApp
from tests._helpers.terminal import wait_until


def notices(app: FrameApp) -> str:
    return " ".join(notice.message for notice in app._notifications)


async def test_ctrl_s_saves_what_is_being_typed_and_says_all_is_saved() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        app.query_one(TextLine).focus()
        await pilot.press("!", "ctrl+s")
        assert ("settled", "Cai Kinh!") in app.said
        assert "không cần bấm lưu" in notices(app)


async def test_ctrl_c_tells_how_to_leave() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
        assert notices(app) == "Muốn thoát, bấm Ctrl+Q."


async def test_one_key_goes_through_the_themes() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        themes = [app.theme]
        for _ in range(3):
            await pilot.press("f12")
            themes.append(app.theme)
    assert themes == ["toi", "sang", "tuong-phan", "toi"]


async def test_f1_opens_the_help_once() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await pilot.press("f1")
        assert isinstance(app.screen, HelpDialog)
        app.action_show_help()
        assert len(app.screen_stack) == 2


async def test_textual_offers_no_commands_of_its_own() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        assert list(app.get_system_commands(app.screen)) == []
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        assert not app.COMMANDS


@pytest.mark.parametrize("inside_a_field", [True, False])
async def test_leaving_the_program_settles_what_is_being_typed_first(inside_a_field: bool) -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        if inside_a_field:
            app.query_one(TextLine).focus()
            await pilot.press("!")
        app.simulate_key("ctrl+q")
        await wait_until(lambda: app._exit)
    assert (("settled", "Cai Kinh!") in app.said) == inside_a_field
