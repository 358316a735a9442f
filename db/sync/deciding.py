"""What a person decides about a device or a bundle, and what then counts here or no longer does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from db import clock, published_sets
from db.columns import show_instant
from db.desk import Desk
from db.journal.heads import EXISTS
from db.journal.owners import may_write
from db.journal.recorder import Write
from db.journal.recording import JournalSession
from db.journal.replay import replay
from db.journal.touched import RowKey, Touched
from db.journal.undo import keep_for_good
from db.models import Commune
from db.problems import NotFound, Refused
from db.sync.authority import Reason, believed, published_limits
from db.sync.holding import communes_of_segments
from db.sync.intake import Intake
from db.sync.sealing import ASIDE, QUARANTINED
from db.sync.trust import believe, disown, find_device, trust_scope

_LEFT = """
SELECT DISTINCT field FROM change WHERE scope = ? AND entity = ? AND row = ? AND accepted = 1
"""


@dataclass(frozen=True)
class Decided:
    """What a decision changed.

    `counted` and `discounted`: changes that count from now on, or no longer. `conflicts`: fields
    that need a person now.
    """

    counted: int
    discounted: int
    conflicts: int


def communes_at(desk: Desk, connection: Connection) -> Sequence[str]:
    """Give the communes whose data may count here: at a commune's machine never another one's."""
    if desk.upper is None:
        return (desk.commune.scope,)
    return [one for one in communes_of_segments(connection) if desk.upper.covers(one)]


def trust_device(desk: Desk, device: str) -> Decided:
    """Trust a device whose card has come in: publish it, and let what waited for it count.

    Raises:
        NotFound: no card of such a device has come in.
        Refused: it is the device at hand.
    """
    counted = conflicts = 0
    with desk.store.taking_in(desk.officer) as session:
        believe(session, trust_scope(desk, find_device(session, device)), device)
        session.flush()
        connection = session.connection()
        for scope in communes_at(desk, connection):
            intake = Intake(connection, believed(connection, scope))
            intake.release()
            conflicts += intake.finish()
            counted += intake.new
            desk.store.observe(intake.latest)
    published_sets.take_up(desk)
    return Decided(counted, 0, conflicts)


def revoke_device(desk: Desk, device: str) -> Decided:
    """Believe a device no longer.

    What it wrote until then counts for ever. Where another machine revoked it earlier, that
    machine's word says until when, and what has come in since counts no longer.

    Raises:
        NotFound: no card of such a device has come in.
        Refused: it is the device at hand.
    """
    discounted = conflicts = 0
    with desk.store.taking_in(desk.officer) as session:
        disown(session, trust_scope(desk, find_device(session, device)), device)
        session.flush()
        connection = session.connection()
        for scope in communes_at(desk, connection):
            intake = Intake(connection, believed(connection, scope))
            for feed, limit in published_limits(connection, scope).get(device, {}).items():
                incarnation, _, of = feed.partition("/")
                intake.discount(
                    "device = ? AND incarnation = ? AND scope = ? AND last >= ?",
                    (device, incarnation, of, limit),
                    QUARANTINED,
                    Reason.REVOKED,
                )
            conflicts += intake.finish()
            discounted += intake.gone
    return Decided(0, discounted, conflicts)


def set_aside(desk: Desk, transfer: int) -> Decided:
    """Let what a bundle brought in count no longer here; no other store is touched.

    Its segments stay, and are not asked for again. What was written on top of it stays too.

    Args:
        desk: the open store and who works at it.
        transfer: the place of the bundle in the log.

    Raises:
        NotFound: no bundle came in there.
        Refused: it is aside already, nothing of it counts, or it brought in the commune itself.
    """
    with desk.store.taking_in(desk.officer) as session:
        connection = session.connection()
        scope, aside = _brought(connection, transfer)
        intake = Intake(connection, believed(connection, scope))
        intake.discount("transfer = ?", (transfer,), ASIDE, "")
        if aside or not intake.gone:
            raise Refused("Gói này không có phần nào đang được tính để gỡ. Chưa có gì thay đổi.")
        left = _written_on_top(connection, intake.touched)
        conflicts = intake.finish()
        _create_anew(session, desk, left)
        if desk.upper is None and session.get(Commune, (scope, scope)) is None:
            raise Refused(
                "Gói này mang chính phần khởi đầu của xã: gỡ ra thì máy không còn số liệu của xã "
                "để mở. Chưa có gì thay đổi."
            )
        _mark(connection, transfer, show_instant(clock.now()))
    return Decided(0, intake.gone, conflicts)


def apply_again(desk: Desk, transfer: int) -> Decided:
    """Let what a bundle brought in count again, as far as there is no objection to it now.

    Raises:
        NotFound: no bundle came in there.
        Refused: it was not set aside.
    """
    with desk.store.taking_in(desk.officer) as session:
        connection = session.connection()
        scope, aside = _brought(connection, transfer)
        if not aside:
            raise Refused("Gói này đang được tính, không phải gói đã gỡ. Chưa có gì thay đổi.")
        connection.exec_driver_sql(
            "UPDATE segment SET state = ?, reason = ? WHERE transfer = ? AND state = ?",
            (QUARANTINED, Reason.UNTRUSTED, transfer, ASIDE),
        )
        intake = Intake(connection, believed(connection, scope))
        intake.release()
        conflicts = intake.finish()
        _mark(connection, transfer, "")
    published_sets.take_up(desk)
    return Decided(intake.new, 0, conflicts)


def _written_on_top(connection: Connection, touched: Touched) -> Sequence[RowKey]:
    """Give the rows whose creation counts no longer while what was written in them does."""
    rows = [key for page in touched.pages(whole=True) for key in page]
    left = [(key, {*connection.exec_driver_sql(_LEFT, key).scalars()}) for key in rows]
    return [key for key, fields in left if fields and EXISTS not in fields]


def _create_anew(session: JournalSession, desk: Desk, rows: Sequence[RowKey]) -> None:
    """Let rows stay in sight, as far as they are this desk's to create."""
    connection = session.connection()
    for scope, entity, row in rows:
        if may_write(desk.owner, scope, entity, EXISTS):
            session.recorder.record(connection, Write(scope, entity, row, {}, exists=True))
    if session.recorder.action:
        keep_for_good(session)
        replay(connection, rows)


def _brought(connection: Any, transfer: int) -> tuple[str, str]:
    row = connection.exec_driver_sql(
        "SELECT scope, aside_at FROM transfer WHERE pk = ? AND direction = 'in'", (transfer,)
    ).first()
    if row is None:
        raise NotFound("Sổ gửi nhận không có gói nhận nào ở dòng đó. Chưa có gì thay đổi.")
    return row.scope, row.aside_at


def _mark(connection: Any, transfer: int, aside_at: str) -> None:
    connection.exec_driver_sql(
        "UPDATE transfer SET aside_at = ? WHERE pk = ?", (aside_at, transfer)
    )
