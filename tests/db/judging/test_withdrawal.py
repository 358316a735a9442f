from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.criteria.loader import shipped
from db.judging import Risk, Status, standing, withdrawal
from tests._helpers.judging import criteria_set, judged

ORDER = [Risk.NONE, Risk.POSSIBLE, Risk.CERTAIN]


def weighed(made, failed=(), unassessed=()):
    """Judge each criterion as a whole: named ones failed or open, all others met."""
    statuses = {
        one.number: judged(
            one.number,
            Status.NOT_MET
            if criterion.number in failed
            else Status.NOT_ASSESSED
            if criterion.number in unassessed
            else Status.MET,
        )
        for criterion in made.criteria
        for one in criterion.indicators
    }
    return withdrawal(made, standing(made, statuses))


def numbers(first, last):
    return [str(number) for number in range(first, last + 1)]


NTM = shipped()[0]


@pytest.mark.parametrize(
    ("failed", "risk"),
    [
        (numbers(1, 5), Risk.NONE),
        (numbers(1, 6), Risk.NONE),
        (numbers(1, 9), Risk.NONE),
        ([*numbers(1, 9), "11"], Risk.CERTAIN),
        ([*numbers(1, 4), "10"], Risk.NONE),
        ([*numbers(1, 5), "10"], Risk.CERTAIN),
        ([*numbers(1, 5), "17"], Risk.CERTAIN),
        ([*numbers(1, 5), "19"], Risk.CERTAIN),
        ([*numbers(1, 5), "18"], Risk.NONE),
        (numbers(1, 19), Risk.CERTAIN),
        ([], Risk.NONE),
    ],
)
def test_on_nineteen_criteria_six_with_a_key_one_or_ten_lose_the_title(failed, risk):
    assert weighed(NTM, failed).risk == risk


@pytest.mark.parametrize(
    ("total", "failed", "risk"),
    [
        (10, 2, Risk.NONE),
        (10, 3, Risk.CERTAIN),
        (20, 5, Risk.NONE),
        (20, 6, Risk.CERTAIN),
        (1, 1, Risk.CERTAIN),
    ],
)
def test_the_shares_follow_the_size_of_the_set(total, failed, risk):
    assert weighed(criteria_set(total, keys=1), numbers(1, failed)).risk == risk


def test_work_in_progress_is_a_failure_and_what_is_not_assessed_is_not():
    made = criteria_set(2)
    statuses = {"1.1": judged("1.1", Status.IN_PROGRESS)}
    found = withdrawal(made, standing(made, statuses))
    assert [one.number for one in found.failed] == ["1"]
    assert [one.number for one in found.open] == ["2"]


@pytest.mark.parametrize(
    ("failed", "unassessed", "risk"),
    [
        (numbers(1, 5), ["10"], Risk.POSSIBLE),
        (numbers(1, 5), ["11"], Risk.NONE),
        (numbers(1, 5), numbers(11, 15), Risk.POSSIBLE),
        ([], numbers(1, 19), Risk.POSSIBLE),
        ([*numbers(1, 5), "10"], ["11"], Risk.CERTAIN),
    ],
)
def test_what_is_open_makes_it_possible_when_the_worst_case_would_do(failed, unassessed, risk):
    assert weighed(NTM, failed, unassessed).risk == risk


def test_tips_say_how_many_more_failures_lose_the_title():
    first, second = weighed(NTM, numbers(1, 4)).tips
    assert (first.mends, first.number, [one.number for one in first.key]) == (
        False,
        2,
        ["10", "17", "19"],
    )
    assert first.text.startswith("Thêm 2 tiêu chí không đạt, trong đó có ít nhất một trong")
    assert "17 Môi trường và an toàn thực phẩm" in first.text
    assert (second.number, second.key) == (6, ())


def test_with_a_key_criterion_failed_any_further_ones_lose_the_title():
    [tip] = weighed(NTM, [*numbers(1, 3), "10"]).tips
    assert (tip.number, tip.key) == (2, ())


def test_with_many_ordinary_failures_one_key_criterion_is_enough():
    first, second = weighed(NTM, numbers(1, 8)).tips
    assert (first.number, len(first.key), second.number) == (1, 3, 2)


def test_when_the_title_is_lost_tips_say_the_least_to_mend():
    first, second = weighed(NTM, [*numbers(1, 8), "10"]).tips
    assert (first.mends, first.number, [one.number for one in first.key]) == (True, 1, ["10"])
    assert first.text == "Khắc phục tiêu chí 10 Thu nhập là ra khỏi diện này."
    assert (second.number, second.key) == (4, ())


def test_when_only_numbers_count_any_mended_criterion_helps():
    [tip] = weighed(NTM, [*numbers(1, 9), "11", "12"]).tips
    assert (tip.number, tip.key) == (2, ())


def test_key_criteria_and_others_may_both_have_to_be_mended():
    first = weighed(NTM, numbers(1, 12)).tips[0]
    assert (first.number, [one.number for one in first.key]) == (3, ["10"])
    assert first.text.startswith("Khắc phục 3 tiêu chí, trong đó có 10 Thu nhập")


SETS = st.builds(
    lambda total, keys: criteria_set(total, min(keys, total)), st.integers(1, 24), st.integers(0, 6)
)
CASES = SETS.flatmap(
    lambda made: st.tuples(
        st.just(made),
        st.lists(
            st.sampled_from(["met", "failed", "open"]),
            min_size=len(made.criteria),
            max_size=len(made.criteria),
        ),
    )
)


def with_states(made, states):
    named = [(one.number, state) for one, state in zip(made.criteria, states, strict=True)]
    return weighed(
        made,
        [number for number, state in named if state == "failed"],
        [number for number, state in named if state == "open"],
    )


@given(CASES, st.data())
def test_more_failures_never_lower_the_risk(case, data):
    made, states = case
    place = data.draw(st.integers(0, len(states) - 1))
    order = [
        ORDER.index(with_states(made, [*states[:place], state, *states[place + 1 :]]).risk)
        for state in ("met", "open", "failed")
    ]
    assert order == sorted(order)


@given(CASES)
def test_the_risk_is_what_the_decision_says(case):
    made, states = case

    def lost(counted):
        failed = [c for c, state in zip(made.criteria, states, strict=True) if state in counted]
        share = Fraction(len(failed), len(states))
        with_key = any(one.withdrawal_key for one in failed)
        return share >= Fraction(1, 2) or (share >= Fraction(3, 10) and with_key)

    expected = Risk.NONE
    if lost(["failed", "open"]):
        expected = Risk.POSSIBLE
    if lost(["failed"]):
        expected = Risk.CERTAIN
    assert with_states(made, states).risk == expected


def follow(tip, made, failed, number):
    """Fail or mend that many criteria, the least harmful choice that the tip still allows."""
    pool = failed if tip.mends else [one for one in made.criteria if one not in failed]
    named = tip.key if tip.mends else tip.key[:1]
    ordinary = [one for one in pool if one not in named and not one.withdrawal_key]
    others = [one for one in pool if one not in named and one.withdrawal_key]
    chosen = [*named, *ordinary, *others][:number]
    after = [one for one in failed if one not in chosen] if tip.mends else [*failed, *chosen]
    return weighed(made, [one.number for one in after]).risk == Risk.CERTAIN


@given(CASES)
def test_doing_what_a_tip_says_turns_the_risk_and_one_less_need_not(case):
    made, states = case
    failed = [c for c, state in zip(made.criteria, states, strict=True) if state == "failed"]
    for tip in weighed(made, [one.number for one in failed]).tips:
        assert follow(tip, made, failed, tip.number) != tip.mends
        if len(tip.key) < 2:
            assert follow(tip, made, failed, tip.number - 1) == tip.mends
