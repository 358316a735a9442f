"""Headings, order and titles are the office's: kept in a file, checked when it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from ntm_tui.papers.workbooks import WORKBOOKS, Options
from ntm_tui.papers.workbooks.form_file import (
    FormProblem,
    form_path,
    keep_form,
    read_form,
    write_form,
)
from ntm_tui.papers.workbooks.forms import Form, arranged, choosable, filled, in_form, shipped
from ntm_tui.papers.workbooks.table import Column, Row, Table
from ntm_tui.papers.workbooks.workbook import Source
from tests.ntm_tui.papers.workbooks.conftest import HALF, NOON

TABLE = Table(
    "thu",
    "Thử",
    "BẢNG THỬ {NĂM}",
    (
        Column("stt", "STT"),
        Column("thon", "Thôn"),
        Column("ct_1", "1.1", of_data=True),
        Column("ghi_chu", "Ghi chú"),
        Column("khac", "Khác", spare=True),
        Column("ma", "Mã dòng", kept=True),
    ),
    (Row({"stt": 1}),),
)
WORDS = {"năm": "2024", "kỳ": "quý III/2024"}


@pytest.fixture
def written(home: Home) -> Callable[[str], Form | None]:
    """Reads the form that an office wrote by hand."""

    def read(text: str) -> Form | None:
        path = form_path(home, TABLE.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return read_form(home, TABLE)

    return read


def names(table: Table) -> list[str]:
    return [one.name for one in table.columns]


def test_without_a_file_a_sheet_is_as_shipped(home: Home) -> None:
    assert read_form(home, TABLE) is None
    table = in_form(TABLE, shipped(TABLE), WORDS)
    assert names(table) == ["stt", "thon", "ct_1", "ghi_chu", "ma"]
    assert table.title == "BẢNG THỬ 2024"


def test_what_is_kept_is_read_back(home: Home) -> None:
    home.path.mkdir()
    form = Form("Bảng của [xã] “mình” {kỳ}", (("ghi_chu", "Lời > Ghi"), ("thon", "Tên thôn")))
    keep_form(home, TABLE, form)
    assert read_form(home, TABLE) == form
    table = in_form(TABLE, form, WORDS)
    assert names(table) == ["ghi_chu", "thon", "ct_1", "ma"]
    assert table.title == "Bảng của [xã] “mình” quý III/2024"
    assert table.columns[0].levels == ("Lời", "Ghi")


def test_a_form_as_shipped_needs_no_file(home: Home) -> None:
    home.path.mkdir()
    keep_form(home, TABLE, replace(shipped(TABLE), title="Khác"))
    keep_form(home, TABLE, shipped(TABLE))
    assert not form_path(home, TABLE.key).exists()


def test_columns_of_the_data_are_always_there(written: Callable[[str], Form | None]) -> None:
    form = written('[cot]\nghi_chu = "Ghi chú"\n')
    assert form is not None
    assert names(in_form(TABLE, form, WORDS)) == ["ghi_chu", "ct_1", "ma"]


def test_a_title_alone_leaves_the_columns_as_they_are(
    written: Callable[[str], Form | None],
) -> None:
    assert written('tieu_de = "BIỂU 02"') == Form("BIỂU 02", shipped(TABLE).columns)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[cot]\nthôn = "Thôn"', "Không hiểu chỗ dòng 2"),
        ('[cot]\nlang = "Làng"', "Không có cột lang. Dùng được: stt, thon, ghi_chu, khac."),
        ('[cot]\nct_1 = "1.1"', "Không có cột ct_1"),
        ('[cot]\nma = "Mã"', "Không có cột ma"),
        ("[cot]", "cần ít nhất một cột"),
        ("cot = 1", "cần ít nhất một cột"),
        ("[cot]\nstt = 1", "Mục stt cần chữ trong ngoặc kép"),
        ('[cot]\nstt = " "', "Mục stt cần chữ trong ngoặc kép"),
        ('tieu_de = "Quý {quy}"', "Không có {quy}. Dùng được: {xã}, {năm}"),
        (f'tieu_de = "{"dài" * 100}"', "Dài quá 200 chữ cái"),
        ('title = "A"', "Có mục lạ: title"),
        ('[cot]\nstt = "A"\nstt = "B"', "Không hiểu chỗ"),
    ],
)
def test_a_file_that_cannot_be_understood_is_told_with_its_place(
    written: Callable[[str], Form | None], text: str, told: str
) -> None:
    with pytest.raises(FormProblem, match="Chưa có bảng nào được lập") as found:
        written(text)
    assert told in str(found.value) and "thu.toml" in str(found.value)


def test_a_file_of_another_code_page_is_told(home: Home) -> None:
    path = form_path(home, TABLE.key)
    path.parent.mkdir(parents=True)
    path.write_bytes("tieu_de = 'Bảng'".encode("cp1258", errors="replace") + b"\xff")
    with pytest.raises(FormProblem, match="Không phải là tệp chữ UTF-8"):
        read_form(home, TABLE)


def test_words_in_braces_are_filled_in_whatever_their_case() -> None:
    assert filled("KỲ: {KỲ}, {Nam} {lạ}", WORDS) == "KỲ: QUÝ III/2024, 2024 {lạ}"


def test_every_shipped_sheet_can_be_kept_and_read(commune: Desk, tmp_path: Path) -> None:
    """And its words in braces, column names and headings are those that a file may hold."""
    home = Home(tmp_path)
    source = Source(commune, HALF, Options(with_names=True), NOON)
    keys: list[str] = []
    for one in WORKBOOKS:
        if one.made_by(commune.owner):
            for table in one.tables(source):
                keys.append(table.key)
                form = shipped(table)
                path = form_path(home, table.key)
                path.parent.mkdir(exist_ok=True)
                path.write_text(write_form(table, form), encoding="utf-8")
                assert read_form(home, table) == form
                assert "{" not in arranged(table, source).title
                assert len({it.name for it in choosable(table)}) == len(choosable(table))
    assert len(set(keys)) == len(keys) >= 13
