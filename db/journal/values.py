"""Journalled values in words, by the kinds that the models declare."""

from db.canonical import Json
from db.journal.replay import key_values
from db.kinds import Composite
from db.models.base import columns, declarations, entities


def show_wire(entity: str, field: str, wire: Json) -> str | None:
    """Write a value for people; None where only its subject knows how, as of a figure."""
    model = entities().get(entity)
    declared = declarations(model).get(field) if model is not None else None
    if model is None or declared is None:  # a newer program wrote it
        return str(wire)
    if isinstance(declared.kind, Composite):
        return None
    value = columns(model)[field].read_wire(wire)
    return str(wire) if value is None else declared.kind.show(value)


def indicator_of(entity: str, row: str) -> tuple[str, str]:
    """Give the criteria set and the number of the indicator a row is about; empty for others."""
    model = entities().get(entity)
    key = (key_values(model, row) if model is not None else None) or {}
    return str(key.get("criteria_set", "")), str(key.get("indicator", ""))
