import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.criteria.loader import shipped
from db.judging import Status, standing
from tests._helpers.judging import criteria_set, judged

M, N, P = Status.MET, Status.NOT_MET, Status.IN_PROGRESS
NA, OPEN = Status.NOT_APPLICABLE, Status.NOT_ASSESSED


def standing_of(*statuses, criteria=1):
    per_criterion = len(statuses) // criteria
    made = criteria_set(criteria, indicators=per_criterion)
    numbered = zip(made.indicators, statuses, strict=True)
    return standing(made, {one.number: judged(one.number, status) for one, status in numbered})


@pytest.mark.parametrize(
    ("statuses", "status", "met", "failed"),
    [
        ((M, M, M), M, True, False),
        ((M, NA, M), M, True, False),
        ((NA, NA, NA), NA, True, False),
        ((M, M, P), P, False, True),
        ((M, N, OPEN), N, False, True),
        ((P, N, M), N, False, True),
        ((M, M, OPEN), OPEN, False, False),
        ((NA, OPEN, NA), OPEN, False, False),
        ((P, OPEN, M), P, False, True),
    ],
)
def test_a_criterion_is_met_when_every_applicable_indicator_is(statuses, status, met, failed):
    [found] = standing_of(*statuses).criteria
    assert (found.status, found.met, found.failed) == (status, met, failed)


def test_a_missing_judgement_is_not_assessed():
    found = standing(criteria_set(2), {})
    assert (found.met, found.total, found.count(OPEN)) == (0, 2, 2)


def test_the_commune_is_ready_only_when_all_criteria_are_met():
    assert standing_of(M, NA, M, M, criteria=4).ready
    assert not standing_of(M, NA, M, P, criteria=4).ready


def test_criteria_that_do_not_apply_count_as_met_and_are_told_apart():
    found = standing_of(M, NA, N, criteria=3)
    assert (found.met, found.total) == (2, 3)
    assert [one.status for one in found.criteria] == [M, NA, N]


@given(st.data())
def test_the_counts_of_a_published_set_sum_to_its_totals(data):
    published = data.draw(st.sampled_from(shipped()))
    statuses = data.draw(st.dictionaries(st.sampled_from([i.number for i in published.indicators]),
                                         st.sampled_from(Status)))  # fmt: skip
    found = standing(published, {n: judged(n, status) for n, status in statuses.items()})
    assert sum(count for _, count in found.indicators) == len(published.indicators)
    for one in found.criteria:
        assert sum(count for _, count in one.counts) == len(one.criterion.indicators)
    assert found.total == len(published.criteria)
    assert found.ready == all(statuses.get(one.number) in (M, NA) for one in published.indicators)
