"""Each register travels in the bundle like the checklist, and is taken back like it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from db.desk import Desk
from db.kinds import Link
from db.models.base import columns
from db.owner import Owner
from db.problems import Refused
from db.registers import ALL, Register
from db.registers.reading import Page, read_page
from db.registers.writing import new_id, put
from tests._helpers.stores import district_of, dump_of, found, friends, pass_on
from tests.db.journal.test_recording import sample
from tests.db.registers.conftest import TODAY, Book

OF_THE_COMMUNE = [it for it in ALL if it.model.row_owner is Owner.COMMUNE]


def first_row(page: Page) -> str:
    there = page.register.keys and page.records
    return page.records[0].id if there else new_id()


def fill_in(desk: Desk, register: Register, row: str) -> str:
    """Write every field of a row that such a desk may write."""
    page = read_page(desk, register, TODAY)
    for name, kind in columns(register.model).items():
        if name in {it.name for it in register.columns if it.typed_by(desk.owner)}:
            with desk.act() as session:
                row = put(session, page.context, register, row, {name: sample(kind, 2)})
    return row


def assert_alike(one: Desk, two: Desk, register: Register, row: str) -> None:
    assert dump_of(one) == dump_of(two)
    here, there = (read_page(it, register, TODAY).record(row) for it in (one, two))
    assert here is not None and there is not None and there.there
    assert there.values == here.values


@pytest.mark.parametrize("register", OF_THE_COMMUNE, ids=lambda it: it.name)
def test_a_row_comes_out_the_same_at_the_other_laptop(register: Register, tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        row = fill_in(one, register, first_row(read_page(one, register, TODAY)))
        pass_on(one, two, tmp_path / "usb")
        assert_alike(one, two, register, row)


@pytest.mark.parametrize("register", ALL, ids=lambda it: it.name)
def test_a_row_comes_out_the_same_at_the_upper_level_and_back(
    register: Register, tmp_path: Path
) -> None:
    commune = found(tmp_path / "one")
    with closing(commune), closing(district_of(commune, tmp_path / "upper")) as upper:
        first, then = (commune, upper) if register in OF_THE_COMMUNE else (upper, commune)
        row = fill_in(first, register, first_row(read_page(first, register, TODAY)))
        pass_on(first, then, tmp_path / "usb")
        fill_in(then, register, row)
        pass_on(then, first, tmp_path / "usb")
        assert_alike(commune, upper, register, row)


def test_what_the_upper_level_writes_is_not_written_here(book: Book) -> None:
    from db.registers.work import OBSTACLES

    with pytest.raises(Refused, match="cấp trên"):
        book.write(OBSTACLES, reply="Đồng ý")


@pytest.mark.parametrize("register", OF_THE_COMMUNE, ids=lambda it: it.name)
def test_a_field_is_taken_back_by_undo(register: Register, book: Book) -> None:
    column = next(
        it
        for it in register.columns
        if it.typed_by(Owner.COMMUNE) and not isinstance(it.kind, Link)
    )
    page = book.page(register)
    row = page.records[0].id if register.keys and page.records else ""
    typed = {"Count": "5", "Quantity": "5", "Choice": "1", "Date": "01/07/2024", "Year": "2024"}
    row = book.write(register, row, **{column.name: typed.get(type(column.kind).__name__, "Chữ")})
    book.desk.store.undo(book.desk.officer)
    record = book.page(register).record(row)
    assert record is None or not record.there
