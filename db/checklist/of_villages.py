"""What each village has for one indicator, those that hold the commune back first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from db.communes import VillageRecord
from db.criteria.definitions import Indicator, ThresholdKind
from db.judging import Figure, Status, suggest
from db.sheet.records import AssessmentRecord, IndicatorState, Sheet
from db.text import sort_key

_LESS_IS_BETTER = (ThresholdKind.PCT_LE, ThresholdKind.KHONG)
_URGENCY = {
    status: place
    for place, status in enumerate(
        (
            Status.NOT_MET,
            Status.IN_PROGRESS,
            Status.NOT_ASSESSED,
            Status.MET,
            Status.NOT_APPLICABLE,
        )
    )
}


@dataclass(frozen=True)
class VillageFinding:
    """One village's part in an indicator.

    `status` is what was found there, or else what its figure suggests.
    """

    village: VillageRecord
    status: Status
    figure: Figure | None


def village_findings(
    sheet: Sheet, state: IndicatorState, villages: Iterable[VillageRecord]
) -> tuple[VillageFinding, ...]:
    """Give every village of the commune with what was found in it, the worst first.

    Args:
        sheet: which checklist.
        state: the indicator, with the threshold that counts.
        villages: those of the commune.
    """
    findings = [
        _finding(sheet, state, one, state.villages.get(one.code, AssessmentRecord()))
        for one in villages
    ]
    return worst_first(findings, state.indicator)


def _finding(
    sheet: Sheet, state: IndicatorState, village: VillageRecord, record: AssessmentRecord
) -> VillageFinding:
    status = record.status
    if status is Status.NOT_ASSESSED:
        threshold = state.threshold.effective
        status = suggest(state.indicator, threshold, record.figure, sheet.year).status or status
    return VillageFinding(village, status, record.figure)


def worst_first(
    findings: Sequence[VillageFinding], indicator: Indicator
) -> tuple[VillageFinding, ...]:
    """Put the villages that hold the indicator back first: by status, then by figure."""
    sign = -1 if indicator.threshold.kind in _LESS_IS_BETTER else 1
    return tuple(
        sorted(
            findings,
            key=lambda one: (
                _URGENCY[one.status],
                sign * _worst_number(one.figure, sign),
                sort_key(one.village.name),
            ),
        )
    )


def _worst_number(figure: Figure | None, sign: int) -> Fraction:
    """Take the part that is furthest behind; a village without numbers comes after the others."""
    numbers = [quantity.number for _, quantity in figure.parts] if figure else []
    if not numbers:
        return Fraction(sign * 10**20)
    return min(numbers) if sign > 0 else max(numbers)
