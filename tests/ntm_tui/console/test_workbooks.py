"""`ntm import-xlsx` as a person and a script use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.desk import Desk
from db.home import Home
from db.judging import Status
from tests._helpers.cli import Ran, call_cli, run_cli
from tests._helpers.old_fonts import to_tcvn3
from tests._helpers.workbooks import Sheet, write_workbook

ROWS: list[list[Any]] = [
    ["TT", "Nội dung", "Tự đánh giá", "Kết quả", "Ghi chú"],
    ["17.8", "Nhà tiêu", "Chưa đạt", "1.011/1.498", to_tcvn3("Đang vận động các hộ")],
    ["17.9", "Chăn nuôi", "Đạt", 0.66, None],
    ["17.6", "Chất thải", "Tạm được", 72, None],
]


@pytest.fixture
def book(founded: Home, tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "Biểu 1.xlsx", Sheet("Biểu 1", ROWS))


def found(home: Home, number: str) -> Any:
    with Desk.read(home) as desk:
        return desk.checklist().by_number[number].assessment


def test_a_script_sees_every_change_and_nothing_is_written(founded: Home, book: Path) -> None:
    ran = call_cli("import-xlsx", book, "--dry-run", "--json")
    assert ran.code == 0
    by_cell = {one["cells"][0]: one for one in ran.json["changes"]}
    assert by_cell["D2"]["after"] == "1.011/1.498" and by_cell["D2"]["before"] == ""
    assert by_cell["E2"]["converted_from"] == {
        "code": "TCVN3",
        "text": to_tcvn3("Đang vận động các hộ"),
    }
    assert by_cell["D3"]["doubt"] and by_cell["D3"]["readings"] == ["66", "0,66"]
    assert [one["cell"] for one in ran.json["unread"]] == ["C4"]
    assert ran.json["written"] == 0 and 'bang = "Bộ tiêu chí"' in ran.json["map"]
    assert found(founded, "17.8").status is Status.NOT_ASSESSED


def test_what_is_sure_is_written_and_the_rest_is_asked_for(founded: Home, book: Path) -> None:
    ran = call_cli("import-xlsx", book, "--yes")
    assert ran.code == 3
    assert "--cell D3=…" in ran.out and "C4 “Tạm được”" in ran.out
    assert found(founded, "17.8").status is Status.NOT_MET
    assert found(founded, "17.9").figure is None
    ran = call_cli("import-xlsx", book, "--yes", "--cell", "D3=66", "--cell", "C4=Chưa đạt")
    assert ran.code == 0 and "Đã ghi 2 thay đổi" in ran.out
    assert found(founded, "17.6").status is Status.NOT_MET
    assert call_cli("undo").code == 0
    assert found(founded, "17.6").status is Status.NOT_ASSESSED
    assert found(founded, "17.8").status is Status.NOT_MET


def test_the_way_of_reading_can_be_kept_changed_and_used(
    founded: Home, book: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "cach-doc.toml"
    ran = call_cli("import-xlsx", book, "--dry-run")
    kept.write_text(ran.out.replace('# D3 = "66"', 'D3 = "65,5"'), encoding="utf-8")
    ran = call_cli("import-xlsx", book, "--map", kept, "--yes", "--json")
    assert ran.json["written"] == 6
    assert str(found(founded, "17.9").figure.to_wire()["value"]) == "65.5"


def test_without_a_person_nothing_is_written(book: Path) -> None:
    ran = call_cli("import-xlsx", book)
    assert ran.code == 1 and "--yes" in ran.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--numbers", "1"), "1.234,5"),
        (("--days", "x"), "tháng/ngày"),
        (("--cell", "12"), "Ô=CHỮ"),
    ],
)
def test_wrong_options_are_explained(book: Path, options: tuple[str, ...], words: str) -> None:
    ran = call_cli("import-xlsx", book, "--yes", *options)
    assert ran.code == 2 and words in ran.err


def refused(ran: Ran) -> str:
    assert ran.code == 1
    code: str = ran.json["error"]["code"]
    assert "Chưa có gì thay đổi." in ran.json["error"]["message"]
    return code


def test_files_that_cannot_be_read_have_a_code_of_their_own(book: Path, tmp_path: Path) -> None:
    old = tmp_path / "cu.xls"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    how = ("--yes", "--json")
    assert refused(call_cli("import-xlsx", old, *how)) == "workbook_old_form"
    assert refused(call_cli("import-xlsx", tmp_path / "x.xlsx", *how)) == "workbook_missing"
    assert refused(call_cli("import-xlsx", book, "--sheet", "zz", *how)) == "workbook_sheet"
    assert refused(call_cli("import-xlsx", book, "--map", old, *how)) == "workbook_map"


def test_it_works_in_a_process_of_its_own(founded: Home, book: Path) -> None:
    ran = run_cli("import-xlsx", book, "--yes", "--json")
    assert ran.code == 3 and ran.json["written"] == 5
    assert "Traceback" not in ran.err
