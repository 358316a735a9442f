"""A work area with a list that is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from ntm_tui.screens.area import AreaScreen
from ntm_tui.widgets.top_line import SearchLine
from ntm_tui.widgets.typed import Typed

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import Input


class SearchArea(AreaScreen):
    """Narrows its list while the search is typed; Escape gives the search up, then the filter."""

    search: SearchLine

    @property
    def searched(self) -> Widget:
        """The list."""
        raise NotImplementedError

    @property
    def sought(self) -> str:
        """What is looked for now."""
        raise NotImplementedError

    def look_for(self, query: str) -> None:
        """Show only what answers a text; all of it when that is empty."""
        raise NotImplementedError

    def lift_filter(self) -> None:
        """Show the rows of every kind."""
        raise NotImplementedError

    def action_find(self) -> None:
        """Go to the search field; what stands there gives way to what is typed."""
        self.set_focus(self.search)
        self.search.select_all()

    @on(Typed.Drafted, "#search")
    def _search(self, event: Typed.Drafted) -> None:
        event.stop()
        self.look_for(event.text.strip())

    @on(Typed.Settled, "#search")
    def _nothing_to_save(self, event: Typed.Settled) -> None:
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the search: back to the list."""
        event.stop()
        self.look_for(event.value.strip())
        self.action_to_table()

    def action_to_table(self) -> None:
        """Go to the list."""
        self.set_focus(self.searched)

    def action_go_back(self) -> None:
        """Give the search up; without one, the filter."""
        if self.sought or self.focused is not self.searched:
            self.search.load("")
            self.action_to_table()
            self.look_for("")
        else:
            self.lift_filter()
