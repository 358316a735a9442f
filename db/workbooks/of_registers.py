"""Rows of a register: those that are there are filled in, the others are new."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, NamedTuple

from db.communes import village_code
from db.kinds import MONEY, Split
from db.numbers import plain_number
from db.registers import Register
from db.registers.reading import Page as RegisterPage
from db.registers.register import Column, Record
from db.text import fold
from db.workbooks.cells import Cell
from db.workbooks.changes import Change, Target
from db.workbooks.fields import Typing, money_unit, read_field, same
from db.workbooks.headings import headings
from db.workbooks.indicators import Finder
from db.workbooks.layout import ROW
from db.workbooks.measures import Meant
from db.workbooks.table import Table, origin

NEW = "new "
"""Before the place of a row that a register does not have yet."""

_GROUP = re.compile(r"[ivxlc]+|[a-d]", re.IGNORECASE)
_NOTES_ABOVE = 12
"""Rows above the headings in which the unit of all money may be said."""


class _Read(NamedTuple):
    """A field of one row as its cells have it; `shown` is the likeliest meaning in words."""

    column: Column
    cells: tuple[Cell, ...]
    meant: Meant[Any]
    is_sure: bool
    shown: str


@dataclass
class RegisterTable:
    """A table of a register while it is read."""

    table: Table
    page: RegisterPage
    new_rows: set[str] = field(default_factory=set)
    _understood: dict[Any, tuple[Meant[Any], bool, str]] = field(default_factory=dict)
    _given: dict[Any, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def register(self) -> Register:
        """Which register."""
        return self.page.register

    def read(self) -> None:
        """Read the whole table."""
        naming = self._column(self.register.model.named_by[0])
        for row in self.table.rows():
            if self._is_group(row):
                self.table.leave_out(row, "dòng nhóm")
                continue
            said = {one.column.name: one for one in self._fields(row)}
            if said:
                self._read_row(row, said, naming)

    def _read_row(self, row: int, said: Mapping[str, _Read], naming: Column) -> None:
        record = self._by_id(row)
        name = said.get(naming.name)
        if record is None and (name is None or not name.meant.values):
            self.table.leave_out(row, f"không có {naming.label.lower()}")
            return
        if record is None and name is not None and not name.is_sure:
            self._note(f"{NEW}{row}", {}, name, self._called(name))
            self.table.leave_out(row, f"chờ xác định {naming.label.lower()}")
            return
        record = record or self._existing(said)
        before = record.values if record is not None and record.there else {}
        key = record.id if record is not None else f"{NEW}{row}"
        if record is None:
            self.new_rows.add(key)
        of = self._called(name) if name is not None else self._name_of(record)
        refused = self._refused(before, said)
        for one in said.values():
            self._note(key, before, one, of, refused.get(one.column.name, ""))

    def _note(
        self, key: str, before: Mapping[str, Any], one: _Read, of: str, refused: str = ""
    ) -> None:
        column, meant = one.column, one.meant
        if not meant.values:
            self.table.cannot_read(one.cells[0], meant.why)
            return
        kind, names = column.kind, self.page.context.names
        old = before.get(column.name)
        if old is not None and any(same(kind, old, one) for one in meant.values):
            self.table.equal += 1
            return
        if refused:
            self.table.cannot_read(one.cells[0], refused)
            return
        doubt = "" if one.is_sure else meant.why
        readings = tuple(kind.entry(value, names) for value in meant.values) if doubt else ()
        self.table.add(
            Change(
                tuple([cell.address for cell in one.cells]),
                Target(self.register.name, key, column.name),
                of,
                column.label,
                "" if old is None else kind.show(old, names),
                one.shown,
                meant.values[0],
                " | ".join([cell.text for cell in one.cells]),
                note=meant.why if one.is_sure else "",
                doubt=doubt,
                readings=readings,
                **origin(one.cells),
            )
        )

    def _fields(self, row: int) -> Iterator[_Read]:
        """Read every field that something is written of; sources of money are put together."""
        split: dict[str, list[tuple[str, Cell]]] = defaultdict(list)
        for number, part, column in self._read_columns:
            cell = self.table.cell(row, number)
            if cell is None:
                continue
            if part:
                split[column.name].append((part, cell))
            else:
                yield _Read(column, (cell,), *self._read_cell(column, cell))
        for name, parts in split.items():
            column, cells = self._column(name), tuple(cell for _, cell in parts)
            yield _Read(column, cells, *self._said(column, self._amounts(column, parts)))

    @cached_property
    def _read_columns(self) -> Sequence[tuple[int, str, Column]]:
        """Give where which field stands, or which part of it."""
        return [
            (number, role.part, self._column(role.field))
            for number, role in self.table.layout.columns.items()
            if role != ROW
        ]

    def _said(self, column: Column, meant: Meant[Any]) -> tuple[Meant[Any], bool, str]:
        """Give what is meant, whether that is sure, and the likeliest of it in words."""
        names = self.page.context.names
        shown = column.kind.show(meant.values[0], names) if meant.values else ""
        return meant, meant.is_sure, shown

    def _read_cell(self, column: Column, cell: Cell) -> tuple[Meant[Any], bool, str]:
        """Read a cell; what a column holds again and again is read once."""
        value = type(cell.value), cell.value  # to Python, true and 1 would be equal
        answered = self.table.is_answered(cell)
        key = (cell.column, answered, value, cell.style, cell.told, cell.trouble)
        found = self._understood.get(key)
        if found is None:
            names, typing = self.page.context.names, self._typing(cell)
            meant = read_field(cell, column, names, typing, self._finder)
            found = self._understood[key] = self._said(column, meant)
        return found

    def _amounts(self, column: Column, parts: list[tuple[str, Cell]]) -> Meant[Any]:
        """Put the amounts of several sources together; all must be sure."""
        assert isinstance(column.kind, Split)
        as_amount = Column(column.name, column.label, MONEY, column.unit)
        found: dict[str, str] = {}
        notes: dict[str, None] = {}
        for source, cell in parts:
            names, typing = self.page.context.names, self._typing(cell)
            meant = read_field(cell, as_amount, names, typing, self._finder)
            if not meant.is_sure:
                return Meant((), f"ô {cell.address}: {meant.why}")
            notes.update(dict.fromkeys(filter(None, [meant.why])))
            if meant.values[0]:
                found[source] = plain_number(Decimal(meant.values[0]))
        ordered = {one: found[one] for one, _ in column.kind.offered() if one in found}
        return Meant((ordered,), "; ".join(notes))

    def _typing(self, cell: Cell) -> Typing:
        table = self.table
        unit = self._units.get(cell.column, "")
        settled = table.layout.own or table.is_answered(cell)
        habits = partial(table.habits, cell)
        return Typing(table.numbers(cell), table.days(cell), habits, unit, settled)

    @cached_property
    def _units(self) -> Mapping[int, str]:
        """Give the unit of money of each column: its own, else what stands above the table."""
        layout, page = self.table.layout, self.table.page
        general = ""
        for row in range(max(1, layout.heading_row - _NOTES_ABOVE), layout.heading_row):
            for cell in page.rows.get(row, {}).values():
                if re.search(r"don vi|dvt", cell.folded):
                    general = money_unit(cell.text) or general
        found = {
            it.column: money_unit(" ".join(it.shown))
            for it in headings(page, layout.heading_row, layout.first_row - 1)
        }
        return {column: found.get(column) or general for column in layout.columns}

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.table.ground.sheet.criteria_set)

    def _column(self, name: str) -> Column:
        return self.register.column(name)

    def _is_group(self, row: int) -> bool:
        """Tell whether a row heads a group: a Roman number or a letter, in a column not read."""
        cells = self.table.page.rows[row]
        first = cells[min(cells)]
        is_unread = first.column not in self.table.layout.columns
        return is_unread and _GROUP.fullmatch(first.text.strip(" .")) is not None

    def _by_id(self, row: int) -> Record | None:
        cell = self.table.held(row, ROW)
        return self.page.record(cell.text) if cell is not None else None

    def _existing(self, said: Mapping[str, _Read]) -> Record | None:
        """Find the row that is meant by what rows are named by; the second for the second."""
        if self.register.row_of is not None:
            name = said[self.register.model.named_by[0]].meant.values[0]
            return self.page.record(village_code(name))
        if not self.page.records:
            return None
        named_by = self.register.model.named_by
        fields = [it for it in named_by if it in said and said[it].meant.values]
        key = tuple(self._shown(it, said[it].meant.values[0]) for it in fields)
        place = self._given[key]
        self._given[key] += 1
        same_name = self._by_names(tuple(fields)).get(key, [])
        return same_name[place] if place < len(same_name) else None

    def _by_names(self, fields: tuple[str, ...]) -> Mapping[Any, list[Record]]:
        if fields not in self._named:
            found: dict[Any, list[Record]] = defaultdict(list)
            for record in self.page.records:
                found[tuple(self._shown(it, record.values.get(it)) for it in fields)].append(record)
            self._named[fields] = found
        return self._named[fields]

    @cached_property
    def _named(self) -> dict[tuple[str, ...], Mapping[Any, list[Record]]]:
        return {}

    def _shown(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        return fold(self._column(name).kind.show(value, self.page.context.names))

    def _called(self, name: _Read) -> str:
        called = self.register.called
        return f"{called[:1].upper()}{called[1:]} “{name.shown[:60]}”"

    def _name_of(self, record: Record | None) -> str:
        return (
            self.register.called_by(record, self.page.context) if record else self.register.called
        )

    def _refused(self, before: Mapping[str, Any], said: Mapping[str, _Read]) -> Mapping[str, str]:
        """Give the fields that cannot be as the row would have them."""
        sure = {name: one.meant.values[0] for name, one in said.items() if one.is_sure}
        after = {**before, **sure}
        found = self.register.check(after, self.page.context)
        return {one.field: one.text for one in found if one.refused and one.field in sure}


def read_register(table: Table) -> frozenset[str]:
    """Read a table of a register; gives the places of its new rows."""
    reader = RegisterTable(table, table.ground.page(table.layout.subject))
    reader.read()
    return frozenset(reader.new_rows)
