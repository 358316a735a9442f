"""What a practice commune of the district found, made from the few words of its story."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlmodel import Session

from db import checklist, thresholds
from db.communes import VillageRecord
from db.criteria.definitions import CriteriaSet, Criterion, Indicator, Threshold, ThresholdKind
from db.desk import Desk
from db.judging import Figure, Part, Status, parts_of
from db.judging.figures import Quantity
from db.practice.deeds import Bench
from db.sheet.records import Sheet

_FAR = Decimal("0.8")
_DUE = timedelta(days=25)


@dataclass(frozen=True)
class Outlook:
    """How the criteria of a commune stand; those that are not named are met.

    `failed` are not met, `doing` in progress, `open` not assessed; `risen` were in progress in the
    first round and met later.
    """

    failed: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    risen: tuple[str, ...] = ()

    def before(self) -> "Outlook":
        """Give how they stood in the first round."""
        return Outlook(self.failed, self.doing + self.risen, self.open)


def assess(outlook: Outlook, set_id: str, desk: Desk, _bench: Bench) -> None:
    """Write down the first round: every indicator that was assessed, with figures."""
    sheet = desk.sheet(set_id=set_id)
    with desk.act() as session:
        known = thresholds.threshold_states(session, sheet.scope, sheet.criteria_set)
        for criterion in sheet.criteria_set.criteria:
            for indicator, status in _statuses(criterion, outlook.before(), sheet.scope):
                _write(session, sheet, indicator, known[indicator.number].effective, status)


def improve(outlook: Outlook, set_id: str, desk: Desk, bench: Bench) -> None:
    """Write down what became met since, and until when the rest is to be."""
    sheet = desk.sheet(set_id=set_id)
    with desk.act() as session:
        known = thresholds.threshold_states(session, sheet.scope, sheet.criteria_set)
        for criterion in sheet.criteria_set.criteria:
            for indicator, status in _statuses(criterion, outlook.before(), sheet.scope):
                if status is not Status.IN_PROGRESS:
                    continue
                if criterion.number in outlook.risen:
                    threshold = known[indicator.number].effective
                    _write(session, sheet, indicator, threshold, Status.MET)
                else:
                    checklist.set_due(session, sheet, indicator.number, bench.today + _DUE)


def count_villages(
    outlook: Outlook, villages: tuple[VillageRecord, ...], desk: Desk, _bench: Bench
) -> None:
    """Write down, village by village, the first share of households that is counted so."""
    sheet = desk.sheet()
    with desk.act() as session:
        found = thresholds.threshold_states(session, sheet.scope, sheet.criteria_set)
        counted = _counted_by_village(sheet.criteria_set, outlook)
        if counted is None:
            return
        threshold = found[counted.number].effective
        for village in villages:
            whole = Decimal(village.households or 0)
            share = min(Decimal(100), threshold.values[0] + 4) / 100
            figure = Figure.of(whole=Quantity(numerator=-(-whole * share // 1), denominator=whole))
            checklist.set_figure(
                session, sheet, counted.number, figure, threshold, village=village.code
            )


def _counted_by_village(criteria_set: CriteriaSet, outlook: Outlook) -> Indicator | None:
    short = {*outlook.failed, *outlook.doing, *outlook.open, *outlook.risen}
    return next(
        (
            one
            for one in criteria_set.indicators
            if one.by_village
            and one.counted == "hộ"
            and one.threshold.known
            and criteria_set.criterion_of(one.number).number not in short
        ),
        None,
    )


def _statuses(
    criterion: Criterion, outlook: Outlook, scope: str
) -> Iterator[tuple[Indicator, Status]]:
    """Give what was found on the indicators of a criterion; one or two of them fall short."""
    short = {
        **dict.fromkeys(outlook.failed, Status.NOT_MET),
        **dict.fromkeys(outlook.doing, Status.IN_PROGRESS),
    }
    count = len(criterion.indicators)
    fallen = {_pick(scope, criterion.number, count), _pick(criterion.number, scope, count)}
    for place, indicator in enumerate(criterion.indicators):
        if criterion.number in outlook.open:
            if place not in fallen:  # begun, and not finished
                yield indicator, Status.MET
        elif criterion.number in short and place in fallen:
            yield indicator, short[criterion.number]
        elif indicator.may_be_na and _pick(scope, indicator.number, 2):
            yield indicator, Status.NOT_APPLICABLE
        else:
            yield indicator, Status.MET


def _pick(one: str, other: str, count: int) -> int:
    """Pick one of some, always the same for the same names."""
    return zlib.crc32(f"{one}|{other}".encode()) % count


def _write(
    session: Session, sheet: Sheet, indicator: Indicator, threshold: Threshold, status: Status
) -> None:
    reason = "Xã không có." if status is Status.NOT_APPLICABLE else None
    checklist.set_status(session, sheet, indicator.number, status, reason=reason)
    figure = _figure(indicator, threshold, sheet, status)
    if figure is not None:
        checklist.set_figure(session, sheet, indicator.number, figure, threshold)


def _figure(
    indicator: Indicator, threshold: Threshold, sheet: Sheet, status: Status
) -> Figure | None:
    """Give a figure that says the same as the finding; None where there is none to give."""
    wanted = threshold.values_in(sheet.year)
    if status is Status.NOT_APPLICABLE or not threshold.known_in(sheet.year) or not wanted:
        return None
    parts = parts_of(indicator, threshold)
    values = wanted if len(wanted) == len(parts) else wanted[:1] * len(parts)
    met = status is Status.MET
    return Figure.of(
        **{
            part.value: Quantity(value=_value(threshold, part, value, met=met))
            for part, value in zip(parts, values, strict=True)
        }
    )


def _value(threshold: Threshold, part: Part, wanted: Decimal, *, met: bool) -> Decimal:
    if threshold.kind is ThresholdKind.PCT_LE:
        return wanted if met else wanted + 3
    whole = part is Part.COUNT or threshold.kind is ThresholdKind.COUNT_GE
    less = max(wanted - 1, Decimal(0)) if whole else (wanted * _FAR).quantize(Decimal("0.1"))
    return wanted if met else less
