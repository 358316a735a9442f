from __future__ import annotations

import asyncio

import pytest
from textual.app import ComposeResult

from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.dialogs.help import HelpDialog
from ntm_tui.widgets.command_row import CommandFooter
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed
from tests._helpers.frame import FrameApp
from tests._helpers.terminal import wait_until


class Question(Dialog[str]):
    HELP = "Hộp hỏi tên thôn."

    def compose(self) -> ComposeResult:
        yield TextLine(id="name")
        yield CommandFooter()


async def test_help_works_over_a_dialog_and_leads_back_to_it() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await app.push_screen(Question())
        await pilot.press("f1")
        assert isinstance(app.screen, HelpDialog)
        assert "Hộp hỏi tên thôn." in app.screen._page.explanations
        await pilot.press("escape")
        assert isinstance(app.screen, Question)


async def test_ctrl_s_settles_the_field_of_a_dialog() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await app.push_screen(Question())
        await pilot.press("x", "ctrl+s", "escape")
        assert not isinstance(app.screen, Question)
        assert app.said[-1] == ("settled", "x")


async def test_the_keys_of_the_screen_below_do_nothing_under_a_dialog() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await app.push_screen(Question())
        await pilot.press("ctrl+z", "1")
        assert app.done == []


class Saving(Question):
    """Takes its time to save, as a disk does."""

    def __init__(self, saved: list[str]) -> None:
        super().__init__()
        self.saved = saved

    async def on_typed_settled(self, event: Typed.Settled) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        self.saved.append(event.text)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_what_was_typed_is_saved_before_a_dialog_or_the_program_closes(key: str) -> None:
    app = FrameApp()
    saved: list[str] = []
    async with app.run_test() as pilot:
        await app.push_screen(Saving(saved))
        await pilot.press("x")
        app.simulate_key(key)
        await wait_until(lambda: saved == ["x"])


async def test_a_dialog_gives_its_result() -> None:
    app = FrameApp()
    given: list[str | None] = []
    async with app.run_test() as pilot:
        question = Question()
        await app.push_screen(question, given.append)
        question.leave("Thôn 2")
        await pilot.pause()
        await app.push_screen(Question(), given.append)
        await pilot.press("tab", "escape")
        assert given == ["Thôn 2", None]
