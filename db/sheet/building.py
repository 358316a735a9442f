"""From records to a judged checklist. Pure functions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from db.criteria.definitions import Indicator
from db.criteria.supersession import ChangeKind, compare
from db.judging import (
    Assessment,
    VillageResult,
    judge,
    roll_up,
    standing,
    uncounted,
    withdrawal,
)
from db.sheet.records import (
    AssessmentRecord,
    Checklist,
    IndicatorState,
    Sheet,
    VerdictRecord,
)
from db.sheet.thresholds import ThresholdState

NO_VERDICT = VerdictRecord()

Findings = dict[str, dict[str, AssessmentRecord]]
"""By indicator and village; the commune's own finding under no village."""


def build(
    sheet: Sheet,
    rows: Iterable[tuple[str, str, str, AssessmentRecord]],
    thresholds: Mapping[str, ThresholdState],
    village_codes: Collection[str] = (),
    conflicts: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    by_village: Mapping[str, bool] = MappingProxyType({}),
    verdicts: Mapping[str, VerdictRecord] = MappingProxyType({}),
) -> Checklist:
    """Judge a sheet from its records; pure.

    Args:
        sheet: which checklist.
        rows: (set id, indicator, village or "", record) of that commune and year.
        thresholds: the thresholds that count, by indicator.
        village_codes: the commune's villages; one without a record still has to be counted.
        conflicts: what machines wrote differently, by indicator.
        by_village: the indicators that the office switched to or from villages.
        verdicts: what the upper level found, by indicator.
    """
    own: Findings = defaultdict(dict)
    old: Findings = defaultdict(dict)
    for set_id, number, village, record in rows:
        if set_id == sheet.criteria_set.id:
            own[number][village] = record
        elif sheet.superseded is not None and set_id == sheet.superseded.id:
            old[number][village] = record
    carried, to_review = _carry_over(sheet, old)
    none_yet = dict.fromkeys(village_codes, AssessmentRecord())
    states = tuple(
        replace(
            _state(
                sheet,
                replace(one, by_village=by_village[one.number])
                if one.number in by_village
                else one,
                thresholds[one.number],
                {**carried.get(one.number, {}), **own.get(one.number, {})},
                none_yet,
                () if "" in own.get(one.number, {}) else to_review.get(one.number, ()),
            ),
            conflicts=conflicts.get(one.number, ()),
            verdict=verdicts.get(one.number, NO_VERDICT),
        )
        for one in sheet.criteria_set.indicators
    )
    by_number = {state.indicator.number: state for state in states}
    reached = standing(
        sheet.criteria_set, {number: state.judgement for number, state in by_number.items()}
    )
    return Checklist(sheet, states, reached, withdrawal(sheet.criteria_set, reached), by_number)


def _carry_over(sheet: Sheet, old: Findings) -> tuple[Findings, dict[str, tuple[str, ...]]]:
    """Take over findings on unchanged indicators; name what changed in the others."""
    carried: Findings = {}
    to_review: dict[str, tuple[str, ...]] = {}
    if sheet.superseded is None:
        return carried, to_review
    for change in compare(sheet.superseded, sheet.criteria_set):
        if change.old is None or change.new is None or change.old.number not in old:
            continue
        if change.kind is ChangeKind.UNCHANGED:
            carried[change.new.number] = {
                village: replace(record, carried_from=sheet.superseded.id)
                for village, record in old[change.old.number].items()
            }
        else:
            to_review[change.new.number] = change.what
    return carried, to_review


def carried_settings(
    sheet: Sheet, own: Mapping[str, bool], old: Mapping[str, bool]
) -> Mapping[str, bool]:
    """Take over from the superseded set which unchanged indicators go by village.

    Args:
        sheet: which checklist.
        own: what was said for its set.
        old: what was said for the superseded one.
    """
    if sheet.superseded is None or not old:
        return own
    carried = {
        change.new.number: old[change.old.number]
        for change in compare(sheet.superseded, sheet.criteria_set)
        if change.kind is ChangeKind.UNCHANGED
        and change.old is not None
        and change.new is not None
        and change.old.number in old
    }
    return {**carried, **own}


def _state(
    sheet: Sheet,
    indicator: Indicator,
    threshold: ThresholdState,
    found: Mapping[str, AssessmentRecord],
    none_yet: Mapping[str, AssessmentRecord],
    to_review: tuple[str, ...],
) -> IndicatorState:
    record = found.get("") or AssessmentRecord()
    villages = {village: one for village, one in found.items() if village}
    if none_yet:  # one that is not on the list any more counts no longer
        villages = {code: one for code, one in villages.items() if code in none_yet}
    if villages:  # a village without a record still has to be counted
        villages = {**none_yet, **villages}
    if threshold.effective is not indicator.threshold:
        indicator = replace(indicator, threshold=threshold.effective)
    results = [VillageResult(one.status, one.figure) for one in villages.values()]
    derived = roll_up(indicator, results) if indicator.by_village else None
    missing = uncounted(indicator, results) if derived is not None else 0
    counts = derived if derived is not None else record.figure
    judgement = judge(
        indicator,
        threshold.effective,
        Assessment(record.status, record.reason),
        counts,
        sheet.year,
        missing,
    )
    return IndicatorState(
        indicator=indicator,
        criterion=sheet.criteria_set.criterion_of(indicator.number),
        threshold=threshold,
        assessment=record,
        judgement=judgement,
        figure=counts,
        typed_differs=derived is not None
        and record.figure is not None
        and derived != record.figure,
        to_review=to_review,
        missing_villages=missing,
        villages=villages,
    )
