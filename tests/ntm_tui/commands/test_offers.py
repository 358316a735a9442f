from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from textual.dom import DOMNode

import ntm_tui
from ntm_tui.commands import COMMANDS, Edit, Find, GoWeek, Quit, SetMet, ShowHelp, Undo, offers
from tests._helpers.frame import FrameApp


async def test_statuses_are_offered_on_the_checklist_only() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        on_table = [offer.command for offer in offers(app.screen)]
        await pilot.press("tab")
        in_line = [offer.command for offer in offers(app.screen)]
    assert {SetMet, Edit, Undo, Find, ShowHelp, Quit, GoWeek} <= set(on_table)
    assert SetMet not in in_line
    assert {Undo, Find, ShowHelp, Quit, GoWeek} <= set(in_line)


async def test_what_belongs_to_the_place_comes_before_what_belongs_to_the_program() -> None:
    app = FrameApp()
    async with app.run_test():
        assert offers(app.screen)[0].command is SetMet


async def test_a_digit_sets_a_status_on_the_checklist_and_is_a_digit_in_a_field() -> None:
    app = FrameApp()
    async with app.run_test() as pilot:
        await pilot.press("1", "tab", "1")
        assert app.done == ["met"]
        assert app.query_one("#line").value == "Cai Kinh1"  # type: ignore[attr-defined]


async def test_an_offer_runs_where_it_is_offered() -> None:
    app = FrameApp()
    async with app.run_test():
        await next(it for it in offers(app.screen) if it.command is SetMet).run()
        assert app.done == ["met"]


def all_parts() -> Iterator[type[DOMNode]]:
    for module in pkgutil.walk_packages(ntm_tui.__path__, "ntm_tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = [DOMNode]
    while waiting:
        part = waiting.pop()
        waiting += part.__subclasses__()
        if part.__module__.startswith("ntm_tui."):
            yield part


def test_whoever_offers_a_command_can_carry_it_out() -> None:
    for part in all_parts():
        for _, binding in part._merged_bindings or ():
            if binding.id in COMMANDS and "." not in binding.action:
                assert hasattr(part, f"action_{binding.action}"), (part, binding.id)
