from decimal import Decimal

import pytest

from db.judging import Assessment, Status, judge, status_problem
from tests._helpers.judging import indicator, whole

HOUSES = indicator("pct_ge", "70")
GOOD, BAD = whole("80"), whole("60")


def judgement(about, status, figure=None, reason="", year=2024):
    assessment = Assessment(status, reason) if status else None
    return judge(about, about.threshold, assessment, figure, year)


def test_a_figure_alone_suggests_but_does_not_assess():
    found = judgement(HOUSES, None, GOOD)
    assert (found.status, found.suggested) == (Status.NOT_ASSESSED, Status.MET)
    assert not found.missing_reason


@pytest.mark.parametrize(
    ("status", "figure", "against"),
    [
        (Status.MET, GOOD, False),
        (Status.NOT_MET, BAD, False),
        (Status.IN_PROGRESS, BAD, False),
        (Status.IN_PROGRESS, None, False),
        (Status.MET, None, False),
        (Status.MET, BAD, True),
        (Status.NOT_MET, GOOD, True),
        (Status.IN_PROGRESS, GOOD, True),
    ],
)
def test_a_status_against_the_figure_counts_and_asks_for_a_reason(status, figure, against):
    found = judgement(HOUSES, status, figure)
    assert (found.status, found.against_figure, found.missing_reason) == (status, against, against)
    reasoned = judgement(HOUSES, status, figure, "Số liệu quý trước")
    assert (reasoned.against_figure, reasoned.missing_reason) == (against, False)


def test_blanks_are_no_reason():
    assert judgement(HOUSES, Status.MET, BAD, "  \n").missing_reason


def test_not_applicable_needs_a_reason_where_the_set_allows_it():
    about = indicator("dat", may_be_na=True)
    assert judgement(about, Status.NOT_APPLICABLE).missing_reason
    found = judgement(about, Status.NOT_APPLICABLE, reason="Xã không có làng nghề")
    assert (found.status, found.missing_reason, found.problem) == (
        Status.NOT_APPLICABLE,
        False,
        None,
    )


def test_not_applicable_is_a_problem_where_the_set_does_not_allow_it():
    found = judgement(HOUSES, Status.NOT_APPLICABLE, reason="Không có")
    assert found.status == Status.NOT_ASSESSED
    assert found.problem == status_problem(HOUSES, Status.NOT_APPLICABLE)
    assert found.problem is not None and "1.1" in found.problem


@pytest.mark.parametrize("status", [one for one in Status if one != Status.NOT_APPLICABLE])
def test_every_other_status_is_open_to_every_indicator(status):
    assert status_problem(HOUSES, status) is None


@pytest.mark.parametrize(
    ("source", "status", "rests"),
    [
        ("unconfirmed", Status.MET, True),
        ("unconfirmed", Status.NOT_MET, True),
        ("unconfirmed", Status.IN_PROGRESS, False),
        ("unconfirmed", None, False),
        ("documented", Status.MET, False),
        ("confirmed", Status.MET, False),
        ("unknown", Status.MET, True),
    ],
)
def test_a_finding_that_rests_on_an_unconfirmed_threshold_says_so(source, status, rests):
    assert judgement(indicator("dat", source=source), status).rests_on_unconfirmed is rests


def test_a_finding_for_a_year_without_a_threshold_rests_on_nothing_confirmed():
    about = indicator("amount_ge_by_year", by_year=((2024, Decimal(45)),))
    assert not judgement(about, Status.MET, whole("46")).rests_on_unconfirmed
    later = judgement(about, Status.MET, whole("46"), year=2030)
    assert later.rests_on_unconfirmed
    assert later.suggested is None


def test_the_shortfall_is_kept_beside_the_finding():
    assert [one.text for one in judgement(HOUSES, Status.NOT_MET, BAD).shortfalls] == [
        "còn thiếu 10 điểm %"
    ]
