"""Formulas: names of columns and rows become addresses once it is known where they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from db.workbooks.addresses import address

_NAMED = re.compile(r"\{(\w+)(?:@([^{}]+))?\}")
ALL = "*"


class Addresses:
    """Where the cells of a sheet stand.

    Args:
        columns: the columns that are there, in their order; the first is A.
        rows: the keys of the rows, each with its row from 1.
        plain: the rows that are summed up, from 1.
    """

    def __init__(
        self, columns: Sequence[str], rows: Mapping[str, int], plain: Iterable[int]
    ) -> None:
        self._columns = {name: place for place, name in enumerate(columns, 1)}
        self._rows = rows
        self._stretches = list(_stretches(sorted(plain)))

    def formula(self, text: str, row: int) -> str | None:
        """Give a formula as Excel takes it; None where a column or row that it names is left out.

        Args:
            text: see `Formula`.
            row: the row in which it stands, from 1.
        """
        named = _NAMED.findall(text)
        if any(name not in self._columns for name, _ in named):
            return None
        if any(key and key != ALL and key not in self._rows for _, key in named):
            return None
        if any(key == ALL for _, key in named) and not self._stretches:
            return None
        return "=" + _NAMED.sub(lambda it: self._place(it[1], it[2], row), text)

    def _place(self, name: str, key: str | None, row: int) -> str:
        column = self._columns[name]
        if key != ALL:
            return address(self._rows[key] if key else row, column)
        return ",".join(
            f"{address(first, column)}:{address(last, column)}" for first, last in self._stretches
        )


def _stretches(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the first and last of rows that follow one another."""
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
