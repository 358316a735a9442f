"""Numbers and days: what can be meant in two ways is never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.numbers import show_number
from db.workbooks.cells import Cell
from db.workbooks.measures import (
    DayOrder,
    Habits,
    NumberStyle,
    habits_of,
    number_forms,
    read_day,
    read_number,
)

VIETNAMESE, ENGLISH = NumberStyle
NONE = Habits()
amounts = st.decimals("0", "999999999", places=2, allow_nan=False, allow_infinity=False)


def english(number: Decimal) -> str:
    return show_number(number).translate(str.maketrans(".,", ",."))


@given(amounts)
def test_a_number_written_the_vietnamese_way_can_mean_itself(number: Decimal) -> None:
    assert number_forms(show_number(number))[VIETNAMESE] == number


@given(amounts)
def test_a_number_written_the_english_way_can_mean_itself(number: Decimal) -> None:
    assert number_forms(english(number))[ENGLISH] == number


@given(amounts)
def test_a_number_is_never_taken_for_another_without_a_doubt(number: Decimal) -> None:
    for typed in (show_number(number), english(number)):
        meant = read_number(typed, None, NONE)
        assert number in meant.values
        assert not meant.is_sure or meant.values == (number,)


@given(amounts, st.sampled_from(NumberStyle))
def test_a_person_settles_how_numbers_are_written(number: Decimal, style: NumberStyle) -> None:
    typed = show_number(number) if style is VIETNAMESE else english(number)
    assert read_number(typed, style, NONE).values == (number,)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    for number in number_forms(text).values():
        assert number.is_finite()
    read_day(Cell(1, 1, text), None, habits_of([Cell(1, 1, text)]))


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("1.234", ("1234", "1.234")),
        ("1,234", ("1.234", "1234")),
        ("1.234,5", ("1234.5",)),
        ("1,234.5", ("1234.5",)),
        ("45.2", ("45.2",)),
        ("45,2", ("45.2",)),
        ("0.452", ("0.452",)),
        ("1 498", ("1498",)),
        ("1.2.3", ()),
        ("12,34,5", ()),
        ("khoảng 70", ()),
    ],
)
def test_every_way_to_write_a_number(typed: str, values: tuple[str, ...]) -> None:
    assert read_number(typed, None, NONE).values == tuple(map(Decimal, values))


def test_other_cells_of_the_column_settle_it_and_that_is_said() -> None:
    habits = habits_of([Cell(1, 1, "45,2"), Cell(2, 1, "1.234")])
    meant = read_number("1.234", None, habits)
    assert meant.values == (Decimal(1234),) and "1.234,5" in meant.why


def test_cells_that_contradict_each_other_settle_nothing() -> None:
    habits = habits_of([Cell(1, 1, "45,2"), Cell(2, 1, "45.2")])
    assert not read_number("1.234", None, habits).is_sure


APRIL = date(2024, 4, 3)
MARCH = date(2024, 3, 4)


def test_a_day_that_excel_may_have_turned_round_is_left_to_a_person() -> None:
    cell = Cell(1, 1, APRIL)
    assert read_day(cell, None, NONE).values == (APRIL, MARCH)
    mixed = habits_of([cell, Cell(2, 1, "25/04/2024")])
    assert read_day(cell, None, mixed).values == (APRIL, MARCH)
    assert "lẫn ngày dạng chữ" in read_day(cell, None, mixed).why


def test_late_days_among_them_show_that_days_are_in_order() -> None:
    habits = habits_of([Cell(1, 1, APRIL), Cell(2, 1, date(2024, 4, 25))])
    assert read_day(Cell(1, 1, APRIL), None, habits).values == (APRIL,)


def test_a_person_says_in_which_order_days_are() -> None:
    assert read_day(Cell(1, 1, APRIL), DayOrder.AS_STORED, NONE).values == (APRIL,)
    assert read_day(Cell(1, 1, APRIL), DayOrder.SWAPPED, NONE).values == (MARCH,)
    late = date(2024, 4, 25)
    assert read_day(Cell(1, 1, late), DayOrder.SWAPPED, NONE).values == (late,)


def test_days_that_are_the_same_either_way_are_sure() -> None:
    assert read_day(Cell(1, 1, date(2024, 5, 5)), None, NONE).is_sure


def test_a_bare_count_of_days_is_shown_and_not_taken() -> None:
    meant = read_day(Cell(1, 1, Decimal(45400)), None, NONE)
    assert meant.values == (date(2024, 4, 18),) and not meant.is_sure


@pytest.mark.parametrize("typed", ["Quý III/2024", "9/2024", "31/02/2024", "sắp xong"])
def test_what_is_no_day_is_not_made_one(typed: str) -> None:
    assert read_day(Cell(1, 1, typed), None, NONE).values == ()


def test_a_column_with_months_first_makes_other_texts_doubtful() -> None:
    cells = [Cell(1, 1, "04/25/2024"), Cell(2, 1, "04/03/2024")]
    habits = habits_of(cells)
    assert read_day(cells[1], None, habits).values == (MARCH, APRIL)
