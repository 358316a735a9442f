"""A list to choose several things from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ntm_tui.dialogs.dialog import Dialog


class SeveralDialog(Dialog[tuple[int, ...]]):
    """Gives the places of what was chosen; None when the person went back.

    Args:
        title: what is chosen.
        words: what can be chosen.
        chosen: the places that are chosen to begin with.
        taken: the places that cannot be chosen any more, and are marked so.
    """

    HELP = "Phím cách bật, tắt một dòng; 1 chọn hết, 0 bỏ hết; Enter là xong, Esc thì không đổi gì."
    DEFAULT_CSS = """
    SeveralDialog {
        OptionList {
            width: auto;
            min-width: 52;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: solid $border;
            border-title-style: bold;
            background: $surface;
        }
    }
    """
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding("space", "turn", "Bật, tắt", show=False, priority=True),
        Binding("1", "all(True)", "Chọn hết", show=False),
        Binding("0", "all(False)", "Bỏ hết", show=False),
    ]

    def __init__(
        self,
        title: str,
        words: Sequence[str],
        chosen: Collection[int] = (),
        taken: Collection[int] = (),
    ) -> None:
        super().__init__()
        self._title = title
        self._words = words
        self._taken = frozenset(taken)
        self._chosen = set(chosen) - self._taken

    def compose(self) -> ComposeResult:
        """Only the list."""
        listed = OptionList(*(Option(self._drawn(place)) for place in range(len(self._words))))
        listed.border_title = self._title
        listed.border_subtitle = "Cách bật, tắt · 1 hết · 0 bỏ hết · Enter xong"
        listed.highlighted = 0
        yield listed

    def _drawn(self, place: int) -> Content:
        if place in self._taken:
            return Content.styled(f"   {self._words[place]} (đã giao)", "dim")
        return Content(f"{'√' if place in self._chosen else ' '}  {self._words[place]}")

    def _draw(self) -> None:
        listed = self.query_one(OptionList)
        for place in range(len(self._words)):
            listed.replace_option_prompt_at_index(place, self._drawn(place))

    def action_turn(self) -> None:
        """Turn the line under the cursor on or off."""
        place = self.query_one(OptionList).highlighted
        if place is not None and place not in self._taken:
            self._chosen ^= {place}
            self._draw()

    def action_all(self, on: bool) -> None:
        """Turn everything on or off."""
        everything = set(range(len(self._words))) - self._taken
        self._chosen = everything if on else set()
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That is all."""
        event.stop()
        self.leave(tuple(sorted(self._chosen)))
