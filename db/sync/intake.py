"""Takes segments into the journal, one by one; one that is wrong never blocks the others."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from db import clock
from db.canonical import dumps
from db.columns import show_instant
from db.incarnation import get_meta
from db.journal.replay import RowKey, replay
from db.models import SHARED
from db.sync.authority import Believed, Reason
from db.sync.cards import read as read_card
from db.sync.keys import verify
from db.sync.parts import BundleSegment
from db.sync.problems import BundleProblem, Code
from db.sync.records import SCHEMA, Segment, SegmentHeader, WireChange
from db.sync.sealing import ACCEPTED, ASIDE, QUARANTINED, show_ref
from db.sync.segments import parse

_SEGMENT = """
INSERT INTO segment (hash, device, incarnation, scope, first, last, previous, data, signature,
                     received_at, state, reason, transfer)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (hash) DO UPDATE SET device = excluded.device, incarnation = excluded.incarnation,
    scope = excluded.scope, first = excluded.first, last = excluded.last,
    previous = excluded.previous, signature = excluded.signature,
    state = excluded.state, reason = excluded.reason
"""
_CHANGE = """
INSERT INTO change (device, incarnation, scope, seq, segment, clock, written_at,
    received_at, officer, action, entity, row, field, value, based_on, head, accepted)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1)
ON CONFLICT (device, incarnation, scope, seq, segment) DO UPDATE SET accepted = 1
"""
_DISCOUNT = """
UPDATE change SET accepted = 0 WHERE device = ? AND incarnation = ? AND scope = ?
AND seq BETWEEN ? AND ? AND segment = ? RETURNING scope, entity, row
"""
_MAY_COUNT_LATER = (*(one.value for one in Reason), Code.NEWER_SCHEMA.value, Code.NO_CARD.value)
"""Why segments wait that may count one day: after a decision, an upgrade, or a card that comes."""

_FEED = "SELECT device, incarnation, scope, first, last, hash, reason FROM segment"


@dataclass(frozen=True)
class Quarantined:
    """A segment that waits: whose, how many changes, and why."""

    device: str
    changes: int
    reason: str
    message: str


class Intake:
    """One import's way into the journal; `finish` brings the tables in line.

    `transfer` is the place in the log of the bundle that is taken in.
    `new`, `known` and `gone` count changes that count now, counted before, and count no longer;
    `latest` is the greatest clock reading that came in, which the
    store's clock must observe once all of it is committed.
    """

    def __init__(self, connection: Connection, whom: Believed, transfer: int | None = None) -> None:
        self.connection = connection
        self.whom = whom
        self.transfer = transfer
        self.new = 0
        self.known = 0
        self.gone = 0
        self.latest = ""
        self.touched: set[RowKey] = set()
        self.quarantined: list[Quarantined] = []
        rows = connection.exec_driver_sql("SELECT hash, state, reason FROM segment")
        self._kept = {row.hash: (row.state, row.reason) for row in rows}

    def take(self, segment: BundleSegment) -> None:
        """Let a segment count, keep it in quarantine, or note that it is known.

        Raises:
            BundleProblem: the file cannot be read any more; nothing of it may be applied.
        """
        state, why = self._kept.get(segment.hash, ("", ""))
        if state in (ACCEPTED, ASIDE):  # what a person set aside stays aside until they say so
            header = segment.header
            self.known += header.last - header.first + 1 if header else 0
            return
        data = segment.read()
        parsed, reason, message = self._judged(segment, data)
        header = parsed.header if parsed else segment.header
        if reason in ("", *Reason) or why not in set(Reason):  # a true signature is not exchanged
            self._keep(segment, header, data, reason)
        if parsed is not None and not reason:
            self.count(parsed)
            return
        changes = header.last - header.first + 1 if header else 0
        self.quarantined.append(
            Quarantined(header.device if header else "", changes, reason, message)
        )

    def _judged(self, segment: BundleSegment, data: bytes) -> tuple[Segment | None, str, str]:
        """Read a segment's changes, and say why it must wait, if it must.

        What a stranger sent is kept unread: reading much takes time and memory.
        """
        try:
            if segment.flaw is not None:
                raise BundleProblem(segment.flaw)
            if segment.header is not None and (waits := self.whom.objection_to(segment.header)):
                return None, waits, waits.sentence
            parsed = parse(data)
        except BundleProblem as error:
            return None, error.flaw.code.value, error.flaw.message
        objection = self.whom.objection(parsed.header, parsed.changes)
        return parsed, objection or "", objection.sentence if objection else ""

    def count(self, parsed: Segment) -> None:
        """Add a segment's changes to the journal."""
        header = parsed.header
        received = show_instant(clock.now())
        self.connection.exec_driver_sql(
            _CHANGE,
            [
                (
                    header.device, header.incarnation, header.scope, change.seq, parsed.hash[:16],
                    change.clock, _instant(change), received, change.officer, change.action,
                    change.entity, change.row, change.field, dumps(change.value),
                    dumps([show_ref(ref) for ref in change.based_on]),
                )
                for change in parsed.changes
            ],
        )  # fmt: skip
        self.new += len(parsed.changes)
        self.latest = max(self.latest, *(change.clock for change in parsed.changes))
        self.touched.update((header.scope, change.entity, change.row) for change in parsed.changes)

    def release(self) -> None:
        """Let waiting segments of this commune count to which there is no objection now.

        What must still wait keeps its bytes, with the reason that holds now.
        """
        marks = ", ".join("?" * len(_MAY_COUNT_LATER))
        waiting = self.connection.exec_driver_sql(
            f"{_FEED} WHERE state = ? AND scope IN (?, ?, '') AND reason IN ({marks})",
            (QUARANTINED, self.whom.scope, SHARED, *_MAY_COUNT_LATER),
        ).all()
        for *feed, first, last, hash_, reason in waiting:
            device, incarnation, scope = feed
            header = SegmentHeader(device, incarnation, scope, first, last, "", SCHEMA, (), False)
            still = self.whom.objection_to(header) if device else None
            if still is None:
                self._release(hash_, reason)
            elif still != reason and reason in set(Reason):
                self._wait(hash_, still)

    def _release(self, hash_: str, reason: str) -> None:
        data, signature = self.connection.exec_driver_sql(
            "SELECT data, signature FROM segment WHERE hash = ?", (hash_,)
        ).one()
        try:
            parsed = parse(data)
        except BundleProblem:  # it stays where it is; nothing of it can count
            return
        if reason not in set(Reason) and not self._is_signed(parsed.header, data, signature):
            return
        objection = self.whom.objection(parsed.header, parsed.changes)
        if objection is not None:
            if objection is not Reason.SCOPE:
                self._wait(hash_, objection, parsed.header)
            return
        self._wait(hash_, "", parsed.header)
        self.count(parsed)

    def _is_signed(self, header: SegmentHeader, data: bytes, signature: bytes) -> bool:
        """Check what could not be checked when it came in: whose it is, and that it is no mixture.

        What has no card yet, or was written for practising elsewhere, stays where it is.
        """
        card = self.connection.exec_driver_sql(
            "SELECT card FROM known_device WHERE device = ?", (header.device,)
        ).scalar()
        practice = get_meta(self.connection, "practice") == "1"
        return (
            card is not None
            and header.practice == practice
            and verify(read_card(card).public, signature, data)
        )

    def _wait(self, hash_: str, reason: str, header: SegmentHeader | None = None) -> None:
        """Note why a segment waits; without a reason it counts."""
        state = QUARANTINED if reason else ACCEPTED
        self.connection.exec_driver_sql(
            "UPDATE segment SET state = ?, reason = ? WHERE hash = ?", (state, reason, hash_)
        )
        if header is not None:
            self.connection.exec_driver_sql(
                "UPDATE segment SET device = ?, incarnation = ?, scope = ?, first = ?, last = ?,"
                " previous = ? WHERE hash = ?",
                (*header.feed, header.first, header.last, header.previous, hash_),
            )

    def discount(self, segments: str, parameters: tuple[Any, ...], state: str, reason: str) -> None:
        """Let segments count no longer; their bytes stay.

        Args:
            segments: a condition in SQL on the rows of `segment`.
            parameters: what it is about.
            state: what becomes of them.
            reason: why, for those that go to quarantine.
        """
        found = self.connection.exec_driver_sql(
            f"{_FEED} WHERE state = 'accepted' AND {segments}", parameters
        ).all()
        for *feed, hash_, _reason in found:
            self.connection.exec_driver_sql(
                "UPDATE segment SET state = ?, reason = ? WHERE hash = ?", (state, reason, hash_)
            )
            rows = self.connection.exec_driver_sql(_DISCOUNT, (*feed, hash_[:16])).all()
            self.touched.update(tuple(row) for row in rows)
            self.gone += len(rows)

    def finish(self) -> int:
        """Write the rows as the journal now says; gives the number of fields in conflict."""
        return replay(self.connection, self.touched)

    def _keep(
        self, segment: BundleSegment, header: SegmentHeader | None, data: bytes, reason: str
    ) -> None:
        feed = header.feed if header else ("", "", "")
        numbers = (header.first, header.last, header.previous) if header else (0, 0, "")
        self.connection.exec_driver_sql(
            _SEGMENT,
            (
                segment.hash, *feed, *numbers, data, segment.signature,
                show_instant(clock.now()), QUARANTINED if reason else ACCEPTED, reason,
                self.transfer,
            ),
        )  # fmt: skip


def _instant(change: WireChange) -> str:
    return show_instant(clock.at(change.written_at))
