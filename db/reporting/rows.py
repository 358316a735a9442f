"""Rows of registers with the words for what they lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.desk import Desk
from db.registers.reading import Page, read_page
from db.registers.register import Record, Register


@dataclass(frozen=True)
class Row:
    """One row of a register; `text` writes a field for people, `get` gives its value."""

    page: Page
    record: Record

    def get(self, name: str) -> Any:
        """Give a value; None where there is none."""
        return self.record.values.get(name)

    def text(self, name: str) -> str:
        """Write a value for people, on one line; empty where there is none."""
        return self.page.register.text(self.record, self.page.context, name)

    @property
    def name(self) -> str:
        """What the row is called."""
        return self.page.register.called_by(self.record, self.page.context)


def rows_of(desk: Desk, register: Register, today: date) -> Iterator[Row]:
    """Read a register; rows of another year or criteria set are left out."""
    page = read_page(desk, register, today)
    return (Row(page, it) for it in page.records if not it.other)
