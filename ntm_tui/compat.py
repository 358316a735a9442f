"""Every workaround for Textual 8.2.8 and for terminals, in one place.

Each has the link of the fault it mends, and a canary test in `tests/typing` or `tests/ntm_tui` that
fails once the stock behaviour is right, which says that the workaround can go.
"""

from __future__ import annotations

import asyncio
import sys
import unicodedata
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import textual
from textual import events
from textual._context import active_app
from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.driver import Driver
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.widget import Widget
from textual.widgets import Button, Input, Select
from textual.worker import Worker

from db.text import nfc
from ntm_tui.commands.stock import DESCRIPTIONS, TOOLTIPS

LONGEST_WAIT = 5.0
"""Seconds after which typing goes on, whatever a key that moves the focus is still doing."""

MOVES_FOCUS = frozenset(
    {"enter", "tab", "shift+tab", "escape", *(f"f{number}" for number in range(2, 10))}
)
"""Keys behind which others wait until it is clear where they go."""

_CURED = "_ntm_cured"
_KEY_EVENT = 0x0001
_NUL = "\x00"


def install() -> None:
    """Apply what every screen needs; may be called again at any time.

    `TextArea` is slow to import and not needed at start: its one subclass,
    `ntm_tui.widgets.text_block.TextBlock`, calls `cure` itself.
    """
    cure(Input)
    _name_bindings_in_vietnamese()
    _prompt_in_vietnamese()
    ScrollBar.renderer = PlainScrollBarRender


# -- Typing Vietnamese -----------------------------------------------------------------------------


def cure(widget_class: type[Widget]) -> None:
    """Make a stock text widget take keys in the order they were typed, and keep its text in NFC.

    Unikey and EVKey inject backspaces followed by recomposed letters within a millisecond. Stock
    `Input` and `TextArea` insert letters at once but let Backspace bubble up to the application
    first, so the letters overtake it and "được" becomes "đuoợ".

    https://github.com/Textualize/textual/issues/6605
    https://github.com/Textualize/textual/pull/6631
    """
    if hasattr(widget_class, _CURED):
        return
    setattr(widget_class, _CURED, True)
    if not hasattr(Widget, "_run_key_bindings"):  # the helper that the pull request adds
        _run_bound_keys_at_once(widget_class)
    if issubclass(widget_class, Input):
        _compose_in_line(widget_class)
    else:
        _compose_in_area(widget_class)


def _run_bound_keys_at_once(widget_class: Any) -> None:
    stock = widget_class._on_key

    async def _on_key(self: Widget, event: events.Key) -> None:
        if not event.is_printable and await _run_own_binding(self, event.key):
            event.stop()
            event.prevent_default()
        else:
            await stock(self, event)

    widget_class._on_key = _on_key


async def _run_own_binding(widget: Widget, key: str) -> bool:
    """Run what the widget itself binds to the key, and tell whether it was done."""
    active = widget.screen.active_bindings.get(key)
    if active is None or active.node is not widget:
        return False
    if active.binding.priority or not active.enabled:
        return False
    return await widget.app.run_action(active.binding.action, widget)


def compose(before: str, text: str) -> tuple[str, int]:
    """Prepare text for insertion so that the whole stays in NFC.

    Windows' own Vietnamese keyboard sends a tone as a combining mark in a key event of its own; it
    joins the letter before it.

    Args:
        before: What stands before the place of insertion, on the same line.
        text: What is to be inserted.

    Returns:
        The text to insert, and how many characters before it are taken back to make room.
    """
    taken = 0
    if text and before and unicodedata.combining(text[0]):
        taken = 1
        while taken < len(before) and unicodedata.combining(before[-taken]):
            taken += 1
    return nfc(before[len(before) - taken :] + text), taken


def _compose_in_line(widget_class: Any) -> None:
    stock = widget_class.replace

    def replace(self: Input, text: str, start: int, end: int) -> None:
        start, end = sorted((max(0, start), min(len(self.value), end)))
        text, taken = compose(self.value[:start], text)
        stock(self, text, start - taken, end)

    widget_class.replace = replace


def _compose_in_area(widget_class: Any) -> None:
    stock = widget_class._replace_via_keyboard

    def _replace_via_keyboard(
        self: Any, insert: str, start: tuple[int, int], end: tuple[int, int]
    ) -> Any:
        (row, column), end = sorted((start, end))
        insert, taken = compose(self.document[row][:column], insert)
        return stock(self, insert, (row, column - taken), end)

    widget_class._replace_via_keyboard = _replace_via_keyboard


async def until_handled(widget: Widget) -> None:
    """Wait until a key that may move the focus was dealt with, wherever it bubbled to.

    Textual sends every key to the widget that has the focus when the key arrives. Keys typed right
    behind Enter or Tab, or while the disk was slow, would go into the field that is being left.

    https://github.com/Textualize/textual/issues/6605
    """
    for _ in range(2):  # what bubbled up may have sent something through the widget once more
        for node in widget.ancestors_with_self:
            handled = asyncio.Event()
            if not isinstance(node, Widget) or not node.call_later(handled.set):
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(handled.wait(), LONGEST_WAIT)


async def run_at_once(widget: Widget, key: str) -> bool:
    """Do what a key means further up than its widget, and tell whether it was done.

    Such a key would bubble up to the application and be dealt with behind everything that has
    arrived meanwhile. What was typed before it comes first.

    https://github.com/Textualize/textual/issues/6605
    """
    await until_handled(widget)
    active = widget.screen.active_bindings.get(key)
    if active is None or active.node is widget or active.binding.priority or not active.enabled:
        return False
    return await widget.app.run_action(active.binding.action, active.node)


# -- Workers ---------------------------------------------------------------------------------------

P = ParamSpec("P")
Found = TypeVar("Found")
_GONE = (NoMatches, NoScreen, ScreenStackError)
"""What a worker meets that looks for widgets of a program that has been left."""


def work(
    *, group: str, exclusive: bool = False
) -> Callable[[Callable[P, Coroutine[None, None, Found]]], Callable[P, Worker[Found | None]]]:
    """Let an asynchronous method run as a worker that neither tells nor outlives too much.

    Stock `work` describes each worker by the `repr` of its arguments: whole tables, which takes
    time, or a passphrase; also where the description is empty. And a worker that comes back from a
    thread while the program is being left, its widgets gone, ends it with a crash screen.
    https://textual.textualize.io/api/work/

    Args:
        group: the workers that belong together.
        exclusive: whether a new one takes the place of those of its group.
    """
    stock = textual.work(group=group, exclusive=exclusive, description=group)

    def worker(
        method: Callable[P, Coroutine[None, None, Found]],
    ) -> Callable[P, Worker[Found | None]]:
        @wraps(method)
        async def run(*args: P.args, **named: P.kwargs) -> Found | None:
            try:
                return await method(*args, **named)
            except _GONE:
                if active_app.get().is_running:
                    raise
                return None

        return stock(run)

    return worker


# -- Windows ---------------------------------------------------------------------------------------


class PlainKeys:
    """Goes before a driver: never asks for the kitty keyboard protocol.

    The Windows driver always asks for it, and the Windows Terminals that implement it have doubled
    accented letters and held Escape back.

    https://github.com/Textualize/textual/issues/6250
    https://github.com/microsoft/terminal/issues/20522
    """

    REQUESTS = ("\x1b[>1u", "\x1b[<u")

    def write(self, data: str) -> None:
        """Write everything but the two requests."""
        if data not in self.REQUESTS:
            super().write(data)  # type: ignore[misc]


def keep_typed_characters(records: Iterable[Any]) -> None:
    """Mark injected characters so that Textual does not take them for bare modifier keys.

    A character that Unikey injects comes with virtual key 0, and `win32.EventMonitor` drops such
    records while any modifier or lock key (Num Lock, on most desks) is on.

    https://github.com/Textualize/textual/issues/6667
    https://github.com/Textualize/textual/pull/6689

    Args:
        records: `INPUT_RECORD` structures as just read from the console; changed in place.
    """
    for record in records:
        key = record.Event.KeyEvent
        injected = record.EventType == _KEY_EVENT and key.wVirtualKeyCode == 0
        if injected and key.uChar.UnicodeChar not in ("", _NUL):
            key.dwControlKeyState = 0


def heal_console_reader(kernel32: Any) -> None:
    """Let `ReadConsoleInputW` of Textual's own `kernel32` pass through `keep_typed_characters`."""
    stock = kernel32.ReadConsoleInputW
    if hasattr(stock, _CURED):
        return

    def read_console_input(handle: Any, records: Any, size: int, count: Any) -> Any:
        result = stock(handle, records, size, count)
        keep_typed_characters(records._obj[: count._obj.value])
        return result

    setattr(read_console_input, _CURED, True)
    kernel32.ReadConsoleInputW = read_console_input


def driver_class() -> type[Driver] | None:
    """The driver for `App(driver_class=…)`: ours on Windows, elsewhere Textual's own choice."""
    if sys.platform == "win32":
        from textual.drivers import win32
        from textual.drivers.windows_driver import WindowsDriver

        heal_console_reader(win32.KERNEL32)
        return type("PlainWindowsDriver", (PlainKeys, WindowsDriver), {})
    return None


# -- Looks and words -------------------------------------------------------------------------------


def relabel(button: Button, label: str) -> None:
    """Give a button another label; a stock one keeps its width, and the label is cut off.

    https://textual.textualize.io/widgets/button/
    """
    button.label = label
    button.refresh(layout=True)


class PlainScrollBarRender(ScrollBarRender):
    """A scrollbar of plain cells: the eighth blocks of the stock one are not in WGL4 fonts."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8


def _name_bindings_in_vietnamese() -> None:
    """Translate the descriptions of stock bindings, of classes loaded now and later.

    Textual has no translations, only English strings in its sources.
    """
    stock = Binding.make_bindings
    if hasattr(stock, _CURED):
        return

    def make_bindings(bindings: Iterable[BindingType]) -> Iterator[Binding]:
        return map(_translated, stock(bindings))

    setattr(make_bindings, _CURED, True)
    setattr(Binding, "make_bindings", staticmethod(make_bindings))  # noqa: B010
    for node_class in _descendants(DOMNode):
        node_class._merged_bindings = node_class._merge_bindings()


def _translated(binding: Binding) -> Binding:
    return replace(
        binding,
        description=DESCRIPTIONS.get(binding.description, binding.description),
        tooltip=TOOLTIPS.get(binding.tooltip, binding.tooltip),
    )


def _descendants(node_class: type[DOMNode]) -> Iterator[type[DOMNode]]:
    yield node_class
    for child in node_class.__subclasses__():
        yield from _descendants(child)


def _prompt_in_vietnamese() -> None:
    """`Select` asks "Select" unless told otherwise; here it asks in Vietnamese."""
    defaults = Select.__init__.__kwdefaults__ or {}
    defaults["prompt"] = "Chọn"
