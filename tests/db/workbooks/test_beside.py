"""What stands on a sheet beside the table that is read is neither mixed in nor kept silent."""

from __future__ import annotations

from dataclasses import replace

from db.workbooks.book import open_book
from db.workbooks.finding import layout_about
from db.workbooks.previewing import preview_book
from tests._helpers.workbooks import Sheet
from tests.db.workbooks.conftest import Importer

STACKED = (
    ["I. KẾT QUẢ TIÊU CHÍ"],
    ["STT", "Nội dung", "Kết quả", "Xã tự đánh giá"],
    ["17.8", "Tỷ lệ hộ có nhà tiêu, nhà tắm", "67,5%", "Chưa đạt"],
    ["17.9", "Tỷ lệ cơ sở chăn nuôi đảm bảo các quy định", "66%", "Đạt"],
    [],
    ["II. CÔNG TRÌNH"],
    ["STT", "Tên công trình", "Thôn", "Khối lượng (%)"],
    [1, "Đường ngõ Đồi Sim", None, 30],
    [2, "Mương Nà Mẫu", None, 80],
    [],
    ["III. KHÓ KHĂN"],
    ["STT", "Nội dung khó khăn, vướng mắc", "Đề xuất"],
    [1, "Thiếu nước mùa khô", "Hỗ trợ bồn chứa"],
)


def test_a_table_ends_where_the_next_one_begins(importer: Importer) -> None:
    seen = importer.look(*STACKED)
    assert {one.target.row for one in seen.changes} == {"17.8", "17.9"}
    assert seen.left_out == () and seen.unread == ()
    (note,) = seen.notes
    assert "từ dòng 7" in note and "Tên công trình" in note


def test_the_other_tables_can_be_chosen(importer: Importer) -> None:
    book = open_book(importer.file(Sheet("Biểu 1", STACKED)))
    first = preview_book(book, importer.ground)
    page = book.page(book.sheet("Biểu 1"))
    works = layout_about(page, "work", importer.ground, first.layout)
    seen = preview_book(book, importer.ground, layout=works)
    names = [one.after for one in seen.changes if one.target.field == "title"]
    assert names == ["Đường ngõ Đồi Sim", "Mương Nà Mẫu"]
    assert any("từ dòng 12" in note for note in seen.notes)
    obstacles = layout_about(page, "obstacle", importer.ground, first.layout)
    seen = preview_book(book, importer.ground, layout=replace(obstacles))
    assert [one.after for one in seen.changes if one.target.field == "title"] == [
        "Thiếu nước mùa khô"
    ]


def test_headings_that_are_printed_again_are_no_rows(importer: Importer) -> None:
    head = ["STT", "Tên công trình", "Khối lượng (%)"]
    seen = importer.look(head, [1, "Đường A", 30], head, [2, "Đường B", 40])
    names = [one.after for one in seen.changes if one.target.field == "title"]
    assert names == ["Đường A", "Đường B"] and seen.notes == ()


def test_columns_that_are_not_read_are_named(importer: Importer) -> None:
    seen = importer.look(
        ["TT", "Kết quả", "Yêu cầu", "Số quyết định", "Huyện thẩm tra", "Trống"],
        ["17.8", "67,5%", "≥ 70%", "12/QĐ", "Đạt", None],
    )
    assert seen.notes == ("Không đọc cột D “Số quyết định”. Cần đọc thì chỉ rõ cột.",)
