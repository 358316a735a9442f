"""What every workbook has in common: A4, headings on every page, real numbers, sums to check."""

from __future__ import annotations

from datetime import date

import pytest

from db.desk import Desk
from db.owner import Owner
from ntm_tui.papers.workbooks import WORKBOOKS
from ntm_tui.papers.workbooks.workbook import Source
from tests._helpers.sheets import Looked
from tests.ntm_tui.papers.workbooks.conftest import HALF, NOON, Make, workbook

OF_COMMUNE = [one.kind for one in WORKBOOKS if one.made_by(Owner.COMMUNE)]


@pytest.fixture(scope="module", params=OF_COMMUNE)
def made(request: pytest.FixtureRequest, make: Make) -> Looked:
    return make(request.param)


def test_kinds_are_short_names_of_files() -> None:
    kinds = [one.kind for one in WORKBOOKS]
    assert len(set(kinds)) == len(kinds)
    assert all(kind.isascii() and kind.replace("-", "").isalnum() for kind in kinds)
    assert {one.kind for one in WORKBOOKS if one.level is Owner.UPPER} == {"ma-tran"}


def test_each_sheet_is_a_page_of_a4_that_can_be_read(made: Looked) -> None:
    for place, _name in enumerate(made.names[:-1]):
        sheet = made.sheet(made.names[place])
        assert sheet.one("pageSetup").get("paperSize") == "9"
        assert sheet.one("pageSetup").get("fitToHeight") == "0"
        pane = sheet.one("pane")
        assert pane.get("state") == "frozen" and int(pane.get("ySplit") or 0) == sheet.head + 1


def test_practice_and_page_numbers_stand_on_every_page(made: Looked) -> None:
    sheet = made.sheet()
    assert "DỮ LIỆU THỰC HÀNH" in (sheet.one("oddHeader").text or "")
    assert "Trang &P/&N" in (sheet.one("oddFooter").text or "")


def test_the_print_area_ends_where_the_table_ends(made: Looked) -> None:
    names = made.text("xl/workbook.xml")
    assert names.count("_xlnm.Print_Area") == len(made.names) - 1


def test_what_is_written_the_same_moment_is_the_same(commune: Desk) -> None:
    one = workbook("giai-ngan").make_from(Source(commune, HALF, made=NOON))
    assert one == workbook("giai-ngan").make_from(Source(commune, HALF, made=NOON))


def test_the_result_table_has_the_usual_headings(make: Make) -> None:
    sheet = make("ket-qua").sheet()
    assert sheet.headings[:8] == [
        "TT",
        "Tên tiêu chí",
        "Nội dung tiêu chí",
        "Yêu cầu đạt chuẩn",
        "Kết quả thực hiện",
        "ĐVT",
        "Xã tự đánh giá",
        "Ghi chú",
    ]
    assert sheet.rows[1][0] == "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NTM 2021-2025 (QĐ 1062) NĂM 2024"


def test_results_are_numbers_with_the_formula_behind_them(make: Make, commune: Desk) -> None:
    sheet = make("ket-qua").sheet()
    row = next(row for row in sheet.table if row["TT"] == "17.8")
    figure = commune.checklist().by_number["17.8"].figure
    assert figure is not None
    ((_, share),) = figure.parts
    assert row["Kết quả thực hiện"] == 67.48
    assert (row["Tử số"], row["Mẫu số"]) == (share.numerator, share.denominator)
    place = [one["TT"] for one in sheet.table].index("17.8") + sheet.head + 2
    assert sheet.formula(f"E{place}") == f"ROUNDDOWN(I{place}/J{place}*100,2)"


def test_every_indicator_stands_under_its_criterion(make: Make, commune: Desk) -> None:
    found = make("ket-qua").sheet().column("TT")
    wanted = [
        number
        for one in commune.checklist().standing.criteria
        for number in (one.criterion.number, *(it.number for it in one.criterion.indicators))
    ]
    assert found[: len(wanted)] == wanted


def test_days_are_days(make: Make) -> None:
    sheet = make("cong-viec").sheet()
    days = [one for one in sheet.column("Hạn") if one]
    assert days and all(isinstance(one, date) for one in days)
    place = sheet.headings.index("Hạn")
    assert sheet.number_format(f"{chr(65 + place)}{sheet.head + 2}") == "dd/mm/yyyy"


def test_money_is_summed_by_formulas_that_say_what_the_program_says(
    make: Make, commune: Desk
) -> None:
    sheet = make("giai-ngan").sheet("Vốn")
    total = next(row for row in sheet.table if row["Nội dung"] == "Tổng cộng")
    lines = Source(commune, HALF, made=NOON).money.fund_lines.records
    for heading, name in (("Kế hoạch", "plan"), ("Đã giải ngân", "paid"), ("Còn lại", "left")):
        assert total[heading] == sum(one.values.get(name) or 0 for one in lines), heading
    last = sheet.head + 1 + len(lines)
    place = chr(65 + sheet.headings.index("Kế hoạch"))
    assert sheet.formula(f"{place}{last + 1}") == f"SUM({place}{sheet.head + 2}:{place}{last})"


def test_payments_of_the_period_agree_with_the_lines_of_money(make: Make) -> None:
    book = make("giai-ngan")
    lines, paid = book.sheet("Vốn"), book.sheet("Giải ngân")
    of_lines = next(row for row in lines.table if row["Nội dung"] == "Tổng cộng")
    of_payments = next(row for row in paid.table if "Tổng cộng" in row.values())
    assert of_lines["Giải ngân 6 tháng cuối năm 2024"] == of_payments["Số tiền"] > 0


def test_resources_add_up_by_source(make: Make) -> None:
    sheet = make("nguon-luc").sheet()
    rows = {row["STT"] or row["Nội dung chỉ tiêu"]: row for row in sheet.table}
    plan = "Kế hoạch năm 2024"
    assert rows["I"][plan] == rows["1"][plan] + rows["2"][plan]  # type: ignore[operator]
    parts = sum(rows[one][plan] for one in ("I", "II", "III", "IV", "V"))  # type: ignore[misc]
    assert rows["Tổng cộng"][plan] == parts > 0


def test_villages_add_up_to_the_commune(make: Make, commune: Desk) -> None:
    sheet = make("bang-thon").sheet("Thôn theo chỉ tiêu")
    place = next(
        n for n, one in enumerate(sheet.rows[sheet.head - 1]) if str(one).startswith("17.8 ")
    )
    total = next(row for row in sheet.rows if row[1] == "Toàn xã")
    figure = commune.checklist().by_number["17.8"].figure
    assert figure is not None
    ((_, share),) = figure.parts
    assert total[place : place + 3] == [share.numerator, share.denominator, 67.48]


def test_the_evidence_index_names_papers_and_what_is_lacking(make: Make) -> None:
    rows = make("minh-chung").sheet().table
    assert any(row["TT"] == "1.1-1" and row["Tệp đính kèm"] for row in rows)
    assert any(row["Tài liệu còn thiếu"] for row in rows)
    written = [row["Ngày văn bản"] for row in rows]
    assert "20/20/2023" in written and any(isinstance(day, date) for day in written)


def test_the_half_year_form_sets_three_times_side_by_side(make: Make) -> None:
    sheet = make("bieu-6-thang").sheet()
    upper = [text for text in sheet.rows[sheet.head - 1] if text]
    assert "KQ đến 31/12/2023" in upper and "TH 6 tháng cuối năm 2024" in upper
    assert "KH 6 tháng đầu năm 2025" in upper
    assert sheet.headings.count("Kết quả") == sheet.headings.count("Đánh giá") == 3


def test_the_district_sees_its_communes_side_by_side(district: Desk) -> None:
    book = Looked(workbook("ma-tran").make(district, HALF))
    rows = [row for row in book.sheet("Các xã").rows if isinstance(row[0], float)]
    assert len(rows) == 22 and {"Đ", "×", "…"} <= {cell for row in rows for cell in row}
    money = book.sheet("Vốn các xã")
    total = next(row for row in money.table if row["Xã"] == "Tổng cộng")
    assert total["Đã giải ngân"] == sum(
        row["Đã giải ngân"]  # type: ignore[misc]
        for row in money.table
        if isinstance(row["STT"], float)
    )
