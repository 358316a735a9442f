"""Where on a sheet what stands: the way in which a table is read, found or said by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.workbooks.measures import DayOrder, NumberStyle

CHECKLIST = "checklist"
VILLAGES = "villages"
"""Subjects beside the registers, which are called by their names."""


@dataclass(frozen=True)
class Role:
    """What a column holds.

    `field` is a field of an indicator's finding or of a register; `part` a part of a figure, or a
    source of money. `number` is set in a grid of villages, `village` where villages stand side by
    side.
    """

    field: str
    part: str = ""
    number: str = ""
    village: str = ""


# What a row is about.
NUMBER = Role("number")
NAME = Role("name")
VILLAGE = Role("village")
ROW = Role("row")


@dataclass(frozen=True)
class Layout:
    """The way in which one sheet is read.

    Args:
        sheet: its name in Unicode.
        subject: what the table is about: CHECKLIST, VILLAGES or the name of a register.
        heading_row: the first row of headings.
        first_row: the first row below them.
        columns: what each column holds, by its number from 1; others are not read.
        numbers: how numbers typed as text are written, once a person has said so.
        days: what days are that Excel keeps as days, once a person has said so.
        with_hidden: whether hidden rows are read too.
        answers: what single cells mean, as it would be typed, by address; empty to leave one out.
        own: this program wrote the sheet.
    """

    sheet: str
    subject: str
    heading_row: int
    first_row: int
    columns: Mapping[int, Role]
    numbers: NumberStyle | None = None
    days: DayOrder | None = None
    with_hidden: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    own: bool = False

    def column(self, role: Role) -> int | None:
        """Give the column that holds something; None where there is none."""
        return next((column for column, held in self.columns.items() if held == role), None)
