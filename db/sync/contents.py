"""What a bundle would hold, in the words of those who send it: registers, and since when."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db.desk import Desk
from db.incarnation import get_meta
from db.journal.wording import register_label
from db.models import SHARED
from db.sync.info import Receiver
from db.sync.planning import Plan, devices_meant, plan
from db.sync.transfers import party_name

_COUNT = """
SELECT entity, count(*) FROM change
WHERE device = ? AND incarnation = ? AND scope = ? AND seq BETWEEN ? AND ? AND segment = ?
GROUP BY entity
"""
_SEALED = """
SELECT scope, max(last) AS last FROM segment
WHERE device = ? AND incarnation = ? AND state = 'accepted' GROUP BY scope
"""
_ENDLESS = 2**62

Span = tuple[str, str, str, int, int, str]
"""Consecutive changes: device, incarnation, scope, first, last, segment (empty: not sealed)."""


@dataclass(frozen=True)
class Register:
    """How many changes of one register would travel."""

    label: str
    changes: int


@dataclass(frozen=True)
class Standing:
    """A device meant by the receiver, and the newest receipt it has sent; `at` None for none."""

    name: str
    at: datetime | None


@dataclass(frozen=True)
class Contents:
    """What would travel, and to whom; `registers` with the most changes come first."""

    plan: Plan
    registers: tuple[Register, ...]
    receivers: tuple[Standing, ...]


def contents(desk: Desk, receiver: Receiver, *, full: bool = False) -> Contents:
    """Say what a bundle for a receiver would hold now.

    Raises:
        NotFound: the receiver is one device that nobody here trusts.
    """
    planned = plan(desk, receiver, full=full)
    counts: Counter[str] = Counter()
    for span in _spans(desk, planned):
        with desk.reading() as session:  # one short read each: an open one holds up a commit
            for entity, count in session.connection().exec_driver_sql(_COUNT, span):
                counts[register_label(entity)] += count
    with desk.reading() as session:
        meant = devices_meant(session.connection(), receiver, desk.commune.scope)
    return Contents(
        plan=planned,
        registers=tuple(Register(label, count) for label, count in counts.most_common()),
        receivers=tuple(
            Standing(
                party_name(row.device, row.office, row.machine),
                datetime.fromisoformat(row.received_at) if row.received_at else None,
            )
            for row in meant
        ),
    )


def _spans(desk: Desk, planned: Plan) -> Iterator[Span]:
    for one in planned.segments:
        yield (*one.feed, one.first, one.last, one.hash[:16])
    with desk.reading() as session:
        connection = session.connection()
        own = (get_meta(connection, "device"), get_meta(connection, "incarnation"))
        sealed = {row.scope: int(row.last) for row in connection.exec_driver_sql(_SEALED, own)}
    for scope in (desk.commune.scope, SHARED):
        yield (*own, scope, sealed.get(scope, 0) + 1, _ENDLESS, "")
