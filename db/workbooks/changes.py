"""What a workbook would change: cell by cell, with what is doubtful left to a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from db.workbooks.layout import Layout


class Target(NamedTuple):
    """What is written: a field of an indicator's finding, or of a register's row.

    `subject` is the layout's; `row` the indicator or the row's id, new rows counted by their place.
    """

    subject: str
    row: str
    field: str
    village: str = ""


class Change(NamedTuple):
    """One field that becomes another; a tuple, as a workbook can make tens of thousands of them.

    Args:
        addresses: the cells it comes from, such as C12; the first is the one to answer for.
        target: what is written.
        of: what the row is about, in words.
        field: the field's label.
        before: what is there now, in words; empty where nothing is.
        after: what it becomes, in words; with a doubt the likeliest of the readings.
        value: what is written.
        typed: what stands in the cells.
        original: the same as the file has it, where it was turned from an old code.
        code: that code.
        note: how it was understood, where that does not go without saying.
        doubt: why a person must decide; such a change is not made until then.
        readings: what it can mean, as it would be typed.
    """

    addresses: tuple[str, ...]
    target: Target
    of: str
    field: str
    before: str
    after: str
    value: Any
    typed: str
    original: str = ""
    code: str = ""
    note: str = ""
    doubt: str = ""
    readings: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Its cells, as people say them."""
        return "+".join(self.addresses)


@dataclass(frozen=True)
class Unread:
    """A cell that was not understood and changes nothing; `why` is a Vietnamese sentence."""

    address: str
    text: str
    why: str


@dataclass(frozen=True)
class LeftOut:
    """A row that was passed over, and why."""

    row: int
    text: str
    why: str


@dataclass(frozen=True)
class Preview:
    """What bringing in one sheet would do. Nothing was written.

    `equal` counts the fields that stay as they are, also where a cell can be read in several ways
    and one of them is what is there already; `others` are sheets that could be read too;
    `new_rows` are the rows that a register gets, by the place under which targets name them.
    """

    file: str
    layout: Layout
    title: str
    headings: Mapping[int, str]
    changes: tuple[Change, ...]
    unread: tuple[Unread, ...]
    left_out: tuple[LeftOut, ...]
    equal: int = 0
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    new_rows: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def sure(self) -> tuple[Change, ...]:
        """What is written when a person agrees."""
        return tuple(one for one in self.changes if not one.doubt)

    @cached_property
    def doubtful(self) -> tuple[Change, ...]:
        """What waits for an answer."""
        return tuple(one for one in self.changes if one.doubt)
