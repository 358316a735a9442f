"""A terminal that sends raw bytes, as fast as an input tool injects them."""

from __future__ import annotations

import asyncio
import codecs
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

DEL = b"\x7f"
BS = b"\x08"
BACKSPACES = (DEL, BS)

CYCLES = 5
"""Turns of the event loop in which nothing happens until a screen is taken to be at rest."""

BUSY = 20
"""Turns after which the threads that are waited for get the processor for a moment."""

LONG = 1.0
"""Seconds after which work in a thread is left to itself."""

Step = str | int
"""Letters to type, or how many backspaces to inject."""

VIET: Sequence[Step] = ("vie", 1, "êt", 2, "ệt")
DUOC: Sequence[Step] = ("d", 1, "đu", 1, "ưo", 1, "ơc", 2, "ợc")
TIENG: Sequence[Step] = ("tie", 1, "ên", 2, "ến", "g")
WORDS = {"việt": VIET, "được": DUOC, "tiếng": TIENG}
"""What Unikey and EVKey send for each word."""

SENTENCE = "Nguyễn Thị Hường, thôn Đồng Mỏ, đường bê tông 1.234,5 m"
SENTENCE_STEPS: Sequence[Step] = (
    *("Nguye", 1, "ên", 2, "ễn", " Thi", 1, "ị", " Hu", 1, "ưo", 1, "ơng", 3, "ờng"),
    *(", tho", 1, "ôn", " D", 1, "Đo", 1, "ông", 3, "ồng", " Mo", 1, "ỏ"),
    *(", d", 1, "đu", 1, "ưo", 1, "ơng", 3, "ờng", " be", 1, "ê", " to", 1, "ông", " 1.234,5 m"),
)


def stream(steps: Iterable[Step], backspace: bytes = DEL) -> bytes:
    """The bytes of some steps."""
    return b"".join(backspace * step if isinstance(step, int) else step.encode() for step in steps)


def expected(steps: Iterable[Step], already: str = "") -> str:
    """What an honest text field holds after some steps."""
    text = already
    for step in steps:
        text = text[: len(text) - step] if isinstance(step, int) else text + step
    return text


class Terminal:
    """Feeds bytes to a running app through Textual's own parser and driver, without waiting."""

    def __init__(self, app: App[object]) -> None:
        self._app = app
        self._parser = XTermParser()
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def send(self, data: bytes) -> None:
        """Send one burst; nothing of it is handled before the last byte is in."""
        driver = self._app._driver
        assert driver is not None
        if text := self._decode(data):  # nothing yet when a letter was cut in two
            for event in self._parser.feed(text):
                driver.process_message(event)

    def press(self, key: str) -> None:
        """Press a key by Textual's name of it."""
        driver = self._app._driver
        assert driver is not None
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        try:
            char = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
        except KeyError:
            char = name if len(name) == 1 else None
        event = Key(name, char)
        event.set_sender(self._app)
        driver.send_message(event)


_handling = 0
"""How many messages are being handled just now, in whatever widget."""

_dispatch = MessagePump._dispatch_message


async def _counted_dispatch(self: MessagePump, message: Message) -> None:
    global _handling
    _handling += 1
    try:
        await _dispatch(self, message)
    finally:
        _handling -= 1


MessagePump._dispatch_message = _counted_dispatch  # type: ignore[method-assign]

_in_threads = 0
"""How many pieces of work are under way in threads: reading and writing the store."""

_to_thread = asyncio.to_thread


async def _counted_to_thread(job: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
    global _in_threads
    _in_threads += 1
    try:
        return await _to_thread(job, *args, **named)
    finally:
        _in_threads -= 1


asyncio.to_thread = _counted_to_thread


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until everything sent so far was handled, wherever it bubbled to, and is painted.

    A busy machine paints late: a layout that is still due would show a screen nobody sees. Work in
    threads is waited for too, unless it takes long, as a test may want it to. Far cheaper than
    Textual's own waiting, which sends a message to every widget again and again, or sleeps until
    the machine seems idle.
    """
    app, begun, quiet, turns = pilot.app, time.monotonic(), 0, 0
    while quiet < CYCLES and app._exception is None:
        assert time.monotonic() < begun + 10, "the screen never came to rest"
        turns += 1
        await asyncio.sleep(0 if turns % BUSY else 0.001)
        if _is_handling(app):
            quiet = 0
        elif _in_threads and time.monotonic() < begun + LONG:
            await asyncio.sleep(0.001)
            quiet = 0
        elif not app._exit and app._screen_stack and _is_paint_due(app.screen):
            _paint(app.screen)
            quiet = 0
        else:
            quiet += 1


def _is_handling(app: App[Any]) -> bool:
    return bool(_handling) or any(
        pump._next_callbacks
        or pump._pending_message is not None
        or (pump._message_queue is not None and not pump._message_queue.empty())
        for pump in (app, *app._registry)
    )


def _is_paint_due(screen: Screen[Any]) -> bool:
    """Tell whether a widget still waits to be laid out or repainted."""
    return bool(screen._dirty_widgets) or next(_waiting(screen), None) is not None


def _waiting(screen: Screen[Any]) -> Iterator[Widget]:
    for widget in screen.walk_children(with_self=True):
        if widget._layout_required or widget._repaint_required or widget._scroll_required:
            yield widget


def _paint(screen: Screen[Any]) -> None:
    for widget in _waiting(screen):
        widget.check_idle()
    screen._on_timer_update()


async def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something that happens by itself, such as a timer; fail when it does not.

    Looking takes no more than half of the time: what is waited for needs the rest.
    """
    end = time.monotonic() + seconds
    while True:
        looked = time.monotonic()
        if condition():
            return
        assert looked < end, "it never happened"
        await asyncio.sleep(max(0.005, time.monotonic() - looked))
