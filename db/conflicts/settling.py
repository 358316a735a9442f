"""Settling: what a person decided is a new change on top of all sides, and can be undone."""

from collections.abc import Iterable

from sqlalchemy import Connection

from db.conflicts.reading import id_now
from db.conflicts.records import Board, Choice, Conflict, Side
from db.desk import Desk
from db.journal.heads import EXISTS
from db.journal.recorder import Write
from db.journal.replay import replay
from db.owner import Owner
from db.problems import NotFound, Refused


def find(board: Board, named: str) -> Conflict:
    """Give the conflict that an id, or the beginning of one, names.

    Raises:
        NotFound: there is none such, or it has changed since it was listed.
        Refused: several begin so.
    """
    wanted = named.strip().lower()
    found = [one for one in board.conflicts if wanted and one.id.startswith(wanted)]
    if not found:
        raise NotFound(
            f"Không có ô trái nhau nào mang mã “{named}”: đã chốt rồi, hoặc vừa nhận thêm giá trị "
            "khác. Chưa có gì thay đổi. Hãy liệt kê lại."
        )
    if len(found) > 1:
        raise Refused(f"Có {len(found)} mã bắt đầu bằng “{named}”. Chưa có gì thay đổi. Gõ cả mã.")
    return found[0]


def settle(desk: Desk, decisions: Iterable[tuple[Conflict, Side]]) -> None:
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
        for conflict, side in decisions:
            _check(connection, conflict)
            session.recorder.record(connection, _write(conflict, side))
            replay(connection, [(conflict.scope, conflict.entity, conflict.row)])


def _check(connection: Connection, conflict: Conflict) -> None:
    if conflict.owner is None:
        raise Refused(
            "Ô này do bản chương trình mới hơn ghi nên ở đây chưa chốt được. Chưa có gì thay đổi. "
            "Hãy cập nhật chương trình rồi chốt."
        )
    if not conflict.mine:
        whose = "cấp trên" if conflict.owner is Owner.UPPER else "xã"
        raise Refused(f"Ô này do {whose} ghi nên {whose} chốt. Chưa có gì thay đổi.")
    if id_now(connection, conflict) != conflict.id:
        raise Refused(
            f"“{conflict.place}” vừa đổi, không còn trái nhau như đang xem. Chưa có gì thay đổi. "
            "Hãy xem lại rồi chốt."
        )


def _write(conflict: Conflict, side: Side) -> Write:
    """Say what a decision writes: the value once more, or whether the row is there."""
    row = (conflict.scope, conflict.entity, conflict.row)
    if conflict.field == EXISTS:
        return Write(*row, {}, exists=side.choice is Choice.KEEP)
    return Write(*row, {conflict.field: side.value})
