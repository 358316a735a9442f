"""One line to type in."""

from __future__ import annotations

from textual.widgets import Input

from db.text import nfc
from ntm_tui.commands import Redo, Undo, bindings
from ntm_tui.widgets.typed import Typed


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

    def on_input_changed(self) -> None:
        """Textual's word for any change."""
        self._take_note()

    def on_input_submitted(self) -> None:
        """Enter was pressed."""
        self.settle()
