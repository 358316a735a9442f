"""Villages and indicators in one table, whichever of them goes down the page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from db.judging import Figure, Quantity, Status
from db.sheet.records import AssessmentRecord
from db.workbooks.applying import apply
from db.workbooks.previewing import preview
from tests._helpers.workbooks import PERCENT, C
from tests.db.workbooks.conftest import Importer

GRID: tuple[list[Any], ...] = (
    ["Số liệu các thôn năm 2024"],
    ["TT", "Thôn", "17.8 Nhà tiêu", None, None, "17.11. Phân loại rác", "6.3 Nhà văn hóa"],
    [None, None, "Số hộ đạt", "Tổng số hộ", "Tỷ lệ %"],
    [1, "Đồng Mỏ", 67, 120, C(67 / 120, form=PERCENT), "50/120", "Đạt"],
    [2, "lan gat", 60, 85, 70.6, 40, "x"],
    [3, "Thôn Ba Nàng", None, None, None, "30%", "Ko đạt"],
    [4, "Xóm Lạ", 1, 2, None, "1/2", "Đạt"],
    [None, "Cộng", 127, 205],
)


def grid(importer: Importer) -> Any:
    return importer.look(*GRID, merges=["C2:E2", "A2:A3", "B2:B3"])


def of_village(importer: Importer, number: str, village: str) -> AssessmentRecord:
    state = importer.desk.checklist().by_number[number]
    return state.villages.get(village, AssessmentRecord())


def share(numerator: int, denominator: int) -> Figure:
    return Figure.of(whole=Quantity(numerator=Decimal(numerator), denominator=Decimal(denominator)))


def test_villages_down_and_indicators_across(importer: Importer) -> None:
    seen = grid(importer)
    assert seen.title == "Thôn theo chỉ tiêu"
    apply(importer.ground, seen)
    assert of_village(importer, "17.8", "dong-mo").figure == share(67, 120)
    assert of_village(importer, "17.8", "lan-gat").figure == share(60, 85)
    assert of_village(importer, "17.11", "dong-mo").figure == share(50, 120)
    assert of_village(importer, "6.3", "ba-nang").status is Status.NOT_MET
    assert grid(importer).sure == ()


def test_bare_counts_and_ticks_are_left_to_a_person(importer: Importer, of: Any) -> None:
    seen = grid(importer)
    assert of(seen, "F5").readings == ("40/85",)
    assert of(seen, "G5").readings == ("Đạt",)
    chosen = replace(seen.layout, answers={"F5": "40/85", "G5": "Đạt"})
    apply(importer.ground, preview(importer.folder / "so.xlsx", importer.ground, layout=chosen))
    assert of_village(importer, "17.11", "lan-gat").figure == share(40, 85)
    assert of_village(importer, "6.3", "lan-gat").status is Status.MET


def test_what_cannot_be_added_up_and_strange_villages_are_told(importer: Importer) -> None:
    seen = grid(importer)
    assert {one.address for one in seen.unread} == {"F6"}
    assert "không cộng được" in seen.unread[0].why
    assert [(one.row, one.why) for one in seen.left_out] == [
        (7, "xã không có thôn “Xóm Lạ”"),
        (8, "dòng tổng"),
    ]


def test_indicators_down_and_villages_across(importer: Importer) -> None:
    importer.take(
        ["TT", "Nội dung", "Thôn Đồng Mỏ", "Lân Gạt", "Ba Nàng", "Toàn xã"],
        ["17.8", "Nhà tiêu", "67/120", "60/85", "90/98", "217/303"],
        ["6.3", "Nhà văn hóa", "Đạt", "Chưa đạt", None, "1/3"],
    )
    assert of_village(importer, "17.8", "ba-nang").figure == share(90, 98)
    assert of_village(importer, "6.3", "lan-gat").status is Status.NOT_MET
    assert importer.desk.checklist().by_number["17.8"].figure == share(217, 303)
