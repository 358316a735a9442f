"""Finding indicators: the search line and the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_tui.commands import Filter
from ntm_tui.screens.checklist.area import ChecklistArea
from ntm_tui.screens.checklist.filters import RowFilter

if TYPE_CHECKING:
    from textual.widget import Widget


class Searching(ChecklistArea):
    """Narrows the list; the cursor keeps to its row as long as that is shown."""

    @property
    def searched(self) -> Widget:
        """The list."""
        return self.table

    @property
    def sought(self) -> str:
        """What is looked for now."""
        return self.looking.query

    def look_for(self, query: str) -> None:
        """Show what answers a text, with the cursor on the best of it."""
        if query == self.looking.query or self.picture is None:
            return
        self.looking.query = query
        self.draw()
        best = self.looking.best(self.picture) if query else None
        if best is not None:
            self.table.go_to(best)

    def lift_filter(self) -> None:
        """Show the rows of every kind."""
        self._choose(RowFilter.ALL)

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
