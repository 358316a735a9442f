"""What of the checklist is being looked at: a filter and a search over a picture of it."""

from __future__ import annotations

from ntm_tui.screens.checklist.filters import RowFilter, found
from ntm_tui.screens.checklist.picture import Picture
from ntm_tui.screens.checklist.rows import Key, Row, indicator_key, rows_of


class Looking:
    """Chooses the rows.

    Which rows belong to a filter is settled when the filter is chosen: a row that is assessed
    meanwhile stays where it is, so that the list never moves under somebody's fingers.
    """

    def __init__(self) -> None:
        self.filter = RowFilter.ALL
        self.query = ""
        self._members: frozenset[str] | None = None

    def choose(self, row_filter: RowFilter) -> None:
        """Look at the rows of a filter, as they are now."""
        self.filter = row_filter
        self._members = None

    def everything(self) -> None:
        """Look at all rows."""
        self.choose(RowFilter.ALL)
        self.query = ""

    def rows(self, picture: Picture) -> tuple[Row, ...]:
        """The rows to show."""
        states = picture.checklist.states
        if self._members is None:
            self._members = self.filter.chosen(states, picture.attached)
        chosen = self._members
        if self.query:
            chosen &= found(states, self.query).keys()
        return rows_of(picture.checklist, chosen, picture.overdue)

    def best(self, picture: Picture) -> Key | None:
        """The row that answers the search best; None without a search or an answer."""
        if not self.query:
            return None
        members = self._members if self._members is not None else frozenset()
        answers = found(picture.checklist.states, self.query)
        ranked = [(fit, place, number) for place, (number, fit) in enumerate(answers.items())]
        wanted = [number for _, _, number in sorted(ranked) if number in members]
        return indicator_key(wanted[0]) if wanted else None
