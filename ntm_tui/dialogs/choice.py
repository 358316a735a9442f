"""A short list to choose one thing from."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ntm_tui.dialogs.dialog import Dialog


class ChoiceDialog(Dialog[int]):
    """Gives the place of what was chosen; None when nothing was.

    Args:
        title: what is chosen.
        choices: their words, each with a remark at the right.
        chosen: the place to begin at.
        again: the key that opened the list; pressed again it goes on to the next choice.
    """

    HELP = "Chọn bằng ↑ ↓ rồi Enter; Esc đóng, không đổi gì."
    DEFAULT_CSS = """
    ChoiceDialog {
        OptionList {
            width: auto;
            min-width: 36;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: solid $border;
            border-title-style: bold;
            background: $surface;
        }
    }
    """

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: int = 0, again: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = chosen
        if again:
            self._bindings.bind(again, "next", show=False)

    def compose(self) -> ComposeResult:
        """Only the list."""
        width = max(len(words) for words, _ in self._choices)
        listed = OptionList(
            *(Option(Content(f"{words:<{width}}  {note:>4}")) for words, note in self._choices)
        )
        listed.border_title = self._title
        listed.border_subtitle = "Enter chọn · Esc đóng"
        listed.highlighted = self._chosen
        yield listed

    def action_next(self) -> None:
        """Go on to the next choice, after the last one to the first."""
        self.query_one(OptionList).action_cursor_down()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.leave(event.option_index)
