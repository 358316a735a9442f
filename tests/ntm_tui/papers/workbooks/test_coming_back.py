"""A workbook that this program wrote comes back without a question, changed or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.communes import village_code
from db.desk import Desk
from db.workbooks.book import open_book
from db.workbooks.changes import Preview
from db.workbooks.finding import find_layouts
from db.workbooks.ground import Ground
from db.workbooks.previewing import preview_book
from db.workbooks.problems import WorkbookProblem
from ntm_tui.papers.workbooks.table import Row, Table, Value
from ntm_tui.papers.workbooks.workbook import Options, Source
from ntm_tui.papers.workbooks.writing import write
from tests.conftest import PRACTICE_DAY
from tests.ntm_tui.papers.workbooks.conftest import HALF, NOON, workbook

BACK = {
    "ket-qua": ("checklist",),
    "bang-thon": ("villages", "village"),
    "cong-trinh": ("work",),
    "giai-ngan": ("fund_line", "disbursement"),
    "vuong-mac": ("obstacle",),
    "cong-viec": ("task",),
    "dong-gop": ("contribution",),
}
FOR_READING = ("bieu-6-thang", "nguon-luc", "phan-cong", "minh-chung")
Edit = Callable[[Table], Table]


def every_column(table: Table) -> Table:
    """As an office that wants to see all there is."""
    return replace(table, columns=tuple(replace(one, spare=False) for one in table.columns))


@pytest.fixture
def looked(commune: Desk, tmp_path: Path) -> Callable[..., list[Preview]]:
    """Makes a workbook, perhaps changes it as a person would, and looks at it coming back."""

    def look(kind: str, edit: Edit = lambda table: table) -> list[Preview]:
        source = Source(commune, HALF, Options(with_names=True), NOON)
        tables = [edit(table) for table in workbook(kind).tables(source)]
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(write(source, kind, tables))
        ground = Ground(commune, commune.sheet(), PRACTICE_DAY)
        book = open_book(path)
        layouts = find_layouts(book, ground)
        return [preview_book(book, ground, layout=one) for one in layouts]

    return look


@pytest.mark.parametrize("kind", BACK)
@pytest.mark.parametrize("edit", [lambda table: table, every_column], ids=["shipped", "all"])
def test_unchanged_it_changes_nothing(
    looked: Callable[..., list[Preview]], kind: str, edit: Edit
) -> None:
    seen = looked(kind, edit)
    assert tuple(one.layout.subject for one in seen) == BACK[kind]
    for one in seen:
        assert one.equal > 0 and not one.changes and not one.unread
        assert {it.why for it in one.left_out} <= {"dòng tổng"}


@pytest.mark.parametrize("kind", FOR_READING)
def test_what_is_put_together_from_elsewhere_is_refused(
    looked: Callable[..., list[Preview]], kind: str
) -> None:
    with pytest.raises(WorkbookProblem, match="lập để xem và in") as refused:
        looked(kind)
    assert refused.value.code == "workbook_read_only" and "Chưa có gì thay đổi" in str(
        refused.value
    )


def changing(key: str, **cells: Value) -> Edit:
    """A person who types into some cells of one row."""

    def edit(table: Table) -> Table:
        rows = tuple(
            replace(row, cells={**row.cells, **cells}) if row.key == key else row
            for row in table.rows
        )
        return replace(table, rows=rows)

    return edit


def test_a_changed_finding_is_the_only_change(looked: Callable[..., list[Preview]]) -> None:
    (seen,) = looked("ket-qua", changing("13.1", danh_gia="Chưa đạt", ghi_chu="Hợp tác xã yếu."))
    assert {(one.target.row, one.target.field) for one in seen.changes} == {
        ("13.1", "status"),
        ("13.1", "note"),
    }
    assert len(seen.sure) == 2


def test_the_parts_of_a_share_can_be_changed(looked: Callable[..., list[Preview]]) -> None:
    cells = {"ct_17_8_numerator": Decimal(100)}
    seen = looked("bang-thon", changing(village_code("Thôn 2"), **cells))[0]
    (change,) = seen.sure
    assert change.target.row == "17.8" and change.after.startswith("100/")
    assert seen.changes == seen.sure


def test_sums_of_villages_are_not_taken_for_a_finding_of_the_commune(
    looked: Callable[..., list[Preview]],
) -> None:
    (seen,) = looked("ket-qua", changing("17.8", tu_so=Decimal(1400)))
    assert seen.changes == ()


def test_a_row_without_a_mark_is_a_new_one(looked: Callable[..., list[Preview]]) -> None:
    def add(table: Table) -> Table:
        row = Row({"title": "Kiểm tra mương Nà Mẫu", "due": date(2024, 12, 3)}, "new")
        return replace(table, rows=(*table.rows, row))

    (seen,) = looked("cong-viec", add)
    assert len(seen.new_rows) == 1 and len(seen.sure) == len(seen.changes) == 2


def test_how_things_stood_does_not_come_back(commune: Desk, tmp_path: Path) -> None:
    past = replace(HALF, first=date(2024, 1, 1))
    path = tmp_path / "cu.xlsx"
    path.write_bytes(workbook("ket-qua").make_from(Source(commune, past, made=NOON)))
    ground = Ground(commune, commune.sheet(), PRACTICE_DAY)
    with pytest.raises(WorkbookProblem, match="lập để xem và in"):
        find_layouts(open_book(path), ground)
