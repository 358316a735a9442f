"""Choosing the columns of a register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ntm_tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from db.registers.reading import Page


class ColumnsDialog(Dialog[tuple[str, ...]]):
    """Gives the names of the chosen columns, those that are usually listed first."""

    HELP = """
Chọn cột cho sổ: Enter hoặc phím cách để bật, tắt một cột; Esc là xong. Màn
hình hẹp thì các cột cuối nhường chỗ. Bỏ hết thì sổ về như lúc đầu.
"""
    DEFAULT_CSS = """
    ColumnsDialog {
        OptionList {
            width: auto;
            min-width: 44;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: solid $border;
            border-title-style: bold;
            background: $surface;
        }
    }
    """
    BINDINGS = [Binding("space", "turn", "Bật, tắt", show=False)]  # noqa: RUF012

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._columns = page.register.columns
        self._chosen = list(page.listed)

    def compose(self) -> ComposeResult:
        """Every column of the register."""
        listed = OptionList(*(Option(self._words(it.name)) for it in self._columns))
        listed.border_title = f"Cột của sổ {self._page.register.title}"
        listed.border_subtitle = "Enter bật, tắt · Esc xong"
        listed.highlighted = 0
        yield listed

    def _words(self, name: str) -> Content:
        label = self._page.register.column(name).label
        place = f"{self._chosen.index(name) + 1:>2} √" if name in self._chosen else "    "
        return Content(f"{place} {label}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Turn that column on or off."""
        event.stop()
        self._turn(event.option_index)

    def action_turn(self) -> None:
        """Turn the column under the cursor on or off."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self._turn(place)

    def _turn(self, place: int) -> None:
        name = self._columns[place].name
        if name in self._chosen:
            self._chosen.remove(name)
        else:
            self._chosen.append(name)
            usual = [*self._page.register.listed, *(it.name for it in self._columns)]
            self._chosen.sort(key=usual.index)
        listed = self.query_one(OptionList)
        for at, column in enumerate(self._columns):
            listed.replace_option_prompt_at_index(at, self._words(column.name))

    def action_go_back(self) -> None:
        """Give what was chosen; nothing chosen is the usual columns."""
        self.leave(tuple(self._chosen) or self._page.register.listed)
