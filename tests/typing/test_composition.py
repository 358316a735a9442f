from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.widgets import Input, TextArea

from ntm_tui import compat
from tests._helpers.terminal import SENTENCE, Terminal, settle

compat.install()
compat.cure(TextArea)

APART = unicodedata.normalize("NFD", SENTENCE)


class Fields(App[None]):
    def compose(self) -> ComposeResult:
        yield Input()
        yield TextArea()


def text_of(field: Input | TextArea) -> str:
    return field.value if isinstance(field, Input) else field.text


@pytest.mark.parametrize("kind", [Input, TextArea])
async def test_marks_that_come_as_keys_of_their_own_join_the_letter_before(
    kind: type[Input | TextArea],
) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(kind).focus()
        Terminal(app).send(APART.encode())
        await settle(pilot)
        assert text_of(field) == SENTENCE


@pytest.mark.parametrize("kind", [Input, TextArea])
async def test_a_mark_typed_in_the_middle_of_a_word_joins_its_letter(
    kind: type[Input | TextArea],
) -> None:
    left = b"\x1b[D"
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(kind).focus()
        Terminal(app).send(b"Mo ang" + 4 * left + "\u0309".encode() + b"!")
        await settle(pilot)
        assert text_of(field) == "Mỏ! ang"


@pytest.mark.parametrize("kind", [Input, TextArea])
async def test_pasted_text_is_composed(kind: type[Input | TextArea]) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(kind).focus()
        app.post_message(Paste(APART))
        await settle(pilot)
        assert text_of(field) == SENTENCE


@pytest.mark.parametrize("kind", [Input, TextArea])
async def test_text_from_the_clipboard_replaces_what_is_selected_composed(
    kind: type[Input | TextArea],
) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(kind).focus()
        app.copy_to_clipboard(APART)
        await pilot.press("x", "y", "shift+left", "ctrl+v")
        assert text_of(field) == "x" + SENTENCE


@given(before=st.text("aơê\u0301\u0323\u031bx "), text=st.text("aơê\u0301\u0323\u031bx "))
def test_inserting_into_composed_text_leaves_it_composed(before: str, text: str) -> None:
    before = unicodedata.normalize("NFC", before)
    inserted, taken = compat.compose(before, text)
    whole = before[: len(before) - taken] + inserted
    assert whole == unicodedata.normalize("NFC", before + text)
