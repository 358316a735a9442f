"""Each register travels in the bundle like the checklist, and is taken back like it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from db.kinds import Link
from db.problems import Refused
from db.registers import ALL, Register
from db.registers.reading import read_page
from tests._helpers.stores import dump_of, friends, pass_on
from tests.db.journal.test_recording import sample
from tests.db.registers.conftest import TODAY, Book


@pytest.mark.parametrize("register", ALL, ids=lambda it: it.name)
def test_a_row_comes_out_the_same_at_the_other_laptop(register: Register, tmp_path: Path) -> None:
    from db.models.base import columns
    from db.registers.writing import new_id, put

    one, two = friends(tmp_path)
    with closing(one), closing(two):
        page = read_page(one, register, TODAY)
        row = page.records[0].id if register.keys and page.records else new_id()
        for name, kind in columns(register.model).items():
            if not register.column(name).typed:
                continue
            with one.act() as session:
                row = put(session, page.context, register, row, {name: sample(kind, 2)})
        pass_on(one, two, tmp_path / "usb")
        assert dump_of(one) == dump_of(two)
        there = read_page(two, register, TODAY).record(row)
        assert there is not None and there.there
        assert there.values == read_page(one, register, TODAY).record(row).values  # type: ignore[union-attr]


def test_what_the_upper_level_writes_is_not_written_here(book: Book) -> None:
    from db.registers.work import OBSTACLES

    with pytest.raises(Refused, match="cấp trên"):
        book.write(OBSTACLES, reply="Đồng ý")


@pytest.mark.parametrize("register", ALL, ids=lambda it: it.name)
def test_a_field_is_taken_back_by_undo(register: Register, book: Book) -> None:
    column = next(it for it in register.columns if it.typed and not isinstance(it.kind, Link))
    page = book.page(register)
    row = page.records[0].id if register.keys and page.records else ""
    typed = {"Count": "5", "Quantity": "5", "Choice": "1", "Date": "01/07/2024", "Year": "2024"}
    row = book.write(register, row, **{column.name: typed.get(type(column.kind).__name__, "Chữ")})
    book.desk.store.undo(book.desk.officer)
    record = book.page(register).record(row)
    assert record is None or not record.there
