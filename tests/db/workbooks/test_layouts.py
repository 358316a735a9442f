"""A layout can be kept, changed, and said by the program's own workbooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from db import checklist
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.judging.entry import figure_text, parse_figure
from db.problems import Refused
from db.registers.reading import read_page
from db.registers.writing import put
from db.upper import UpperFounding
from db.workbooks import own
from db.workbooks.applying import apply
from db.workbooks.ground import Ground, ground_of
from db.workbooks.layout import CHECKLIST, NAME, NUMBER, ROW, Layout, Role
from db.workbooks.layout_file import read_layout, read_layout_file, write_layout
from db.workbooks.measures import DayOrder, NumberStyle
from db.workbooks.previewing import preview
from db.workbooks.problems import WorkbookProblem
from db.workbooks.wording import vocabulary
from tests._helpers.workbooks import Sheet
from tests.db.workbooks.conftest import Importer


@pytest.mark.parametrize("subject", ["checklist", "villages", "work", "member"])
def test_every_column_has_one_name_that_comes_back(importer: Importer, subject: str) -> None:
    ground = importer.ground
    roles = list(vocabulary(ground, subject).values())
    assert len(set(roles)) == len(roles)
    columns = dict(enumerate(roles, 1))
    layout = Layout(
        "Biểu “1”",
        subject,
        3,
        5,
        columns,
        NumberStyle.ENGLISH,
        DayOrder.SWAPPED,
        True,
        {"B7": '45,2 "%"', "C9": ""},
    )
    assert read_layout(write_layout(ground, layout, {1: "TT"}), ground) == layout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trang = ", "cuối tệp"),
        ('trang = "A', "cuối tệp"),
        ("trang = A\n", "dòng 1"),
        ('trang = "A"', "bang"),
        ('trang = "A"\nbang = "Thực đơn"', "Bộ tiêu chí"),
        ('trang = "A"\nbang = "Bộ tiêu chí"', "dong_dau"),
        ('trang = "A"\nbang = "Bộ tiêu chí"\ndong_dau = 2', "[cot]"),
        ('trang = "A"\nbang = "Bộ tiêu chí"\ndong_dau = 2\n[cot]\nA = "Giá"', "Số chỉ tiêu"),
        ('trang = "A"\nbang = "Bộ tiêu chí"\ndong_dau = 2\n[cot]\nA1 = "Ghi chú"', "tên cột"),
        (
            'trang = "A"\nbang = "Bộ tiêu chí"\ndong_dau = 2\n[cot]\nA="Ghi chú"\nB="Ghi chú"',
            "hai cột",
        ),
        ('trang = "A"\nbang = "Vốn"\ndong_dau = 2\nsheet = 1\n[cot]\nA="Nội dung"', "sheet"),
        ('trang = "A"\nbang = "Vốn"\ndong_dau = 2\nso = "1"\n[cot]\nA="Nội dung"', "1.234,5"),
        ('trang = "A"\nbang = "Vốn"\ndong_dau = 2\n[cot]\nA="Nội dung"\n[o]\nB="1"', "B"),
    ],
)
def test_mistakes_in_a_mapping_file_are_named(importer: Importer, text: str, words: str) -> None:
    with pytest.raises(WorkbookProblem) as told:
        read_layout(text, importer.ground)
    assert words in str(told.value) and "Chưa có gì thay đổi." in str(told.value)


def test_a_mapping_file_reads_a_table_without_headings(importer: Importer, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["17.8", 70], ["17.9", 61]]
    kept = tmp_path / "cach-doc.toml"
    kept.write_text(
        'trang = "bieu 1"\nbang = "bo tieu chi"\ndong_dau = 1\n'
        '[cot]\nA = "so chi tieu"\nB = "SỐ LIỆU"\n[o]\nB2 = "62,5"\n',
        encoding="utf-8",
    )
    path = importer.file(Sheet("Biểu 1", rows))
    seen = preview(path, importer.ground, layout=read_layout_file(kept, importer.ground))
    assert [(one.place, one.after) for one in seen.sure] == [("B1", "70"), ("B2", "62,5")]


def test_a_mapping_file_that_cannot_be_read_is_told(importer: Importer, tmp_path: Path) -> None:
    for path, data in (
        (tmp_path / "khong.toml", None),
        (tmp_path / "la.toml", b"trang = 'Bi\xd3u'"),
    ):
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(WorkbookProblem) as told:
            read_layout_file(path, importer.ground)
        assert path.name in str(told.value)


def test_the_best_sheet_is_chosen_and_the_others_are_named(importer: Importer) -> None:
    path = importer.file(
        Sheet("Bìa", [["Báo cáo"]]),
        Sheet("CT", [["Công trình", "Ghi chú"], ["Đường A", "x"]]),
        Sheet("Biểu", [["TT", "Kết quả"], *[[f"17.{n}", 60 + n] for n in range(6, 10)]]),
        Sheet("Ẩn", [["TT", "Kết quả"], ["17.8", 1]], state="hidden"),
    )
    seen = preview(path, importer.ground)
    assert seen.layout.sheet == "Biểu" and seen.others == ("CT",)
    assert preview(path, importer.ground, sheet="ct").title == "Công trình"
    assert preview(path, importer.ground, sheet="an").layout.sheet == "Ẩn"


def own_workbook(path: Path, ground: Ground, *, scope: str = "") -> Path:
    """A workbook as this program's exporter writes it: the checklist and the works."""
    book = xlsxwriter.Workbook(path)
    findings = book.add_worksheet("Tiêu chí")
    columns = {1: NUMBER, 2: NAME, 3: Role("status"), 4: Role("figure"), 5: Role("due")}
    for row, state in enumerate(ground.checklist.states, 1):
        one = state.indicator
        findings.write_string(row, 0, one.number)
        findings.write_string(row, 1, one.name)
        findings.write_string(row, 2, state.assessment.status.label)
        findings.write_string(row, 3, figure_text(state.assessment.figure))
        if state.assessment.due:
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            findings.write_datetime(row, 4, state.assessment.due, day)
    works = book.add_worksheet("Công trình")
    records = ground.page("work").records
    for row, record in enumerate(records, 1):
        works.write_string(row, 0, record.id)
        works.write_string(row, 1, record.values["title"])
    layouts = [
        Layout("Tiêu chí", CHECKLIST, 1, 2, columns),
        Layout("Công trình", "work", 1, 2, {1: ROW, 2: Role("title"), 3: Role("note")}),
    ]
    marks = book.add_worksheet(own.MARK_SHEET)
    for number, texts in enumerate(own.mark_rows(ground, layouts)):
        for column, text in enumerate(texts):
            marks.write_string(number, column, scope if scope and column == 2 and number else text)
    marks.very_hidden()
    book.close()
    return path


@pytest.fixture
def filled(importer: Importer) -> Importer:
    sheet = importer.desk.sheet()
    state = importer.desk.checklist().by_number["17.8"]
    figure = parse_figure("1.011/1.498", state.indicator, state.threshold.effective)
    with importer.desk.act() as session:
        checklist.set_status(session, sheet, "17.8", Status.NOT_MET)
        checklist.set_figure(session, sheet, "17.8", figure, state.threshold.effective)
        checklist.set_due(session, sheet, "17.8", date(2024, 4, 3))
    importer.take(["Công trình", "Ghi chú"], ["Đường A", "cũ"])
    return importer


def test_the_programs_own_workbook_comes_back_without_a_question(filled: Importer) -> None:
    path = own_workbook(filled.folder / "ra.xlsx", filled.ground)
    seen = preview(path, filled.ground)
    assert seen.layout.own and (seen.changes, seen.unread, seen.left_out) == ((), (), ())
    assert seen.others == ("Công trình",)
    works = preview(path, filled.ground, sheet="Công trình")
    assert (works.changes, works.unread) == ((), ()) and works.equal == 1


def test_rows_of_the_own_workbook_stay_themselves_when_renamed(filled: Importer) -> None:
    path = own_workbook(filled.folder / "ra.xlsx", filled.ground)
    register = filled.ground.registers["work"]
    (row,) = read_page(filled.desk, register, date(2024, 7, 1)).records
    with filled.desk.act() as session:
        put(session, filled.ground.page("work").context, register, row.id, {"title": "Đường B"})
    seen = preview(path, filled.ground, sheet="Công trình")
    assert [(one.target.row, one.before, one.after) for one in seen.sure] == [
        (row.id, "Đường B", "Đường A")
    ]
    apply(filled.ground, seen)
    assert len(read_page(filled.desk, register, date(2024, 7, 1)).records) == 1


def test_the_own_workbook_of_another_commune_set_or_program_is_refused(
    filled: Importer, tmp_path: Path
) -> None:
    path = own_workbook(filled.folder / "ra.xlsx", filled.ground, scope="lang-son/x/y")
    with pytest.raises(WorkbookProblem) as told:
        preview(path, filled.ground)
    assert told.value.code == "workbook_other_commune"
    path = own_workbook(filled.folder / "ra2.xlsx", filled.ground)
    other_year = ground_of(filled.desk, year=2025)
    with pytest.raises(WorkbookProblem) as told:
        preview(path, other_year)
    assert told.value.code == "workbook_other_sheet" and "--year 2024" in str(told.value)


def test_the_upper_level_writes_nothing_for_a_commune(tmp_path: Path) -> None:
    home = Home(tmp_path / "upper")
    answers = UpperFounding("Lạng Sơn", "Hữu Lũng", "Trần Văn D")
    with Desk.found_upper(home, answers) as desk, pytest.raises(Refused) as told:
        ground_of(desk)
    assert "máy của xã" in str(told.value)


def test_a_layout_of_a_person_wins_over_what_is_found(importer: Importer) -> None:
    seen = importer.look(["TT", "Kết quả", "Số liệu"], ["17.9", 61, 62])
    changed = replace(seen.layout, columns={1: NUMBER, 2: Role("figure")})
    again = preview(importer.folder / "so.xlsx", importer.ground, layout=changed)
    assert [one.after for one in again.sure] == ["61"]
