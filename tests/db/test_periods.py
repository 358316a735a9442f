from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.periods import Cycle, Period, between, from_key, period_of

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
CYCLES = st.sampled_from(list(Cycle))


@given(CYCLES, DAYS)
def test_every_day_lies_in_exactly_one_period(cycle: Cycle, day: date) -> None:
    period = period_of(cycle, day)
    assert period.first <= day <= period.last
    assert period.next.first == period.last + timedelta(days=1)
    assert period_of(cycle, period.first) == period_of(cycle, period.last) == period


@given(CYCLES, DAYS)
def test_a_period_is_found_again_by_its_key(cycle: Cycle, day: date) -> None:
    period = period_of(cycle, day)
    assert from_key(cycle, period.key) == period


@given(CYCLES, st.text("0123456789-WQHx", max_size=12))
def test_a_key_that_is_none_is_no_error(cycle: Cycle, key: str) -> None:
    found = from_key(cycle, key)
    assert found is None or found.key == key


@given(CYCLES, DAYS, st.integers(1, 40))
def test_the_periods_between_two_are_counted(cycle: Cycle, day: date, steps: int) -> None:
    first = one = period_of(cycle, day)
    for _ in range(steps):
        one = one.next
    assert between(first, one) == steps - 1
    assert between(one, first) == 0


@pytest.mark.parametrize(
    ("cycle", "day", "key", "label"),
    [
        (Cycle.WEEK, date(2024, 9, 20), "2024-W38", "tuần 16/09 - 22/09/2024"),
        (Cycle.WEEK, date(2024, 12, 31), "2025-W01", "tuần 30/12 - 05/01/2025"),
        (Cycle.MONTH, date(2024, 9, 20), "2024-09", "tháng 9/2024"),
        (Cycle.QUARTER, date(2024, 9, 20), "2024-Q3", "quý III/2024"),
        (Cycle.HALF, date(2024, 6, 30), "2024-H1", "6 tháng đầu năm 2024"),
        (Cycle.HALF, date(2024, 7, 1), "2024-H2", "6 tháng cuối năm 2024"),
        (Cycle.YEAR, date(2024, 2, 29), "2024", "năm 2024"),
    ],
)
def test_people_and_machines_call_it_so(cycle: Cycle, day: date, key: str, label: str) -> None:
    period = period_of(cycle, day)
    assert (period.key, period.label) == (key, label)


def test_the_last_day_of_a_leap_february_is_the_29th() -> None:
    assert Period(date(2024, 2, 1), Cycle.MONTH).last == date(2024, 2, 29)
