from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.judging import Figure, Status, VillageResult, roll_up, uncounted
from tests._helpers.judging import indicator, share, typed, whole

HOUSES = indicator("pct_ge", "70", counted="hộ")
VILLAGES = indicator("pct_ge", "100", counted="thôn")


def village(figure=None, status=Status.NOT_ASSESSED):
    return VillageResult(status, figure)


def test_numerators_and_denominators_are_added_up():
    villages = [village(whole("90", "120")), village(whole("60", "80"))]
    assert roll_up(HOUSES, villages) == whole("150", "200")
    assert uncounted(HOUSES, villages) == 0


def test_a_village_without_numbers_is_left_out_and_counted_as_missing():
    villages = [village(whole("90", "120")), village(), village(whole("75"))]
    assert roll_up(HOUSES, villages) == whole("90", "120")
    assert uncounted(HOUSES, villages) == 2


def test_villages_where_it_does_not_apply_stay_outside():
    villages = [village(whole("1", "2")), village(whole("0", "9"), Status.NOT_APPLICABLE)]
    assert roll_up(HOUSES, villages) == whole("1", "2")
    assert uncounted(HOUSES, villages) == 0


def test_without_any_village_figure_there_is_no_commune_figure():
    assert roll_up(HOUSES, [village(), village(whole("75"))]) is None
    assert roll_up(HOUSES, []) is None
    assert roll_up(VILLAGES, [village(), village()]) is None


def test_men_and_women_are_added_up_apart():
    about = indicator("pct_ge", "70", men_women=True, counted="người")
    villages = [
        village(Figure.of(men=share("3", "4"), women=share("1", "2"))),
        village(Figure.of(men=share("5", "6"))),
    ]
    assert roll_up(about, villages) == Figure.of(men=share("8", "10"), women=share("1", "2"))
    assert uncounted(about, villages) == 1


def test_counts_are_added_up():
    villages = [village(whole("2")), village(whole("0")), village()]
    assert roll_up(indicator("khong"), villages) == whole("2")
    assert uncounted(indicator("khong"), villages) == 1


def test_a_share_and_a_count_are_each_added_up():
    about = indicator("pct_ge_and_count_ge", "100", "1", counted="trường")
    one = village(Figure.of(share=share("1", "2"), count=typed("1")))
    assert roll_up(about, [one, one]) == Figure.of(share=share("2", "4"), count=typed("2"))


@pytest.mark.parametrize("about", [VILLAGES, indicator("dat")])
def test_an_indicator_counted_by_village_becomes_the_share_of_villages(about):
    villages = [
        village(status=Status.MET),
        village(status=Status.NOT_MET),
        village(status=Status.IN_PROGRESS),
        village(),
        village(status=Status.NOT_APPLICABLE),
    ]
    assert roll_up(about, villages) == whole("1", "4")
    assert uncounted(about, villages) == 1


@given(st.lists(st.tuples(st.integers(0, 10**15), st.integers(1, 10**15)), min_size=1))
def test_the_sum_does_not_depend_on_order_and_loses_nothing(pairs):
    villages = [village(whole(f"{n}.0001", f"{n + d}.00001")) for n, d in pairs]
    about = indicator("pct_ge", "70", counted="ha")
    found = roll_up(about, villages)
    assert found == roll_up(about, reversed(villages))
    numerator = sum(n * 10_000 + 1 for n, _ in pairs)
    assert Fraction(found.to_wire()["numerator"]) == Fraction(numerator, 10_000)
