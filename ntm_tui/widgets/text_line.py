"""One line to type in."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from db.text import nfc
from ntm_tui.commands import Redo, Undo, bindings
from ntm_tui.widgets.typed import Typed


def unix_lines(text: str) -> str:
    """Give a pasted text with one sign at the end of lines; terminals send any of three."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class TextLine(Typed, Input):
    """A line of text; see `Typed` for what it announces. Enter settles it and goes on as usual."""

    HELP = "Ô nhập một dòng. Chữ được lưu khi bấm Enter, khi rời ô hoặc sau ba giây."
    BINDINGS = bindings(Undo, Redo)

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        max_length: int = 0,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            nfc(text),
            placeholder=placeholder,
            max_length=max_length,
            select_on_focus=False,
            compact=True,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self._begin(text)

    @property
    def written(self) -> str:
        """What stands in the line now."""
        return self.value

    def _write(self, text: str, cursor: int) -> None:
        self.value = text
        self.cursor_position = cursor

    def on_paste(self, event: Paste) -> None:
        """Take in all of it: several lines become one, for nothing pasted may be lost."""
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def paste(self, text: str) -> None:
        """Put a pasted text in the place of what is selected."""
        self.replace(nfc(" ".join(unix_lines(text).split("\n")).strip()), *self.selection)

    def on_input_changed(self) -> None:
        """Textual's word for any change."""
        self._take_note()

    def on_input_submitted(self) -> None:
        """Enter was pressed."""
        self.settle()
