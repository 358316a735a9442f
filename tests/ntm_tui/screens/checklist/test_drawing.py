from __future__ import annotations

from decimal import Decimal

import pytest
from rich.cells import cell_len

from db import checklist
from db.desk import Desk
from db.judging import Figure, Quantity, Status
from ntm_tui.screens.checklist.bars import cells, figure_bar
from ntm_tui.screens.checklist.drawing import draw, short_figure
from ntm_tui.screens.checklist.rows import (
    CriterionRow,
    IndicatorRow,
    Row,
    first_indicator,
    next_indicator,
    rows_of,
)
from ntm_tui.widgets.fitting import short_name
from tests._helpers.looks import DRAWABLE
from tests._helpers.stores import set_status


def all_rows(desk: Desk) -> tuple[Row, ...]:
    found = desk.checklist()
    return rows_of(found, found.by_number.keys())


def text_of(row: Row, width: int) -> str:
    return "".join(text for text, _ in draw(row, width, 2024))


def row_of(desk: Desk, number: str) -> IndicatorRow:
    return next(it for it in all_rows(desk) if isinstance(it, IndicatorRow) and it.number == number)


def fill(desk: Desk, number: str, figure: Figure) -> None:
    sheet = desk.sheet()
    threshold = desk.checklist().by_number[number].threshold.effective
    with desk.act() as session:
        checklist.set_figure(session, sheet, number, figure, threshold)


HALF = Figure.of(whole=Quantity(numerator=Decimal(1011), denominator=Decimal(1498)))


@pytest.mark.parametrize("width", [30, 44, 48, 67, 68, 79, 120])
def test_every_row_fills_its_line_and_no_more(desk: Desk, width: int) -> None:
    fill(desk, "17.8", HALF)
    set_status(desk, "17.8", Status.MET)
    assert {cell_len(text_of(row, width)) for row in all_rows(desk)} == {width}


def test_every_sign_can_be_drawn_by_an_old_console(desk: Desk) -> None:
    for row in all_rows(desk):
        assert set(text_of(row, 120)) <= DRAWABLE


def test_a_row_says_number_requirement_figure_and_status(desk: Desk) -> None:
    fill(desk, "17.8", HALF)
    set_status(desk, "17.8", Status.NOT_MET)
    said = text_of(row_of(desk, "17.8"), 79)
    for words in ("17.8", "Hộ có nhà tiêu", "≥ 70 % ?", "67,48", "× Chưa đạt"):
        assert words in said


def test_a_status_against_the_figure_is_marked_until_it_has_a_reason(desk: Desk) -> None:
    fill(desk, "17.8", HALF)
    set_status(desk, "17.8", Status.MET)
    assert "! thiếu lý do" in text_of(row_of(desk, "17.8"), 79)
    assert " !" in text_of(row_of(desk, "17.8"), 50)
    set_status(desk, "17.8", Status.MET, reason="đã xây xong 38 hộ")
    assert "!" not in text_of(row_of(desk, "17.8"), 79)


def test_a_heading_counts_what_holds_nothing_back(desk: Desk) -> None:
    set_status(desk, "13.1", Status.MET)
    set_status(desk, "13.4", Status.NOT_APPLICABLE)
    heading = next(
        it
        for it in all_rows(desk)
        if isinstance(it, CriterionRow) and it.standing.criterion.number == "13"
    )
    assert "2/5" in text_of(heading, 79)
    assert "√□□–□" in text_of(heading, 79)


def test_a_level_and_two_parts_are_short(desk: Desk) -> None:
    threshold = row_of(desk, "12.1").state.threshold.effective
    both = Figure.of(men=Quantity(Decimal("72.5")), women=Quantity(Decimal(68)))
    assert short_figure(both, threshold) == "72,5|68"
    assert short_figure(Figure(level="Khá"), threshold) == "Khá"
    assert short_figure(None, threshold) == ""


def test_a_figure_just_below_never_looks_like_enough(desk: Desk) -> None:
    almost = Figure.of(whole=Quantity(Decimal("69.999")))
    fill(desk, "17.8", almost)
    state = row_of(desk, "17.8").state
    assert short_figure(almost, state.threshold.effective) == "69,99"
    bar = figure_bar(state, 2024)
    assert bar.index("│") >= bar.count("█")


def test_there_is_no_bar_without_a_known_percentage(desk: Desk) -> None:
    assert figure_bar(row_of(desk, "17.8").state, 2024) == ""
    fill(desk, "2.1", HALF)
    assert figure_bar(row_of(desk, "2.1").state, 2024) == ""


@pytest.mark.parametrize(("share", "filled"), [(0, 0), (1, 10), (2, 10)])
def test_a_bar_is_full_only_when_all_is_there(share: int, filled: int) -> None:
    from fractions import Fraction

    assert cells(Fraction(share), 10) == filled
    assert cells(Fraction(999, 1000), 10) == 9
    assert cells(Fraction(1, 1000), 10) == 1


def test_going_on_passes_over_headings(desk: Desk) -> None:
    rows = all_rows(desk)
    assert first_indicator(rows) == 1
    assert rows[next_indicator(rows, 2)].key == ("indicator", "2.1")
    assert next_indicator(rows, len(rows) - 1) == len(rows) - 1
    assert first_indicator(()) == 0


def test_a_name_in_the_list_begins_with_what_it_is_about() -> None:
    assert short_name("Tỷ lệ hộ có nhà ở kiên cố") == "Hộ có nhà ở kiên cố"
    assert short_name("Lao động (áp dụng đạt cho cả nam và nữ)") == "Lao động"
