"""Finding indicators: the search line and the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from ntm_tui.commands import Filter
from ntm_tui.screens.checklist.area import ChecklistArea
from ntm_tui.screens.checklist.filters import RowFilter
from ntm_tui.widgets.typed import Typed

if TYPE_CHECKING:
    from textual.widgets import Input


class Searching(ChecklistArea):
    """Narrows the list; the cursor keeps to its row as long as that is shown."""

    def action_find(self) -> None:
        """Go to the search field; what stands there gives way to what is typed."""
        self.set_focus(self.search)
        self.search.select_all()

    @on(Typed.Drafted, "#search")
    def _search(self, event: Typed.Drafted) -> None:
        event.stop()
        self._look_for(event.text)

    @on(Typed.Settled, "#search")
    def _nothing_to_save(self, event: Typed.Settled) -> None:
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the search: back to the list, on the best answer."""
        self._look_for(event.value)
        self.action_to_table()

    def _look_for(self, query: str) -> None:
        query = query.strip()
        if query == self.looking.query or self.picture is None:
            return
        self.looking.query = query
        self.draw()
        best = self.looking.best(self.picture)
        if best is not None:
            self.table.go_to(best)

    def action_to_table(self) -> None:
        """Go to the list."""
        self.set_focus(self.table)

    def action_go_back(self) -> None:
        """Give the search up; without one, the filter."""
        if self.looking.query or self.focused is not self.table:
            self.search.load("")
            self.looking.query = ""
            self.action_to_table()
        else:
            self.looking.choose(RowFilter.ALL)
        self.draw()

    def show_filter(self, name: str) -> None:
        """Show the rows of a filter, such as `not_met`."""
        self._choose(RowFilter[name.upper()])

    def _choose(self, row_filter: RowFilter) -> None:
        self.looking.choose(row_filter)
        self.draw()

    def action_filter(self) -> None:
        """Let a person choose which rows are shown; the key pressed again goes on in the list."""
        if self.picture is None:
            return
        filters = list(RowFilter)
        states, attached = self.picture.checklist.states, self.picture.attached
        choices = [(it.label, str(len(it.chosen(states, attached)))) for it in filters]

        def chosen(place: int | None) -> None:
            if place is not None:
                self._choose(filters[place])

        from ntm_tui.dialogs.choice import ChoiceDialog

        begin = filters.index(self.looking.filter)
        self.app.push_screen(ChoiceDialog("Lọc chỉ tiêu", choices, begin, Filter.key), chosen)
