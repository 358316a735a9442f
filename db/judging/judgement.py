"""An officer's finding set beside what the figure suggests."""

from dataclasses import dataclass

from db.criteria.definitions import Indicator, SourceStatus, Threshold
from db.judging.figures import Figure
from db.judging.shortfalls import Shortfall
from db.judging.statuses import Assessment, Status, status_problem
from db.judging.suggesting import suggest

_DECIDED = (Status.MET, Status.NOT_MET)


@dataclass(frozen=True)
class Judgement:
    """The status that counts for one indicator, and everything that must be said about it.

    `problem` tells why a given status cannot be accepted; the indicator then counts as not
    assessed. `missing_reason` asks for a reason later; the status counts meanwhile.
    """

    indicator: str
    status: Status
    suggested: Status | None
    reason: str
    reason_vi: str
    against_figure: bool
    missing_reason: bool
    rests_on_unconfirmed: bool
    shortfalls: tuple[Shortfall, ...] = ()
    problem: str | None = None


def judge(
    indicator: Indicator,
    threshold: Threshold,
    assessment: Assessment | None,
    figure: Figure | None,
    year: int,
    missing_villages: int = 0,
) -> Judgement:
    """Judge one indicator for one year."""
    given = assessment or Assessment(Status.NOT_ASSESSED)
    suggestion = suggest(indicator, threshold, figure, year, missing_villages)
    problem = status_problem(indicator, given.status)
    status = Status.NOT_ASSESSED if problem else given.status
    against = _goes_against(status, suggestion.status)
    needs_reason = against or status == Status.NOT_APPLICABLE
    return Judgement(
        indicator=indicator.number,
        status=status,
        suggested=suggestion.status,
        reason=given.reason,
        reason_vi=suggestion.reason_vi,
        against_figure=against,
        missing_reason=needs_reason and not given.reason.strip(),
        rests_on_unconfirmed=status in _DECIDED and _is_unconfirmed(threshold, year),
        shortfalls=suggestion.shortfalls,
        problem=problem,
    )


def _goes_against(status: Status, suggested: Status | None) -> bool:
    if suggested == Status.MET:
        return status in (Status.NOT_MET, Status.IN_PROGRESS)
    return suggested == Status.NOT_MET and status == Status.MET


def _is_unconfirmed(threshold: Threshold, year: int) -> bool:
    """A finding made against a threshold nobody knows rests on even less."""
    return threshold.source == SourceStatus.UNCONFIRMED or not threshold.known_in(year)
