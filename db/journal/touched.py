"""The rows whose changes became others, kept beside the store so that any number finds room."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Connection

RowKey = tuple[str, str, str]
"""Scope, entity and row."""

ROWS_AT_ONCE = 2_000
"""Rows of which what they show is held in memory at one time."""

_TABLE = """
CREATE TEMP TABLE IF NOT EXISTS touched_rows (scope TEXT, entity TEXT, row TEXT, whole INTEGER,
PRIMARY KEY (scope, entity, row)) WITHOUT ROWID
"""
_ADD = """
INSERT INTO touched_rows VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET whole = 1 WHERE excluded.whole = 1 AND whole = 0
"""
_NEXT = """
SELECT scope, entity, row FROM touched_rows WHERE whole = ? AND (scope, entity, row) > (?, ?, ?)
ORDER BY scope, entity, row LIMIT ?
"""


class Touched:
    """Rows by their keys, each once, in a transaction.

    Where a row is `whole`, all of its life is to be looked at; otherwise its heads are known.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.exec_driver_sql(_TABLE)
        self.clear()

    def add(self, rows: Iterable[RowKey], *, whole: bool) -> None:
        """Note rows; one that was whole stays so."""
        noted = [(*key, int(whole)) for key in rows]
        if noted:
            self._connection.exec_driver_sql(_ADD, noted)

    def pages(self, *, whole: bool) -> Iterator[Sequence[RowKey]]:
        """Give the rows in order, some thousands at a time."""
        last = ("", "", "")
        while page := self._page(last, whole=whole):
            yield page
            last = page[-1]

    def _page(self, last: RowKey, *, whole: bool) -> list[RowKey]:
        found = self._connection.exec_driver_sql(_NEXT, (int(whole), *last, ROWS_AT_ONCE))
        return [(scope, entity, row) for scope, entity, row in found.fetchall()]

    def holds(self, entities: Collection[str]) -> bool:
        """Tell whether a row of some tables is among them."""
        found = self._connection.exec_driver_sql("SELECT DISTINCT entity FROM touched_rows")
        return not {*entities}.isdisjoint(found.scalars())

    def clear(self) -> None:
        """Forget them."""
        self._connection.exec_driver_sql("DELETE FROM touched_rows")
