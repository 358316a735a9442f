"""A terminal that sends raw bytes, as fast as an input tool injects them."""

from __future__ import annotations

import asyncio
import codecs
import time
from collections.abc import Callable, Iterable, Sequence

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

DEL = b"\x7f"
BS = b"\x08"
BACKSPACES = (DEL, BS)

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


async def settle(pilot: Pilot[object]) -> None:
    """Wait until everything sent so far was handled, wherever it bubbled to, and is painted.

    A busy machine paints late: a layout that is still due would show a screen nobody sees.
    """
    for _ in range(3):
        await pilot._wait_for_screen()
    end = time.monotonic() + 10
    while not pilot.app._exit and _is_paint_due(pilot.app.screen):
        await pilot._wait_for_screen()
        assert time.monotonic() < end, "the screen never came to rest"
        pilot.app.screen._on_timer_update()


def _is_paint_due(screen: Screen[object]) -> bool:
    """Tell whether a widget still waits to be laid out or repainted."""
    return bool(screen._dirty_widgets) or any(
        widget._layout_required or widget._repaint_required or widget._scroll_required
        for widget in screen.walk_children(with_self=True)
    )


async def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something that happens by itself, such as a timer; fail when it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.005)
