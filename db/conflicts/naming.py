"""How the rows in conflict are called, and what their values are read with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from sqlmodel import Session

from db import criteria_sets
from db.conflicts.records import Conflict
from db.desk import Desk
from db.journal.replay import key_values
from db.journal.wording import row_label
from db.kinds import NO_NAMES, Link, Names
from db.models.base import declarations, entities
from db.problems import NotFound
from db.registers.names import read_names
from db.sheet.thresholds import ThresholdState
from db.text import sort_key
from db.thresholds import threshold_states


@dataclass(frozen=True)
class Naming:
    """Names by scope, and thresholds by scope and criteria set."""

    names: Mapping[str, Names]
    thresholds: Mapping[tuple[str, str], Mapping[str, ThresholdState]]

    @classmethod
    def of(cls, desk: Desk, session: Session, conflicts: Sequence[Conflict]) -> Self:
        """Read what these conflicts are called by."""
        by_scope: dict[str, list[Conflict]] = defaultdict(list)
        for one in conflicts:
            by_scope[one.scope].append(one)
        return cls(
            {scope: _names(desk, session, scope, some) for scope, some in by_scope.items()},
            _thresholds(desk, session, conflicts),
        )

    def place(self, conflict: Conflict) -> str:
        """Say in plain words which row it is about."""
        return row_label(conflict.entity, conflict.row, self._name(conflict))

    def rank(self, conflict: Conflict) -> tuple[Any, ...]:
        """Give what puts conflicts in the order of their places."""
        place = self.place(conflict)
        number = list(entities()).index(conflict.entity)
        fields = [*declarations(entities()[conflict.entity])]
        field = fields.index(conflict.field) if conflict.field in fields else len(fields)
        return (conflict.scope, number, sort_key(place), conflict.row, field)

    def _name(self, conflict: Conflict) -> str:
        model = entities()[conflict.entity]
        names = self.names.get(conflict.scope, NO_NAMES)
        village = (key_values(model, conflict.row) or {}).get("village")
        if village:
            return names.of("village").get(str(village), "")
        found = names.of(conflict.entity).get(conflict.row, "") if model.named_by else ""
        return "" if found == model.called else found


def _names(desk: Desk, session: Session, scope: str, conflicts: Iterable[Conflict]) -> Names:
    """Name the rows themselves, and those that their fields lead to."""
    wanted: set[str] = {"village"}
    for entity in {one.entity for one in conflicts}:
        model = entities()[entity]
        if model.named_by:
            wanted.add(entity)
        kinds = (it.kind for it in declarations(model).values())
        wanted |= {kind.entity for kind in kinds if isinstance(kind, Link)}
    sheet = replace(desk.sheet(), scope=scope)
    return read_names(session, sheet, wanted, criteria_sets.available(desk.home))


def _thresholds(
    desk: Desk, session: Session, conflicts: Iterable[Conflict]
) -> Mapping[tuple[str, str], Mapping[str, ThresholdState]]:
    """Read the thresholds of the sets in which values of indicators differ."""
    found = {}
    for scope, set_id in {(one.scope, set_of(one)) for one in conflicts}:
        try:
            chosen = criteria_sets.find(desk.home, set_id) if set_id else None
        except NotFound:  # that set never came to this machine
            continue
        if chosen is not None:
            found[scope, set_id] = threshold_states(session, scope, chosen)
    return found


def set_of(conflict: Conflict) -> str:
    """Give the criteria set of the indicator that a conflict is about; empty for others."""
    values = key_values(entities()[conflict.entity], conflict.row) or {}
    return str(values["criteria_set"]) if "indicator" in values else ""
