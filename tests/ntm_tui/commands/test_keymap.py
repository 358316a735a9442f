from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Button, DataTable, Input, OptionList, TextArea

from db.owner import Owner
from ntm_tui.commands import (
    KEYMAP,
    Command,
    EditCommune,
    SetNotMet,
    as_table,
    at_once,
    key_label,
)
from ntm_tui.commands.stock import MEETINGS

STOCK: tuple[type[DOMNode], ...] = (App, Screen, Input, TextArea, DataTable)
ALLOWED = re.compile(
    r"[0-9]|space|enter|escape|delete|f([1-9]|1[0-2])|shift\+f1|ctrl\+[abd-gklnopq-uw-z]"
)
ROOT = Path(__file__).parents[3]


def stock_keys(part: type[DOMNode]) -> set[str]:
    bound = part.__dict__.get("BINDINGS", [])
    return {key.strip() for binding in bound for key in binding.key.split(",")}


KEYED = [command for command in KEYMAP if command.key]


@pytest.mark.parametrize("command", KEYED, ids=lambda command: command.__name__)
def test_no_key_is_a_letter_or_another_key_in_disguise(command: type[Command]) -> None:
    assert ALLOWED.fullmatch(command.key)


@pytest.mark.parametrize("owner", Owner)
def test_no_key_and_no_name_is_given_twice_to_the_same_office(owner: Owner) -> None:
    own = [it for it in KEYMAP if it.given_by(owner)]
    for given in ([it.key for it in own if it.key], [it.text for it in own]):
        assert [value for value, count in Counter(given).items() if count > 1] == []


def test_our_keys_meet_stock_keys_only_where_that_is_meant() -> None:
    ours = {command.key for command in KEYMAP}
    met = {(part.__name__, key) for part in STOCK for key in stock_keys(part) & ours}
    assert met == set(MEETINGS)


@pytest.mark.parametrize("command", KEYMAP, ids=lambda command: command.__name__)
def test_every_command_says_in_vietnamese_what_it_is(command: type[Command]) -> None:
    assert command.text[0].isupper()
    assert command.tooltip.endswith(".")
    assert len(command.text) <= 15


def test_a_command_without_a_key_is_offered_to_the_palette_under_a_name_no_keyboard_sends() -> None:
    assert EditCommune.key_label() == ""
    assert EditCommune.binding().key == "palette-edit_commune"


def test_what_is_done_at_once_is_done_by_the_screen_before_the_next_key() -> None:
    (binding,) = at_once(SetNotMet)
    assert isinstance(binding, Binding)
    assert (binding.action, binding.priority, binding.id) == (
        "screen.set_not_met",
        True,
        "set_not_met",
    )


def test_the_class_name_is_the_action() -> None:
    assert SetNotMet.action() == "set_not_met"
    assert SetNotMet.binding().action == SetNotMet.binding().id == "set_not_met"


@pytest.mark.parametrize(
    ("key", "label"), [("ctrl+z", "Ctrl+Z"), ("f10", "F10"), ("escape", "Esc"), ("1", "1")]
)
def test_keys_read_as_they_are_printed(key: str, label: str) -> None:
    assert key_label(key) == label


def test_the_published_key_map_is_the_one_in_use() -> None:
    published = (ROOT / "docs" / "phim-tat.md").read_text(encoding="utf-8")
    assert as_table() in published, "python -m ntm_tui.commands > docs/phim-tat.md"


def test_a_button_or_a_list_loses_no_key_of_its_own() -> None:
    ours = {command.key for command in KEYMAP} - {"enter"}
    assert not ours & (stock_keys(Button) | stock_keys(OptionList))
