"""Which rows of a register are looked at: the filter, the search, the order. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.text import fold

if TYPE_CHECKING:
    from db.registers.reading import Page
    from db.registers.register import Record

EVERYTHING = 0


class Looking:
    """Chooses the rows of one register.

    Which rows belong to a filter is settled when the filter is chosen, so that a row which is
    finished meanwhile does not slip away from under the cursor.
    """

    def __init__(self) -> None:
        self.place = EVERYTHING
        self.query = ""
        self.ordered_by = ""
        self.backwards = False
        self._members: frozenset[str] | None = None
        self._searched: tuple[Page, dict[str, str]] | None = None

    def choose(self, place: int) -> None:
        """Look through another filter."""
        self.place, self._members = place, None

    def order_by(self, name: str) -> None:
        """Put rows in the order of a column; the same one again turns it round."""
        self.backwards = name == self.ordered_by and not self.backwards
        self.ordered_by = name

    def label(self, page: Page) -> str:
        """The name of the filter."""
        filters = page.register.all_filters(page.context)
        return filters[self.place].label.lower()

    def records(self, page: Page) -> tuple[Record, ...]:
        """The rows to show."""
        from db.registers.reading import sorted_by

        if self._members is None and self.place != EVERYTHING:
            keeps = page.register.all_filters(page.context)[self.place].keeps
            self._members = frozenset(record.id for record in page.records if keeps(record))
        found = page.records
        if self.ordered_by:
            found = sorted_by(page, self.ordered_by, backwards=self.backwards)
        if self._members is not None:
            members = self._members
            found = tuple(record for record in found if record.id in members)
        return self._answering(page, found) if self.query else found

    def _answering(self, page: Page, records: tuple[Record, ...]) -> tuple[Record, ...]:
        texts = self._texts(page)
        wanted = fold(self.query).split()
        folded = (record for record in records if all(it in texts[record.id] for it in wanted))
        found = tuple(folded)
        if fold(self.query) == self.query.casefold():
            return found
        exact = [it for it in found if self.query.casefold() in self._plain(page, it)]
        return (*exact, *(it for it in found if it not in exact))

    def _texts(self, page: Page) -> dict[str, str]:
        """Everything that can be searched, without marks; made once for a page."""
        if self._searched is None or self._searched[0] is not page:
            made = {record.id: fold(self._plain(page, record)) for record in page.records}
            self._searched = (page, made)
        return self._searched[1]

    def _plain(self, page: Page, record: Record) -> str:
        names = [column.name for column in page.register.columns]
        return " ".join(page.register.text(record, page.context, name) for name in names).casefold()
