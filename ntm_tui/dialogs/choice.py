"""A list to choose one thing from; a long one is searched by typing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from db.text import matches
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed

SOON_SEEN = 9
"""Choices that a person takes in at a glance; more of them are searched by typing."""

_KEYS = "Enter chọn · Esc đóng"
_AROUND = Size(6, 4)
"""Border, padding and scrollbar; border, the line to type in and a line of space."""


class SearchLine(TextLine):
    """Where a part of a choice is typed; the arrows go through the list meanwhile."""

    HELP = "Gõ một phần tên để tìm, không cần dấu. ↑ ↓ để đi trong danh sách, Enter để chọn."
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding(key, f"screen.go('{step}')", "Đi trong danh sách", show=False)
        for key, step in (
            ("up", "cursor_up"),
            ("down", "cursor_down"),
            ("pageup", "page_up"),
            ("pagedown", "page_down"),
        )
    ]


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
        .box { width: auto; min-width: 36; }
        OptionList {
            width: auto;
            min-width: 34;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
        }
        .searched OptionList { width: 100%; height: 1fr; margin-top: 1; }
    }
    """

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: int = 0, again: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._width = max(len(words) for words, _ in choices)
        self._chosen = chosen
        self._listed: Sequence[int] = range(len(choices))
        if again:
            self._bindings.bind(again, "go('cursor_down')", show=False)

    def compose(self) -> ComposeResult:
        """The list, and where it is long a line to search it by."""
        searched = len(self._choices) > SOON_SEEN
        with Vertical(classes="box searched" if searched else "box") as box:
            box.border_title, box.border_subtitle = self._title, _KEYS
            if searched:  # as large as for all of the choices, also when few are left
                box.styles.width = max(map(cell_len, self._words())) + _AROUND.width
                box.styles.height = len(self._choices) + _AROUND.height
                yield SearchLine(placeholder="gõ để tìm")
            listed = OptionList(*self._options(), classes="plain")
            listed.highlighted = self._chosen
            yield listed

    def _options(self) -> Iterator[Option]:
        return (Option(Content(line)) for line in self._words())

    def _words(self) -> Iterator[str]:
        """Give the lines of what is listed."""
        for words, note in map(self._choices.__getitem__, self._listed):
            yield f"{words:<{self._width}}  {note:>4}"

    @on(Typed.Drafted)
    def _narrow(self, event: Typed.Drafted) -> None:
        """List what answers the text."""
        event.stop()
        everything = range(len(self._choices))
        self._listed = [it for it in everything if matches(event.text, self._choices[it][0])]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = 0 if self._listed else None
        none = "Không có mục nào như vậy · Backspace để xóa bớt"
        self.query_one(Vertical).border_subtitle = _KEYS if self._listed else none

    async def action_go(self, step: str) -> None:
        """Move in the list, after the last choice to the first."""
        await self.query_one(OptionList).run_action(step)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The one that the cursor is on."""
        event.stop()
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.leave(self._listed[place])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.leave(self._listed[event.option_index])
