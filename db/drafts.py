"""What is being typed and not saved yet, kept in the store so that a crash loses nothing.

Drafts are no changes: they are not journalled and never travel.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db.clock import now
from db.columns import show_instant
from db.desk import Desk
from db.models import SHARED, Assessment, entities
from db.sheet.records import Sheet

_PLACE = "scope = ? AND entity = ? AND row = ?"


@dataclass(frozen=True)
class Place:
    """The row that is being typed in, which need not be there yet."""

    entity: str
    row: str


def of_finding(sheet: Sheet, number: str, village: str = "") -> Place:
    """Give the place of the finding on one indicator."""
    row = Assessment.row_id(sheet.criteria_set.id, number, sheet.year, village)
    return Place("assessment", row)


def of_row(entity: str, row: str) -> Place:
    """Give the place of a row of a register."""
    return Place(entity, row)


def unfinished(desk: Desk, entity: str) -> str:
    """Give the row that was being typed in when the program ended and that is not there yet."""
    scope = _scope(desk, entity)
    with desk.reading() as session:
        found = session.connection().exec_driver_sql(
            "SELECT row FROM draft WHERE scope = ? AND entity = ? AND row NOT IN"
            " (SELECT row FROM change WHERE scope = ? AND entity = ?) ORDER BY at DESC LIMIT 1",
            (scope, entity, scope, entity),
        )
        return str(found.scalar() or "")


def of_document(evidence_id: str) -> Place:
    """Give the place of what is said about one document."""
    return Place("evidence", evidence_id)


def keep(desk: Desk, place: Place, field: str, text: str) -> None:
    """Keep the text of a field as it stands now; the newest one counts.

    Args:
        desk: where one works.
        place: the row.
        field: the field, or the part of a form that a person types in.
        text: everything that stands in it.
    """
    with desk.store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO draft (scope, entity, row, field, text, at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at",
            (*_keys(desk, place), field, text, show_instant(now())),
        )


def find(desk: Desk, place: Place) -> Mapping[str, str]:
    """Give what was being typed in a row: field to text."""
    with desk.reading() as session:
        found = session.connection().exec_driver_sql(
            f"SELECT field, text FROM draft WHERE {_PLACE}", _keys(desk, place)
        )
        return {str(field): str(text) for field, text in found}


def texts(desk: Desk, entity: str, field: str) -> Mapping[str, str]:
    """Give what was being typed in one field of every row of a table: row id to text."""
    with desk.reading() as session:
        found = session.connection().exec_driver_sql(
            "SELECT row, text FROM draft WHERE scope = ? AND entity = ? AND field = ? ORDER BY at",
            (_scope(desk, entity), entity, field),
        )
        return {str(row): str(text) for row, text in found}


def drop(desk: Desk, place: Place, field: str) -> None:
    """Let a draft go: it was saved, or given up."""
    with desk.store.writing() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM draft WHERE {_PLACE} AND field = ?", (*_keys(desk, place), field)
        )


def _keys(desk: Desk, place: Place) -> tuple[str, str, str]:
    return _scope(desk, place.entity), place.entity, place.row


def _scope(desk: Desk, entity: str) -> str:
    """Give where the rows of a table are: what is shared is so whichever commune is in front."""
    model = entities().get(entity)
    return SHARED if model is not None and model.shared else desk.commune.scope
