"""A published criteria set: groups, criteria, indicators and what each must reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from db.criteria.thresholds import SourceStatus, Threshold, ThresholdKind, ThresholdProblem

__all__ = [
    "CriteriaSet",
    "Criterion",
    "CriterionGroup",
    "EvidenceKind",
    "Indicator",
    "SourceStatus",
    "Threshold",
    "ThresholdKind",
    "ThresholdProblem",
    "Tier",
]

MEASURED_UNITS = frozenset({"ha", "km", "m", "m2", "m3", "kg", "tấn"})


class Tier(StrEnum):
    """The title a commune holds or aims at."""

    NTM = "ntm"
    ADVANCED = "advanced"
    MODEL = "model"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _TIER_LABELS[self]


_TIER_LABELS = {
    Tier.NTM: "Đạt chuẩn NTM",
    Tier.ADVANCED: "NTM nâng cao",
    Tier.MODEL: "NTM kiểu mẫu",
}


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of document that can prove a finding."""

    id: str
    name: str


@dataclass(frozen=True)
class Indicator:
    """One indicator (chỉ tiêu) of a set.

    `counted` is what numerators and denominators count, such as "hộ"; empty when not said.
    `parts` calls the two numbers of a threshold in two parts by their names.
    `note` is for the reader, `source_note` keeps the words of the source it was taken from.
    `replaces` is the number in the superseded set; empty when there was none.
    """

    number: str
    name: str
    threshold: Threshold
    men_women: bool = False
    by_village: bool = False
    may_be_na: bool = False
    counted: str = ""
    parts: tuple[str, ...] = ()
    note: str = ""
    source_note: str = ""
    name_source: SourceStatus = SourceStatus.UNCONFIRMED
    evidence: tuple[str, ...] = ()
    replaces: str = ""

    @property
    def counts_whole(self) -> bool:
        """Whether numerators and denominators can only be whole numbers."""
        return bool(self.counted) and self.counted not in MEASURED_UNITS


@dataclass(frozen=True)
class Criterion:
    """One criterion (tiêu chí) with its indicators, in the order of the set."""

    number: str
    name: str
    indicators: tuple[Indicator, ...]
    withdrawal_key: bool = False
    people_criterion: bool = False
    watch_criterion: bool = False


@dataclass(frozen=True)
class CriterionGroup:
    """One group (nhóm tiêu chí), numbered with Roman numerals."""

    number: str
    name: str
    criteria: tuple[Criterion, ...]
    source: SourceStatus = SourceStatus.UNCONFIRMED


@dataclass(frozen=True)
class CriteriaSet:
    """One published set, immutable; `hash` is the SHA-256 of the text of its file, as it is kept.

    Line ends and the way marks are composed do not count: they change on the way between systems.

    `evidence_source` tells whether the expected evidence comes from the decision ("documented")
    or is only this program's suggestion ("suggested").
    """

    id: str
    name: str
    short_name: str
    tier: Tier
    document: str
    region: str
    years: tuple[int, int]
    groups: tuple[CriterionGroup, ...]
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    evidence_source: str = "suggested"
    supersedes: str = ""
    note: str = ""
    hash: str = ""

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in order."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in order."""
        return tuple(indicator for one in self.criteria for indicator in one.indicators)

    def indicator(self, number: str) -> Indicator:
        """Return an indicator by its number; KeyError when the set has none such."""
        return self._places[number][1]

    def criterion_of(self, number: str) -> Criterion:
        """Return the criterion an indicator belongs to; KeyError when the set has none such."""
        return self._places[number][0]

    @cached_property
    def _places(self) -> Mapping[str, tuple[Criterion, Indicator]]:
        return {
            indicator.number: (criterion, indicator)
            for criterion in self.criteria
            for indicator in criterion.indicators
        }
