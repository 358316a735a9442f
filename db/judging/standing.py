"""From indicators to criteria to the commune."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from db.criteria.definitions import CriteriaSet, Criterion
from db.judging.judgement import Judgement
from db.judging.statuses import AS_GOOD_AS_MET, Status

Counts = tuple[tuple[Status, int], ...]


@dataclass(frozen=True)
class CriterionStanding:
    """One criterion: its status and how many of its indicators have each status."""

    criterion: Criterion
    status: Status
    counts: Counts

    @property
    def met(self) -> bool:
        """Whether it counts as met; one that does not apply does."""
        return self.status in AS_GOOD_AS_MET

    @property
    def failed(self) -> bool:
        """Whether it is certainly not met, whatever is still to be assessed."""
        return self.status in (Status.NOT_MET, Status.IN_PROGRESS)

    def count(self, status: Status) -> int:
        """The number of its indicators with that status."""
        return dict(self.counts)[status]


@dataclass(frozen=True)
class Standing:
    """The commune against one set."""

    criteria: tuple[CriterionStanding, ...]
    indicators: Counts

    @property
    def met(self) -> int:
        """The number of criteria met."""
        return sum(one.met for one in self.criteria)

    @property
    def total(self) -> int:
        """The number of criteria of the set."""
        return len(self.criteria)

    @property
    def ready(self) -> bool:
        """Whether all criteria of the set are met."""
        return self.met == self.total

    def count(self, status: Status) -> int:
        """The number of indicators with that status."""
        return dict(self.indicators)[status]


def standing(criteria_set: CriteriaSet, judgements: Mapping[str, Judgement]) -> Standing:
    """Gather judgements by indicator number; one that is missing is not assessed."""
    criteria = tuple(_of_criterion(one, judgements) for one in criteria_set.criteria)
    totals = tuple((status, sum(one.count(status) for one in criteria)) for status in Status)
    return Standing(criteria, totals)


def _of_criterion(criterion: Criterion, judgements: Mapping[str, Judgement]) -> CriterionStanding:
    found = Counter(
        judgements[one.number].status if one.number in judgements else Status.NOT_ASSESSED
        for one in criterion.indicators
    )
    counts = tuple((status, found[status]) for status in Status)
    return CriterionStanding(criterion, _status(found), counts)


def _status(found: Counter[Status]) -> Status:
    """One certain failure decides; then what is open; met when nothing else is left."""
    for status in (Status.NOT_MET, Status.IN_PROGRESS, Status.NOT_ASSESSED, Status.MET):
        if found[status]:
            return status
    return Status.NOT_APPLICABLE
