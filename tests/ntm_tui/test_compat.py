from __future__ import annotations

import ast
import ctypes
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import textual
import textual.widgets
from textual.app import App, ComposeResult
from textual.command import CommandPalette
from textual.containers import Horizontal
from textual.dom import DOMNode
from textual.scrollbar import ScrollBar
from textual.widgets import Button, Input, Select, TextArea
from textual.worker import WorkerFailed

import ntm_tui
from ntm_tui import compat
from ntm_tui.commands.stock import DESCRIPTIONS, TOOLTIPS
from tests._helpers.looks import seen
from tests._helpers.terminal import settle

compat.install()

NUM_LOCK = 0x20


class Character(ctypes.Union):
    _fields_ = [("UnicodeChar", ctypes.c_wchar)]


class KeyRecord(ctypes.Structure):
    _fields_ = [
        ("bKeyDown", ctypes.c_int32),
        ("wVirtualKeyCode", ctypes.c_uint16),
        ("uChar", Character),
        ("dwControlKeyState", ctypes.c_uint32),
    ]


class Event(ctypes.Union):
    _fields_ = [("KeyEvent", KeyRecord)]


class Record(ctypes.Structure):
    _fields_ = [("EventType", ctypes.c_uint16), ("Event", Event)]


def fill(record: Record, character: str, virtual_key: int, event_type: int = 1) -> None:
    record.EventType = event_type
    key = record.Event.KeyEvent
    key.wVirtualKeyCode = virtual_key
    key.uChar.UnicodeChar = character
    key.dwControlKeyState = NUM_LOCK


def test_installing_twice_patches_once() -> None:
    before = Input._on_key, Input.replace
    compat.install()
    compat.cure(Input)
    assert before == (Input._on_key, Input.replace)


def test_letters_injected_while_num_lock_is_on_are_kept() -> None:
    records = (Record * 8)()
    written = [("ợ", 0, 1), ("\x00", 0, 1), ("a", 0x41, 1), ("ợ", 0, 4), ("ợ", 0, 1)]

    def read(handle: Any, into: Any, size: int, count: Any) -> bool:
        for record, values in zip(into._obj, written, strict=False):
            fill(record, *values)
        count._obj.value = 4
        return True

    kernel = SimpleNamespace(ReadConsoleInputW=read)
    compat.heal_console_reader(kernel)
    compat.heal_console_reader(kernel)
    count = ctypes.c_uint32()
    assert kernel.ReadConsoleInputW(None, ctypes.byref(records), 8, ctypes.byref(count))
    states = [record.Event.KeyEvent.dwControlKeyState for record in records]
    typed, bare_modifier, key, other_event, not_read = states[:5]
    assert typed == 0, "Textual drops a record only while this is set"
    assert {bare_modifier, key, other_event, not_read} == {NUM_LOCK}


def test_our_windows_driver_never_asks_for_the_kitty_protocol() -> None:
    written: list[str] = []

    class Stock:
        def write(self, data: str) -> None:
            written.append(data)

        def start(self) -> None:
            for data in ("\x1b[?1049h", "\x1b[>1u", "\x1b[?2004h", "\x1b[<u"):
                self.write(data)

    class Driver(compat.PlainKeys, Stock):
        pass

    Driver().start()
    assert written == ["\x1b[?1049h", "\x1b[?2004h"]


def test_elsewhere_textual_chooses_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert compat.driver_class() is None


def stock_classes() -> Iterator[type[DOMNode]]:
    for name in textual.widgets.__all__:
        yield getattr(importlib.import_module("textual.widgets"), name)
    yield from (App, CommandPalette, TextArea)


@pytest.mark.parametrize("node", stock_classes(), ids=lambda node: node.__name__)
def test_no_stock_binding_is_described_in_english(node: type[DOMNode]) -> None:
    merged = node._merged_bindings
    assert merged is not None
    for _, binding in merged:
        assert binding.description in {*DESCRIPTIONS.values(), ""}
        assert binding.tooltip in {*TOOLTIPS.values(), ""}


async def test_a_list_asks_in_vietnamese() -> None:
    class Lists(App[None]):
        def compose(self) -> ComposeResult:
            yield Select([("Đạt", 1)])

    async with Lists().run_test() as pilot:
        assert pilot.app.query_one(Select).prompt == "Chọn"


OUR_SOURCES = sorted(Path(ntm_tui.__file__).parent.rglob("*.py"))


def made(path: Path) -> set[str]:
    """The names that a module calls, or makes classes from."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        found += [node.func] if isinstance(node, ast.Call) else []
        found += node.bases if isinstance(node, ast.ClassDef) else []
    return {name.id for name in found if isinstance(name, ast.Name)}


@pytest.mark.parametrize("path", OUR_SOURCES, ids=lambda path: path.stem)
def test_nobody_uses_the_stock_fields_or_the_english_validators(path: Path) -> None:
    assert "textual.validation" not in path.read_text(encoding="utf-8")
    if path.parent.name != "widgets":
        assert not made(path) & {"Input", "TextArea", "MaskedInput"}, "use TextLine or TextBlock"


def test_scrollbars_are_drawn_without_block_fractions() -> None:
    drawn = ScrollBar.renderer.render_bar(
        size=20, virtual_size=97, window_size=20, position=13.7, thickness=1
    )
    assert {character for segment in drawn.segments for character in segment.text} == {" "}


def test_canary_stock_scrollbars_still_need_block_fractions() -> None:
    from textual.scrollbar import ScrollBarRender

    assert "▁" in ScrollBarRender.VERTICAL_BARS


class Working(App[None]):
    @compat.work(group="own")
    async def own(self, _secret: str) -> None: ...

    @textual.work(group="stock")
    async def stock(self, _secret: str) -> None: ...

    @compat.work(group="late")
    async def late(self) -> None:
        self.query_one("#gone")

    @textual.work(group="stock", exit_on_error=False)
    async def stock_late(self) -> None:
        self.query_one("#gone")


async def test_no_worker_writes_out_what_it_works_on() -> None:
    """Whole tables, or a passphrase."""
    async with Working().run_test() as pilot:
        assert pilot.app.own("mật khẩu").description == "own"
    for path in OUR_SOURCES:
        found = re.search(
            r"^from textual import .*\bwork\b", path.read_text(encoding="utf-8"), re.M
        )
        assert found is None, path


async def test_canary_stock_workers_still_write_out_their_arguments() -> None:
    async with Working().run_test() as pilot:
        assert "mật khẩu" in pilot.app.stock("mật khẩu").description


async def test_a_worker_that_comes_back_to_a_program_that_was_left_is_no_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with Working().run_test() as pilot:
        with monkeypatch.context() as leaving:
            leaving.setattr(pilot.app, "_running", False)
            assert await pilot.app.late().wait() is None


async def test_a_worker_that_misses_a_widget_while_the_program_runs_is_a_failure() -> None:
    with pytest.raises(WorkerFailed):
        async with Working().run_test() as pilot:
            await pilot.app.late().wait()


async def test_canary_stock_workers_still_fail_when_the_program_was_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with Working().run_test() as pilot:
        with monkeypatch.context() as leaving, pytest.raises(WorkerFailed):
            leaving.setattr(pilot.app, "_running", False)
            await pilot.app.stock_late().wait()


class Pressing(App[None]):
    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Button("Ghi")


LABEL = "Ghi mười hai thay đổi"


async def test_a_button_grows_with_its_label() -> None:
    async with Pressing().run_test() as pilot:
        await settle(pilot)
        compat.relabel(pilot.app.query_one(Button), LABEL)
        await settle(pilot)
        assert LABEL in seen(pilot.app)


async def test_canary_stock_buttons_keep_their_width_when_their_label_changes() -> None:
    async with Pressing().run_test() as pilot:
        await settle(pilot)
        pilot.app.query_one(Button).label = LABEL
        await settle(pilot)
        assert LABEL not in seen(pilot.app)
