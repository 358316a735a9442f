"""The log of bundles that left and came in, and which of those sent a receiver has confirmed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.home import Home
from db.sync.confirming import confirmations, first_covering
from db.sync.info import ReceiverKind
from db.sync.keys import show_fingerprint

MOST_SHOWN = 500
"""Entries of the log that are read at once."""

_TRANSFERS = """
SELECT t.pk, t.direction, t.at, t.name, t.code, t.device, t.changes, t.evidence, t.bytes, t.scope,
       t.aside_at, k.office, k.machine
FROM transfer t LEFT JOIN known_device k ON k.device = t.device ORDER BY t.pk DESC LIMIT ?
"""
_GROUPS = {ReceiverKind.UPPER.value: "cấp trên", ReceiverKind.ALL.value: "mọi máy"}


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


def list_transfers(
    session: Session, home: Home, most: int = MOST_SHOWN
) -> tuple[TransferRecord, ...]:
    """Give the newest entries of the log, newest first."""
    connection = session.connection()
    rows = connection.exec_driver_sql(_TRANSFERS, (most,)).all()
    sent_about = {row.scope for row in rows if row.direction == "out"}
    said = {scope: confirmations(connection, home, scope) for scope in sent_about}
    found = []
    for row in rows:
        sent = row.direction == "out"
        by = first_covering(said[row.scope], row.device, row.pk) if sent else None
        found.append(
            TransferRecord(
                id=row.pk,
                sent=sent,
                at=datetime.fromisoformat(row.at),
                name=row.name,
                code=row.code,
                party=_GROUPS.get(row.device) or party_name(row.device, row.office, row.machine),
                changes=row.changes,
                evidence=row.evidence,
                bytes=row.bytes,
                scope=row.scope,
                confirmed_by=party_name(by.device, by.office, by.machine) if by else "",
                confirmed_at=by.at if by else None,
                aside_at=datetime.fromisoformat(row.aside_at) if row.aside_at else None,
            )
        )
    return tuple(found)


def party_name(device: str, office: str | None, machine: str | None) -> str:
    """Say which machine is meant: office and machine, or the fingerprint where nothing is known."""
    named = " · ".join(part for part in (office, machine) if part)
    return named or (show_fingerprint(device) if device else _GROUPS[ReceiverKind.UPPER.value])
