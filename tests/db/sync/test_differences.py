"""What a bundle changes, told before it is taken in, afterwards, and from the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.desk import Desk
from db.judging import Status
from db.registers.reading import read_page
from db.registers.register import Register
from db.registers.work import TASKS
from db.registers.writing import new_id, put
from db.sync import differences
from db.sync.deciding import set_aside
from db.sync.differences import Difference, Differences, read_differences
from db.sync.imports import read_import
from db.sync.receiving import Outcome, receive
from tests._helpers.stores import dump_of, friends, send, set_note, set_status


@contextmanager
def laptops(path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, other = friends(path)
    with one, other:
        yield one, other


def write(desk: Desk, register: Register, row: str, **values: Any) -> None:
    page = read_page(desk, register, date(2024, 7, 1))
    with desk.act() as session:
        put(session, page.context, register, row, values)


def looked(desk: Desk, path: Path) -> Differences:
    seen = receive(desk, path, dry_run=True)
    assert seen.differences is not None
    return seen.differences


def done(desk: Desk, taken: Outcome) -> Differences:
    with desk.reading() as session:
        return read_differences(session, taken.counted)


def of(found: Differences, called: str, label: str) -> Difference:
    return next(one for one in found.listed if (one.called, one.label) == (called, label))


def test_a_preview_says_from_what_to_what_and_who_wrote_it(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, other):
        set_note(one, "1.1", "cũ")
        receive(other, send(one, tmp_path / "a").path)
        set_note(other, "1.1", "mới")
        bundle = send(other, tmp_path / "b").path
        before = dump_of(one)
        found = looked(one, bundle)
        assert dump_of(one) == before
        note = of(found, "chỉ tiêu 1.1", "Ghi chú")
        assert (note.before, note.after, note.officer) == ("cũ", "mới", "Lý Văn Bé")
        assert not note.conflict
        assert found.total == 1


def test_what_was_done_reads_as_what_would_be(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, other):
        for number in ("1.1", "2.1", "17.8"):
            set_status(other, number, Status.MET)
        bundle = send(other, tmp_path / "b").path
        would = looked(one, bundle)
        taken = receive(one, bundle)
        assert done(one, taken) == would
        with one.reading() as session:
            assert read_import(session, taken.transfer).differences == would


def test_a_field_edited_many_times_is_one_difference(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, other):
        for text in ("một", "hai", "ba"):
            set_note(other, "1.1", text)
        found = looked(one, send(other, tmp_path / "b").path)
        note = of(found, "chỉ tiêu 1.1", "Ghi chú")
        assert (note.before, note.after) == (None, "ba")
        assert found.total == 2  # the row itself is new


def test_equal_values_are_no_difference(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, other):
        set_note(one, "1.1", "như nhau")
        set_note(other, "1.1", "như nhau")
        assert looked(one, send(other, tmp_path / "b").path).total == 0


def test_both_sides_of_a_conflict_are_told(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, other):
        set_note(one, "1.1", "của máy một")
        set_note(other, "1.1", "của máy hai")
        found = looked(one, send(other, tmp_path / "b").path)
        note = of(found, "chỉ tiêu 1.1", "Ghi chú")
        assert (note.before, note.after) == ("của máy một", "của máy hai")
        assert note.conflict and found.conflicts == 1


def test_rows_of_registers_are_called_by_their_names_and_so_is_what_they_lead_to(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path) as (one, other):
        row, set_id = new_id(), other.sheet().criteria_set.id
        write(other, TASKS, row, title="Rà soát đường trục", indicator=f"{set_id}/2.1")
        found = looked(one, send(other, tmp_path / "b").path)
        task = of(found, "công việc “Rà soát đường trục”", "Chỉ tiêu")
        assert task.after_name == "2.1"
        created = next(it for it in found.listed if it.entity == "task" and it.creates)
        assert created.called == "công việc “Rà soát đường trục”"
        assert ("Công việc", 3) in [(it.name, it.count) for it in found.by_register]


def test_differences_are_counted_by_register_and_by_person(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, other):
        set_note(other, "1.1", "ghi chú")
        mine = other.taken_by("Hoàng Thị Mai")
        set_note(mine, "1.2", "của người khác")
        found = looked(one, send(other, tmp_path / "b").path)
        people = {(it.officer, it.count) for it in found.by_person}
        assert ("Lý Văn Bé", 2) in people
        assert {name for name, _count in people} == {"Lý Văn Bé", "Hoàng Thị Mai"}
        registers = {it.entity: it.count for it in found.by_register}
        assert registers["assessment"] == 4
        assert sum(registers.values()) == found.total == sum(it.count for it in found.by_person)
        assert all(it.machine.startswith("UBND xã Cai Kinh") for it in found.by_person)


def test_of_very_many_differences_the_first_are_listed_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "MOST_LISTED", 3)
    with laptops(tmp_path) as (one, other):
        for number in ("1.1", "1.2", "2.1", "3.1"):
            set_note(other, number, "ghi chú")
        found = looked(one, send(other, tmp_path / "b").path)
        assert len(found.listed) == 3
        assert found.total == 8


def test_what_an_import_brought_can_be_read_also_after_it_was_set_aside(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, other):
        set_note(other, "1.1", "mới")
        taken = receive(one, send(other, tmp_path / "b").path)
        set_aside(one, taken.transfer)
        with one.reading() as session:
            brought = read_import(session, taken.transfer)
        assert of(brought.differences, "chỉ tiêu 1.1", "Ghi chú").after == "mới"
        assert brought.record.aside_at is not None
        assert (brought.record.counted, brought.record.aside) == (0, 2)
