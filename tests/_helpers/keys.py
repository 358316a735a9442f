"""A person at the keyboard: presses keys, which are counted, and types text, which is not."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from tests._helpers.terminal import Terminal, settle, wait_until

__all__ = ["Keys", "settle", "wait_until"]


class Keys:
    """Counts the keys that a budget counts: every key beside typed text."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.count = 0
        self.pilot = pilot
        self._terminal = Terminal(pilot.app)

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names, one after the other; each counts."""
        for key in keys:
            self.count += 1
            self._terminal.press(key)
            await settle(self.pilot)

    async def type(self, text: str | bytes) -> None:
        """Type text, or send the bytes of an input tool, in one burst; costs nothing."""
        self._terminal.send(text.encode() if isinstance(text, str) else text)
        await settle(self.pilot)

    def burst(self, keys: str) -> None:
        """Press keys faster than they can be handled; each counts."""
        self.count += len(keys)
        self._terminal.send(keys.encode())
