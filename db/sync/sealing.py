"""Seals what was written since the last export into signed segments, kept in the store for ever.

Bytes are made and signed outside the write transaction. Each segment is then entered in a short one
of its own, so that a person goes on writing while much is being sealed.
"""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from db import clock, identity
from db.columns import show_instant
from db.incarnation import get_meta
from db.journal.heads import make_ref
from db.store import Store
from db.sync.records import SCHEMA, Ref, SegmentHeader, WireChange
from db.sync.segments import hash_of, seal_under
from db.sync.watch import Cancelled, Watch

ACCEPTED = "accepted"
QUARANTINED = "quarantined"
ASIDE = "aside"
"""States of a segment: it counts here, it waits for a reason, a person set its bundle aside."""

MAX_SEALED = 1_000
"""Changes of one segment made here: as many as are entered without keeping a key waiting."""

MAX_SEALED_BYTES = 4_000_000
"""Of the values in one segment, beyond which no further change is taken in."""

_SEQ, _OFFICER, _VALUE = 1, 4, 9  # their places among the columns of _UNSEALED
_AT_ONCE = 50  # rows fetched together: values can be long
_read_json = json.JSONDecoder().decode
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNSEALED = """
SELECT pk, seq, clock, written_at, officer, action, entity, row, field, value, based_on
FROM change WHERE device = ? AND incarnation = ? AND scope = ? AND segment = '' AND seq > ?
ORDER BY seq LIMIT ?
"""
_LATER = """
SELECT pk, seq, based_on FROM change
WHERE device = ? AND incarnation = ? AND scope = ? AND segment = '' AND seq > ? ORDER BY seq
"""
_INSERT = """
INSERT INTO segment (hash, device, incarnation, scope, first, last, previous, data, signature,
                     received_at, state, reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


# A reference without a segment ends in :" and, when its change is entered, names one of the same
# segment: those to earlier ones were completed when these were entered.
_NAME = """
UPDATE change SET segment = ?, based_on = replace(based_on, ':"', ?)
WHERE device = ? AND incarnation = ? AND scope = ? AND segment = '' AND seq BETWEEN ? AND ?
"""
_RENAME = "UPDATE change SET based_on = replace(based_on, ?, ?) WHERE pk = ?"


@dataclass(frozen=True)
class Sealed:
    """A segment's bytes with what its row needs, and what naming it does to the changes.

    `later` are references from changes of later segments, each with the place of the change.
    """

    hash: str
    first: int
    last: int
    previous: str
    data: bytes
    signature: bytes
    later: list[tuple[int, int]]


def seal_pending(store: Store, cancelled: Cancelled | None = None) -> int:
    """Seal every change of this device that is not sealed yet; gives their number.

    The numbers and hashes are written beside the store before and after each commit, so that a
    store that is later restored from a backup is recognised.

    Args:
        store: open for writing.
        cancelled: asked every few milliseconds whether to stop, and may rest meanwhile; what was
            sealed until then stays sealed.

    Raises:
        BundleProblem: `cancelled`.
    """
    own = store.identity
    if own is None:
        return 0
    watch = Watch(cancelled=cancelled)
    with store.sealing:
        with store.reading() as session:
            scopes = session.connection().exec_driver_sql(
                "SELECT DISTINCT scope FROM change"
                " WHERE device = ? AND incarnation = ? AND segment = ''",
                (own.device, own.incarnation),
            )
            found = scopes.scalars().all()
        return sum(
            _seal_feed(store, _Feed(own.device, own.incarnation, one), watch) for one in found
        )


@dataclass(frozen=True)
class _Feed:
    device: str
    incarnation: str
    scope: str

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.device, self.incarnation, self.scope)

    def ref(self, seq: int, segment: str) -> str:
        return make_ref(self.device, self.incarnation, seq, segment)


def _seal_feed(store: Store, feed: _Feed, watch: Watch) -> int:
    made = _make_all(store, feed, watch)
    since = _Since(feed, made[-1].last if made else 0)
    for sealed in made:
        watch.step(0)
        _enter(store, feed, sealed, since)
    if made and store.identity is not None:
        store.identity = identity.note_sealed(store.identity, {})
    return made[-1].last - made[0].first + 1 if made else 0


def _make_all(store: Store, feed: _Feed, watch: Watch) -> list[Sealed]:
    """Make and sign every segment that is due; nothing is written yet."""
    own = store.identity
    if own is None:
        return []
    with store.reading() as session:
        practice = get_meta(session.connection(), "practice") == "1"
    key, made = own.key(), list[Sealed]()
    last, previous = 0, own.sealed.get(feed.scope, (0, ""))[1]
    while rows := _next_rows(store, feed, last):
        watch.step(0)
        first, last = rows[0][_SEQ], rows[-1][_SEQ]
        officers = tuple(dict.fromkeys(row[_OFFICER] for row in rows))
        header = SegmentHeader(
            feed.device, feed.incarnation, feed.scope, first, last,
            previous, SCHEMA, officers, practice,
        )  # fmt: skip
        changes = (_to_wire(row, made) for row in rows)
        data = seal_under(header, changes, lambda: watch.step(0))
        name = hash_of(data)
        made.append(Sealed(name, first, last, previous, data, key.sign(data), []))
        previous = name
    return made


def _next_rows(store: Store, feed: _Feed, last: int) -> list[Any]:
    """Give the changes of the next segment; read at once, for an open read holds up a commit."""
    rows, size = [], 0
    with store.reading() as session:
        found = session.connection().exec_driver_sql(_UNSEALED, (*feed.key, last, MAX_SEALED))
        plain = found.cursor  # without the wrapping: there may be very many rows
        while some := plain.fetchmany(_AT_ONCE):
            for row in some:
                rows.append(row)
                size += len(row[_VALUE])
                if size > MAX_SEALED_BYTES:
                    return rows
    return rows


def _to_wire(row: Any, made: Sequence[Sealed]) -> WireChange:
    """Give a change as it travels; what it names in segments just made gets their names."""
    pk, seq, reading, written_at, officer, action, entity, row_id, field, value, based_on = row
    refs = read_refs(based_on)
    if made and any(not ref.segment16 and ref.seq <= made[-1].last for ref in refs):
        refs = tuple(_placed(ref, pk, made) for ref in refs)
    return WireChange(
        seq, reading, milliseconds_of(written_at), officer, action,
        entity, row_id, field, _read_json(value), refs,
    )  # fmt: skip


def _placed(ref: Ref, pk: int, made: Sequence[Sealed]) -> Ref:
    if ref.segment16 or ref.seq > made[-1].last:
        return ref
    sealed = made[bisect_left(made, ref.seq, key=lambda one: one.last)]
    sealed.later.append((ref.seq, pk))
    return replace(ref, segment16=sealed.hash[:16])


def _enter(store: Store, feed: _Feed, sealed: Sealed, since: "_Since") -> None:
    """Keep a segment and give its name to its changes and to the references to them."""
    if (own := store.identity) is None:
        return
    tip, name = {feed.scope: (sealed.last, sealed.hash)}, sealed.hash[:16]
    store.identity = identity.note_pending(own, tip)
    with store.writing() as connection:
        connection.exec_driver_sql(
            _INSERT,
            (
                sealed.hash, *feed.key, sealed.first, sealed.last, sealed.previous, sealed.data,
                sealed.signature, show_instant(clock.now()), ACCEPTED, "",
            ),
        )  # fmt: skip
        connection.exec_driver_sql(_NAME, (name, f':{name}"', *feed.key, sealed.first, sealed.last))
        renamed = [*sealed.later, *since.naming(connection, sealed)]
        if renamed:
            connection.exec_driver_sql(
                _RENAME,
                [(f'"{feed.ref(seq, "")}"', f'"{feed.ref(seq, name)}"', pk) for seq, pk in renamed],
            )
    # True from here on; written down with the next segment, or by the caller after the last one.
    store.identity = replace(store.identity, sealed={**own.sealed, **tip}, pending=None)


class _Since:
    """The changes of a feed that were written after its segments were made."""

    def __init__(self, feed: _Feed, last: int) -> None:
        self._feed = feed
        self._last = last
        self._by: dict[int, list[int]] = defaultdict(list)

    def naming(self, connection: Connection, sealed: Sealed) -> list[tuple[int, int]]:
        """Give their references to a segment: the number named, and the place of the change."""
        for pk, seq, based_on in connection.exec_driver_sql(_LATER, (*self._feed.key, self._last)):
            self._last = seq
            for ref in read_refs(based_on):
                if not ref.segment16:
                    self._by[ref.seq].append(pk)
        return [
            (seq, pk)
            for seq in range(sealed.first, sealed.last + 1)
            for pk in self._by.pop(seq, ())
        ]


def read_refs(stored: str) -> tuple[Ref, ...]:
    """Read a stored list of names of changes."""
    if stored == "[]":
        return ()
    return tuple(map(read_ref, stored[2:-2].split('","')))


def read_ref(text: str) -> Ref:
    """Read the name of a change as the journal keeps it."""
    device, incarnation, place = text.split("/", 2)
    seq, segment = place.split(":", 1)
    return Ref(device, incarnation, int(seq), segment)


def show_ref(ref: Ref) -> str:
    """Write the name of a change as the journal keeps it."""
    return make_ref(ref.device, ref.incarnation, ref.seq, ref.segment16)


def show_refs(refs: Sequence[str]) -> str:
    """Write a list of names of changes as the journal keeps it; nothing in them needs quoting."""
    return '["' + '","'.join(refs) + '"]' if refs else "[]"


def milliseconds_of(instant: str) -> int:
    """Give the Unix milliseconds of a stored moment."""
    since = datetime.fromisoformat(instant) - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000
