from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from textual.containers import VerticalScroll

import ntm_tui
from ntm_tui.commands import SetMet, ShowHelp
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.dialogs.help import HelpDialog, help_for
from ntm_tui.screens.area import AreaScreen
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


def places() -> Iterator[type[Dialog[object]] | type[AreaScreen]]:
    """Every work area and box that a person can meet: those from which nothing else is made."""
    for module in pkgutil.walk_packages(ntm_tui.__path__, "ntm_tui."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    waiting: list[type] = [Dialog, AreaScreen]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if not kind.__subclasses__() and kind.__module__.startswith("ntm_tui."):
            yield kind


def test_f1_explains_every_work_area_and_every_box() -> None:
    found = {kind for kind in places() if kind is not HelpDialog}
    assert len(found) > 30
    silent = {it.__name__ for it in found if not any(vars(up).get("HELP") for up in it.__mro__)}
    assert silent == set()
