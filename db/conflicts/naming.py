"""How the rows in conflict are called, and what their values are read with."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db import criteria_sets
from db.conflicts.journalled import FieldKey
from db.conflicts.records import Called, Conflict
from db.desk import Desk
from db.journal.replay import key_values
from db.journal.touched import RowKey
from db.kinds import NO_NAMES, Link, Names
from db.models.base import declarations, entities, table
from db.problems import NotFound
from db.registers.names import read_names
from db.sheet.thresholds import ThresholdState
from db.thresholds import threshold_states

_DIGITS = re.compile(r"([0-9]+)")


def place_rank(key: FieldKey) -> tuple[Any, ...]:
    """Give what puts fields in the order of their places: numbers by size, 2.1 before 17.8."""
    scope, entity, row, field = key
    apart = _DIGITS.split(row)
    numbers = tuple((int(part), "") if at % 2 else (0, part) for at, part in enumerate(apart))
    order, fields = _order()[entity]
    return (scope, order, numbers, row, fields.get(field, len(fields)))


@cache
def _order() -> Mapping[str, tuple[int, Mapping[str, int]]]:
    return {
        entity: (number, {name: at for at, name in enumerate(declarations(model))})
        for number, (entity, model) in enumerate(entities().items())
    }


def called_by(session: Session, conflicts: Collection[Conflict]) -> Mapping[RowKey, Called]:
    """Give what the names of the rows in conflict, and of villages, are made of."""
    wanted = {(one.scope, one.entity) for one in conflicts}
    wanted |= {(one.scope, "village") for one in conflicts}
    return {
        (scope, entity, row): values
        for scope, entity in sorted(wanted)
        for row, values in _named(session, scope, entity)
    }


def _named(session: Session, scope: str, entity: str) -> Iterator[tuple[str, Called]]:
    model = entities()[entity]
    if model.named_by:
        rows = table(model)
        columns = [rows.c[name] for name in model.named_by]
        chosen = select(rows.c.id, *columns).where(rows.c.scope == scope)
        for row, *values in session.connection().execute(chosen):
            yield row, tuple(values)


class Readings:
    """What the values of fields are read with, each read once."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._desk = desk
        self._session = session
        self._names: dict[tuple[str, str], Names] = {}
        self._thresholds: dict[tuple[str, str], Mapping[str, ThresholdState]] = {}

    def names(self, conflict: Conflict) -> Names:
        """Give the names of the rows that the fields of a row lead to."""
        place = (conflict.scope, conflict.entity)
        if place not in self._names:
            kinds = [it.kind for it in declarations(entities()[conflict.entity]).values()]
            wanted = {kind.entity for kind in kinds if isinstance(kind, Link)}
            sheet = replace(self._desk.sheet(), scope=conflict.scope) if wanted else None
            sets = criteria_sets.available(self._desk.home)
            self._names[place] = (
                read_names(self._session, sheet, wanted, sets) if sheet else NO_NAMES
            )
        return self._names[place]

    def threshold(self, conflict: Conflict) -> ThresholdState | None:
        """Give the threshold of the indicator that a row is about."""
        values = key_values(entities()[conflict.entity], conflict.row) or {}
        if "indicator" not in values:
            return None
        place = (conflict.scope, str(values["criteria_set"]))
        if place not in self._thresholds:
            self._thresholds[place] = self._read_thresholds(*place)
        return self._thresholds[place].get(str(values["indicator"]))

    def _read_thresholds(self, scope: str, set_id: str) -> Mapping[str, ThresholdState]:
        try:
            chosen = criteria_sets.find(self._desk.home, set_id)
        except NotFound:  # that set never came to this machine
            return {}
        return threshold_states(self._session, scope, chosen)
