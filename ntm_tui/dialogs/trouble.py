"""The store could not be opened: what happened, what is safe, and what can be done now."""

from __future__ import annotations

from enum import StrEnum

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from ntm_tui.dialogs.dialog import Dialog


class WayOut(StrEnum):
    """What a person chose to do."""

    RETRY = "retry"
    RESTORE = "restore"
    QUIT = "quit"


class TroubleDialog(Dialog[WayOut]):
    """Says why there is no store to work in, and gives what the person chose.

    Args:
        text: the problem, in plain words.
        restorable: a copy can take the store's place.
    """

    HELP = """
Chưa mở được kho dữ liệu. Đọc lý do ở trên rồi chọn một nút: thử lại sau khi đã sửa nguyên nhân,
phục hồi bản sao lưu nếu kho bị hỏng, hoặc thoát. Esc cũng là thử lại.
"""
    DEFAULT_CSS = """
    TroubleDialog {
        .box { width: 72; border: solid $warning; border-title-color: $warning; }
        Static { height: auto; margin-bottom: 1; }
        Horizontal { height: auto; }
        Button { min-width: 12; margin-right: 1; }
    }
    """

    def __init__(self, text: str, restorable: bool = False) -> None:
        super().__init__()
        self._text = text
        self._restorable = restorable

    def compose(self) -> ComposeResult:
        """The words, then the ways out, the most likely one first."""
        with Vertical(classes="box") as box:
            box.border_title = "Chưa mở được kho dữ liệu"
            yield Static(self._text, markup=False)
            with Horizontal():
                if self._restorable:
                    yield Button("Phục hồi bản sao lưu", id=WayOut.RESTORE)
                yield Button("Thử lại", id=WayOut.RETRY)
                yield Button("Thoát", id=WayOut.QUIT)

    @on(Button.Pressed)
    def _choose(self, event: Button.Pressed) -> None:
        self.leave(WayOut(str(event.button.id)))

    def action_go_back(self) -> None:
        """Without a store there is nowhere to go back to: try again."""
        self.leave(WayOut.RETRY)
