"""A workbook of five thousand rows is looked at step by step, and can be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from db.workbooks.applying import apply
from db.workbooks.previewing import preview
from db.workbooks.problems import Stopped
from db.workbooks.watch import Watch
from tests.db.workbooks.conftest import Importer

ROWS = 5_000


@pytest.fixture
def long_list(tmp_path: Path) -> Path:
    path = tmp_path / "dai.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Huy động")
    heads = ("Tên người góp", "Góp bằng", "Số lượng", "Thôn", "Ngày", "Ghi chú")
    for column, text in enumerate(heads):
        sheet.write_string(0, column, text)
    for row in range(1, ROWS + 1):
        sheet.write_string(row, 0, f"Hộ ông Hoàng Văn {row}")
        sheet.write_string(row, 1, "Ngày công")
        sheet.write_number(row, 2, row % 40 + 0.5)
        sheet.write_string(row, 3, "Đồng Mỏ")
        sheet.write_string(row, 4, f"{row % 28 + 1:02d}/06/2024")
        sheet.write_string(row, 5, "làm đường")
    book.close()
    return path


def test_five_thousand_rows_are_previewed_with_progress(
    importer: Importer, long_list: Path
) -> None:
    steps: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: steps.append((done, total)))
    seen = preview(long_list, importer.ground, watch=watch)
    assert len(seen.sure) == 6 * ROWS and not seen.doubtful and not seen.unread
    assert len(steps) > 20 and all(done <= total for done, total in steps)


@pytest.mark.parametrize("after", [0, 3, 15, 30])
def test_it_can_be_stopped_anywhere(importer: Importer, long_list: Path, after: int) -> None:
    left = iter([False] * after)
    with pytest.raises(Stopped):
        preview(long_list, importer.ground, watch=Watch(cancelled=lambda: next(left, True)))


def test_writing_it_can_be_stopped_too(importer: Importer, long_list: Path) -> None:
    seen = preview(long_list, importer.ground)
    left = iter([False] * 2)
    with pytest.raises(Stopped):
        apply(importer.ground, seen, Watch(cancelled=lambda: next(left, True)))
    assert importer.ground.page("contribution").records == ()
