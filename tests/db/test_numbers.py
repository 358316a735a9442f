from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.numbers import (
    NumberProblem,
    number_from_plain,
    parse_date,
    parse_number,
    plain_number,
    show_date,
    show_number,
)

TYPED_NUMBERS = st.decimals(
    min_value=Decimal("-999999999999"),
    max_value=Decimal("999999999999"),
    places=4,
    allow_nan=False,
    allow_infinity=False,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("67,5", "67.5"),
        ("67.5", "67.5"),
        ("45,2%", "45.2"),
        ("45 %", "45"),
        ("1 234", "1234"),
        ("1\u00a0234,5", "1234.5"),
        ("1.498", "1498"),
        ("12.345", "12345"),
        ("0.125", "0.125"),
        ("1,498", "1.498"),
        ("1234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("+3", "3"),
        ("\u22123,5", "-3.5"),
        ("29,999999999999999", "29.999999999999999"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_as_vietnamese_offices_write_them(typed, number):
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "%",
        "abc",
        "1,2,3",
        "12.34.5",
        "0.125.000",
        "1.23,4.5",
        "1 23",
        "5,",
        ",5",
        "1e5",
        "١٢",
        "-",
        "--1",
        "12 hộ",
        "1.234 567",
        "9" * 21,
        "NaN",
    ],
)
def test_what_is_not_clearly_a_number_is_refused_with_an_example_or_a_reason(typed):
    with pytest.raises(NumberProblem) as refused:
        parse_number(typed)
    assert "Hãy" in refused.value.message_vi


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("1234.5", "1.234,5"),
        ("67.50", "67,5"),
        ("0", "0"),
        ("-0.0", "0"),
        ("-1234567", "-1.234.567"),
        ("-0.5", "-0,5"),
        ("1E+3", "1.000"),
        ("0.125", "0,125"),
        ("999", "999"),
    ],
)
def test_numbers_are_shown_with_vietnamese_separators(number, seen):
    assert show_number(Decimal(number)) == seen


@given(TYPED_NUMBERS)
def test_what_is_shown_is_read_back_as_the_same_number(number):
    assert parse_number(show_number(number)) == number


@given(TYPED_NUMBERS)
def test_the_stored_form_is_read_back_exactly_and_is_one_for_equal_numbers(number):
    assert number_from_plain(plain_number(number)) == number
    assert plain_number(number) == plain_number(number * Decimal("1.000"))


@pytest.mark.parametrize(
    "text", ["", "1,5", "1e5", "NaN", "Infinity", " 1", "1.", "+1", "١", "1" * 61]
)
def test_the_stored_form_admits_nothing_else(text):
    with pytest.raises(NumberProblem):
        number_from_plain(text)


@given(st.text(max_size=20))
def test_reading_any_text_gives_a_finite_number_or_a_plain_message(typed):
    try:
        assert parse_number(typed).is_finite()
    except NumberProblem as problem:
        assert problem.message_vi


@pytest.mark.parametrize(
    "typed", ["17/6/2024", "17-06-2024", "17.6.2024", "2024-06-17", "ngày 17 tháng 6 năm 2024"]
)
def test_dates_are_read_in_the_usual_forms(typed):
    written = parse_date(typed)
    assert (written.text, written.date, written.warning) == (typed, date(2024, 6, 17), None)


@pytest.mark.parametrize("typed", ["20/20/2023", "31/02/2024", "5/7/24", "tháng 7 năm 2024", "mai"])
def test_impossible_or_unclear_dates_stay_as_written_with_a_warning(typed):
    written = parse_date(typed)
    assert (written.text, written.date) == (typed, None)
    assert written.warning and typed in written.warning


def test_a_missing_date_is_said_to_be_missing():
    assert parse_date("  ").warning == "Chưa ghi ngày."


def test_an_unlikely_year_is_kept_and_pointed_out():
    written = parse_date("01/07/1024")
    assert written.date == date(1024, 7, 1)
    assert written.warning and "1024" in written.warning


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2099, 12, 31)))
def test_a_shown_date_is_read_back(day):
    assert parse_date(show_date(day)).date == day
