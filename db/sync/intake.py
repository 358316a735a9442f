"""Takes segments into the journal, one by one; one that is wrong never blocks the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from db import clock
from db.canonical import dumps
from db.columns import show_instant, show_milliseconds
from db.incarnation import get_meta
from db.journal.arriving import FieldKey, copied_rows, place
from db.journal.replay import bring_in_line
from db.journal.touched import RowKey, Touched
from db.models import SHARED
from db.sync.authority import WORDS_OF_TRUST, Believed, Reason, believed
from db.sync.cards import read as read_card
from db.sync.clocks import ClockWatch
from db.sync.holding import states_of
from db.sync.keys import verify
from db.sync.parts import BundleSegment
from db.sync.problems import BundleProblem, Code
from db.sync.records import SCHEMA, Segment, SegmentHeader
from db.sync.sealing import ACCEPTED, ASIDE, QUARANTINED, show_ref, show_refs
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
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (device, incarnation, scope, seq, segment) DO UPDATE SET accepted = 1
"""
_LOWER = "UPDATE change SET head = 0 WHERE pk = ?"
_TOGETHER = 10_000  # changes that are entered at once
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
    hash: str = ""


class Intake:
    """One import's way into the journal; `finish` brings the tables in line.

    `transfer` is the place in the log of the bundle that is taken in, `at` when that is.
    `new`, `known` and `gone` count changes that count now, counted before, and count no longer;
    `latest` is the greatest clock reading that came in, which the
    store's clock must observe once all of it is committed. `counted` are the segments that count
    now, `clocks` what their machines' wall clocks showed.
    """

    def __init__(
        self,
        connection: Connection,
        whom: Believed,
        transfer: int | None = None,
        *,
        at: datetime | None = None,
    ) -> None:
        self.connection = connection
        self._at = show_instant(at or clock.now())
        self.whom = whom
        self.transfer = transfer
        self.new = 0
        self.known = 0
        self.gone = 0
        self.latest = ""
        self.touched = Touched(connection)
        self.quarantined: list[Quarantined] = []
        self.clocks = ClockWatch()
        self.counted: list[str] = []
        self._waiting: list[Segment] = []
        self._kept = states_of(connection)
        last = connection.exec_driver_sql("SELECT coalesce(max(pk), 0) FROM change")
        self._before = int(last.scalar_one())

    def take(self, segment: BundleSegment) -> None:
        """Let a segment count, keep it in quarantine, or note that it is known.

        Raises:
            BundleProblem: the file cannot be read any more; nothing of it may be applied.
        """
        state, why = self._kept.get(segment.hash, ("", ""))
        if state in (ACCEPTED, ASIDE):  # what a person set aside stays aside until they say so
            self.known += segment.changes
            return
        data = segment.read()
        parsed, reason, message = self._judged(segment, data)
        header = parsed.header if parsed else segment.header
        if reason in ("", *Reason) or why not in set(Reason):  # a true signature is not exchanged
            self._keep(segment, header, data, reason)
        if parsed is not None and not reason:
            self.count(parsed, again=segment.hash in self._kept)
            return
        changes = header.last - header.first + 1 if header else 0
        self.quarantined.append(
            Quarantined(header.device if header else "", changes, reason, message, segment.hash)
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

    def count(self, parsed: Segment, *, again: bool = False) -> None:
        """Let a segment's changes count.

        Args:
            parsed: the segment.
            again: its changes may have counted before, so that all of their rows' lives matter.
        """
        if self._scope() not in ("", parsed.header.scope):
            self._enter()
        self._waiting.append(parsed)
        self.counted.append(parsed.hash)
        if parsed.header.device not in self.whom.own:
            self.clocks.note(parsed.header.device, parsed.changes)
        if again:
            self.touched.add(_rows(parsed), whole=True)
        self.new += len(parsed.changes)
        self.latest = max(self.latest, max(change.clock for change in parsed.changes))
        if sum(len(one.changes) for one in self._waiting) >= _TOGETHER:
            self._enter()

    def _scope(self) -> str:
        return self._waiting[0].header.scope if self._waiting else ""

    def _enter(self) -> None:
        """Write the changes that wait into the journal; many together cost less."""
        if not self._waiting:
            return
        scope, names, keys = self._scope(), list[str](), list[FieldKey]()
        based_on = list[tuple[str, ...]]()
        for one in self._waiting:
            feed, own = f"{one.header.device}/{one.header.incarnation}/", one.hash[:16]
            for change in one.changes:
                names.append(f"{feed}{change.seq}:{own}")
                keys.append((change.entity, change.row, change.field))
                refs = change.based_on
                based_on.append(tuple(map(show_ref, refs)) if refs else ())
            self.touched.add(_rows(one), whole=False)
        placed = place(self.connection, scope, keys, names, based_on)
        self._insert(zip(based_on, (int(name in placed.heads) for name in names), strict=True))
        if placed.lowered:
            self.connection.exec_driver_sql(_LOWER, [(one,) for one in placed.lowered])
        self.touched.add(((scope, *one) for one in placed.unsure), whole=True)
        self._waiting.clear()

    def _insert(self, more: Iterator[tuple[tuple[str, ...], int]]) -> None:
        """Insert the changes that wait; `more` gives what each is based on, and if it is a head."""
        for one in self._waiting:
            feed, own = one.header.feed, one.hash[:16]
            self.connection.exec_driver_sql(
                _CHANGE,
                [
                    (
                        *feed, change.seq, own, change.clock, show_milliseconds(change.written_at),
                        self._at, change.officer, change.action, change.entity, change.row,
                        change.field, dumps(change.value), show_refs(refs), head,
                    )
                    for change, (refs, head) in zip(one.changes, more, strict=False)
                ],
            )  # fmt: skip

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
        self.count(parsed, again=True)
        self.quarantined = [one for one in self.quarantined if one.hash != hash_]

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
        self._enter()
        found = self.connection.exec_driver_sql(
            f"{_FEED} WHERE state = 'accepted' AND {segments}", parameters
        ).all()
        for *feed, hash_, _reason in found:
            self.connection.exec_driver_sql(
                "UPDATE segment SET state = ?, reason = ? WHERE hash = ?", (state, reason, hash_)
            )
            rows = self.connection.exec_driver_sql(_DISCOUNT, (*feed, hash_[:16])).all()
            self.touched.add({tuple(row) for row in rows}, whole=True)
            self.gone += len(rows)

    def finish(self) -> int:
        """Write the rows as the journal now says; gives the number of fields in conflict.

        Where other machines said whom they trust, it is looked again at what waits: one may have
        taken back that it revoked another.
        """
        self._enter()
        self.touched.add(copied_rows(self.connection, self._before), whole=True)
        conflicts = bring_in_line(self.connection, self.touched)
        if self.touched.holds(WORDS_OF_TRUST):
            self.whom, before = believed(self.connection, self.whom.scope), self.new
            self.release()
            if self.new != before:
                return self.finish()
        self.touched.clear()
        return conflicts

    def _keep(
        self, segment: BundleSegment, header: SegmentHeader | None, data: bytes, reason: str
    ) -> None:
        feed = header.feed if header else ("", "", "")
        numbers = (header.first, header.last, header.previous) if header else (0, 0, "")
        self.connection.exec_driver_sql(
            _SEGMENT,
            (
                segment.hash, *feed, *numbers, data, segment.signature,
                self._at, QUARANTINED if reason else ACCEPTED, reason,
                self.transfer,
            ),
        )  # fmt: skip


def _rows(parsed: Segment) -> Iterable[RowKey]:
    """Give the rows that a segment writes in, each once."""
    scope = parsed.header.scope
    return dict.fromkeys((scope, change.entity, change.row) for change in parsed.changes)
