"""The commune's figure, derived from its villages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from db.criteria.definitions import Indicator, ThresholdKind
from db.judging.figures import Figure, Part, Quantity, parts_of
from db.judging.statuses import Status

_EXACT_DIGITS = 60  # wide enough that no sum of entered numbers is ever rounded
_ADDED_KINDS = (ThresholdKind.KHONG, ThresholdKind.COUNT_GE)


@dataclass(frozen=True)
class VillageResult:
    """What one village has for one indicator."""

    status: Status = Status.NOT_ASSESSED
    figure: Figure | None = None


def roll_up(indicator: Indicator, village_assessments: Iterable[VillageResult]) -> Figure | None:
    """Derive the commune's figure; None when no village can be counted.

    An indicator that counts villages, or has no numbers of its own, becomes the share of villages
    that met it. Otherwise numerators and denominators are added up, and plain counts where the
    threshold is a count. Villages where the indicator does not apply stay outside.
    """
    villages = _applicable(village_assessments)
    if counts_villages(indicator):
        return _share_of_villages(villages)
    sums: dict[str, Quantity] = {}
    for part in parts_of(indicator, indicator.threshold):
        entered = [q for one in villages if (q := addable(indicator, one, part)) is not None]
        if entered:
            sums[part.value] = _sum(entered)
    return Figure.of(**sums) if sums else None


def uncounted(indicator: Indicator, village_assessments: Iterable[VillageResult]) -> int:
    """Return the number of villages that the derived figure still lacks."""
    villages = _applicable(village_assessments)
    if counts_villages(indicator):
        return sum(one.status == Status.NOT_ASSESSED for one in villages)
    parts = parts_of(indicator, indicator.threshold)
    return sum(any(addable(indicator, one, part) is None for part in parts) for one in villages)


def counts_villages(indicator: Indicator) -> bool:
    """Tell whether the commune's figure is how many villages met the indicator."""
    return indicator.counted == "thôn" or not parts_of(indicator, indicator.threshold)


def _applicable(villages: Iterable[VillageResult]) -> list[VillageResult]:
    return [one for one in villages if one.status != Status.NOT_APPLICABLE]


def _share_of_villages(villages: Sequence[VillageResult]) -> Figure | None:
    if all(one.status == Status.NOT_ASSESSED for one in villages):
        return None
    met = sum(one.status == Status.MET for one in villages)
    share = Quantity(numerator=Decimal(met), denominator=Decimal(len(villages)))
    return Figure.of(whole=share)


def addable(indicator: Indicator, village: VillageResult, part: Part) -> Quantity | None:
    """Give a number that can be added to those of other villages; None for any other.

    A typed percentage or average cannot: its denominator is not known.
    """
    quantity = village.figure.part(part) if village.figure else None
    if quantity is None:
        return None
    counts = part == Part.COUNT or indicator.threshold.kind in _ADDED_KINDS
    return quantity if counts == (quantity.numerator is None) else None


def _sum(quantities: Sequence[Quantity]) -> Quantity:
    return Quantity(
        _total(quantity.value for quantity in quantities),
        _total(quantity.numerator for quantity in quantities),
        _total(quantity.denominator for quantity in quantities),
    )


def _total(numbers: Iterable[Decimal | None]) -> Decimal | None:
    with localcontext() as exact:
        exact.prec = _EXACT_DIGITS
        present = [number for number in numbers if number is not None]
        return sum(present, Decimal(0)) if present else None
