"""A list of lines that lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from ntm_tui.screens.week.lines import Line


class LineList(OptionList):
    """Lines under a heading; Enter follows the line, the arrows go on into the next list."""

    DEFAULT_CSS = """
    LineList {
        border-title-style: bold;
        padding: 0;
        background: $background;
        text-wrap: nowrap;
        scrollbar-gutter: stable;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted { background: $panel; color: $foreground; }
        &:focus > .option-list--option-highlighted {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    class Followed(Message):
        """A person chose a line."""

        def __init__(self, line: Line) -> None:
            super().__init__()
            self.line = line

    class Left(Message):
        """The cursor wants to go beyond the first (-1) or the last line (1)."""

        def __init__(self, sender: LineList, step: int) -> None:
            super().__init__()
            self.sender = sender
            self.step = step

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._told: list[Line] = []
        self._cursor = 0

    def show(self, title: str, lines: Sequence[Line]) -> None:
        """Show lines; the cursor stays on the line it is on, whatever changed around it."""
        self.border_title = title
        before, self._told = self._told, list(lines)
        if [it.key for it in before] == [it.key for it in lines]:
            for place, (old, new) in enumerate(zip(before, lines, strict=True)):
                if old != new:
                    self._redraw(place)
            return
        here = before[self.highlighted].key if self.highlighted is not None else ""
        self.clear_options()
        self.add_options([Option(self._drawn(place)) for place in range(len(lines))])
        keys = [it.key for it in lines]
        if lines:
            self.highlighted = keys.index(here) if here in keys else 0

    def _drawn(self, place: int) -> Content:
        """Draw a line; under the cursor without colours of its own, which could not be read."""
        line = self._told[place].fit(self.scrollable_content_region.width - 2)
        under_cursor = place == self.highlighted and self.has_focus
        return Content(line.plain) if under_cursor else line

    def _redraw(self, place: int | None) -> None:
        if place is not None and place < self.option_count:
            self.replace_option_prompt_at_index(place, self._drawn(place))

    def on_resize(self) -> None:
        """Draw the lines for the new width."""
        for place in range(self.option_count):
            self._redraw(place)

    def on_focus(self) -> None:
        """Draw the line under the cursor as such."""
        self._redraw(self.highlighted)

    def on_blur(self) -> None:
        """Give the line under the cursor its colours back."""
        self._redraw(self.highlighted)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Draw the line that the cursor left, and the one it came to."""
        before, self._cursor = self._cursor, event.option_index
        self._redraw(before)
        self._redraw(self._cursor)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow the line."""
        event.stop()
        self.post_message(self.Followed(self._told[event.option_index]))

    def action_cursor_up(self) -> None:
        """One line up, or out of the list."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self.post_message(self.Left(self, -1))

    def action_cursor_down(self) -> None:
        """One line down, or out of the list."""
        if self.highlighted is not None and self.highlighted < self.option_count - 1:
            super().action_cursor_down()
        else:
            self.post_message(self.Left(self, 1))
