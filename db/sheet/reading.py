"""Which checklist is meant, and how it stands in a store."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from db import criteria_sets
from db.criteria.definitions import CriteriaSet
from db.home import Home
from db.problems import NotFound
from db.sheet.building import build, carried_settings
from db.sheet.commune import CommuneProfile
from db.sheet.query import Query
from db.sheet.records import AssessmentRecord, Checklist, Sheet, VerdictRecord
from db.sheet.stored import to_record, to_status
from db.sheet.thresholds import read_thresholds


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


def read_checklist(
    query: Query, sheet: Sheet, conflicts: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Checklist:
    """Give the checklist as it stands now.

    Args:
        query: asks the store.
        sheet: which checklist.
        conflicts: what machines wrote differently, by indicator.
    """
    thresholds = read_thresholds(query, sheet.scope, sheet.criteria_set)
    villages = query("SELECT code FROM village WHERE scope = ?", (sheet.scope,))
    codes = [code for (code,) in villages]
    switched = carried_settings(
        sheet,
        _settings(query, sheet, sheet.criteria_set),
        _settings(query, sheet, sheet.superseded),
    )
    return build(
        sheet,
        list(_findings(query, sheet)),
        thresholds,
        codes,
        conflicts,
        switched,
        _verdicts(query, sheet),
    )


def _verdicts(query: Query, sheet: Sheet) -> Mapping[str, VerdictRecord]:
    """Give what the upper level found on the indicators of the sheet."""
    found = query(
        "SELECT v.indicator, v.status, v.note, coalesce(a.name, '') FROM verdict v"
        " LEFT JOIN agency a ON a.scope = 'shared' AND a.id = v.agency"
        " WHERE v.scope = ? AND v.criteria_set = ? AND v.year = ?",
        (sheet.scope, sheet.criteria_set.id, sheet.year),
    )
    return {
        number: VerdictRecord(to_status(json.loads(status) if status else None), note or "", agency)
        for number, status, note, agency in found
    }


def _settings(query: Query, sheet: Sheet, chosen: CriteriaSet | None) -> Mapping[str, bool]:
    """Give the indicators of a set that the office switched to or from villages."""
    if chosen is None:
        return {}
    found = query(
        "SELECT indicator, by_village FROM indicator_setting WHERE scope = ? AND criteria_set = ?",
        (sheet.scope, chosen.id),
    )
    return {number: bool(said) for number, said in found if said is not None}


def _findings(query: Query, sheet: Sheet) -> Iterator[tuple[str, str, str, AssessmentRecord]]:
    found = query(
        "SELECT criteria_set, indicator, village, status, figure, note, responsible, due"
        " FROM assessment WHERE scope = ? AND year = ?",
        (sheet.scope, sheet.year),
    )
    for set_id, number, village, status, figure, note, responsible, due in found:
        fields = {
            "status": json.loads(status) if status else None,
            "figure": json.loads(figure) if figure else None,
            "note": note,
            "responsible": responsible,
            "due": date.fromisoformat(due) if due else None,
        }
        yield set_id, number, village, to_record(fields)
