"""Lists conflicts: each side with who wrote it, where and when; row and field in plain words."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import Session

from db.canonical import dumps
from db.conflicts import journalled
from db.conflicts.journalled import EVERY_ROW, FieldKey, Named, Told
from db.conflicts.naming import Naming
from db.conflicts.records import Board, Choice, Conflict, Importance, Side, Writer
from db.desk import Desk
from db.journal.heads import EXISTS
from db.journal.owners import may_write, owner_of
from db.journal.wording import field_label
from db.models import SHARED
from db.owner import Owner
from db.sync.trust import list_devices, own_device

ROW_LABEL = "Giữ hay xóa"
_IMPORTANCE = {
    "status": Importance.STATUS,
    "figure": Importance.FIGURE,
    "threshold": Importance.FIGURE,
    EXISTS: Importance.ROW,
}
_ID = 8


def read_conflicts(desk: Desk, session: Session, scopes: Collection[str] = ()) -> Board:
    """Give every conflict of some scopes, what the office at hand may settle first.

    Args:
        desk: the open store and who works at it.
        session: to read with.
        scopes: whose data; what is in front and what is shared when not given.
    """
    asked = tuple(scopes) or scopes_of(desk)
    conflicts = _conflicts(session, _sides(session.connection(), asked), desk.owner)
    naming = Naming.of(desk, session, conflicts)
    named = [replace(one, place=naming.place(one), rank=naming.rank(one)) for one in conflicts]
    named.sort(key=lambda one: (not one.mine, one.importance, one.rank))
    return Board(tuple(named), naming.names, naming.thresholds)


def scopes_of(desk: Desk) -> tuple[str, ...]:
    """Give whose conflicts concern a desk: those in front of it, and at a commune what is shared.

    What is shared only the upper level settles; at a commune it is only seen.
    """
    return tuple(dict.fromkeys((desk.commune.scope, *(() if desk.upper else (SHARED,)))))


def count_open(connection: Connection, owner: Owner, scopes: Collection[str]) -> int:
    """Count the conflicts that an office may settle: for the week and the titles.

    Args:
        connection: to read with.
        owner: as whom the office writes.
        scopes: whose data.
    """
    fields = journalled.count_fields(connection, scopes)
    met = journalled.met_by_edits(connection, scopes)
    return sum(
        number
        for (scope, entity, field), number in fields.items()
        if _settles(owner, scope, entity, field)
    ) + sum(_settles(owner, of, entity, EXISTS) for of, entity, _row in met)


def _settles(owner: Owner, scope: str, entity: str, field: str) -> bool:
    known = owner_of(entity, field) is not None
    return known and may_write(owner, scope, entity, field)


def id_now(connection: Connection, conflict: Conflict) -> str:
    """Give the id of what stands against each other in a field now; empty when nothing does."""
    row = (conflict.entity, conflict.row)
    key = (conflict.scope, *row, conflict.field)
    found = _sides(connection, (conflict.scope,), row).get(key)
    return _id_of(key, found) if found else ""


Sides = Sequence[tuple[Choice, Sequence[Told]]]
"""What stands against what, the one that shows first; each with the changes that say so."""


def _sides(
    connection: Connection, scopes: Collection[str], row: tuple[str, str] = EVERY_ROW
) -> dict[FieldKey, Sides]:
    return {
        **_fields(journalled.differing(connection, scopes, row)),
        **_rows(journalled.met_by_edits(connection, scopes, row)),
    }


def _fields(differing: Mapping[FieldKey, Sequence[Told]]) -> dict[FieldKey, Sides]:
    return {key: list(_by_value(heads)) for key, heads in differing.items()}


def _by_value(heads: Sequence[Told]) -> Iterator[tuple[Choice, Sequence[Told]]]:
    values: dict[str, list[Told]] = defaultdict(list)
    for head in heads:
        values[head.text].append(head)
    if heads[0].field != EXISTS:
        yield from ((Choice.VALUE, same) for same in values.values())
        return
    deletions = values.pop("false", [])  # the row is there as long as anybody wants it
    yield Choice.KEEP, [head for same in values.values() for head in same]
    yield Choice.DELETE, deletions


def _rows(
    met: Mapping[tuple[str, str, str], tuple[Sequence[Told], Sequence[Told]]],
) -> dict[FieldKey, Sides]:
    return {
        (*key, EXISTS): [(Choice.KEEP, edits), (Choice.DELETE, deletions)]
        for key, (deletions, edits) in met.items()
    }


def _conflicts(
    session: Session, found: Mapping[FieldKey, Sides], owner: Owner
) -> tuple[Conflict, ...]:
    if not found:
        return ()
    named = Named(session.connection())
    heads = [[one for _, some in sides for one in some] for sides in found.values()]
    origins = named.origins(heads)
    named.load(origins.get(one.pk, one) for some in heads for one in some)
    people = _People(session, named, origins)
    return tuple(_conflict(key, sides, people, owner) for key, sides in found.items())


def _conflict(key: FieldKey, sides: Sides, people: "_People", owner: Owner) -> Conflict:
    scope, entity, row, field = key
    whose = owner_of(entity, field)
    return Conflict(
        id=_id_of(key, sides),
        scope=scope,
        entity=entity,
        row=row,
        field=field,
        sides=tuple(people.side(choice, changes) for choice, changes in sides),
        importance=_IMPORTANCE.get(field, Importance.OTHER),
        owner=Owner.UPPER if scope == SHARED and whose else whose,
        mine=_settles(owner, scope, entity, field),
        label=ROW_LABEL if field == EXISTS else field_label(entity, field),
    )


def _id_of(key: FieldKey, sides: Sides) -> str:
    """Name a conflict with these very sides, on every machine alike and sealed or not."""
    heads = sorted([one.clock, one.device, one.text] for _, some in sides for one in some)
    said = dumps([*key, *heads])
    return hashlib.sha256(said.encode()).hexdigest()[:_ID]


class _People:
    """Who wrote what: the machines by what they are called here, and what each writer saw."""

    def __init__(self, session: Session, named: Named, origins: Mapping[int, Told]) -> None:
        self._own = own_device(session)
        self._machines = {one.device: one.machine or one.office for one in list_devices(session)}
        self._named = named
        self._origins = origins

    def side(self, choice: Choice, changes: Sequence[Told]) -> Side:
        """Give a side with everyone who wrote it, the newest first."""
        writers = sorted(map(self._writer, changes), key=lambda one: one.written_at, reverse=True)
        return Side(choice, changes[0].value, tuple(writers))

    def _writer(self, change: Told) -> Writer:
        first = self._origins.get(change.pk, change)
        before = self._named.of(first)
        return Writer(
            field=first.field,
            value=first.value,
            before=before[-1].value if before else None,
            officer=first.officer,
            device=first.device,
            machine=self._machines.get(first.device, ""),
            own=first.device == self._own,
            written_at=datetime.fromisoformat(first.written_at),
            received_at=datetime.fromisoformat(first.received_at),
        )
