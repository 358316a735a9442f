"""Every file that cannot be read is told in plain words, and changes nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from db.workbooks import container, looks, markup
from db.workbooks.book import open_book
from db.workbooks.problems import Stopped, WorkbookProblem
from db.workbooks.watch import Watch
from tests._helpers.workbooks import C, Sheet, write_workbook
from tests.db.workbooks.conftest import Importer

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


def problem(path: Path) -> WorkbookProblem:
    with pytest.raises(WorkbookProblem) as told:
        book = open_book(path)
        for one in book.sheets:
            book.page(one)
    assert "Chưa có gì thay đổi." in str(told.value)
    assert path.name in str(told.value)
    return told.value


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("cu.xls", OLE, "workbook_old_form", "Save As"),
        ("mk.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "workbook_password", "mật khẩu"),
        ("trong.xlsx", b"", "workbook_damaged", "bị hỏng"),
        ("rac.xlsx", bytes(range(1, 200)) * 9 + b"\0", "workbook_damaged", "bị hỏng"),
        ("zip-cut.xlsx", b"PK\x03\x04" + b"\0" * 40, "workbook_damaged", "bị hỏng"),
        ("web.xls", b"<html><table><tr><td>1</td></tr></table>", "workbook_old_form", "trang web"),
        ("chu.xlsx", "TT,Nội dung\n1,a\n".encode(), "workbook_old_form", "CSV"),
        ("giay.xlsx", b"%PDF-1.7\n", "workbook_foreign", "PDF"),
        ("~$so.xlsx", b"\x05Admin", "workbook_owner_file", "“so.xlsx”"),
    ],
    ids=lambda it: it if isinstance(it, str) and "." in it else "",
)
def test_files_of_other_kinds_are_named(
    tmp_path: Path, name: str, data: bytes, code: str, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told = problem(path)
    assert told.code == code
    assert words in str(told)


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("word/document.xml", "workbook_foreign"),
        ("xl/workbook.bin", "workbook_old_form"),
        ("mimetype", "workbook_old_form"),
        ("anything.txt", "workbook_foreign"),
    ],
)
def test_archives_of_other_kinds_are_named(tmp_path: Path, member: str, code: str) -> None:
    path = tmp_path / "khac.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert problem(path).code == code


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert problem(tmp_path / "khong-co.xlsx").code == "workbook_missing"
    folder = tmp_path / "thu-muc.xlsx"
    folder.mkdir()
    assert problem(folder).code == "workbook_foreign"


def test_a_file_that_another_program_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_workbook(tmp_path / "dang-mo.xlsx", Sheet("A", [["x"]]))

    def held(_self: Path) -> bytes:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "read_bytes", held)
    assert problem(path).code == "workbook_locked"


def test_a_file_that_is_open_in_excel_is_read_as_saved_and_said(importer: Importer) -> None:
    path = importer.file(Sheet("A", [["17.8", "Đạt"]]))
    path.with_name(f"~${path.name}").write_bytes(b"\x05Admin")
    assert any("đang mở trong Excel" in note for note in open_book(path).notes)


def test_macros_are_ignored_and_said(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsm"
    write_workbook(path, Sheet("A", [["x"]]), parts={"xl/vbaProject.bin": b"macro"})
    book = open_book(path)
    assert any("macro" in note for note in book.notes)
    assert book.page(book.sheets[0]).cell(1, 1)


@pytest.mark.parametrize(
    "member", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_parts_that_are_cut_off_are_told(tmp_path: Path, member: str) -> None:
    path = tmp_path / "hong.xlsx"
    write_workbook(path, Sheet("A", [["x"]]), parts={member: b"<worksheet><sheetData><row r='1'>"})
    assert problem(path).code == "workbook_damaged"


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused(tmp_path: Path, member: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    path = tmp_path / "bom.xlsx"
    write_workbook(path, Sheet("A", [["x"]]), parts={member: bomb})
    assert problem(path).code == "workbook_damaged"


def test_parts_that_grow_beyond_reason_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "_RATIO_COUNTS_FROM", 1 << 16)
    padded = b"<worksheet><sheetData/>" + b" " * (1 << 20) + b"</worksheet>"
    path = tmp_path / "bom.xlsx"
    write_workbook(path, Sheet("A", [["x"]]), parts={"xl/worksheets/sheet1.xml": padded})
    assert problem(path).code == "workbook_too_big"


def test_a_cell_far_from_all_others_is_named_and_the_program_lives_on(tmp_path: Path) -> None:
    far = (
        b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>"
    )
    path = tmp_path / "xa.xlsx"
    write_workbook(path, Sheet("A", [["x"]]), parts={"xl/worksheets/sheet1.xml": far})
    told = problem(path)
    assert told.code == "workbook_too_big"
    assert "XFD1048576" in str(told)


def test_more_cells_than_can_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST_CELLS", 20)
    path = write_workbook(tmp_path / "to.xlsx", Sheet("A", [[1, 2, 3]] * 10))
    assert problem(path).code == "workbook_too_big"


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='2'><c r='A2'><v>1</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>",
        "<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>",
        "<row r='1'><c r='A7'><v>1</v></c></row>",
        "<row r='1'><c r='ZZZZ1'><v>1</v></c></row>",
        "<row r='x'><c r='A1'><v>1</v></c></row>",
        "<row r='1'><c r='A1' t='s'><v>99</v></c></row>",
    ],
)
def test_sheets_that_contradict_themselves_are_told(tmp_path: Path, rows: str) -> None:
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    path = tmp_path / "roi.xlsx"
    write_workbook(path, Sheet("A", [["x"]]), parts={"xl/worksheets/sheet1.xml": sheet})
    try:
        book = open_book(path)
        assert book.page(book.sheets[0]).last_row <= 2
    except WorkbookProblem as told:
        assert told.code == "workbook_damaged"


def test_hundreds_of_thousands_of_empty_rows_do_no_harm(tmp_path: Path) -> None:
    empty = "".join(f"<row r='{n}'><c r='A{n}' s='1'/></row>" for n in range(2, 200_000))
    sheet = f"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>{empty}</sheetData>"
    path = tmp_path / "trong.xlsx"
    parts = {"xl/worksheets/sheet1.xml": f"{sheet}</worksheet>".encode()}
    write_workbook(path, Sheet("A", [["x"]]), parts=parts)
    book = open_book(path)
    assert book.page(book.sheets[0]).last_row == 1


def test_reading_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_PIECE", 64)
    path = write_workbook(tmp_path / "so.xlsx", Sheet("A", [["x"] * 20] * 20))
    steps: list[tuple[int, int]] = []
    book = open_book(path)
    watch = Watch(lambda done, total: steps.append((done, total)), lambda: len(steps) >= 3)
    with pytest.raises(Stopped):
        book.page(book.sheets[0], watch)
    assert len(steps) == 3


def test_another_layout_is_told_and_changes_nothing(importer: Importer) -> None:
    with pytest.raises(WorkbookProblem) as told:
        importer.look(["Thực đơn"], ["Phở", 30000], ["Bún", 25000])
    assert told.value.code == "workbook_layout"
    assert "--map" in str(told.value)


def test_formulas_without_a_result_are_told_cell_by_cell(importer: Importer) -> None:
    seen = importer.look(
        ["TT", "Nội dung", "Kết quả"],
        ["17.8", "Nhà tiêu", C(formula="B1/C1")],
        ["17.9", "Chăn nuôi", C("#DIV/0!", error=True)],
        ["17.6", "Chất thải", 72.5],
        ["17.1", "Nước sạch", C(formula="B1/C1", hollow=True)],
        ["17.2", "Cơ sở", C(72.5, formula="B1/C1")],
        ["17.3", "Cảnh quan", C("", formula='IF(B1="","","x")')],
    )
    assert {one.address: one.why.split(";")[0] for one in seen.unread} == {
        "C2": "công thức chưa có kết quả lưu kèm",
        "C3": "công thức trong Excel đang báo lỗi",
        "C5": "công thức chưa có kết quả lưu kèm",
    }
    assert [one.addresses for one in seen.sure] == [("C4",), ("C6",)]
