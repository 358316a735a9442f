"""Reads the checklist: as it stands, or as it stood on a past day."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlmodel import Session, select

from db.canonical import Json
from db.criteria.definitions import CriteriaSet
from db.engine import query_of
from db.journal.history import Arrived, changes_over, conflicts, end_of, rows_over
from db.journal.replay import key_values
from db.models import SHARED, Assessment, IndicatorSetting, ThresholdConfirmation
from db.models.base import Replicated, columns, declarations
from db.sheet.building import build, carried_settings
from db.sheet.reading import read_checklist
from db.sheet.records import AssessmentRecord, Checklist, Sheet
from db.sheet.stored import FIELDS, to_record
from db.sheet.thresholds import read_states

Rows = Mapping[str, Mapping[str, Json]]
"""Row id to field to wire value."""


def read(session: Session, sheet: Sheet) -> Checklist:
    """Give the checklist as it stands now."""
    return read_checklist(query_of(session), sheet, _conflicts(session, sheet))


def _conflicts(session: Session, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """Give the labels of what machines wrote differently, by indicator."""
    found: dict[str, tuple[str, ...]] = {}
    for model in (Assessment, ThresholdConfirmation):
        labels = {name: it.label for name, it in declarations(model).items()}
        for row, names in conflicts(session, sheet.scope, str(model.__tablename__)).items():
            key = key_values(model, row) or {}
            of_sheet = key.get("criteria_set") == sheet.criteria_set.id
            if of_sheet and key.get("year", sheet.year) == sheet.year:
                number = str(key["indicator"])
                said = tuple(labels.get(name, name) for name in names)
                found[number] = (*found.get(number, ()), *said)
    return found


def read_as_of(session: Session, sheet: Sheet, day: date) -> Checklist:
    """Give the checklist as it stood at the end of a day in Vietnam."""
    return next(checklists_over(sheet, past_of(session, sheet, [day])))


Past = Sequence[Arrived]
"""What was written about a sheet until some days, entity by entity."""

_PAST = ("assessment", "threshold_confirmation", "indicator_setting", "village")
_PUBLISHED = ("threshold_confirmation",)


def past_of(session: Session, sheet: Sheet, days: Sequence[date]) -> Past:
    """Read what is needed to say how the checklist stood at the end of each of some days."""
    ends = [end_of(day) for day in days]
    own = [changes_over(session, sheet.scope, entity, ends) for entity in _PAST]
    published = [changes_over(session, SHARED, entity, ends) for entity in _PUBLISHED]
    return [*own, *published]


def checklists_over(sheet: Sheet, past: Past) -> Iterator[Checklist]:
    """Give the checklist as it stood on each of those days; needs no session any more.

    Until a day by which nothing more was written, all stands as on the one before.
    """
    found = None
    for written, rows in zip(
        zip(*past, strict=True), zip(*map(rows_over, past), strict=True), strict=True
    ):
        if found is None or any(written):
            found = _as_written(sheet, *rows)
        yield found


def _as_written(
    sheet: Sheet,
    assessments: Rows,
    confirmations: Rows,
    settings: Rows,
    villages: Rows,
    published: Rows,
) -> Checklist:
    """Judge what some rows say."""
    said = {
        number: threshold
        for rows in (published, confirmations)  # the commune's own come last
        for number, threshold in _of_set(
            sheet.criteria_set, ThresholdConfirmation, rows, "threshold"
        )
        if threshold is not None
    }
    switched = carried_settings(
        sheet, _switched(sheet.criteria_set, settings), _switched(sheet.superseded, settings)
    )
    states = read_states(sheet.criteria_set, said)
    found = list(_findings(sheet, assessments))
    return build(sheet, found, states, villages.keys(), by_village=switched)


def _switched(chosen: CriteriaSet | None, settings: Rows) -> Mapping[str, bool]:
    found = _of_set(chosen, IndicatorSetting, settings, "by_village") if chosen else ()
    return {number: bool(value) for number, value in found if value is not None}


def _of_set(
    chosen: CriteriaSet, model: type[Replicated], rows: Rows, field: str
) -> Iterator[tuple[str, Json]]:
    """Give one field of the rows about a criteria set, by indicator."""
    for row, fields in rows.items():
        key = key_values(model, row)
        if key and key["criteria_set"] == chosen.id:
            yield str(key["indicator"]), fields.get(field)


def count_by_year(session: Session, sheet: Sheet) -> Mapping[int, int]:
    """Give how many indicators of the sheet's set have something written down, by year."""
    found = session.exec(
        select(Assessment.year, Assessment.indicator).where(
            Assessment.scope == sheet.scope, Assessment.criteria_set == sheet.criteria_set.id
        )
    )
    return Counter(year for year, _indicator in set(found))


def sets_in_use(session: Session, scope: str) -> tuple[str, ...]:
    """Give the ids of the criteria sets by which something was ever assessed."""
    found = query_of(session)(
        "SELECT DISTINCT criteria_set FROM assessment WHERE scope = ? ORDER BY criteria_set",
        (scope,),
    )
    return tuple(set_id for (set_id,) in found)


def _findings(sheet: Sheet, rows: Rows) -> Iterator[tuple[str, str, str, AssessmentRecord]]:
    kinds = columns(Assessment)
    for row, fields in rows.items():
        key = key_values(Assessment, row)
        if key is None or key["year"] != sheet.year:
            continue
        values = {name: kinds[name].read_wire(fields.get(name)) for name in FIELDS}
        yield key["criteria_set"], key["indicator"], key["village"], to_record(values)
