"""What would travel to a receiver: everything that it has not confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from db.desk import Desk
from db.evidence import is_digest, is_kept
from db.home import Home
from db.incarnation import get_meta
from db.models import SHARED
from db.problems import NotFound
from db.sync import cards, receipts
from db.sync.authority import answers_for
from db.sync.cards import Role
from db.sync.holding import Held, counting, forked_devices, held, unconfirmed
from db.sync.info import Receiver, ReceiverKind
from db.sync.keys import read_fingerprint, show_fingerprint
from db.sync.layout import evidence_name
from db.sync.receipts import Receipt
from db.text import shown

_EVIDENCE = """
SELECT sha256, min(file_name), max(size), group_concat(DISTINCT indicator) FROM evidence
WHERE scope = ? AND sha256 IS NOT NULL GROUP BY sha256 ORDER BY sha256
"""
_RECEIVERS = """
SELECT k.device, k.role, k.scope, k.office, k.machine, k.card, r.data, r.received_at
FROM known_device k LEFT JOIN held_receipt r ON r.device = k.device AND r.scope = ?
WHERE k.trust = 'trusted' ORDER BY k.office, k.machine, k.device
"""


_UNSEALED = """
SELECT count(*) FROM change WHERE segment = '' AND accepted = 1 AND scope IN (?, ?)
"""


@dataclass(frozen=True)
class CarriedFile:
    """An evidence file that would travel. `size` in bytes; not `present` means it is missing."""

    sha256: str
    file_name: str
    size: int
    present: bool
    indicators: str = ""

    @property
    def label(self) -> str:
        """What people call it: the file's name, and the indicators it proves."""
        name = shown(self.file_name)
        return f"{name}; chỉ tiêu {shown(self.indicators)}" if self.indicators else name

    @property
    def member(self) -> str:
        """Where it lies in a bundle."""
        return evidence_name(self.sha256, Path(self.file_name).suffix)


@dataclass(frozen=True)
class Plan:
    """What would travel to a receiver now. `changes` counts what is not sealed yet, too."""

    receiver: Receiver
    segments: tuple[Held, ...]
    evidence: tuple[CarriedFile, ...]
    changes: int
    full: bool

    @property
    def evidence_bytes(self) -> int:
        """The bytes of the evidence files."""
        return sum(one.size for one in self.evidence if one.present)


def parse_receiver(text_: str) -> Receiver:
    """Read `upper`, `all` or the fingerprint of one device.

    Raises:
        FingerprintProblem: it is none of them.
    """
    if text_ in (ReceiverKind.UPPER.value, ReceiverKind.ALL.value):
        return Receiver(ReceiverKind(text_))
    return Receiver(ReceiverKind.DEVICE, read_fingerprint(text_))


def usual_receiver(desk: Desk) -> str:
    """Say for whom a bundle usually is: a commune's for its upper level, whose own are for all."""
    return (ReceiverKind.UPPER if desk.upper is None else ReceiverKind.ALL).value


def plan(desk: Desk, receiver: Receiver, *, full: bool = False) -> Plan:
    """Say what would travel: everything the receiver has not confirmed, or all of it.

    Raises:
        NotFound: the receiver is one device and no card of it has come in.
    """
    scope = desk.commune.scope
    with desk.reading() as session:
        connection = session.connection()
        everything = held(connection, (scope, SHARED))
        statements = [] if full else _statements(connection, receiver, scope, everything)
        lacking = _lacking(everything, statements)
        unsealed = connection.exec_driver_sql(_UNSEALED, (scope, SHARED)).scalar_one()
        confirmed = _confirmed_evidence(statements)
        files = carried_files(connection, desk.home, scope, confirmed)
    return Plan(
        receiver=receiver,
        segments=lacking,
        evidence=files,
        changes=sum(one.last - one.first + 1 for one in lacking) + unsealed,
        full=len(lacking) == len(counting(everything)),
    )


def devices_meant(connection: Connection, receiver: Receiver, scope: str) -> Sequence[Row[Any]]:
    """Give the trusted devices that a receiver of a commune's data stands for.

    Each comes with its newest receipt about that commune.

    Raises:
        NotFound: the receiver is one device that nobody here trusts.
    """
    found = connection.exec_driver_sql(_RECEIVERS, (scope,)).all()
    own = get_meta(connection, "device")
    rows = [
        row for row in found if row.device != own and answers_for(Role(row.role), row.scope, scope)
    ]
    if receiver.kind is ReceiverKind.DEVICE:
        rows = [row for row in rows if row.device == receiver.device]
        if not rows:
            raise NotFound(
                f"Chưa tin cậy máy nào có dấu vân tay {show_fingerprint(receiver.device)}. "
                "Chưa có gì được ghi. Hãy nhận gói của máy đó và xác nhận tin cậy trước."
            )
    elif receiver.kind is ReceiverKind.UPPER:
        rows = [row for row in rows if row.role == Role.UPPER]
    return rows


def _statements(
    connection: Connection, receiver: Receiver, scope: str, segments: tuple[Held, ...]
) -> list[Receipt | None]:
    """Give the newest receipt of each device meant, None for one that never sent any.

    The word of a cloned disk does not count: it is not said which of the two has what.
    """
    cloned = forked_devices(segments)
    return [
        receipts.read(row.data, cards.read(row.card))
        if row.data is not None and row.device not in cloned
        else None
        for row in devices_meant(connection, receiver, scope)
    ]


def _lacking(everything: tuple[Held, ...], said: Sequence[Receipt | None]) -> tuple[Held, ...]:
    if not said:
        return counting(everything)
    wanted = {one.hash for word in said for one in unconfirmed(everything, word)}
    return tuple(one for one in counting(everything) if one.hash in wanted)


def _confirmed_evidence(statements: Sequence[Receipt | None]) -> frozenset[str]:
    held_by = [frozenset(said.evidence if said else ()) for said in statements]
    return frozenset.intersection(*held_by) if held_by else frozenset()


def carried_files(
    connection: Connection, home: Home, scope: str, confirmed: frozenset[str] = frozenset()
) -> tuple[CarriedFile, ...]:
    """Give the evidence files of a scope, without those that a receiver has confirmed.

    One file may prove several findings, under several names; it travels once.
    """
    rows = connection.exec_driver_sql(_EVIDENCE, (scope,)).all()
    return tuple(
        CarriedFile(sha256, name or "", size or 0, is_kept(home, sha256, size), indicators or "")
        for sha256, name, size, indicators in rows
        if sha256 not in confirmed and is_digest(sha256)
    )
