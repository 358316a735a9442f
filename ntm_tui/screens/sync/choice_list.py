"""A short list of which one line is always chosen: the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from db.text import shown
from ntm_tui.widgets.fitting import apart, cut

HERE, ELSEWHERE = "► ", "  "


@dataclass(frozen=True)
class Choice:
    """One line: what it stands for, its words, and a remark at the right."""

    key: str
    words: str
    note: str = ""


class ChoiceList(OptionList):
    """Choices under a heading. The arrows choose; Enter says that the person is ready."""

    DEFAULT_CSS = """
    ChoiceList, ChoiceList:focus {
        border: solid $border-blurred;
        border-title-style: bold;
        height: auto;
        padding: 0;
        background: $background;
        text-wrap: nowrap;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted {
            background: $background;
            color: $foreground;
            text-style: bold;
        }
    }
    ChoiceList:focus {
        border: solid $border;
        border-title-color: $primary;
        background-tint: $foreground 0%;
        & > .option-list--option-highlighted {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    class Changed(Message):
        """Another line is chosen now."""

        def __init__(self, sender: ChoiceList, key: str) -> None:
            super().__init__()
            self.sender = sender
            self.key = key

        @property
        def control(self) -> ChoiceList:
            """The list, for `@on(ChoiceList.Changed, "#name")`."""
            return self.sender

    class Taken(Changed):
        """Enter was pressed on the chosen line."""

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self.border_title = title
        self._choices: list[Choice] = []
        self._cursor: int | None = None
        self._told = ""

    @property
    def chosen(self) -> str:
        """The key of the chosen line; empty when there is none."""
        place = self.highlighted
        return self._choices[place].key if place is not None and self._choices else ""

    def show(self, choices: Sequence[Choice]) -> None:
        """Show choices; the chosen line stays chosen wherever it is now."""
        before, self._choices = self._choices, list(choices)
        if [it.key for it in before] == [it.key for it in choices]:
            for place, (old, new) in enumerate(zip(before, choices, strict=True)):
                if old != new:
                    self._redraw(place)
            return
        here = before[self.highlighted].key if self.highlighted is not None and before else ""
        keys = [it.key for it in choices]
        self.clear_options()
        self._cursor = keys.index(here) if here in keys else 0 if keys else None
        self.add_options([Option(self._drawn(place)) for place in range(len(keys))])
        self.highlighted = self._cursor
        self.call_after_refresh(self.scroll_to_highlight)
        self._tell()

    def choose(self, key: str) -> None:
        """Choose a line for the person."""
        keys = [it.key for it in self._choices]
        if key in keys:
            self.highlighted = keys.index(key)

    def _drawn(self, place: int) -> Content:
        choice = self._choices[place]
        width = max(self.scrollable_content_region.width - 2, 8)
        words = (HERE if place == self._cursor else ELSEWHERE) + shown(choice.words)
        note = cut(shown(choice.note), width // 2)
        return Content(apart(words, note, width) if note else cut(words, width))

    def _redraw(self, place: int | None) -> None:
        if place is not None and place < self.option_count:
            self.replace_option_prompt_at_index(place, self._drawn(place))

    def on_resize(self) -> None:
        """Draw the lines for the new width."""
        for place in range(self.option_count):
            self._redraw(place)

    def watch_show_vertical_scrollbar(self) -> None:
        """Draw the lines anew: the bar takes a column, and no resize tells of it."""
        self.call_after_refresh(self.on_resize)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Draw the line that the cursor left, and the one it came to."""
        event.stop()
        before, self._cursor = self._cursor, self.highlighted
        self._redraw(before)
        self._redraw(self._cursor)
        self._tell()

    def _tell(self) -> None:
        if self.chosen != self._told:
            self._told = self.chosen
            self.post_message(self.Changed(self, self.chosen))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter."""
        event.stop()
        self.post_message(self.Taken(self, self.chosen))
