"""Conflicts as people see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from db.canonical import Json
from db.journal.heads import EXISTS
from db.kinds import NO_NAMES, Names
from db.owner import Owner
from db.sheet.thresholds import ThresholdState


class Importance(IntEnum):
    """How much hangs on a conflict; the smallest first."""

    STATUS = 1
    FIGURE = 2
    ROW = 3
    OTHER = 4


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

    @property
    def written_at(self) -> datetime:
        """When it was written last."""
        return max(one.written_at for one in self.writers)


@dataclass(frozen=True)
class Conflict:
    """A field in which machines differ, or a row that one deleted while another wrote in it.

    `sides` begin with the one that shows now. `place` is the row in plain words, `rank` what it is
    sorted by. `id` tells this conflict with these sides: when another value comes in, it is another
    one. `mine` says that the office at hand may settle it; `owner` is None for what only a newer
    program knows.
    """

    id: str
    scope: str
    entity: str
    row: str
    field: str
    sides: tuple[Side, ...]
    importance: Importance
    owner: Owner | None
    mine: bool
    label: str
    place: str = ""
    rank: tuple[Any, ...] = ()

    @property
    def about_row(self) -> bool:
        """Whether machines differ about the row being there at all."""
        return self.field == EXISTS

    @property
    def written_at(self) -> datetime:
        """When its newest side was written."""
        return max(one.written_at for one in self.sides)


@dataclass(frozen=True)
class Board:
    """All conflicts, and what their values are read with.

    `names` are by scope; `thresholds` by scope and criteria set, then by indicator.
    """

    conflicts: tuple[Conflict, ...]
    names: Mapping[str, Names] = field(default_factory=dict)
    thresholds: Mapping[tuple[str, str], Mapping[str, ThresholdState]] = field(default_factory=dict)

    @property
    def open(self) -> int:
        """How many of them the office at hand may settle."""
        return sum(one.mine for one in self.conflicts)

    def names_in(self, scope: str) -> Names:
        """Give how the rows of a scope are called."""
        return self.names.get(scope, NO_NAMES)


class Order(StrEnum):
    """In which order conflicts are listed."""

    IMPORTANCE = "importance"
    DAY = "day"
    PLACE = "place"


def ordered(conflicts: Iterable[Conflict], order: Order) -> tuple[Conflict, ...]:
    """Put conflicts in order; what only others may settle comes last where importance counts."""
    if order is Order.DAY:
        return tuple(sorted(conflicts, key=lambda one: (one.written_at, one.id), reverse=True))
    if order is Order.PLACE:
        return tuple(sorted(conflicts, key=lambda one: one.rank))
    return tuple(sorted(conflicts, key=lambda one: (not one.mine, one.importance, one.rank)))
