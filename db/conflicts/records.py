"""Conflicts as people see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from db.canonical import Json
from db.journal.heads import EXISTS
from db.journal.replay import key_values
from db.journal.touched import RowKey
from db.journal.wording import field_label, row_label
from db.kinds import Composite, Names
from db.models.base import columns, declarations, entities
from db.owner import Owner
from db.sheet.thresholds import ThresholdState

ROW_LABEL = "Giữ hay xóa"


class Importance(IntEnum):
    """How much hangs on a conflict; the smallest first."""

    STATUS = 1
    FIGURE = 2
    ROW = 3
    OTHER = 4


@dataclass(frozen=True)
class Conflict:
    """A field in which machines differ, or a row that one deleted while another wrote in it.

    `written_at` is when the newest side was written, in UTC. `mine` says that the office at hand
    may settle it; `owner` is None for what only a newer program knows. `rank` puts conflicts in
    the order of their places.
    """

    scope: str
    entity: str
    row: str
    field: str
    importance: Importance
    owner: Owner | None
    mine: bool
    written_at: datetime
    rank: tuple[Any, ...]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from others."""
        return (self.scope, self.entity, self.row, self.field)

    @property
    def about_row(self) -> bool:
        """Whether machines differ about the row being there at all."""
        return self.field == EXISTS

    @property
    def label(self) -> str:
        """What the field is called."""
        return ROW_LABEL if self.about_row else field_label(self.entity, self.field)


class Order(StrEnum):
    """In which order conflicts are listed."""

    IMPORTANCE = "importance"
    DAY = "day"
    PLACE = "place"


def ordered(conflicts: Iterable[Conflict], order: Order) -> tuple[Conflict, ...]:
    """Put conflicts in order; what only others may settle comes last where importance counts."""
    if order is Order.DAY:
        return tuple(sorted(conflicts, key=lambda one: (one.written_at, one.rank), reverse=True))
    if order is Order.PLACE:
        return tuple(sorted(conflicts, key=lambda one: one.rank))
    return tuple(sorted(conflicts, key=lambda one: (not one.mine, one.importance, one.rank)))


Called = tuple[Any, ...]
"""The values that make the name of a row, as its model declares."""


@dataclass(frozen=True)
class Board:
    """All conflicts, the most important first, and what their rows are called."""

    conflicts: tuple[Conflict, ...]
    called: Mapping[RowKey, Called]

    @property
    def open(self) -> int:
        """How many of them the office at hand may settle."""
        return sum(one.mine for one in self.conflicts)

    def place(self, conflict: Conflict) -> str:
        """Say in plain words which row a conflict is about."""
        scope, entity, row, _field = conflict.key
        values = key_values(entities()[entity], row) or {}
        village = str(values.get("village") or "")
        named = (scope, "village", village) if village else (scope, entity, row)
        return row_label(entity, row, self._name(named))

    def _name(self, row: RowKey) -> str:
        model = entities()[row[1]]
        kinds = [declarations(model)[name].kind for name in model.named_by]
        values = zip(kinds, self.called.get(row, ()), strict=False)
        return " · ".join(kind.show(value) for kind, value in values if value is not None)


class Choice(StrEnum):
    """What taking a side does."""

    VALUE = "value"
    KEEP = "keep"
    DELETE = "delete"


@dataclass(frozen=True)
class Writer:
    """One change that speaks for a side.

    Args:
        field: what it was written in; for a row that is to be kept, the field of the edit.
        value: what was written.
        before: what the writer saw there; None where there was nothing.
        officer: who.
        device: on which machine.
        machine: what that machine is called; empty where it is not known.
        own: whether it is the machine at hand.
        written_at: by the writer's wall clock, in UTC.
        received_at: when it came to this store, in UTC.
    """

    field: str
    value: Json
    before: Json
    officer: str
    device: str
    machine: str
    own: bool
    written_at: datetime
    received_at: datetime


@dataclass(frozen=True)
class Side:
    """A value, or a row to be kept or deleted, and everyone who wrote it, the newest first."""

    choice: Choice
    value: Json
    writers: tuple[Writer, ...]

    @property
    def own(self) -> bool:
        """Whether the machine at hand wrote it."""
        return any(one.own for one in self.writers)


@dataclass(frozen=True)
class Comparison:
    """A conflict with all of its sides, the one that shows now first.

    `id` tells this conflict with these very sides, on every machine alike: when another value comes
    in, it is another one. `names` and `threshold` are what values are read with; the latter for an
    indicator of a set that is on this machine.
    """

    id: str
    conflict: Conflict
    place: str
    sides: tuple[Side, ...]
    names: Names
    threshold: ThresholdState | None

    def plain(self, field: str, wire: Json) -> str | None:
        """Write a value as its kind does; None for what only its subject can show."""
        model = entities()[self.conflict.entity]
        said = declarations(model).get(field)
        if said is None or isinstance(said.kind, Composite):
            return None
        value = columns(model)[field].read_wire(wire)
        if value is None:  # only a newer program understands it
            return None
        return f"{said.kind.show(value, self.names)} {said.unit}".rstrip()
