from __future__ import annotations

import pytest
from textual.app import App
from textual.command import CommandList
from textual.pilot import Pilot

from ntm_tui.commands.palette import Palette
from tests._helpers.frame import FrameApp
from tests._helpers.looks import seen
from tests._helpers.terminal import wait_until


def listed(app: App[None]) -> list[str]:
    if not isinstance(app.screen, Palette):
        return []
    options = app.screen.query_one(CommandList).options
    return [str(option.prompt).splitlines()[0].split("  ")[0] for option in options]


async def search(pilot: Pilot[None], query: str, first: str) -> list[str]:
    await pilot.press("ctrl+p", *query)
    await wait_until(lambda: listed(pilot.app)[:1] == [first])
    return listed(pilot.app)


@pytest.mark.parametrize(
    ("query", "first"), [("hoan tac", "Hoàn tác"), ("HOAN", "Hoàn tác"), ("đối", "Đối chiếu")]
)
async def test_commands_are_found_without_marks(query: str, first: str) -> None:
    async with FrameApp().run_test() as pilot:
        await search(pilot, query, first)


async def test_the_help_of_a_command_is_searched_after_its_name() -> None:
    async with FrameApp().run_test() as pilot:
        assert await search(pilot, "hoan", "Hoàn tác") == ["Hoàn tác", "Làm lại"]


async def test_a_chosen_command_is_carried_out_where_the_person_was() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await search(pilot, "dat", "Đạt")
        await pilot.press("enter")
        await wait_until(lambda: app.done == ["met"])


async def test_everything_offered_is_listed_before_anything_is_typed() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await wait_until(lambda: len(listed(app)) > 10)
        assert listed(app)[:2] == ["Đạt", "Chưa đạt"]


async def test_nothing_found_is_said_in_vietnamese() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await search(pilot, "zzz", "Không có lệnh nào như vậy.")
        assert "🔎" not in seen(app)


async def test_pressing_the_key_again_opens_no_second_palette() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", "ctrl+p", "escape")
        assert len(app.screen_stack) == 1
