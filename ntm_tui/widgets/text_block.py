"""Several lines to type in."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import TextArea

from db.text import nfc
from ntm_tui import compat
from ntm_tui.commands import Redo, Undo, bindings
from ntm_tui.widgets.typed import Typed

compat.cure(TextArea)

GIVEN_UP = {"select_line", "select_all", "undo", "redo"}
"""Stock actions whose keys (F6, F7, Ctrl+Z, Ctrl+Y) belong to the program's own map."""


class TextBlock(Typed, TextArea, inherit_bindings=False):
    """A text of several lines; see `Typed` for what it announces. Tab leaves it."""

    HELP = "Ô nhập nhiều dòng. Enter xuống dòng, Tab sang ô sau; chữ được lưu khi rời ô."
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *(it for it in TextArea.BINDINGS if isinstance(it, Binding) and it.action not in GIVEN_UP),
        *bindings(Undo, Redo),
    ]

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            nfc(text),
            placeholder=placeholder,
            tab_behavior="focus",
            compact=True,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self._begin(text)

    @property
    def written(self) -> str:
        """What stands in the block now."""
        return self.text

    def _write(self, text: str, cursor: int) -> None:
        self.load_text(text)
        row = text.count("\n", 0, cursor)
        self.move_cursor((row, cursor - (text.rfind("\n", 0, cursor) + 1)))

    def on_text_area_changed(self) -> None:
        """Textual's word for any change."""
        self._take_note()
