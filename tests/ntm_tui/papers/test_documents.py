"""Every Word paper of the practice commune, as an office would read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from db.clock import today
from db.desk import Desk
from db.models.plan import DossierStep
from db.numbers import parse_number
from db.owner import Owner
from db.periods import Cycle, period_of
from db.registers.dossier import DOSSIER
from db.registers.reading import read_page
from db.registers.upper import AGENCIES
from db.reporting.spans import of_period
from ntm_tui.papers.catalogue import find_paper, papers_of
from ntm_tui.papers.making import make_paper, span_for
from ntm_tui.papers.paper import Format, Made, Paper, Wanted
from ntm_tui.papers.word.marking import PRACTICE
from tests._helpers.district import make, write
from tests._helpers.documents import everywhere, headers, opened, table_rows, whole
from tests._helpers.sheets import Looked, Seen
from tests.conftest import PRACTICE_DAY

Printed = Mapping[str, Made]
KINDS = tuple(it.kind for it in papers_of(Owner.COMMUNE) if it.written is not None)


def wanted(desk: Desk, paper: Paper, **chosen: Any) -> Wanted:
    return Wanted(span_for(desk, paper, PRACTICE_DAY), PRACTICE_DAY, **chosen)


def made(desk: Desk, kind: str, **chosen: Any) -> Document:
    paper = find_paper(kind, Owner.COMMUNE)
    return opened(make_paper(desk, paper, wanted(desk, paper, **chosen), Format.DOCX).data)


def workbook(desk: Desk, kind: str) -> Seen:
    paper = find_paper(kind, Owner.COMMUNE)
    asked = Wanted(of_period(period_of(Cycle.HALF, PRACTICE_DAY)), PRACTICE_DAY)
    made = make_paper(desk, paper, asked, Format.XLSX)
    return Looked(made.data).sheet()


def listed(sheet: Seen) -> list[dict[object, object]]:
    """Its numbered rows, without sums and what is said below."""
    return [row for row in sheet.table if row["STT"] and [*row.values()][1]]


def as_numbers(texts: Iterable[str]) -> list[float]:
    return [float(parse_number(it)) if it else 0.0 for it in texts]


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_says_is_what_its_templates_can_ask_for(practised: Desk, kind: str) -> None:
    paper = find_paper(kind, Owner.COMMUNE)
    assert paper.written is not None
    written = paper.written()
    for values in written.values(practised, wanted(practised, paper)):
        assert set(values) == {it.name for it in written.known}
        for known in written.known:
            value = values[known.name]
            assert isinstance(value, str) != bool(known.several or known.columns), known.name
            for row in value if known.columns else ():
                assert row.heading or set(row.cells) <= set(known.columns)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_filled_marked_as_practice_on_every_page_and_bears_no_number(
    printed: Printed, kind: str
) -> None:
    document = opened(printed[kind].data)
    text = everywhere(document)
    assert "{{" not in text and "}}" not in text
    assert "None" not in text
    for first, others in headers(document):
        assert PRACTICE in first and PRACTICE in others
    for line in text.splitlines():
        if line.startswith("Số:"):
            assert not any(it.isdigit() for it in line)
    if kind not in ("minh-chung", "phieu-thon"):
        assert text.count("./.") == 1  # as texts of offices end


def test_no_household_is_named_and_names_of_files_say_what_is_in_them(
    printed: Printed,
) -> None:
    for kind, paper in printed.items():
        assert "4 hộ đầu ngõ" not in everywhere(opened(paper.data))
        assert paper.name.isascii() and " " not in paper.name
        assert paper.name.startswith(f"{kind}_suoi-mau_") and paper.name.endswith(".docx")


def test_a_report_of_a_real_commune_bears_no_mark(desk: Desk) -> None:
    assert PRACTICE not in everywhere(made(desk, "bao-cao-tuan"))


def test_a_commune_that_has_nothing_yet_still_gets_every_paper(desk: Desk) -> None:
    for kind in KINDS:
        if kind == "bien-ban-giao-ban":
            continue  # there is none to write minutes of
        assert "None" not in everywhere(made(desk, kind))


def test_the_weekly_report_compares_with_the_week_before(printed: Printed) -> None:
    text = whole(opened(printed["bao-cao-tuan"].data))
    assert "tuần 18/11 - 24/11/2024" in text
    assert "Suối Mẫu, ngày 18 tháng 11 năm 2024" in text
    assert "so với tuần trước" in text
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in text
    assert "- Lưu: VT, NTM." in text


def test_its_table_has_a_block_for_the_commune_and_one_for_each_village(
    printed: Printed,
) -> None:
    rows = table_rows(opened(printed["bao-cao-tuan"].data), "Chỉ tiêu giao")
    assert rows[0] == ["Chỉ tiêu giao", "Kết quả", "Kế hoạch tuần tới"]
    blocks = [row[0] for row in rows if len(set(row)) == 1]
    assert blocks[0] == "Toàn xã"
    assert len(blocks) == 13 and "Thôn Đồi Sim" in blocks
    short = next(row for row in rows if row[0].startswith("17.8") and "70" in row[0])
    assert "Còn thiếu 38 hộ" in short[2]


def test_yearly_reports_carry_their_forms_on_pages_of_their_own(
    printed: Printed,
) -> None:
    document = opened(printed["bao-cao-6-thang"].data)
    assert [it.orientation == 1 for it in document.sections] == [False, True, False, True]
    assert "31/12/2023" in whole(document)


def test_the_form_of_resources_adds_up_and_says_what_the_workbook_says(
    printed: Printed, practised: Desk
) -> None:
    rows = table_rows(opened(printed["bao-cao-6-thang"].data), "STT")
    by_name = {row[1]: as_numbers(row[2:]) for row in rows[1:]}
    sources = [as_numbers(row[2:]) for row in rows if row[0] in ("I", "II", "III", "IV", "V")]
    assert by_name["Tổng cộng"] == [sum(it) for it in zip(*sources, strict=True)]
    sheet = workbook(practised, "nguon-luc")
    in_excel = {row["Nội dung chỉ tiêu"]: [*row.values()][2:5] for row in listed(sheet)}
    assert {name: by_name[str(name)] for name in in_excel} == in_excel


def test_a_work_costs_the_same_in_word_and_in_excel(printed: Printed, practised: Desk) -> None:
    document = opened(printed["bao-cao-6-thang"].data)
    rows = table_rows(document, "TT", "Công trình")
    in_word = {row[1].split("\n")[0]: as_numbers(row[2:3])[0] for row in rows[1:]}
    sheet = workbook(practised, "cong-trinh")
    in_excel = {row["Công trình"]: row["Kế hoạch vốn"] for row in listed(sheet)}
    assert in_word == in_excel and in_word["Mương Nà Mẫu"] == 210


def test_the_village_form_asks_in_the_order_of_the_grid(practised: Desk, printed: Printed) -> None:
    from db.villages import read_grid

    with practised.reading() as session:
        grid = read_grid(session, practised.sheet())
    rows = table_rows(made(practised, "phieu-thon", row=grid.villages[0].code), "TT")
    assert [row[0] for row in rows[1:]] == [it.indicator.number for it in grid.columns]
    assert all(row[-1] == "" for row in rows[1:])
    ways = {row[0]: row[3] for row in rows[1:]}
    assert ways["17.8"] == "số hộ đạt / tổng số hộ"
    assert ways["17.1"] == "tổng số; tập trung"  # as F4 takes it
    every = opened(printed["phieu-thon"].data)
    assert whole(every).count("PHIẾU THU THẬP SỐ LIỆU") == len(grid.villages)
    assert len(every.sections) == len(grid.villages)


def test_minutes_bring_the_conclusions_of_their_own_meeting(printed: Printed) -> None:
    document = opened(printed["bien-ban-giao-ban"].data)
    rows = table_rows(document, "TT")
    concluded = ["Vận động 38 hộ làm nhà tiêu", "Gửi biểu rà soát cho 12 thôn"]
    assert [row[1] for row in rows[1:]] == concluded
    assert "Rà soát nhà tiêu, ngõ Đồi Sim, hồ sơ." in whole(document)


def test_a_meeting_agrees_only_where_enough_voted_for_it(desk: Desk) -> None:
    def concluded(agreed: int, asked: int) -> str:
        row = DossierStep.row_id(desk.commune.tier.value, desk.sheet().year, "meeting")
        write(desk, DOSSIER, {"agreed": agreed, "asked": asked}, row)
        text = whole(made(desk, "bien-ban-hop"))
        return text.split("IV. KẾT LUẬN\n")[1].splitlines()[0]

    assert "thống nhất" not in whole(made(desk, "bien-ban-hop")).split("IV. KẾT LUẬN")[1]
    assert concluded(88, 100).startswith("Tỷ lệ đồng ý chưa đủ")
    assert concluded(90, 100).startswith("Cuộc họp thống nhất đề nghị")


def test_what_goes_against_the_figure_is_said_with_its_reason(printed: Printed) -> None:
    rows = table_rows(opened(printed["bao-cao-tuan"].data), "Chỉ tiêu giao")
    (row,) = (row for row in rows if row[0].startswith("17.12"))
    assert "chưa đạt (Mới gom được ở 7 thôn, chưa có đơn vị xử lý nhận)." in row[1]


def test_what_does_not_apply_is_planned_for_nothing(printed: Printed) -> None:
    rows = table_rows(opened(printed["bao-cao-6-thang"].data), "TT", "Nội dung")
    (row,) = (row for row in rows if row[0] == "13.4")
    assert row[6] == "Không áp dụng" and row[8] == ""


def test_a_plan_whose_day_has_passed_says_so(printed: Printed, practised: Desk) -> None:
    rows = table_rows(opened(printed["bao-cao-6-thang"].data), "TT", "Nội dung")
    planned = {row[0]: row[8] for row in rows}
    assert planned["2.3"].startswith("Đạt (quá hạn ") and planned["6.2"].startswith("Đạt (")
    assert "quá hạn" not in planned["6.2"]
    sheet = workbook(practised, "bieu-6-thang")
    assert planned["2.3"] in {value for row in sheet.table for value in row.values()}


def test_responsibilities_say_where_nobody_was_assigned(printed: Printed) -> None:
    text = whole(opened(printed["phan-cong"].data))
    assert "(chưa phân công)" in text and "Công chức VH-XH" in text


def test_the_same_paper_can_be_read_in_a_browser(practised: Desk) -> None:
    paper = find_paper("bao-cao-tuan", Owner.COMMUNE)
    page = make_paper(practised, paper, wanted(practised, paper), Format.HTML).data.decode()
    assert page.count("<h1>") >= 2 and "<th>Chỉ tiêu giao</th>" in page
    assert '<th colspan="3">Thôn Đồi Sim</th>' in page
    assert PRACTICE in page and "<script" not in page


def test_the_upper_level_reports_each_field_to_its_steering_committee(
    printed_above: Printed,
) -> None:
    (kind,) = printed_above
    document = opened(printed_above[kind].data)
    text = everywhere(document)
    assert kind == "bao-cao-linh-vuc"
    assert "{{" not in text and "None" not in text
    assert text.count("Kính gửi: Ban Chỉ đạo các Chương trình MTQG") > 1
    rows = table_rows(document, "TT")
    assert rows[0][1] == "Xã" and len(rows) > 10
    assert all("/" in row[3] for row in rows[1:])
    assert all(PRACTICE in first and PRACTICE in others for first, others in headers(document))
    assert len(document.sections) == text.count("Kính gửi: Ban Chỉ đạo")
    for report in document.sections:  # each is a paper of its own, no number on its first page
        assert report.different_first_page_header_footer
    counted = [it._sectPr.find(qn("w:pgNumType")) for it in document.sections[1:]]
    assert all(it is not None and it.get(qn("w:start")) == "1" for it in counted)


def test_an_agency_counts_the_communes_that_have_its_criteria(printed_above: Printed) -> None:
    text = whole(opened(printed_above["bao-cao-linh-vuc"].data))
    told = re.findall(r"đạt \d+/(\d+) lượt tiêu chí; \w+ trước \d+ lượt \(của (\d+) xã", text)
    criteria = [it.count(",") + 1 for it in re.findall(r"phụ trách \(([\d, ]+)\)", text)]
    assert told
    assert [int(all_) // count for (all_, _), count in zip(told, criteria, strict=True)] == [
        int(communes) for _, communes in told
    ]


def test_what_an_agency_wrote_stands_in_its_report_and_stays_there(tmp_path: Path) -> None:
    with Desk.open(make(tmp_path)) as desk:
        paper = find_paper("bao-cao-linh-vuc", Owner.UPPER)
        (agency,) = read_page(desk, AGENCIES, today()).records
        write(desk, AGENCIES, {"remarks": "Cần đôn đốc xã Cai Kinh.\nBổ sung vốn."}, agency.id)
        for _ in range(2):
            asked = Wanted(span_for(desk, paper, today()), today())
            text = everywhere(opened(make_paper(desk, paper, asked, Format.DOCX).data))
            assert "Cần đôn đốc xã Cai Kinh." in text and "Bổ sung vốn." in text
