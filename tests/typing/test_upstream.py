"""Each test here fails once stock Textual is right; then its workaround in compat.py can go."""

from __future__ import annotations

import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest
import textual

from ntm_tui.commands.stock import DESCRIPTIONS, TOOLTIPS

ROOT = Path(__file__).parents[2]
TEXTUAL = Path(textual.__file__).parent
ALL_SOURCES = "".join(path.read_text(encoding="utf-8") for path in TEXTUAL.rglob("*.py"))


def textual_source(name: str) -> str:
    return (TEXTUAL / name).read_text(encoding="utf-8")


TYPE_DUOC = """
import asyncio, sys
from textual.app import App
from textual.widgets import {widget} as Field
from tests._helpers.terminal import DUOC, Terminal, settle, stream

class Stock(App):
    def compose(self):
        yield Field()

async def main():
    app = Stock()
    async with app.run_test() as pilot:
        Terminal(app).send({data})
        await settle(pilot)
        field = app.query_one(Field)
        assert "ntm_tui" not in sys.modules
        return {read}

print(ascii(asyncio.run(main())))
"""


def stock(widget: str, data: str) -> str:
    read = "field.value" if widget == "Input" else "field.text"
    program = TYPE_DUOC.format(widget=widget, data=data, read=read)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    return str(literal_eval(done.stdout.decode()))


@pytest.mark.parametrize("widget", ["Input", "TextArea"])
def test_stock_fields_still_let_letters_overtake_backspace(widget: str) -> None:
    assert stock(widget, "stream(DUOC)") != "được"


@pytest.mark.parametrize("widget", ["Input", "TextArea"])
def test_stock_fields_still_keep_combining_marks_apart(widget: str) -> None:
    assert stock(widget, "'o\\u031b\\u0323'.encode()") == "o\u031b\u0323"


MOVE_ON = """
import asyncio
from textual.app import App
from textual.widgets import Input
from tests._helpers.terminal import Terminal, settle

class Stock(App):
    def compose(self):
        yield Input(id="one")
        yield Input(id="two")

    def on_input_submitted(self):
        self.query_one("#two").focus()

async def main():
    app = Stock()
    async with app.run_test() as pilot:
        Terminal(app).send({data})
        await settle(pilot)
        return app.query_one("#one").value

print(ascii(asyncio.run(main())))
"""


@pytest.mark.parametrize("key", ["\\r", "\\t"])
def test_stock_still_sends_keys_behind_enter_or_tab_to_the_field_that_is_left(key: str) -> None:
    program = MOVE_ON.format(data=f"b'71{key}60'")
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    assert literal_eval(done.stdout.decode()) == "7160"


def test_the_windows_driver_still_asks_for_the_kitty_protocol() -> None:
    assert "[>1u" in textual_source("drivers/windows_driver.py")


def test_the_windows_driver_still_drops_injected_characters_while_a_lock_key_is_on() -> None:
    lines = textual_source("drivers/win32.py").split()
    dropped = "if ( key_event.dwControlKeyState and key_event.wVirtualKeyCode == 0 ): continue"
    assert dropped in " ".join(lines)


@pytest.mark.parametrize("english", sorted(DESCRIPTIONS | TOOLTIPS))
def test_every_translated_text_is_still_a_text_of_textual(english: str) -> None:
    assert f'"{english}"' in ALL_SOURCES


def test_the_list_and_the_palette_still_speak_english_and_show_an_emoji() -> None:
    assert 'prompt: str = "Select"' in textual_source("widgets/_select.py")
    palette = textual_source("command.py")
    assert "No matches found" in palette and "Search for commands…" in palette and "🔎" in palette
