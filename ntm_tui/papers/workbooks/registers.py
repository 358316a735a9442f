"""Sheets that follow from what registers declare."""

from collections.abc import Mapping, Sequence
from typing import cast

from db.kinds import Choice, Count, Date, Kind, Line, Percent, Quantity, Split, Year, YesNo
from db.registers.reading import Page
from db.registers.register import Column as Field
from db.registers.register import Record, Register
from db.workbooks.layout import ROW, Role
from ntm_tui.papers.workbooks.table import Column, Row, Shape, Table, Value

_NUMBERS = (Count, Percent, Quantity)
_SHORT = (Choice, YesNo, Year)

PLACE = Column("stt", "STT", Shape.SHORT)
ROW_ID = Column("ma_dong", "Mã dòng", role=ROW, kept=True)


def register_table(
    page: Page,
    records: Sequence[Record],
    *,
    key: str,
    title: str,
    shown: Sequence[str],
    totals: Sequence[str] = (),
    unit: str = "",
) -> Table:
    """Make the sheet of a register: its columns as declared, its rows in their usual order.

    Args:
        page: the register as it stands.
        records: those of its rows that are told of.
        key: the name of the office's own layout.
        title: what stands over it.
        shown: the columns that are there unless the office says otherwise, in their order.
        totals: those that are summed up.
        unit: what all amounts are in, where that is said above the table.
    """
    return Table(
        key,
        page.register.title,
        title,
        (PLACE, *register_columns(page.register, shown, totals, unit), ROW_ID),
        register_rows(page, records),
        unit=said_unit(unit),
        subject=page.register.name,
    )


def said_unit(unit: str) -> str:
    """Say in which unit all amounts of a table are; nothing where columns say it."""
    return f"Đơn vị tính: {unit}" if unit else ""


def register_columns(
    register: Register, shown: Sequence[str], totals: Sequence[str] = (), unit: str = ""
) -> tuple[Column, ...]:
    """Give the columns of a register: those shown, then the others as spare ones."""
    others = [it.name for it in register.columns if it.name not in shown]
    return tuple(
        Column(
            name,
            _heading(register.column(name), unit),
            shape_of(register.column(name).kind),
            role=_role(register, register.column(name)),
            total=name in totals,
            spare=name not in shown,
        )
        for name in (*shown, *others)
    )


def register_rows(
    page: Page, records: Sequence[Record], more: Mapping[str, Mapping[str, Value]] | None = None
) -> tuple[Row, ...]:
    """Give the rows of a register; those that nobody has written in yet are there too.

    Args:
        page: the register.
        records: the rows that are told of.
        more: what stands in further columns, by row.
    """
    more = more or {}
    return tuple(
        _row(page, place, record, more.get(record.id, {}))
        for place, record in enumerate(records, 1)
    )


def cell_of(page: Page, record: Record, name: str) -> Value:
    """Give one value of a row as a cell: numbers as numbers, days as days, others as text."""
    value = record.values.get(name)
    kind = page.register.column(name).kind
    if value is None or isinstance(kind, (Date, Year, *_NUMBERS)):
        return cast(Value, value)
    if isinstance(kind, Line):
        return str(value)
    if isinstance(kind, Split):
        return kind.entry(value, page.context.names)
    return kind.show(value, page.context.names)


def shape_of(kind: Kind) -> Shape:
    """Say what stands in a column of a kind of field."""
    if isinstance(kind, Date):
        return Shape.DAY
    if isinstance(kind, _SHORT):
        return Shape.SHORT
    return Shape.NUMBER if isinstance(kind, _NUMBERS) else Shape.TEXT


def _row(page: Page, place: int, record: Record, more: Mapping[str, Value]) -> Row:
    fields = {it.name: cell_of(page, record, it.name) for it in page.register.columns}
    kept = {ROW_ID.name: record.id} if record.there else {}
    return Row({PLACE.name: place, **fields, **more, **kept}, record.id)


def _heading(field: Field, unit: str) -> str:
    """Give a column's label, with its unit unless that is said for all."""
    return f"{field.label} ({field.unit})" if field.unit and field.unit != unit else field.label


def _role(register: Register, field: Field) -> Role | None:
    typed = field.typed_by(register.model.row_owner)
    return Role(field.name) if typed else None
