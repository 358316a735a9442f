"""The line under a field."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class FieldMessage(Static):
    """Says under a field what is wrong with it, or how it was understood; else takes no room."""

    DEFAULT_CSS = """
    FieldMessage {
        height: auto;
        padding: 0 1;
        display: none;
        &.-said { display: block; }
        &.-problem { color: $error; text-style: bold; }
    }
    """

    def problem(self, text: str) -> None:
        """Say what is wrong and what is expected; what was typed stays in the field."""
        self._say(f"× {text}", problem=True)

    def note(self, text: str) -> None:
        """Say how the entry was understood."""
        self._say(f"= {text}", problem=False)

    def clear(self) -> None:
        """Say nothing."""
        self._say("", problem=False)

    def _say(self, text: str, *, problem: bool) -> None:
        self.set_class(bool(text), "-said")
        self.set_class(problem, "-problem")
        self.update(Content(text))
