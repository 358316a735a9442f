"""A sheet before it is written: columns, rows and formulas, in words that know no cell address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.workbooks.layout import Role

ABOVE = " > "
"""Between a heading and the one that stands over it and its neighbours."""


class Shape(StrEnum):
    """What stands in a column: how it is written, and where in its cell."""

    TEXT = "text"
    SHORT = "short"
    """A few words or a number that names something, in the middle."""
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True)
class Formula:
    """What a reader can check: a formula with what the program reckons it to be.

    `text` calls cells by their column: `{paid}` in the same row, `{paid@tinh}` in the row with that
    key, `{paid@*}` all plain rows. Where an office leaves such a column out, the value is written.
    """

    text: str
    value: Decimal


Value = str | int | Decimal | date | Formula | None


class Look(StrEnum):
    """How a row looks, and whether sums count it: only plain ones are summed up."""

    PLAIN = "plain"
    GROUP = "group"
    PART = "part"
    """What a plain row above is made of."""


@dataclass(frozen=True)
class Row:
    """One row by the names of its columns; `key` is how formulas and the way back know it.

    `unread` are columns whose cells say what the program reckons by itself: never taken back.
    """

    cells: Mapping[str, Value]
    key: str = ""
    look: Look = Look.PLAIN
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Column:
    """One column as shipped; an office can call it otherwise, move it and leave it out.

    `heading` may stand under another (`ABOVE`). `role` is what it means when the workbook comes
    back. `spare` columns are left out unless the office wants them; `kept` ones are always there,
    hidden, because the way back or a formula needs them. `total` asks for a sum. Columns `of_data`
    come and go with what is written down and are not for the office to arrange.
    """

    name: str
    heading: str
    shape: Shape = Shape.TEXT
    role: Role | None = None
    total: bool = False
    spare: bool = False
    kept: bool = False
    of_data: bool = False

    @property
    def levels(self) -> tuple[str, ...]:
        """What stands above it, from the top down."""
        return tuple(part.strip() for part in self.heading.split(ABOVE.strip()))


@dataclass(frozen=True)
class Table:
    """One sheet. `key` names the file in which the office keeps its own layout.

    `subject` is what the sheet is about when it comes back, empty where it does not. `sums` are
    what stands in the row of sums beside them. `notes` stand below.
    """

    key: str
    tab: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    subject: str = ""
    total: str = "Tổng cộng"
    sums: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[Row, ...]:
        """The rows that are summed up."""
        return tuple(row for row in self.rows if row.look is Look.PLAIN)


def reckoned(value: Value) -> Decimal:
    """Give the number in a cell; 0 where there is none."""
    if isinstance(value, Formula):
        return value.value
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)
