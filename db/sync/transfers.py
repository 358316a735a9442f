"""The log of bundles that left and came in, and which of those sent a receiver has confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import Session

from db.models import SHARED
from db.sync import cards, receipts
from db.sync.cards import Role
from db.sync.holding import held, unconfirmed
from db.sync.info import ReceiverKind
from db.sync.keys import show_fingerprint

MOST_SHOWN = 500
"""Entries of the log that are read at once."""

_RECEIPTS = """
SELECT k.device, k.role, k.office, k.machine, k.card, r.data, r.received_at FROM held_receipt r
JOIN known_device k ON k.device = r.device WHERE k.trust = 'trusted' AND r.scope = ?
ORDER BY k.role DESC, r.received_at
"""
_TRANSFERS = """
SELECT t.pk, t.direction, t.at, t.name, t.code, t.device, t.changes, t.evidence, t.bytes, t.scope,
       t.aside_at, k.office, k.machine
FROM transfer t LEFT JOIN known_device k ON k.device = t.device ORDER BY t.pk DESC LIMIT ?
"""
_GROUPS = {ReceiverKind.UPPER.value: "cấp trên", ReceiverKind.ALL.value: "mọi máy"}


@dataclass(frozen=True)
class Confirmation:
    """What a trusted device's newest receipt says about what was sent to it.

    It names everything that this store had before `until`; everything at all where that is None.
    """

    device: str
    role: Role
    office: str
    name: str
    at: datetime
    until: datetime | None

    def covers(self, receiver: str, sent_at: datetime) -> bool:
        """Tell whether it confirms a bundle for a receiver (a kind or a device) of that moment."""
        meant = receiver in ("", ReceiverKind.ALL.value, self.device) or (
            receiver == ReceiverKind.UPPER.value and self.role is Role.UPPER
        )
        return meant and (self.until is None or self.until > sent_at)


@dataclass(frozen=True)
class TransferRecord:
    """A bundle that left (`sent`) or came in.

    `party` is for whom it was written or who wrote it, as people call them; `scope` the commune it
    is about. Times are in UTC; `aside_at` says since when one that came in does not count here.
    """

    id: int
    sent: bool
    at: datetime
    name: str
    code: str
    party: str
    changes: int
    evidence: int
    bytes: int
    scope: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    aside_at: datetime | None = None


def list_transfers(session: Session, most: int = MOST_SHOWN) -> tuple[TransferRecord, ...]:
    """Give the newest entries of the log, newest first."""
    connection = session.connection()
    rows = connection.exec_driver_sql(_TRANSFERS, (most,)).all()
    sent_about = {row.scope for row in rows if row.direction == "out"}
    said = {scope: confirmations(connection, scope) for scope in sent_about}
    found = []
    for row in rows:
        sent, at = row.direction == "out", datetime.fromisoformat(row.at)
        by = first_covering(said[row.scope], row.device, at) if sent else None
        found.append(
            TransferRecord(
                id=row.pk,
                sent=sent,
                at=at,
                name=row.name,
                code=row.code,
                party=_GROUPS.get(row.device) or party_name(row.device, row.office, row.machine),
                changes=row.changes,
                evidence=row.evidence,
                bytes=row.bytes,
                scope=row.scope,
                confirmed_by=by.name if by else "",
                confirmed_at=by.at if by else None,
                aside_at=datetime.fromisoformat(row.aside_at) if row.aside_at else None,
            )
        )
    return tuple(found)


def confirmations(connection: Connection, scope: str) -> tuple[Confirmation, ...]:
    """Give what each trusted device has confirmed, the upper level first."""
    segments = held(connection, (scope, SHARED), accepted=True)
    came: dict[str, str] = {
        row.hash: row.received_at
        for row in connection.exec_driver_sql("SELECT hash, received_at FROM segment")
    }
    found = []
    for row in connection.exec_driver_sql(_RECEIPTS, (scope,)):
        said = receipts.read(row.data, cards.read(row.card))
        lacking = [came[one.hash] for one in unconfirmed(segments, said)]
        found.append(
            Confirmation(
                device=row.device,
                role=Role(row.role),
                office=row.office or row.machine,
                name=party_name(row.device, row.office, row.machine),
                at=datetime.fromisoformat(row.received_at),
                until=datetime.fromisoformat(min(lacking)) if lacking else None,
            )
        )
    return tuple(found)


def first_covering(
    said: Iterable[Confirmation], receiver: str, sent_at: datetime
) -> Confirmation | None:
    """Give the first of these that confirms a bundle."""
    return next((one for one in said if one.covers(receiver, sent_at)), None)


def party_name(device: str, office: str | None, machine: str | None) -> str:
    """Say which machine is meant: office and machine, or the fingerprint where nothing is known."""
    named = " · ".join(part for part in (office, machine) if part)
    return named or (show_fingerprint(device) if device else _GROUPS[ReceiverKind.UPPER.value])
