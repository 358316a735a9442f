from __future__ import annotations

from datetime import date
from decimal import Decimal

from db import checklist, thresholds
from db.desk import Desk
from db.judging import Figure, Quantity, Status
from ntm_tui.screens.checklist.answers import of_criterion, of_indicator
from ntm_tui.screens.checklist.picture import Picture, find_facts, take_picture
from ntm_tui.screens.checklist.rows import CriterionRow, rows_of
from tests._helpers.stores import set_note, set_status


def answers(desk: Desk, number: str, today: date | None = None) -> dict[str, str]:
    """The answers about an indicator, by their labels."""
    picture = seen_on(desk, today)
    state = picture.checklist.by_number[number]
    facts = find_facts(desk, picture.checklist, number)
    said: dict[str, str] = {}
    label = ""
    for line in of_indicator(state, picture, facts):
        label = line.label or label
        said[label] = f"{said[label]} {line.text}" if label in said else line.text
    return said


def seen_on(desk: Desk, today: date | None) -> Picture:
    from dataclasses import replace

    picture = take_picture(desk, 0)
    return replace(picture, today=today) if today else picture


def fill(desk: Desk, number: str, done: int, of: int, village: str = "") -> None:
    sheet = desk.sheet()
    threshold = desk.checklist().by_number[number].threshold.effective
    figure = Figure.of(whole=Quantity(numerator=Decimal(done), denominator=Decimal(of)))
    with desk.act() as session:
        checklist.set_figure(session, sheet, number, figure, threshold, village=village)


def test_nothing_known_is_said_plainly(desk: Desk) -> None:
    said = answers(desk, "17.9")
    assert said["Yêu cầu"] == "≥ 60 % (chưa đối chiếu)"
    assert said["Hiện có"] == "chưa có số liệu"
    assert said["Đánh giá"] == "□ Chưa đánh giá"
    assert said["Minh chứng"].startswith("0/2 loại, 0 tài liệu · thiếu: ")


def test_the_distance_is_told_in_units_that_can_be_counted(desk: Desk) -> None:
    fill(desk, "4.2", 1011, 1498)
    said = answers(desk, "4.2")
    assert said["Hiện có"] == "67,48 % = 1.011/1.498 hộ"
    assert said["Còn thiếu"].endswith("413 hộ")
    assert said["Đánh giá"] == "□ Chưa đánh giá (số liệu gợi ý × Chưa đạt)"


def test_a_finding_against_the_figure_asks_for_its_reason(desk: Desk) -> None:
    fill(desk, "4.2", 1011, 1498)
    set_status(desk, "4.2", Status.MET)
    assert "trái với số liệu, gợi ý × Chưa đạt" in answers(desk, "4.2")["Đánh giá"]
    assert answers(desk, "4.2")["Đánh giá"].endswith("! thiếu lý do")
    assert "đánh giá đang dựa trên mức này" in answers(desk, "4.2")["Yêu cầu"]
    set_status(desk, "4.2", Status.MET, reason="vừa đóng điện")
    assert answers(desk, "4.2")["Đánh giá"].endswith("lý do: vừa đóng điện")


def test_a_confirmed_threshold_says_by_what_paper_and_by_whom(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        thresholds.confirm(session, sheet.scope, sheet.criteria_set, "4.2")
    said = answers(desk, "4.2")["Yêu cầu"]
    assert "đã đối chiếu, QĐ 1062" in said
    assert "Nguyễn Thị Hường" in said


def test_a_figure_against_an_unknown_threshold_is_not_judged(desk: Desk) -> None:
    fill(desk, "2.1", 3, 4)
    said = answers(desk, "2.1")
    assert "gợi ý" not in said["Đánh giá"]
    assert "Còn thiếu" not in said


def test_villages_that_hold_it_back_come_worst_first(desk: Desk) -> None:
    fill(desk, "17.8", 90, 120, "dong-mo")
    fill(desk, "17.8", 40, 85, "lan-gat")
    fill(desk, "17.8", 50, 98, "ba-nang")
    said = answers(desk, "17.8")
    assert said["Thôn chậm"] == "Thôn Lân Gạt 47,05 %, Thôn Ba Nàng 51,02 %"
    assert said["Hiện có"].endswith("cộng từ các thôn")


def test_a_village_without_a_figure_is_counted_as_missing(desk: Desk) -> None:
    fill(desk, "17.8", 90, 120, "dong-mo")
    said = answers(desk, "17.8")
    assert "còn 2 thôn chưa có số" in said["Hiện có"]
    assert said["Thôn chậm"] == "Thôn Ba Nàng chưa đánh giá, Thôn Lân Gạt chưa đánh giá"


def test_a_typed_figure_that_differs_is_shown_beside_the_sum(desk: Desk) -> None:
    fill(desk, "17.8", 90, 120, "dong-mo")
    fill(desk, "17.8", 200, 303)
    assert "số xã ghi riêng là 66 % = 200/303 hộ" in answers(desk, "17.8")["Hiện có"]


def test_who_answers_for_it_and_whether_it_is_late(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_text(session, sheet, "4.2", "responsible", "Công chức địa chính")
        checklist.set_due(session, sheet, "4.2", date(2024, 9, 30))
    early = answers(desk, "4.2", date(2024, 9, 20))["Phụ trách"]
    assert early == "Công chức địa chính · hạn 30/09/2024, còn 10 ngày"
    late = answers(desk, "4.2", date(2024, 10, 5))["Phụ trách"]
    assert late.endswith("! quá hạn 5 ngày")
    set_status(desk, "4.2", Status.MET)
    assert "quá hạn" not in answers(desk, "4.2", date(2024, 10, 5))["Phụ trách"]


def test_the_note_and_the_newest_change_are_there(desk: Desk) -> None:
    set_note(desk, "4.2", "đường dây mới\nđóng điện tháng 8")
    said = answers(desk, "4.2")
    assert said["Ghi chú"] == "đường dây mới đóng điện tháng 8"
    assert said["Lịch sử"].startswith("1 lần ghi · mới nhất Nguyễn Thị Hường, ")


def test_a_criterion_names_the_indicators_that_hold_it_back(desk: Desk) -> None:
    set_status(desk, "17.1", Status.MET)
    set_status(desk, "17.8", Status.NOT_MET)
    found = desk.checklist()
    rows = rows_of(found, found.by_number.keys())
    heading = next(
        it for it in rows if isinstance(it, CriterionRow) and it.standing.criterion.number == "17"
    )
    said = {line.label: line.text for line in of_criterion(heading)}
    assert said["Kết quả"] == "× Chưa đạt"
    assert "17.1" not in said
    assert said["17.8"].startswith("× Chưa đạt")


def test_the_standing_counts_the_days_to_the_deadline(desk: Desk) -> None:
    picture = seen_on(desk, date(2024, 11, 23))
    assert picture.standing[0] == "0/19 tiêu chí · 0/57 chỉ tiêu · còn 38 ngày"
    assert seen_on(desk, date(2025, 1, 2)).standing[0].endswith("quá hạn 2 ngày")
