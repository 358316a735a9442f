from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.command import CommandInput
from textual.widgets import Input, TextArea

from ntm_tui import compat
from tests._helpers.terminal import (
    BACKSPACES,
    DEL,
    SENTENCE,
    SENTENCE_STEPS,
    WORDS,
    Step,
    Terminal,
    expected,
    settle,
    stream,
)

compat.install()
compat.cure(TextArea)

ROWS = [*WORDS.items(), (SENTENCE, SENTENCE_STEPS)]


class Fields(App[None]):
    def compose(self) -> ComposeResult:
        yield Input()
        yield TextArea()


def text_of(field: Input | TextArea) -> str:
    return field.value if isinstance(field, Input) else field.text


def field_of(app: App[None], field: type[Input | TextArea]) -> Input | TextArea:
    return app.screen.query_one(field)


@pytest.mark.parametrize("backspace", BACKSPACES)
@pytest.mark.parametrize(("wanted", "steps"), ROWS)
@pytest.mark.parametrize("kind", [Input, TextArea])
async def test_what_an_input_tool_injects_arrives_whole(
    kind: type[Input | TextArea], wanted: str, steps: list[Step], backspace: bytes
) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = field_of(app, kind)
        field.focus()
        Terminal(app).send(stream(steps, backspace))
        await settle(pilot)
        assert text_of(field) == wanted


@pytest.mark.parametrize("backspace", BACKSPACES)
@pytest.mark.parametrize(("wanted", "steps"), ROWS)
async def test_the_palette_takes_injected_text(
    wanted: str, steps: list[Step], backspace: bytes
) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        field = app.screen.query_one(CommandInput)
        Terminal(app).send(stream(steps, backspace))
        await settle(pilot)
        assert field.value == wanted


@pytest.mark.parametrize("kind", [Input, TextArea])
@pytest.mark.parametrize(("wanted", "steps"), WORDS.items())
async def test_a_burst_may_be_cut_at_any_byte(
    kind: type[Input | TextArea], wanted: str, steps: list[Step]
) -> None:
    data = stream(steps)
    app = Fields()
    async with app.run_test() as pilot:
        field = field_of(app, kind)
        field.focus()
        terminal = Terminal(app)
        for cut in range(1, len(data)):
            field.clear()
            await settle(pilot)
            terminal.send(data[:cut])
            await settle(pilot)
            terminal.send(data[cut:])
            await settle(pilot)
            assert text_of(field) == wanted, f"cut after byte {cut}"


async def test_single_bytes_without_a_pause_between_them() -> None:
    data = stream(SENTENCE_STEPS)
    app = Fields()
    async with app.run_test() as pilot:
        terminal = Terminal(app)
        for byte in data:
            terminal.send(bytes([byte]))
        await settle(pilot)
        assert field_of(app, Input).value == SENTENCE


async def test_keys_of_the_field_keep_their_turn_too() -> None:
    home, delete = b"\x1b[H", b"\x1b[3~"
    app = Fields()
    async with app.run_test() as pilot:
        Terminal(app).send(b"xbc" + home + delete + b"a")
        await settle(pilot)
        assert field_of(app, Input).value == "abc"


async def test_tab_and_enter_still_do_what_they_did() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        await pilot.press("tab")
        area = field_of(app, TextArea)
        assert app.focused is area
        Terminal(app).send(b"a\rb" + DEL + b"c")
        await settle(pilot)
        assert area.text == "a\nc"


LETTERS = "aăâeêioôơuưyđdbcghklmnpqrstvxAĂÂĐƠƯ ,."
TONED = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


@st.composite
def injected(draw: st.DrawFn) -> list[Step]:
    """A Telex or VNI like stream: a prefix, then backspaces and recomposed letters, many times."""
    steps: list[Step] = []
    length = 0
    for _ in range(draw(st.integers(1, 6))):
        typed = draw(st.text(LETTERS, min_size=1, max_size=5))
        back = draw(st.integers(0, min(4, length + len(typed))))
        recomposed = draw(st.text(LETTERS + TONED, min_size=back, max_size=back + 1))
        steps += [typed, back, recomposed]
        length += len(typed) - back + len(recomposed)
    return steps


@settings(max_examples=15, deadline=None)
@given(
    streams=st.lists(injected(), min_size=5, max_size=10), kind=st.sampled_from([Input, TextArea])
)
async def test_any_injected_stream(streams: list[list[Step]], kind: type[Input | TextArea]) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = field_of(app, kind)
        field.focus()
        terminal = Terminal(app)
        for steps in streams:
            field.clear()
            await settle(pilot)
            terminal.send(stream(steps))
            await settle(pilot)
            assert text_of(field) == expected(steps)
