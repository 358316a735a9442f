"""Settling: what a person decided is a new change on top of all sides, and can be undone."""

from collections.abc import Iterable

from sqlalchemy import Connection

from db.conflicts import journalled
from db.conflicts.reading import id_of
from db.conflicts.records import Choice, Comparison, Side
from db.desk import Desk
from db.journal.heads import EXISTS
from db.journal.recorder import Write
from db.journal.replay import replay
from db.owner import Owner
from db.problems import Refused


def settle(desk: Desk, decisions: Iterable[tuple[Comparison, Side]]) -> None:
    """Write down which side counts from now on, all decisions as one action.

    Args:
        desk: the open store and who works at it.
        decisions: conflicts as they were shown, each with the side that a person took.

    Raises:
        Refused: only the other level may settle one; or its sides are others by now. Nothing was
            settled then.
    """
    with desk.act() as session:
        connection = session.connection()
        for compared, side in decisions:
            _check(connection, compared)
            session.recorder.record(connection, _write(compared, side))
            replay(connection, [compared.conflict.key[:3]])


def _check(connection: Connection, compared: Comparison) -> None:
    conflict = compared.conflict
    if conflict.owner is None:
        raise Refused(
            "Ô này do bản chương trình mới hơn ghi nên ở đây chưa chốt được. Chưa có gì thay đổi. "
            "Hãy cập nhật chương trình rồi chốt."
        )
    if not conflict.mine:
        whose = "cấp trên" if conflict.owner is Owner.UPPER else "xã"
        raise Refused(f"Ô này do {whose} ghi nên {whose} chốt. Chưa có gì thay đổi.")
    found = journalled.sides(connection, [conflict.key]).get(conflict.key)
    if found is None or id_of(conflict.key, found) != compared.id:
        raise Refused(
            f"“{compared.place}” vừa đổi, không còn trái nhau như đang xem. Chưa có gì thay đổi. "
            "Hãy xem lại rồi chốt."
        )


def _write(compared: Comparison, side: Side) -> Write:
    """Say what a decision writes: the value once more, or whether the row is there."""
    scope, entity, row, field = compared.conflict.key
    if field == EXISTS:
        return Write(scope, entity, row, {}, exists=side.choice is Choice.KEEP)
    return Write(scope, entity, row, {field: side.value})
