"""How the rows are called that fields lead to, read from the store."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlmodel import Session

from db.criteria.definitions import CriteriaSet
from db.kinds import NO_NAMES, Names
from db.models import SHARED, entities
from db.models.base import Replicated, columns, declarations, table
from db.sheet.records import Sheet
from db.text import sort_key

SEPARATOR = "/"
"""Between a criteria set's id and the number of an indicator or criterion in it."""


def number_id(set_id: str, number: str) -> str:
    """Give the id by which a field leads to an indicator or criterion."""
    return f"{set_id}{SEPARATOR}{number}"


def number_of(row: str) -> str:
    """Give the number in such an id."""
    return row.rpartition(SEPARATOR)[2]


def read_names(
    session: Session, sheet: Sheet, wanted: Iterable[str], sets: Iterable[CriteriaSet] = ()
) -> Names:
    """Name the rows of some tables; `indicator` and `criterion` are those of the sheet's set.

    Those of other sets are named too, so that what leads to them can be read.
    """
    rest = [one for one in sets if one.id != sheet.criteria_set.id]
    elsewhere: dict[str, Mapping[str, str]] = {}
    present: dict[str, Mapping[str, str]] = {}
    others: dict[str, Mapping[str, str]] = {}
    for entity in wanted:
        if entity == "commune":  # every one that is here, by its code
            present[entity] = _communes(session)
        elif entity in ("indicator", "criterion"):
            present[entity] = _of_set(sheet.criteria_set, entity)
            elsewhere[entity] = _of_other_sets(rest, entity)
        else:
            model = entities()[entity]
            scope = SHARED if model.shared else sheet.scope
            present[entity] = _names(session, scope, model)
            others[entity] = _gone(session, scope, model, present[entity])
    return Names(present, others, elsewhere)


def _communes(session: Session) -> Mapping[str, str]:
    found = session.connection().exec_driver_sql(
        "SELECT id, coalesce(name, id) FROM commune WHERE id = scope"
    )
    return dict(sorted(((code, name) for code, name in found), key=lambda it: sort_key(it[1])))


def _of_other_sets(sets: Iterable[CriteriaSet], entity: str) -> Mapping[str, str]:
    return {
        row: f"{name} ({one.short_name.removeprefix('Bộ tiêu chí ')})"
        for one in sets
        for row, name in _of_set(one, entity).items()
    }


def _of_set(chosen: CriteriaSet, entity: str) -> Mapping[str, str]:
    found = chosen.indicators if entity == "indicator" else chosen.criteria
    return {number_id(chosen.id, it.number): f"{it.number} {it.name}" for it in found}


def _names(session: Session, scope: str, model: type[Replicated]) -> Mapping[str, str]:
    rows = table(model)
    named = [rows.c[name] for name in model.named_by]
    found = session.connection().execute(select(rows.c.id, *named).where(rows.c.scope == scope))
    kinds = [declarations(model)[name].kind for name in model.named_by]
    names = {
        row: " · ".join(
            kind.show(value, NO_NAMES)
            for kind, value in zip(kinds, values, strict=True)
            if value is not None
        )
        or model.called
        for row, *values in found
    }
    return dict(sorted(names.items(), key=lambda it: sort_key(it[1])))


def _gone(
    session: Session, scope: str, model: type[Replicated], present: Mapping[str, str]
) -> Mapping[str, str]:
    """Name rows that are not there any more by what they were called last."""
    naming = model.named_by[0]
    found = session.connection().exec_driver_sql(
        "SELECT row, value FROM change WHERE scope = ? AND entity = ? AND field = ?"
        " AND head = 1 AND accepted = 1",
        (scope, str(model.__tablename__), naming),
    )
    kind, column = declarations(model)[naming].kind, columns(model)[naming]
    named: dict[str, str] = {}
    for row, value in found:
        if row not in present and (read := column.read_wire(json.loads(value))) is not None:
            named[row] = kind.show(read, NO_NAMES)
    return named
