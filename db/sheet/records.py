"""What the checklist is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.criteria.definitions import CriteriaSet, Criterion, Indicator
from db.judging import Figure, Judgement, Standing, Status, Withdrawal
from db.sheet.thresholds import ThresholdState


@dataclass(frozen=True)
class Sheet:
    """Which checklist is meant: whose, by which set, for which year."""

    scope: str
    criteria_set: CriteriaSet
    year: int
    superseded: CriteriaSet | None = None


@dataclass(frozen=True)
class AssessmentRecord:
    """What is written down about one indicator, for the commune or for one village.

    `carried_from` names the set it was taken over from; empty when it was made in this one.
    """

    status: Status = Status.NOT_ASSESSED
    reason: str = ""
    figure: Figure | None = None
    note: str = ""
    responsible: str = ""
    due: date | None = None
    carried_from: str = ""


@dataclass(frozen=True)
class VerdictRecord:
    """What the upper level found on one indicator; `agency` is called by its name."""

    status: Status = Status.NOT_ASSESSED
    note: str = ""
    agency: str = ""


@dataclass(frozen=True)
class IndicatorState:
    """One line of the checklist.

    `figure` is what counts: the one derived from villages where there is one, else the typed one;
    `typed_differs` says that a typed figure says something else. `to_review` names what changed
    since the superseded set; the finding made under that one no longer counts. `conflicts` names
    what two machines wrote differently without knowing of each other. `villages` gives what each
    village has, by code; empty as long as none has anything.
    """

    indicator: Indicator
    criterion: Criterion
    threshold: ThresholdState
    assessment: AssessmentRecord
    judgement: Judgement
    figure: Figure | None = None
    typed_differs: bool = False
    to_review: tuple[str, ...] = ()
    missing_villages: int = 0
    conflicts: tuple[str, ...] = ()
    villages: Mapping[str, AssessmentRecord] = field(default_factory=dict)
    verdict: VerdictRecord = VerdictRecord()

    @property
    def disagrees(self) -> bool:
        """Whether the upper level found something else than the commune."""
        found = self.verdict.status
        return found not in (Status.NOT_ASSESSED, self.judgement.status)


@dataclass(frozen=True)
class Checklist:
    """The whole sheet and where it leaves the commune."""

    sheet: Sheet
    states: tuple[IndicatorState, ...]
    standing: Standing
    withdrawal: Withdrawal
    by_number: Mapping[str, IndicatorState] = field(repr=False, default_factory=dict)

    @property
    def unconfirmed(self) -> int:
        """How many thresholds nobody has checked against the paper."""
        return sum(not state.threshold.confirmed for state in self.states)
