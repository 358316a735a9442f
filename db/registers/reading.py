"""Reads a register: its rows, what is derived, what is to be said about them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db import criteria_sets
from db.desk import Desk
from db.engine import query_of
from db.evidence import count_about
from db.incarnation import get_meta
from db.kinds import Link, Links
from db.models.base import columns, declarations, table
from db.registers.names import read_names
from db.registers.register import Context, Finding, Record, Register, Values, days_between
from db.text import shown

UNSAVED = "Còn chữ gõ dở chưa lưu được: Enter để xem và sửa."


@dataclass(frozen=True)
class Page:
    """A register as it stands: its rows in their usual order.

    `papers` counts the documents about its rows; `listed` are the columns that are shown. `begun`
    says that a new row was being typed when the program ended.
    """

    register: Register
    context: Context
    records: tuple[Record, ...]
    papers: Mapping[str, int] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    begun: bool = False

    def record(self, row: str) -> Record | None:
        """Give a row by its id."""
        return next((it for it in self.records if it.id == row), None)


def read_page(desk: Desk, register: Register, today: date) -> Page:
    """Read a register for the officer at a desk."""
    with desk.reading() as session:
        context = context_of(session, desk, register, today)
        records = read(session, context, register)
        drafts = _drafts(session, context.scope, register)
        return Page(
            register,
            context,
            tuple(_with_draft(one) if one.id in drafts else one for one in records),
            count_about(session, context.scope, register.name),
            _listed(session, register),
            begun=bool(drafts - {one.id for one in records}),
        )


def _drafts(session: Session, scope: str, register: Register) -> set[str]:
    """Give the rows in which something was typed that is not saved."""
    found = query_of(session)(
        "SELECT DISTINCT row FROM draft WHERE scope = ? AND entity = ?", (scope, register.name)
    )
    return {row for (row,) in found}


def _with_draft(record: Record) -> Record:
    return replace(record, findings=(*record.findings, Finding("", UNSAVED)))


def _listed(session: Session, register: Register) -> tuple[str, ...]:
    """Give the columns that this machine shows: as somebody chose them, else as declared."""
    said = get_meta(session.connection(), columns_mark(register)).split(",")
    known = {column.name for column in register.columns}
    chosen = tuple(name for name in said if name in known)
    return chosen or register.listed


def columns_mark(register: Register) -> str:
    """Name the mark under which a machine keeps its choice of columns."""
    return f"columns_{register.name}"


def context_of(session: Session, desk: Desk, register: Register, today: date) -> Context:
    """Gather what a register is read for."""
    sheet = desk.sheet()
    wanted = {*register.linked, "member"} if register.person else register.linked
    names = read_names(session, sheet, wanted, criteria_sets.available(desk.home))
    scope = register.scope_of(desk.commune.scope)
    return Context(scope, today, sheet, desk.officer, names, desk.owner)


def read(session: Session, context: Context, register: Register) -> tuple[Record, ...]:
    """Give the rows of a register in their usual order."""
    stored = stored_rows(session, context.scope, register)
    rows: dict[str, Values] = (
        {row: {} for row in register.keys(session, context)} if register.keys else {}
    )
    others = stored.keys() - rows.keys() if register.keys and not register.grows else set()
    rows.update(stored)
    derived = register.derive(session, context, rows) if register.derive else {}
    records = [
        _record(
            register,
            context,
            row,
            {**values, **derived.get(row, {})},
            there=row in stored,
            other=row in others,
        )
        for row, values in rows.items()
    ]
    return tuple(sorted(records, key=lambda it: (it.other, register.order(it))))


def stored_rows(session: Session, scope: str, register: Register) -> dict[str, Values]:
    """Give what is written down, by row id; empty fields left out."""
    rows = table(register.model)
    fields = [*register.model.natural_key, *declarations(register.model)]
    found = session.connection().execute(
        select(rows.c.id, *(rows.c[name] for name in fields)).where(rows.c.scope == scope)
    )
    return {
        row: {name: it for name, it in zip(fields, values, strict=True) if it is not None}
        for row, *values in found
    }


def _record(
    register: Register, context: Context, row: str, values: Values, *, there: bool, other: bool
) -> Record:
    closed, due = other or register.closed(values), register.due(values)
    left = days_between(due, context.today) if due is not None and not closed else None
    findings = (*_broken_links(register, context, values), *register.check(values, context))
    return Record(row, values, there, closed, left, () if other else findings, other)


def _broken_links(register: Register, context: Context, values: Values) -> Iterator[Finding]:
    """Find fields that lead to rows which are not there: shown, never an error."""
    for column in register.columns:
        value = values.get(column.name)
        if value is None or not isinstance(column.kind, Link):
            continue
        entity = column.kind.entity
        several = value if isinstance(column.kind, Links) else [value]
        if not all(context.names.knows(entity, one) for one in several):
            shown = column.kind.show(value, context.names)
            yield Finding(column.name, f"{column.label}: {shown} không còn trong danh sách.")


def sorted_by(page: Page, name: str, *, backwards: bool = False) -> tuple[Record, ...]:
    """Put rows in the order of a column; those without a value come last, either way."""
    kind = page.register.column(name).kind
    having = [it for it in page.records if it.values.get(name) is not None]
    lacking = [it for it in page.records if it.values.get(name) is None]

    def order(record: Record) -> Any:
        return kind.order(record.values[name], page.context.names)

    return (*sorted(having, key=order, reverse=backwards), *lacking)


def show_wire(page: Page, field: str, wire: Any) -> str:
    """Write a journalled value for people; empty where there was none."""
    kinds = columns(page.register.model)
    if field not in kinds:  # only a newer program knows the field
        return "" if wire is None else shown(str(wire))
    value = kinds[field].read_wire(wire)
    if value is None:
        return ""
    return page.register.column(field).kind.show(value, page.context.names)


def refused(register: Register, context: Context, values: Values, field: str) -> str:
    """Say why a field cannot be as these values have it; empty when it can."""
    found = [it.text for it in register.check(values, context) if it.refused and it.field == field]
    return " ".join(found)


def only(records: Iterable[Record], keeps: Any) -> Sequence[Record]:
    """Give the records that a filter keeps."""
    return [it for it in records if keeps(it)]
