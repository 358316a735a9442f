"""Sheets as pages of cells: values by python-calamine, looks by this package, joined by place."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from db.workbooks import problems
from db.workbooks.cells import Cell, Value
from db.workbooks.container import Container
from db.workbooks.looks import Look, Merge, Place, read_look
from db.workbooks.oldfonts import UNTURNED, Settled, Told, settle, tell
from db.workbooks.strings import Run
from db.workbooks.styles import PLAIN, Style
from db.workbooks.watch import UNWATCHED, Watch

_ROWS_A_STEP = 500
_EXCEL_DIGITS = ".15g"
"""Excel keeps fifteen digits; what follows them is the machine's rounding."""

_UNRECKONED = (
    "công thức chưa có kết quả lưu kèm; hãy mở tệp bằng Excel, lưu lại rồi đưa vào lần nữa"
)
_ERROR = "công thức trong Excel đang báo lỗi"


@dataclass(frozen=True)
class Page:
    """One sheet: rows of cells that hold something, by row and column from 1."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    look: Look

    def cell(self, row: int, column: int) -> Cell | None:
        """Give the cell at a place; what is merged stands in all of its rows and columns."""
        found = self.rows.get(row, {}).get(column)
        if found is not None:
            return found
        merge = self._merged.get((row, column))
        if merge is None:
            return None
        first = self.rows.get(merge.top, {}).get(merge.left)
        return replace(first, rows=merge.bottom - merge.top + 1) if first is not None else None

    def is_hidden(self, row: int) -> bool:
        """Tell whether a row is hidden, by hand or by a filter."""
        return row in self.look.hidden_rows

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Give the merge that a place belongs to."""
        return self._merged.get((row, column))

    @cached_property
    def last_row(self) -> int:
        """The last row with something in it."""
        return max(self.rows, default=0)

    @cached_property
    def last_column(self) -> int:
        """The last column with something in it."""
        return max((max(row) for row in self.rows.values() if row), default=0)

    @cached_property
    def _merged(self) -> Mapping[Place, Merge]:
        return {place: merge for merge in self.look.merges for place in _places(self, merge)}


def _places(page: Page, merge: Merge) -> Iterator[Place]:
    """Give the places of a merge, as far as the page goes."""
    for row in range(merge.top, min(merge.bottom, page.last_row + 1) + 1):
        for column in range(merge.left, min(merge.right, page.last_column + 1) + 1):
            yield row, column


@dataclass(frozen=True)
class Looks:
    """What is needed to tell how the cells of a page look."""

    styles: tuple[Style, ...]
    runs: Mapping[int, tuple[Run, ...]]

    def style(self, number: int) -> Style:
        """Give the style that cells name by a number."""
        return self.styles[number] if number < len(self.styles) else PLAIN


def read_page(
    container: Container, name: str, member: str, looks: Looks, watch: Watch = UNWATCHED
) -> Page:
    """Read one sheet.

    Raises:
        WorkbookProblem: it is damaged or too big.
        Stopped: a person wants it to end.
    """
    look = read_look(container, member, looks.runs, watch.part(0, 2))
    rows: dict[int, dict[int, Cell]] = {}
    maker = _CellMaker(look)
    values = [
        (place, value, looks.style(look.styles.get(place, 0)))
        for place, value in _values(container, name, watch.part(1, 2))
    ]
    maker.settle(values)
    for place, value, style in values:
        cell = maker.cell(place, value, style)
        if cell is not None:
            rows.setdefault(place[0], {})[place[1]] = cell
    unreckoned = look.unreckoned | (look.reckoned and look.reckoned - {it[0] for it in values})
    for places, trouble in ((unreckoned, _UNRECKONED), (look.errors, _ERROR)):
        for row, column in places:
            rows.setdefault(row, {})[column] = Cell(row, column, "", trouble=trouble)
    return Page(name, rows, look)


def _values(container: Container, name: str, watch: Watch) -> Iterator[tuple[Place, Any]]:
    """Give the values of a sheet that was measured before."""
    sheet = _sheet(container, name)
    if sheet.start is None:
        return
    top, left = sheet.start[0] + 1, sheet.start[1] + 1
    for count, values in enumerate(sheet.iter_rows()):
        if count % _ROWS_A_STEP == 0:
            watch.step(count, sheet.height)
        for offset, value in enumerate(values):
            if value not in ("", None):
                yield (top + count, left + offset), value


def _sheet(container: Container, name: str) -> Any:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(container.data)) as book:
            return book.get_sheet_by_name(name)
    except CalamineError as error:
        raise problems.damaged(container.name, name) from error
    except BaseException as error:  # a panic of the library is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise problems.damaged(container.name, name) from error


class _CellMaker:
    """Makes cells of values; a text that occurs often is looked at once."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._told: dict[tuple[str, str], Told] = {}
        self._settled: Settled = {}
        self._merges = {(it.top, it.left): it for it in look.merges}

    def settle(self, values: Iterable[tuple[Place, Any, Style]]) -> None:
        """See first in which code the fonts of the page are written."""
        pairs: set[tuple[str, str]] = set()
        for place, value, style in values:
            if isinstance(value, str):
                runs = self._runs(place, value) or (("", value),)
                pairs.update([(text, run or style.font) for run, text in runs])
        self._settled = settle(pairs)

    def cell(self, place: Place, value: Any, style: Style) -> Cell | None:
        """Make the cell at a place; None where there is nothing to read."""
        known, told, original = self._known(place, value, style)
        if known is None:
            return None
        merge = self._merges.get(place)
        rows = merge.bottom - merge.top + 1 if merge else 1
        return Cell(*place, known, style, told, original, rows)

    def _known(self, place: Place, value: Any, style: Style) -> tuple[Value | None, Told, str]:
        if isinstance(value, str):
            told = self._tell(place, value, style.font)
            return told.text or None, told, value if told.code else ""
        return _plain(value), UNTURNED, ""

    def _tell(self, place: Place, value: str, font: str) -> Told:
        """Read a text, its spaces put in order."""
        runs = self._runs(place, value)
        if runs:
            return _spaced(_joined([tell(it, run or font, self._settled) for run, it in runs]))
        key = value, font
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = _spaced(tell(value, font, self._settled))
        return found

    def _runs(self, place: Place, value: str) -> tuple[Run, ...]:
        """Give the pieces of a text that are in fonts of their own."""
        runs = self._look.runs.get(place) if self._look.runs else None
        return runs if runs and "".join(text for _, text in runs) == value else ()


def _spaced(told: Told) -> Told:
    text = "\n".join(" ".join(line.split()) for line in told.text.strip().splitlines())
    return told if text == told.text else replace(told, text=text)


def _joined(parts: list[Told]) -> Told:
    doubts = [one.doubt for one in parts if one.doubt]
    return Told(
        "".join(one.text for one in parts),
        next((one.code for one in parts if one.code), ""),
        doubts[0] if doubts else "",
        "".join(one.otherwise or one.text for one in parts) if doubts else "",
    )


def _plain(value: Any) -> Value | None:
    """Give a value that is no text, as one of few kinds."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Decimal(format(value, _EXCEL_DIGITS))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):  # an hour says nothing in these tables
        return str(value)
    return None
