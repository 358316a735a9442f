"""The line above the footer."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from db.text import shown
from ntm_tui.widgets.fitting import cut


class StatusLine(Widget):
    """Says in one line what has just been saved, or how things stand."""

    DEFAULT_CSS = "StatusLine { height: 1; padding: 0 1; }"

    message: reactive[str] = reactive("")

    def say(self, text: str) -> None:
        """Say something until the next thing is said."""
        self.message = text

    def render(self) -> Content:
        """Draw the line, cut to the width."""
        return Content(cut(shown(self.message), self.content_size.width))
