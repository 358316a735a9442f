"""One sheet: its lines above, headings, rows, sums and page, written by xlsxwriter."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from db.numbers import show_date
from db.workbooks.addresses import address
from ntm_tui.papers.workbooks.cells import (
    FORMULA_SIGNS,
    comes_back,
    decimals_of,
    plain,
    shown,
    text_of,
)
from ntm_tui.papers.workbooks.formats import SIZE, Formats
from ntm_tui.papers.workbooks.formulas import Addresses
from ntm_tui.papers.workbooks.headings import Headings
from ntm_tui.papers.workbooks.page import set_page
from ntm_tui.papers.workbooks.table import (
    Column,
    Formula,
    Look,
    Row,
    Shape,
    Table,
    Value,
    reckoned,
)
from ntm_tui.papers.workbooks.widths import Fitted, fit, lines_needed, wanted
from ntm_tui.papers.workbooks.workbook import Progress, Source

LINE = 14.2
"""Points that a line of text takes."""
_TALLEST = 409.0
"""Points that Excel lets a row take."""
_ROWS_A_STEP = 200
_MEASURED = 400
"""Rows by which the widths of columns are measured."""


@dataclass(frozen=True)
class Steps:
    """Tells whoever waits how far it is, over all sheets of a workbook."""

    progress: Progress
    before: int
    total: int

    def done(self, rows: int) -> None:
        """Say that so many rows of this sheet are done."""
        if rows % _ROWS_A_STEP == 0 or self.before + rows == self.total:
            self.progress(self.before + rows, self.total)


class Sheet:
    """A table on its sheet.

    Args:
        book: an xlsxwriter workbook.
        table: what is written, as the office wants it.
        source: what it was made from.
    """

    def __init__(self, book: Any, table: Table, source: Source) -> None:
        self.table = table
        self.source = source
        self.formats = Formats(book)
        self.sheet = book.add_worksheet(table.tab)
        self.unread: list[str] = []
        """Addresses of cells that are not taken back."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that a person sees."""
        return tuple(one for one in self.table.columns if not one.kept)

    @cached_property
    def headings(self) -> Headings:
        """What stands above the columns."""
        return Headings(self.table.columns)

    @cached_property
    def above(self) -> tuple[tuple[str, Any, int], ...]:
        """The lines above the table: text, format, size."""
        line, table = self.formats.line, self.table
        told = f"(Số liệu đến ngày {show_date(self.source.until)})"
        lines = [
            (self.source.office, line("left", bold=True), SIZE),
            (table.title, line("center", bold=True, size=14), 14),
            (told, line("center", italic=True), SIZE),
        ]
        if table.unit:
            lines.append((table.unit, line("right", italic=True), SIZE))
        return tuple(lines)

    @cached_property
    def heading_row(self) -> int:
        """The first row of headings, from 1."""
        return len(self.above) + 1

    @cached_property
    def first_row(self) -> int:
        """The first row of the table, from 1."""
        return self.heading_row + self.headings.depth

    @property
    def last_row(self) -> int:
        """The last row of the table or its sums, from 1."""
        return self.first_row + max(len(self.table.rows), 1) - 1 + self.has_sums

    @cached_property
    def has_sums(self) -> bool:
        """Whether a row of sums stands below."""
        summed = any(one.total or one.name in self.table.sums for one in self.columns)
        return bool(self.table.plain) and summed

    @cached_property
    def decimals(self) -> dict[str, int]:
        """How many decimals the numbers of columns show that are summed up."""
        return {
            one.name: max(
                (decimals_of(row.cells.get(one.name)) for row in self.table.rows), default=0
            )
            for one in self.table.columns
            if one.total
        }

    @cached_property
    def fitted(self) -> Fitted:
        """The widths of the columns that a person sees."""
        return fit([wanted(one.shape, one.levels[-1], self._texts(one)) for one in self.columns])

    def _texts(self, column: Column) -> list[str]:
        values = [row.cells.get(column.name) for row in self.table.rows[:_MEASURED]]
        if column.total and self.has_sums:
            values.append(self._sum(column))
        return [shown(value, self._decimals(column, value)) for value in values]

    def _decimals(self, column: Column, value: Value) -> int:
        return self.decimals.get(column.name, decimals_of(value))

    @cached_property
    def addresses(self) -> Addresses:
        """Where its cells stand."""
        rows = {row.key: self.first_row + place for place, row in enumerate(self.table.rows)}
        plain_rows = (
            self.first_row + place
            for place, row in enumerate(self.table.rows)
            if row.look is Look.PLAIN
        )
        return Addresses([one.name for one in self.table.columns], rows, plain_rows)

    def write(self, steps: Steps) -> None:
        """Write all of it."""
        for place, column in enumerate(self.table.columns):
            width = self.fitted.widths[place] if place < len(self.columns) else 8
            self.sheet.set_column(place, place, width, None, {"hidden": column.kept})
        self._write_above()
        self.headings.write(self.sheet, self.heading_row - 1, self.fitted.widths, self.formats)
        for place, row in enumerate(self.table.rows):
            self._write_row(self.first_row - 1 + place, row)
            steps.done(place + 1)
        if not self.table.rows:
            self._write_nothing()
        if self.has_sums:
            self._write_sums(self.last_row - 1)
        self._write_notes()
        set_page(self)

    def _write_above(self) -> None:
        width = sum(self.fitted.widths[: self.across])
        for row, (text, form, size) in enumerate(self.above):
            self._line(row, text, form)
            lines = lines_needed(text, width * SIZE / size, bold=size > SIZE)
            self.sheet.set_row(row, LINE * lines * size / SIZE + 2)

    @cached_property
    def across(self) -> int:
        """How many columns stand on the first page: lines above go over these."""
        if self.fitted.fits:
            return len(self.columns)
        width, count = 0.0, 0
        for one in self.fitted.widths:
            width += one
            if width > self.fitted.page:
                break
            count += 1
        return max(count, 1)

    def _line(self, row: int, text: str, form: Any) -> None:
        if self.across > 1:
            self.sheet.merge_range(row, 0, row, self.across - 1, "", form)
        self.sheet.write_string(row, 0, text, form)

    def _write_row(self, at: int, row: Row) -> None:
        self.sheet.set_row(at, self._height(row))
        for place, column in enumerate(self.table.columns):
            value = row.cells.get(column.name)
            self._put(at, place, column, row.look, value)
            if column.role is not None and value is not None and not _is_read(row, column, value):
                self.unread.append(address(at + 1, place + 1))

    def _height(self, row: Row) -> float:
        """Give the height of a row; programs that print do not find out by themselves."""
        lines = 1
        for column, width in zip(self.columns, self.fitted.widths, strict=True):
            value = row.cells.get(column.name)
            if isinstance(value, str):
                bold = row.look is Look.GROUP
                lines = max(lines, lines_needed(text_of(value), width, bold=bold))
        return min(LINE * lines + 1, _TALLEST)

    def _put(
        self, at: int, place: int, column: Column, look: Look, value: Value, *, strong: bool = False
    ) -> None:
        kept = plain(value)
        is_formula = isinstance(kept, str) and kept.startswith(FORMULA_SIGNS)
        decimals = self._decimals(column, value)
        wraps = isinstance(kept, str)
        form = self.formats.cell(
            column.shape, look, decimals, wraps=wraps, strong=strong, typed=is_formula
        )
        if isinstance(value, Formula):
            formula = self.addresses.formula(value.text, at + 1)
            if formula is not None:
                self.sheet.write_formula(at, place, formula, form, float(value.value))
                return
        if kept is None:
            self.sheet.write_blank(at, place, None, form)
        elif isinstance(kept, str):
            self.sheet.write_string(at, place, kept, form)
        elif isinstance(kept, date):
            self.sheet.write_datetime(at, place, datetime.combine(kept, time()), form)
        else:
            self.sheet.write_number(at, place, float(kept), form)

    def _write_nothing(self) -> None:
        form = self.formats.line("center", italic=True)
        self._line(self.first_row - 1, "Chưa có dòng nào.", form)
        self.unread.append(address(self.first_row, 1))

    def _write_sums(self, at: int) -> None:
        labelled = next(
            (one for one in self.columns if one.shape is Shape.TEXT and not one.total),
            self.columns[0],
        )
        for place, column in enumerate(self.columns):
            value: Value = self.table.sums.get(column.name)
            if column is labelled:
                value = self.table.total
            elif column.total and self._has_numbers(column):
                value = self._sum(column)
            self._put(at, place, column, Look.PLAIN, value, strong=True)
            if column.role is not None and value is not None:
                self.unread.append(address(at + 1, place + 1))

    def _has_numbers(self, column: Column) -> bool:
        return any(row.cells.get(column.name) is not None for row in self.table.plain)

    def _sum(self, column: Column) -> Formula:
        added = sum((reckoned(row.cells.get(column.name)) for row in self.table.plain), Decimal(0))
        return Formula(f"SUM({{{column.name}@*}})", added)

    def _write_notes(self) -> None:
        form = self.formats.line("left", italic=True)
        width = sum(self.fitted.widths[: self.across])
        for place, text in enumerate(self.table.notes):
            row = self.last_row + 1 + place
            self._line(row, text, form)
            self.sheet.set_row(row, LINE * lines_needed(text, width) + 1)
            self.unread.append(address(row + 1, 1))


def _is_read(row: Row, column: Column, value: Value) -> bool:
    """Tell whether a cell may be taken back: it says just what is in the store."""
    if row.look is not Look.PLAIN or column.name in row.unread:
        return False
    return comes_back(value) if isinstance(value, str) else True
