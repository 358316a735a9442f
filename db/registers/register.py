"""What a register is: a model's declarations, and the little that its subject adds to them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from sqlmodel import Session

from db.kinds import Composite, Kind, Labelled, Link, Names
from db.models.base import SHARED, Replicated, declarations
from db.owner import Owner
from db.sheet.records import Sheet
from db.text import fold

Values = Mapping[str, Any]
"""Field to value, those that are empty left out or None."""


@dataclass(frozen=True)
class Context:
    """What a register is read for: whose, when, by which set, and for whom.

    `names` calls the rows that fields lead to; `owner` is as whom the officer writes.
    """

    scope: str
    today: date
    sheet: Sheet
    officer: str = ""
    names: Names = field(default_factory=Names)
    owner: Owner = Owner.COMMUNE


@dataclass(frozen=True)
class Column:
    """A field of the rows; a derived one is reckoned when read and cannot be typed."""

    name: str
    label: str
    kind: Kind
    unit: str = ""
    help: str = ""
    derived: bool = False
    owner: Owner = Owner.COMMUNE

    def typed_by(self, owner: Owner) -> bool:
        """Tell whether a commune, or its upper level, writes it."""
        return not self.derived and self.owner is owner


@dataclass(frozen=True)
class Finding:
    """Something about a row that a person should see, at the field it is about.

    One that is `refused` cannot be: what would make it so is not saved.
    """

    field: str
    text: str
    refused: bool = False


@dataclass(frozen=True)
class Record:
    """One row as people see it. `there` is False for one that nobody has written in yet.

    `other` rows stand in a sheet beside its own: of another year or criteria set. They are shown,
    need nothing more and count for nothing. `days_left` counts to its day while it is open; below 0
    when that has passed.
    """

    id: str
    values: Values
    there: bool = True
    closed: bool = False
    days_left: int | None = None
    findings: tuple[Finding, ...] = ()
    other: bool = False

    @property
    def late(self) -> bool:
        """Whether its day has passed and it is still open."""
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True)
class Filter:
    """A choice of rows."""

    label: str
    keeps: Callable[[Record], bool]


@dataclass(frozen=True)
class Register:
    """How rows of one model are listed, filled in, checked and put in order.

    Args:
        model: whose rows; its declarations give labels, kinds and owners.
        help: what the register is for, a Vietnamese sentence.
        listed: the columns of the list, in their order.
        order: gives what rows are sorted by; the earlier comes first.
        derived: columns that are reckoned when read.
        derive: reckons them for all rows at once: row id to values.
        begin: the values that a new row starts with.
        check: what is to be said about the values of a row.
        keys: the ids of rows that are there to be filled in, for a register that is a sheet.
        row_of: gives the id of a new row from the one it was begun with and its values, for rows
            that are not known by an id alone; empty as long as the values do not tell it.
        due: the day of a row.
        closed: whether a row needs nothing more.
        step_owner: who carries a row on with Space, a commune or its upper level.
        step: gives what Space writes: field to value; nothing when there is no next step.
        person: the field that says whose a row is.
        filters: choices of rows beside those that every register has.
        reads: tables whose names it needs beside those that its fields lead to.
        totals: lines that sum up the rows shown.
        notices: lines about all rows together, whichever are shown.
    """

    model: type[Replicated]
    help: str
    listed: tuple[str, ...]
    order: Callable[[Record], Any]
    derived: tuple[Column, ...] = ()
    derive: Callable[[Session, Context, Mapping[str, Values]], Mapping[str, Values]] | None = None
    begin: Callable[[Context], Values] = lambda _context: {}
    check: Callable[[Values, Context], Iterable[Finding]] = lambda _values, _context: ()
    keys: Callable[[Session, Context], Sequence[str]] | None = None
    row_of: Callable[[str, Values], str] | None = None
    due: Callable[[Values], date | None] = lambda _values: None
    closed: Callable[[Values], bool] = lambda _values: False
    step: Callable[[Values, Context], Values] = lambda _values, _context: {}
    step_text: str = ""
    step_owner: Owner = Owner.COMMUNE
    person: str = ""
    filters: tuple[Filter, ...] = ()
    reads: tuple[str, ...] = ()
    totals: Callable[[Sequence[Record], Context], Sequence[str]] = lambda _records, _context: ()
    notices: Callable[[Sequence[Record], Context], Sequence[str]] = lambda _records, _context: ()

    @property
    def grows(self) -> bool:
        """Whether people add rows; a sheet has all of its own."""
        return self.keys is None or self.row_of is not None

    def adds(self, owner: Owner) -> bool:
        """Tell whether a commune, or its upper level, adds and deletes rows."""
        return self.grows and self.model.row_owner is owner

    def opens(self, owner: Owner) -> bool:
        """Tell whether a commune, or its upper level, writes anything in a row."""
        return any(it.typed_by(owner) for it in self.columns)

    def scope_of(self, commune: str) -> str:
        """Give the scope of its rows, where a commune is in front."""
        return SHARED if self.model.shared else commune

    @property
    def name(self) -> str:
        """The name of the model's table."""
        return str(self.model.__tablename__)

    @property
    def title(self) -> str:
        """What people call the register."""
        return self.model.subject

    @property
    def called(self) -> str:
        """What people call one row."""
        return self.model.called

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column: the declared fields, then what is derived."""
        declared = (
            Column(name, it.label, it.kind, it.unit, it.help, owner=it.owner)
            for name, it in declarations(self.model).items()
            if not isinstance(it.kind, Composite)
        )
        return (*declared, *self.derived)

    def column(self, name: str) -> Column:
        """Give a column by its name."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, Column]:
        return {it.name: it for it in self.columns}

    @property
    def linked(self) -> frozenset[str]:
        """The tables that its columns lead to."""
        linked = {it.kind.entity for it in self.columns if isinstance(it.kind, Link)}
        return frozenset({*linked, *self.reads})

    def text(self, record: Record, context: Context, name: str) -> str:
        """Write one value of a row for people; empty where there is none."""
        value = record.values.get(name)
        return "" if value is None else self.column(name).kind.show(value, context.names)

    def called_by(self, record: Record, context: Context) -> str:
        """Give the name of a row."""
        texts = (self.text(record, context, name) for name in self.model.named_by)
        first = self.text(record, context, self.listed[0])
        return " · ".join(text for text in texts if text) or first or self.called

    def all_filters(self, context: Context) -> tuple[Filter, ...]:
        """Give every choice of rows, the whole register first."""
        found = [Filter("Tất cả", lambda _record: True), *self.filters]
        if self.keys is not None and not self.grows:
            found.append(Filter("Năm khác, bộ khác", lambda record: record.other))
        if self.person or self.step_text:
            found.append(Filter("Chưa xong", lambda record: not record.closed))
            found.append(Filter("Quá hạn", lambda record: record.late))
        if self.person:
            mine = own_ids(context)
            found.append(Filter("Của tôi", lambda it: it.values.get(self.person) in mine))
            found.append(Filter("Chưa giao ai", lambda it: not it.values.get(self.person)))
        found.append(Filter("Có điều cần xem", lambda record: bool(record.findings)))
        return tuple(found)


def by_choice(field: str, values: type[Labelled]) -> tuple[Filter, ...]:
    """Give a choice of rows for each value of a field."""
    return tuple(Filter(one.label, partial(_has, field, one.value)) for one in values)


def _has(field: str, value: str, record: Record) -> bool:
    return bool(record.values.get(field) == value)


def own_ids(context: Context) -> frozenset[str]:
    """Give the members who are the officer at the keyboard: those of the same name."""
    own = fold(context.officer)
    return frozenset(row for row, name in context.names.of("member").items() if fold(name) == own)


def days_between(later: date, earlier: date) -> int:
    """Count days."""
    return (later - earlier).days


def done_today(field: str) -> Callable[[Values, Context], Values]:
    """Give the step that writes today into a day that is still empty."""
    return lambda values, context: {} if values.get(field) else {field: context.today}


NEVER = date.max
"""Puts rows without a day after all others."""


def end_before_start(values: Values, start: str, end: str, text: str) -> Iterable[Finding]:
    """Find an end that comes before its start."""
    first, last = values.get(start), values.get(end)
    if first is not None and last is not None and last < first:
        yield Finding(end, text, refused=True)
