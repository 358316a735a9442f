"""Reads the checklist: as it stands, or as it stood on a past day."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from sqlmodel import Session, select

from db import criteria_sets
from db.checklist.building import build
from db.checklist.records import AssessmentRecord, Checklist, Sheet
from db.checklist.stored import FIELDS, to_record
from db.communes import CommuneProfile
from db.home import Home
from db.journal.history import conflicts, end_of, rows_as_of
from db.journal.replay import key_values
from db.models import Assessment, ThresholdConfirmation, Village
from db.models.base import columns, declarations
from db.problems import NotFound
from db.thresholds import read_states, threshold_states


def sheet_of(
    home: Home, commune: CommuneProfile, *, set_id: str = "", year: int | None = None
) -> Sheet:
    """Give the checklist a commune works on, or another one of its sets and years.

    Raises:
        NotFound: no such set.
    """
    chosen = criteria_sets.find(home, set_id or commune.criteria_set)
    superseded = None
    if chosen.supersedes:
        try:
            superseded = criteria_sets.find(home, chosen.supersedes)
        except NotFound:  # the older set never came to this machine: nothing to carry over
            superseded = None
    return Sheet(commune.scope, chosen, year or commune.target_year, superseded)


def read(session: Session, sheet: Sheet) -> Checklist:
    """Give the checklist as it stands now."""
    rows = session.exec(
        select(Assessment).where(Assessment.scope == sheet.scope, Assessment.year == sheet.year)
    )
    found = [
        (
            row.criteria_set,
            row.indicator,
            row.village,
            to_record({name: getattr(row, name) for name in FIELDS}),
        )
        for row in rows
    ]
    states = threshold_states(session, sheet.scope, sheet.criteria_set)
    codes = session.exec(select(Village.code).where(Village.scope == sheet.scope)).all()
    return build(sheet, found, states, codes, _conflicts(session, sheet))


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
    states = read_states(sheet.criteria_set, said)
    return build(sheet, list(_past(session, sheet, day)), states, codes)


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
