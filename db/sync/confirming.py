"""What other devices have confirmed: their newest receipts, and what these say of our bundles."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from db.canonical import dumps
from db.columns import show_instant
from db.home import Home
from db.models import SHARED
from db.sync import cards, receipts
from db.sync.cards import Card, Role
from db.sync.holding import Held, forked_devices, held, unconfirmed
from db.sync.info import ReceiverKind
from db.sync.planning import CarriedFile, carried_files
from db.sync.receipts import Receipt
from db.sync.trust import Trust

_KEPT = """
SELECT k.device, k.role, k.scope, k.office, k.machine, k.trust, k.card, r.data, r.received_at
FROM held_receipt r JOIN known_device k ON k.device = r.device
WHERE r.scope = ? ORDER BY k.role DESC, r.received_at
"""
_SEGMENTS_LEFT = "SELECT hash, transfer FROM segment WHERE transfer IS NOT NULL"
_EVIDENCE_LEFT = """
SELECT c.value, min(s.transfer) AS place FROM change c
JOIN segment s ON s.device = c.device AND s.incarnation = c.incarnation AND s.scope = c.scope
    AND c.seq BETWEEN s.first AND s.last AND substr(s.hash, 1, 16) = c.segment
WHERE c.entity = 'evidence' AND c.field = 'sha256' AND s.transfer IS NOT NULL GROUP BY c.value
"""


@dataclass(frozen=True)
class KeptReceipt:
    """The newest receipt of a device about a commune, and when it came, in UTC."""

    device: str
    role: Role
    office: str
    machine: str
    trust: Trust
    receipt: Receipt
    at: datetime


@dataclass(frozen=True)
class Lacking:
    """What a device has not confirmed, of what counts here and can be sent."""

    segments: tuple[Held, ...]
    evidence: tuple[CarriedFile, ...]

    @property
    def changes(self) -> int:
        """How many changes those segments hold."""
        return sum(one.last - one.first + 1 for one in self.segments)


@dataclass(frozen=True)
class Confirmation:
    """What a trusted device's newest receipt says about what was sent to it.

    It names everything that left with bundles before the place `until` in the log, changes and
    evidence files; everything at all where that is None.
    """

    kept: KeptReceipt
    until: int | None

    def covers(self, receiver: str, sent: int) -> bool:
        """Tell whether it confirms the bundle at a place of the log, for a kind or a device."""
        meant = receiver in ("", ReceiverKind.ALL.value, self.kept.device) or (
            receiver == ReceiverKind.UPPER.value and self.kept.role is Role.UPPER
        )
        return meant and (self.until is None or self.until > sent)


def keep(connection: Connection, card: Card, said: Receipt, data: bytes, at: datetime) -> bool:
    """Keep a receipt whose signature holds and that came in at a moment, if it is newer; tells it.

    One of a device that nobody trusts yet counts from the moment it is trusted.
    """
    before = connection.exec_driver_sql(
        "SELECT data FROM held_receipt WHERE device = ? AND scope = ?", (said.device, said.scope)
    ).scalar()
    if before is not None and not receipts.newer(said, receipts.read(before, card)):
        return False
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO held_receipt"
        " (device, scope, incarnation, number, data, received_at) VALUES (?, ?, ?, ?, ?, ?)",
        (said.device, said.scope, said.incarnation, said.number, data, show_instant(at)),
    )
    return True


def kept_receipts(connection: Connection, scope: str) -> tuple[KeptReceipt, ...]:
    """Give the newest receipt of each device about a commune, those of the upper level first."""
    return tuple(
        KeptReceipt(
            device=row.device,
            role=Role(row.role),
            office=row.office,
            machine=row.machine,
            trust=Trust(row.trust),
            receipt=receipts.read(row.data, cards.read(row.card)),
            at=datetime.fromisoformat(row.received_at),
        )
        for row in connection.exec_driver_sql(_KEPT, (scope,))
    )


def lacking(
    connection: Connection, home: Home, everything: Sequence[Held], said: Receipt
) -> Lacking:
    """Say what of ours a receipt does not name; `everything` is what is held here."""
    segments = tuple(one for one in unconfirmed(everything, said) if one.accepted)
    files = carried_files(connection, home, said.scope, frozenset(said.evidence))
    return Lacking(segments, tuple(one for one in files if one.present))


def confirmations(connection: Connection, home: Home, scope: str) -> tuple[Confirmation, ...]:
    """Give what each trusted device has confirmed, the upper level first.

    The word of a cloned disk does not count: it is not said which of the two has what.
    """
    everything = held(connection, (scope, SHARED))
    cloned = forked_devices(everything)
    return tuple(
        Confirmation(
            one, _first_place(connection, lacking(connection, home, everything, one.receipt))
        )
        for one in kept_receipts(connection, scope)
        if one.trust is Trust.TRUSTED and one.device not in cloned
    )


def _first_place(connection: Connection, lacks: Lacking) -> int | None:
    """Give the first entry of the log with which something lacking came, or left."""
    places = [*_segment_places(connection, lacks), *_evidence_places(connection, lacks)]
    return min(places, default=None)


def _segment_places(connection: Connection, lacks: Lacking) -> Iterator[int]:
    wanted = {one.hash for one in lacks.segments}
    rows = connection.exec_driver_sql(_SEGMENTS_LEFT) if wanted else ()
    return (place for hash_, place in rows if hash_ in wanted)


def _evidence_places(connection: Connection, lacks: Lacking) -> Iterator[int]:
    wanted = {dumps(one.sha256) for one in lacks.evidence}
    rows = connection.exec_driver_sql(_EVIDENCE_LEFT) if wanted else ()
    return (place for value, place in rows if value in wanted)


def first_covering(said: Iterable[Confirmation], receiver: str, sent: int) -> KeptReceipt | None:
    """Give the first receipt that confirms the bundle at a place of the log."""
    return next((one.kept for one in said if one.covers(receiver, sent)), None)
