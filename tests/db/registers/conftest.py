from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.desk import Desk
from db.registers import Register
from db.registers.reading import Page, read_page
from db.registers.writing import new_id, put

TODAY = date(2024, 7, 15)


class Book:
    """A person who writes in registers as the form does: each field typed as text."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def page(self, register: Register, today: date = TODAY) -> Page:
        return read_page(self.desk, register, today)

    def write(self, register: Register, row: str = "", **typed: str) -> str:
        """Type some fields of a row, one action each; gives the row's id."""
        row = row or new_id()
        for name, text in typed.items():
            page = self.page(register)
            value = register.column(name).kind.read(text, page.context.names) if text else None
            with self.desk.act() as session:
                row = put(session, page.context, register, row, {name: value})
        return row

    def values(self, register: Register, row: str, today: date = TODAY) -> Any:
        record = self.page(register, today).record(row)
        assert record is not None
        return record.values

    def findings(self, register: Register, row: str, today: date = TODAY) -> list[str]:
        record = self.page(register, today).record(row)
        assert record is not None
        return [it.text for it in record.findings]


@pytest.fixture
def book(desk: Desk) -> Book:
    return Book(desk)


@pytest.fixture
def as_officer(desk: Desk) -> Callable[[str], Book]:
    return lambda name: Book(replace(desk, officer=name))
