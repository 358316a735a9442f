"""What happened to a field or a row, and how things stood on a past day."""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from db import clock
from db.canonical import Json
from db.clock import VIETNAM
from db.columns import show_instant, show_milliseconds
from db.journal.heads import EXISTS, Entry, by_field, exists, heads, make_ref, read_refs
from db.journal.replay import read_entry

_EARLIEST = clock.at(clock.EARLIEST_MS)
_FIRST, _END = show_instant(_EARLIEST), show_instant(clock.at(clock.LATEST_MS))
_CONFLICTS = """
SELECT c.row, c.field FROM (
    SELECT row, field FROM change INDEXED BY ix_change_heads
    WHERE scope = :scope AND entity = :entity AND head = 1
    GROUP BY row, field HAVING count(*) > 1
) several JOIN change c ON c.scope = :scope AND c.entity = :entity
    AND c.row = several.row AND c.field = several.field AND c.head = 1
GROUP BY c.row, c.field HAVING count(DISTINCT c.value) > 1
"""


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one field.

    `written_at` is the writer's wall clock, `received_at` when this store got it; both in UTC.
    `current` says that the change is (one of) the field's heads now; of several heads that differ
    the first one counts. `replaces` names the changes that the writer saw.
    """

    entity: str
    row: str
    field: str
    value: Json
    officer: str
    device: str
    written_at: datetime
    received_at: datetime
    action: str
    current: bool
    accepted: bool
    ref: str
    replaces: tuple[str, ...] = ()

    @property
    def deletes(self) -> bool:
        """Whether the whole row was deleted by it, as undoing its creation does."""
        return self.field == EXISTS and self.value is False


def value_before(entries: Sequence[HistoryEntry], entry: HistoryEntry) -> Json:
    """Give what the writer of a change saw in its field; None where there was nothing.

    Args:
        entries: the history of the row, newest first.
        entry: one of them.
    """
    place = next(at for at, one in enumerate(entries) if one is entry)
    for one in entries[place + 1 :]:
        if (one.entity, one.row) != (entry.entity, entry.row):
            continue
        if one.deletes:
            return None
        if one.field == entry.field and one.ref in entry.replaces:
            return one.value
    return None


def conflicts(session: Session, scope: str, entity: str) -> Mapping[str, tuple[str, ...]]:
    """Give the fields in which machines differ, by row: several heads with several values."""
    rows = session.connection().exec_driver_sql(_CONFLICTS, {"scope": scope, "entity": entity})
    found: dict[str, list[str]] = defaultdict(list)
    for row, name in rows:
        found[row].append(name)
    return {row: tuple(names) for row, names in found.items()}


def history(
    session: Session, scope: str, entity: str, row: str, field: str | None = None
) -> tuple[HistoryEntry, ...]:
    """Give the changes of a row, or of one of its fields, newest first."""
    found = session.connection().exec_driver_sql(
        "SELECT field, value, officer, device, written_at, received_at, action, head, accepted,"
        " incarnation, seq, segment, based_on FROM change"
        " WHERE scope = ? AND entity = ? AND row = ? AND (? IS NULL OR field = ?)"
        " ORDER BY clock DESC, device DESC, incarnation DESC, seq DESC",
        (scope, entity, row, field, field),
    )
    return tuple(
        HistoryEntry(
            entity=entity,
            row=row,
            field=name,
            value=json.loads(value),
            officer=officer,
            device=device,
            written_at=datetime.fromisoformat(written),
            received_at=datetime.fromisoformat(received),
            action=action,
            current=bool(head),
            accepted=bool(accepted),
            ref=make_ref(device, incarnation, seq, segment),
            replaces=read_refs(based_on),
        )
        for (
            name,
            value,
            officer,
            device,
            written,
            received,
            action,
            head,
            accepted,
            incarnation,
            seq,
            segment,
            based_on,
        ) in found
    )


def count_changes(session: Session) -> int:
    """Give the number of changes in the journal."""
    return int(session.connection().exec_driver_sql("SELECT count(*) FROM change").scalar() or 0)


def newest_reading(session: Session) -> str:
    """Give the greatest clock reading in the journal, empty where nothing was written."""
    return str(session.connection().exec_driver_sql("SELECT max(clock) FROM change").scalar() or "")


def end_of(day: date) -> datetime:
    """Give the last moment of a day in Vietnam."""
    return datetime.combine(day, time(23, 59, 59, 999000), VIETNAM)


Arrived = Sequence[Sequence[tuple[str, Entry]]]
"""The changes of an entity, each with its row, by the first of some moments at which they count."""


def rows_as_of(
    session: Session, scope: str, entity: str, moment: datetime
) -> Mapping[str, Mapping[str, Json]]:
    """Give the rows of an entity as they stood at a moment: row id to field to wire value."""
    return next(rows_over(changes_over(session, scope, entity, [moment])))


def changes_over(session: Session, scope: str, entity: str, moments: Sequence[datetime]) -> Arrived:
    """Read what is needed to say how the rows of an entity stood at each of some moments.

    A change counts from the moment its writer's logical clock says, but never later than it was
    received here: a machine whose calendar runs ahead must not hide its work from the past. Where
    a clock showed what cannot be, the change counts from when it was received; and where that was
    written down by a wrong clock too, from when the one before it was.

    Args:
        session: any session.
        scope: whose rows.
        entity: which.
        moments: from the earliest to the latest.
    """
    if not moments:
        return ()
    instants = [show_instant(moment) for moment in moments]
    found = session.connection().exec_driver_sql(
        "SELECT received_at, row, pk, field, value, clock, device, incarnation, seq,"
        " segment, based_on FROM change WHERE scope = ? AND entity = ? AND accepted = 1"
        " ORDER BY pk",
        (scope, entity),
    )
    came = found.all()
    arrived: list[list[tuple[str, Entry]]] = [[] for _ in moments]
    for (_, row, *change), since in zip(came, _since(came), strict=True):
        place = bisect_left(instants, since)
        if place < len(moments):
            arrived[place].append((row, read_entry(change)))
    return arrived


def _since(came: Sequence[Any]) -> Iterator[str]:
    """Say from when on each change counts, given in the order in which they came in."""
    now = clock.now()
    latest = show_instant(now) if now > _EARLIEST else _END
    possible = [one.received_at for one in came if _FIRST <= one.received_at <= latest]
    here = possible[0] if possible else ""
    for one in came:
        if _FIRST <= one.received_at <= latest:
            here = one.received_at
        written = show_milliseconds(clock.milliseconds(one.clock))
        yield min(written, here or one.received_at) if written >= _FIRST else here or written


def rows_over(arrived: Arrived) -> Iterator[Mapping[str, Mapping[str, Json]]]:
    """Give the rows as they stood at each of the moments; needs no session any more."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    state: dict[str, Mapping[str, Json]] = {}
    for changes in arrived:
        touched = {row for row, _ in changes}
        for row, entry in changes:
            entries[row].append(entry)
        for row in touched:
            fields = by_field(heads(entries[row]))
            state.pop(row, None)
            if exists(fields):
                state[row] = {
                    name: heads_[0].value for name, heads_ in fields.items() if name != EXISTS
                }
        yield dict(state)
