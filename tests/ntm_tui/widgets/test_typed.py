from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Button

from ntm_tui import compat
from ntm_tui.commands import Redo, Undo, bindings
from ntm_tui.widgets.text_block import TextBlock
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed
from tests._helpers.terminal import (
    BACKSPACES,
    SENTENCE,
    SENTENCE_STEPS,
    Terminal,
    settle,
    stream,
    wait_until,
)

compat.install()


class HastyLine(TextLine):
    IDLE_SECONDS = 0.01


class HastyBlock(TextBlock):
    IDLE_SECONDS = 0.01


class Form(App[None]):
    BINDINGS = bindings(Undo, Redo)

    def __init__(self, kind: type[TextLine | TextBlock], text: str = "") -> None:
        super().__init__()
        self.kind, self.text = kind, text
        self.drafts: list[str] = []
        self.changes: list[str] = []
        self.undone = 0
        self.redone = 0

    def compose(self) -> ComposeResult:
        yield self.kind(self.text)
        yield Button("Tiếp")

    @property
    def field(self) -> TextLine | TextBlock:
        return self.query_one(self.kind)

    def on_typed_drafted(self, event: Typed.Drafted) -> None:
        assert event.control is self.field
        self.drafts.append(event.text)

    def on_typed_settled(self, event: Typed.Settled) -> None:
        self.changes.append(event.text)

    def action_undo(self) -> None:
        self.undone += 1

    def action_redo(self) -> None:
        self.redone += 1


FIELDS = [TextLine, TextBlock]


@pytest.mark.parametrize("kind", FIELDS)
async def test_showing_a_stored_text_is_neither_draft_nor_change(kind: type[TextLine]) -> None:
    app = Form(kind, "Cai Kinh")
    async with app.run_test() as pilot:
        assert app.field.written == "Cai Kinh"
        app.field.load("Hữu Lũng")
        await pilot.press("tab")
        assert (app.drafts, app.changes) == ([], [])
        assert app.field.written == "Hữu Lũng"


@pytest.mark.parametrize("kind", FIELDS)
async def test_each_keystroke_is_a_draft_and_leaving_makes_one_change(
    kind: type[TextLine],
) -> None:
    app = Form(kind)
    async with app.run_test() as pilot:
        await pilot.press("a", "b")
        assert (app.drafts, app.changes) == (["a", "ab"], [])
        await pilot.press("tab", "shift+tab", "tab")
        assert app.changes == ["ab"]


@pytest.mark.parametrize("kind", [HastyLine, HastyBlock])
async def test_a_pause_makes_a_change_by_itself(kind: type[TextLine]) -> None:
    app = Form(kind)
    async with app.run_test() as pilot:
        await pilot.press("a")
        await wait_until(lambda: app.changes == ["a"])


@pytest.mark.parametrize("kind", FIELDS)
async def test_typing_and_taking_back_is_no_change(kind: type[TextLine]) -> None:
    app = Form(kind, "x")
    async with app.run_test() as pilot:
        await pilot.press("end", "a", "backspace", "tab")
        assert app.changes == []


async def test_enter_settles_a_line_and_breaks_a_line_of_a_block() -> None:
    app = Form(TextLine)
    async with app.run_test() as pilot:
        await pilot.press("a", "enter")
        assert app.changes == ["a"]
    app = Form(TextBlock)
    async with app.run_test() as pilot:
        await pilot.press("a", "enter", "b")
        assert (app.field.written, app.changes) == ("a\nb", [])


@pytest.mark.parametrize("backspace", BACKSPACES)
@pytest.mark.parametrize("kind", FIELDS)
async def test_vietnamese_is_typed_whole_and_ends_as_one_change(
    kind: type[TextLine], backspace: bytes
) -> None:
    app = Form(kind)
    async with app.run_test() as pilot:
        Terminal(app).send(stream(SENTENCE_STEPS, backspace))
        await settle(pilot)
        await pilot.press("tab")
        assert (app.drafts[-1], app.changes) == (SENTENCE, [SENTENCE])


@pytest.mark.parametrize("kind", FIELDS)
async def test_undo_takes_typing_back_first_then_goes_on_to_the_program(
    kind: type[TextLine],
) -> None:
    app = Form(kind, "đã lưu")
    async with app.run_test() as pilot:
        await pilot.press("end", "x", "y", "space", "z")
        await pilot.press("ctrl+z")
        assert app.field.written == "đã lưuxy "
        await pilot.press("ctrl+z")
        assert (app.field.written, app.undone) == ("đã lưu", 0)
        await pilot.press("ctrl+z")
        assert app.undone == 1
        await pilot.press("ctrl+y", "ctrl+y")
        assert (app.field.written, app.redone) == ("đã lưuxy z", 0)
        await pilot.press("ctrl+y")
        assert app.redone == 1


async def test_undo_in_a_block_leaves_the_cursor_where_the_change_was() -> None:
    app = Form(TextBlock, "một\nhai\nba")
    async with app.run_test() as pilot:
        block = app.query_one(TextBlock)
        block.move_cursor((1, 3))
        await pilot.press("x", "y", "ctrl+z")
        assert block.text == "một\nhai\nba"
        assert block.cursor_location == (1, 3)


@pytest.mark.parametrize("kind", FIELDS)
async def test_a_draft_from_before_a_crash_settles_like_typing(kind: type[TextLine]) -> None:
    app = Form(kind, "cũ")
    async with app.run_test() as pilot:
        app.field.restore("đang gõ do\u031b\u0309")
        await pilot.press("tab")
        assert app.changes == ["đang gõ dở"]


@pytest.mark.parametrize("key", ["f6", "f7"])
async def test_function_keys_of_work_areas_do_nothing_to_a_text(key: str) -> None:
    app = Form(TextBlock, "một")
    async with app.run_test() as pilot:
        await pilot.press(key, "x")
        assert app.field.written == "xmột"


async def test_focusing_a_line_selects_nothing_that_a_key_could_wipe() -> None:
    app = Form(TextLine, "Cai Kinh")
    async with app.run_test() as pilot:
        await pilot.press("tab", "shift+tab", "x")
        assert "Cai Kinh" in app.field.written.replace("x", "")
