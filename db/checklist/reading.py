"""Reads the checklist: as it stands, or as it stood on a past day."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from sqlmodel import Session, select

from db.engine import query_of
from db.journal.history import conflicts, end_of, rows_as_of
from db.journal.replay import key_values
from db.models import Assessment, IndicatorSetting, ThresholdConfirmation
from db.models.base import columns, declarations
from db.sheet.building import build
from db.sheet.reading import read_checklist
from db.sheet.records import AssessmentRecord, Checklist, Sheet
from db.sheet.stored import FIELDS, to_record
from db.sheet.thresholds import read_states


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
    confirmed = rows_as_of(session, sheet.scope, "threshold_confirmation", end_of(day))
    said = {
        values["indicator"]: fields.get("threshold")
        for row, fields in confirmed.items()
        if (values := key_values(ThresholdConfirmation, row))
        and values["criteria_set"] == sheet.criteria_set.id
    }
    codes = rows_as_of(session, sheet.scope, "village", end_of(day)).keys()
    settings = rows_as_of(session, sheet.scope, "indicator_setting", end_of(day))
    switched = {
        str(key["indicator"]): bool(fields["by_village"])
        for row, fields in settings.items()
        if (key := key_values(IndicatorSetting, row))
        and key["criteria_set"] == sheet.criteria_set.id
        and fields.get("by_village") is not None
    }
    states = read_states(sheet.criteria_set, said)
    rows = list(_past(session, sheet, day))
    return build(sheet, rows, states, codes, by_village=switched)


def count_by_year(session: Session, sheet: Sheet) -> Mapping[int, int]:
    """Give how many indicators of the sheet's set have something written down, by year."""
    found = session.exec(
        select(Assessment.year, Assessment.indicator).where(
            Assessment.scope == sheet.scope, Assessment.criteria_set == sheet.criteria_set.id
        )
    )
    return Counter(year for year, _indicator in set(found))


def _past(
    session: Session, sheet: Sheet, day: date
) -> Iterator[tuple[str, str, str, AssessmentRecord]]:
    kinds = columns(Assessment)
    for row, fields in rows_as_of(session, sheet.scope, "assessment", end_of(day)).items():
        key = key_values(Assessment, row)
        if key is None or key["year"] != sheet.year:
            continue
        values = {name: kinds[name].read_wire(fields.get(name)) for name in FIELDS}
        yield key["criteria_set"], key["indicator"], key["village"], to_record(values)
