from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.criteria.definitions import Threshold, ThresholdKind
from db.judging import Figure, FigureProblem, Quantity
from db.judging.entry import entry_text, parse_level, parse_quantity

LADDER = Threshold(ThresholdKind.LEVEL, level="Khá", levels=("Trung bình", "Khá", "Tốt"))
numbers = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("67,5", Quantity(Decimal("67.5"))),
        ("67,5 %", Quantity(Decimal("67.5"))),
        ("1011/1498", Quantity(numerator=Decimal(1011), denominator=Decimal(1498))),
        (" 1.011 / 1.498 ", Quantity(numerator=Decimal(1011), denominator=Decimal(1498))),
    ],
)
def test_a_number_or_a_fraction_is_understood(typed: str, meant: Quantity) -> None:
    assert parse_quantity(typed) == meant


@pytest.mark.parametrize("typed", ["", "nhiều", "1011/", "/1498", "10/0", "1/2/3"])
def test_anything_else_is_told(typed: str) -> None:
    with pytest.raises(FigureProblem, match=r"\."):
        parse_quantity(typed)


@given(numbers, st.none() | numbers.filter(bool))
def test_what_is_offered_for_correction_reads_as_what_it_was(
    number: Decimal, denominator: Decimal | None
) -> None:
    quantity = (
        Quantity(number)
        if denominator is None
        else Quantity(numerator=number, denominator=denominator)
    )
    assert parse_quantity(entry_text(quantity)).number == quantity.number


def test_nothing_is_offered_for_a_number_that_is_not_there() -> None:
    assert entry_text(None) == ""


@pytest.mark.parametrize("typed", ["Khá", "kha", "KHÁ", "2"])
def test_a_level_is_known_by_name_without_marks_or_by_its_place(typed: str) -> None:
    assert parse_level(typed, LADDER) == Figure(level="Khá")


def test_a_level_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(FigureProblem, match="1 Trung bình; 2 Khá; 3 Tốt"):
        parse_level("Giỏi", LADDER)
