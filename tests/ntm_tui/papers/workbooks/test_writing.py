"""One sheet, whatever stands in it: texts stay texts, numbers exact, formulas can be checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.desk import Desk
from ntm_tui.papers.workbooks.table import Column, Formula, Look, Row, Shape, Table
from ntm_tui.papers.workbooks.workbook import Options, Source
from ntm_tui.papers.workbooks.writing import write
from tests._helpers.sheets import Looked, Seen
from tests.ntm_tui.papers.workbooks.conftest import HALF, NOON

TEXT = Column("chu", "Chữ")
PLAN = Column("ke_hoach", "Kế hoạch", Shape.NUMBER, total=True)
PAID = Column("chi", "Đã chi", Shape.NUMBER, total=True)
RATE = Column("ty_le", "Tỷ lệ", Shape.NUMBER)
Written = Callable[..., Seen]


@pytest.fixture(scope="module")
def written(commune: Desk) -> Written:
    """Writes rows under some columns, and looks at the sheet."""

    def one(columns: tuple[Column, ...], *rows: Row, **more: Any) -> Seen:
        table = Table("thu", "Thử", "BẢNG THỬ", columns, rows, **more)
        return Looked(write(Source(commune, HALF, made=NOON), "Thử", [table])).sheet()

    return one


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-5 hộ", "@SUM(A1)", "=HYPERLINK(1)", "\t=1"])
def test_a_text_never_becomes_a_formula(written: Written, text: str) -> None:
    sheet = written((TEXT,), Row({"chu": text}))
    assert sheet.column("Chữ") == [text] and sheet.formulas == {}


def test_signs_that_hide_or_reorder_are_left_out(written: Written) -> None:
    sheet = written((TEXT,), Row({"chu": "Hoàng\u202eVăn\u200b Sơn\x07\nThôn 2"}))
    assert sheet.column("Chữ") == ["HoàngVăn Sơn\nThôn 2"]


def test_a_text_too_long_for_a_cell_is_cut_where_it_can_be_seen(written: Written) -> None:
    (text,) = written((TEXT,), Row({"chu": "dài " * 20_000})).column("Chữ")
    assert str(text).endswith("… (còn nữa)") and len(str(text)) < 32_767


def test_what_excel_would_round_stays_a_text(written: Written) -> None:
    sheet = written(
        (PLAN,),
        Row({"ke_hoach": Decimal("29.999999999999999")}),
        Row({"ke_hoach": Decimal("1234567.25")}),
    )
    assert sheet.column("Kế hoạch")[:2] == ["29,999999999999999", 1234567.25]


def test_days_before_excel_counts_them_are_texts(written: Written) -> None:
    day = Column("ngay", "Ngày", Shape.DAY)
    sheet = written((day,), Row({"ngay": date(1890, 2, 3)}), Row({"ngay": date(2024, 2, 3)}))
    assert sheet.column("Ngày") == ["03/02/1890", date(2024, 2, 3)]


def test_sums_leave_out_what_rows_are_made_of(written: Written) -> None:
    sheet = written(
        (TEXT, PLAN),
        Row({"chu": "Cộng", "ke_hoach": Formula("{ke_hoach@a}", Decimal(5))}, look=Look.GROUP),
        Row({"chu": "Một", "ke_hoach": Decimal(5)}, "a"),
        Row({"chu": "trong đó", "ke_hoach": Decimal(2)}, look=Look.PART),
        Row({"chu": "Hai", "ke_hoach": Decimal(3)}),
    )
    assert sheet.column("Kế hoạch") == [5, 5, 2, 3, 8]
    first = sheet.head + 2
    assert sheet.formulas == {
        f"B{first}": f"B{first + 1}",
        f"B{first + 4}": f"SUM(B{first + 1}:B{first + 1},B{first + 3}:B{first + 3})",
    }


def test_a_formula_over_a_column_that_is_left_out_gives_its_number(written: Written) -> None:
    rate = Formula("{chi}/{ke_hoach}*100", Decimal(50))
    row = Row({"ke_hoach": Decimal(10), "chi": Decimal(5), "ty_le": rate})
    assert written((PLAN, PAID, RATE), row).formulas != {}
    sheet = written((PLAN, RATE), row)
    assert sheet.column("Tỷ lệ")[0] == 50
    assert all(place.startswith("A") for place in sheet.formulas)


def test_an_empty_table_says_so_and_has_no_sums(written: Written) -> None:
    sheet = written((TEXT, PLAN))
    assert sheet.rows[sheet.head + 1][0] == "Chưa có dòng nào." and sheet.formulas == {}


def test_headings_stand_over_their_columns(written: Written) -> None:
    sheet = written(
        (TEXT, Column("a", "Vốn > Kế hoạch"), Column("b", "Vốn > Đã chi"), Column("c", "Khác > a")),
        Row({"chu": "x"}),
    )
    merged = {one.get("ref") for one in sheet.one("mergeCells")}
    top = sheet.head
    assert {f"B{top}:C{top}", f"A{top}:A{top + 1}"} <= merged
    assert sheet.headings == ["Chữ", "Kế hoạch", "Đã chi", "a"]


def test_decimals_of_a_column_that_is_summed_are_alike(written: Written) -> None:
    sheet = written((PLAN,), Row({"ke_hoach": Decimal("1.25")}), Row({"ke_hoach": Decimal(3)}))
    first = sheet.head + 2
    assert {sheet.number_format(f"A{first + n}") for n in range(3)} == {"#,##0.00"}


def test_many_columns_go_on_beside_with_the_first_ones_repeated(written: Written) -> None:
    many = tuple(Column(f"c{n}", f"Chỉ tiêu số {n}", Shape.DAY) for n in range(30))
    sheet = written((TEXT, *many), Row({"chu": "Thôn 2"}))
    assert int(sheet.one("pageSetup").get("scale") or 100) >= 70
    assert "$A:$A" in sheet.book.text("xl/workbook.xml")


def test_five_thousand_rows_are_written_with_progress(commune: Desk) -> None:
    steps: list[tuple[int, int]] = []
    options = Options(progress=lambda done, total: steps.append((done, total)))
    rows = tuple(Row({"chu": f"Hộ {n}", "ke_hoach": Decimal(n)}) for n in range(5000))
    table = Table("thu", "Thử", "BẢNG THỬ", (TEXT, PLAN), rows)
    Looked(write(Source(commune, HALF, options, NOON), "Thử", [table]))
    assert len(steps) > 20 and steps[-1] == (5000, 5000)
    assert steps == sorted(steps)
