"""What segments change in what is shown: row and field in plain words, from what to what, by whom.

Computed from the journal, so that a bundle can be looked at before it is taken in (in a transaction
that is rolled back), afterwards, and years later from the log.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.canonical import Json
from db.journal.heads import EXISTS
from db.journal.wording import field_label, name_of, register_label, row_label
from db.kinds import Link
from db.kinds.links import NUMBERED
from db.models.base import declarations, entities
from db.registers.names import number_of
from db.sync.transfers import party_name

MOST_LISTED = 10_000
"""Differences that are put into words; all of them are counted."""

_DIFFERENCES = """
WITH mine AS MATERIALIZED (
    SELECT substr(hash, 1, 16) AS name, device, incarnation, scope, first, last FROM segment
    WHERE hash IN (SELECT value FROM json_each(:segments))
), came AS (
    SELECT c.scope, c.entity, c.row, c.field, c.value, c.officer, c.device, c.written_at,
        max(c.clock || c.device || c.incarnation || printf('%012d', c.seq) || c.segment)
    FROM mine m CROSS JOIN change c INDEXED BY ix_change_identity
    ON c.device = m.device AND c.incarnation = m.incarnation AND c.scope = m.scope
    AND c.seq BETWEEN m.first AND m.last AND c.segment = m.name
    GROUP BY c.scope, c.entity, c.row, c.field
)
SELECT c.scope, c.entity, c.row, c.field, c.value, c.officer, c.device, c.written_at,
    (SELECT o.value FROM change o WHERE o.scope = c.scope AND o.entity = c.entity
        AND o.row = c.row AND o.field = c.field AND o.accepted = 1
        AND o.segment NOT IN (SELECT name FROM mine)
        ORDER BY o.clock DESC, o.device DESC, o.incarnation DESC, o.seq DESC LIMIT 1) AS before,
    (SELECT count(DISTINCT h.value) FROM change h INDEXED BY ix_change_heads
        WHERE h.scope = c.scope AND h.entity = c.entity AND h.row = c.row AND h.field = c.field
        AND h.head = 1) > 1 AS conflict
FROM came c
"""
_SEGMENTS = "SELECT hash FROM segment WHERE transfer = ?"


@dataclass(frozen=True)
class Difference:
    """One field that another value came in for.

    `called` is the row in plain words, `label` the field. `before` and `after` are wire values,
    None for nothing; `before_name` and `after_name` say what they lead to, where they are links.
    `written_at` is the writer's wall clock, in UTC. `conflict`: both values stand side by side.
    """

    scope: str
    entity: str
    row: str
    field: str
    called: str
    label: str
    before: Json
    after: Json
    officer: str
    device: str
    written_at: datetime
    conflict: bool
    before_name: str = ""
    after_name: str = ""

    @property
    def creates(self) -> bool:
        """Whether it is the row itself that is new."""
        return self.field == EXISTS and self.after is True

    @property
    def deletes(self) -> bool:
        """Whether it takes the whole row away."""
        return self.field == EXISTS and self.after is False


@dataclass(frozen=True)
class RegisterCount:
    """How many differences a register gets; `name` in Vietnamese."""

    entity: str
    name: str
    count: int


@dataclass(frozen=True)
class PersonCount:
    """How many differences a person made at a machine."""

    officer: str
    device: str
    machine: str
    count: int


@dataclass(frozen=True)
class Differences:
    """All that segments change in what is shown. `listed` are the first ones, in words."""

    total: int = 0
    conflicts: int = 0
    by_register: tuple[RegisterCount, ...] = ()
    by_person: tuple[PersonCount, ...] = ()
    listed: tuple[Difference, ...] = ()


def read_differences(session: Session, segments: Iterable[str]) -> Differences:
    """Compare what is shown with and without some segments.

    Args:
        session: any session, also that of an import which is going on.
        segments: their hashes.
    """
    registers: Counter[str] = Counter()
    people: Counter[tuple[str, str]] = Counter()
    conflicts, listed = 0, list[Any]()
    asked = {"segments": json.dumps(sorted(segments))}
    for row in session.connection().exec_driver_sql(_DIFFERENCES, asked):
        if (row.before or "null") == row.value:
            continue
        registers[row.entity] += 1
        people[row.officer, row.device] += 1
        conflicts += row.conflict
        if len(listed) < MOST_LISTED:
            listed.append(row)
    machines = _machines(session)
    return Differences(
        registers.total(),
        conflicts,
        tuple(
            RegisterCount(entity, register_label(entity), count)
            for entity, count in registers.most_common()
        ),
        tuple(
            PersonCount(officer, device, machines.get(device, party_name(device, "", "")), count)
            for (officer, device), count in people.most_common()
        ),
        tuple(_Words(session).all(listed)),
    )


def segments_of(session: Session, transfer: int) -> tuple[str, ...]:
    """Give the segments that a bundle of the log brought in."""
    found = session.connection().exec_driver_sql(_SEGMENTS, (transfer,))
    return tuple(found.scalars())


def _machines(session: Session) -> dict[str, str]:
    rows = session.connection().exec_driver_sql("SELECT device, office, machine FROM known_device")
    return {device: party_name(device, office, machine) for device, office, machine in rows}


class _Words:
    """Puts differences into words; each row is asked for its name once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[tuple[str, str, str], str] = {}

    def all(self, rows: Sequence[Any]) -> Iterator[Difference]:
        for row in rows:
            before, after = json.loads(row.before or "null"), json.loads(row.value)
            yield Difference(
                scope=row.scope,
                entity=row.entity,
                row=row.row,
                field=row.field,
                called=row_label(row.entity, row.row, self._name(row.scope, row.entity, row.row)),
                label=field_label(row.entity, row.field),
                before=before,
                after=after,
                officer=row.officer,
                device=row.device,
                written_at=datetime.fromisoformat(row.written_at),
                conflict=bool(row.conflict),
                before_name=self._leads_to(row, before),
                after_name=self._leads_to(row, after),
            )

    def _name(self, scope: str, entity: str, row: str) -> str:
        key = (scope, entity, row)
        if key not in self._names:
            self._names[key] = name_of(self._session, *key)
        return self._names[key]

    def _leads_to(self, row: Any, value: Json) -> str:
        """Say what a link leads to; empty for everything else."""
        model = entities().get(row.entity)
        declared = declarations(model).get(row.field) if model is not None else None
        if declared is None or not isinstance(declared.kind, Link) or not isinstance(value, str):
            return ""
        if declared.kind.entity in NUMBERED:
            return number_of(value)
        return self._name(row.scope, declared.kind.entity, value)
