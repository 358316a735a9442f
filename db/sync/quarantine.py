"""What came in and does not count: kept apart with its bytes, shown with a reason and a way out."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.desk import Desk
from db.sync.authority import Reason, believed
from db.sync.deciding import communes_at
from db.sync.intake import Intake
from db.sync.problems import Code
from db.sync.sealing import QUARANTINED
from db.sync.trust import list_devices

_GROUPS = """
SELECT device, reason, count(*), sum(CASE WHEN last > 0 THEN last - first + 1 ELSE 0 END),
       min(received_at), max(received_at), group_concat(DISTINCT scope)
FROM segment WHERE state = ? GROUP BY device, reason ORDER BY max(received_at) DESC, device, reason
"""


@dataclass(frozen=True)
class Explained:
    """A reason in a few plain words, and what can be done about it."""

    why: str
    way_out: str


_ASK_SENDER = "Hãy hỏi bên gửi và nhờ xuất lại gói; phần giữ ở đây không làm hỏng gì."
_TOLD: dict[str, Explained] = {
    Reason.UNTRUSTED: Explained(
        "Chưa ai ở đây xác nhận máy này",
        "Gọi điện đối chiếu mã máy rồi Tin cậy trong phần Các máy; phần này tự được tính.",
    ),
    Reason.REVOKED: Explained(
        "Máy này đã thôi tin cậy",
        "Phần ghi sau khi thôi tin cậy không tính. Nếu thôi nhầm: Tin cậy lại trong Các máy.",
    ),
    Reason.DISOWNED: Explained(
        "Máy khác đã thôi tin cậy máy này",
        "Vào Các máy để quyết định: Tin cậy lại thì phần này được tính, hoặc thôi tin cậy hẳn.",
    ),
    Reason.AUTHORITY: Explained(
        "Máy này ghi vào ô không thuộc quyền của mình",
        "Hãy hỏi nơi gửi vì sao máy ấy ghi vào ô đó. Đổi quyền xong thì bấm Thử lại.",
    ),
    Reason.SCOPE: Explained(
        "Thuộc xã khác, không phải xã này",
        "Hãy báo nơi gửi là gói lẫn số liệu xã khác; ở đây không cần làm gì.",
    ),
    Reason.CLOCK: Explained(
        "Ghi thời điểm sau năm 2100",
        "Hãy báo nơi gửi xem lại đồng hồ và chương trình của máy ấy.",
    ),
    Code.NEWER_SCHEMA: Explained(
        "Do bản chương trình mới hơn ghi",
        "Cập nhật chương trình trên máy này rồi bấm Thử lại.",
    ),
    Code.NO_CARD: Explained(
        "Gói thiếu thẻ của máy đã ghi",
        "Nhận một gói có thẻ của máy ấy rồi bấm Thử lại.",
    ),
    Code.CHAIN_BROKEN: Explained("Các phần của một máy không nối tiếp nhau", _ASK_SENDER),
    Code.SEGMENT_SIGNATURE: Explained("Chữ ký không đúng", _ASK_SENDER),
    Code.SEGMENT_NAME: Explained("Tên phần dữ liệu không khớp nội dung", _ASK_SENDER),
    Code.BAD_SEGMENT: Explained("Không đúng mẫu nên không đọc được", _ASK_SENDER),
    Code.PRACTICE_MIXED: Explained("Dữ liệu tập dùng lẫn với dữ liệu thật", _ASK_SENDER),
}


def explain(reason: str) -> Explained:
    """Say why something is kept apart and what can be done; also for a newer program's reasons."""
    return _TOLD.get(
        reason, Explained("Bản chương trình này chưa hiểu lý do", "Hãy cập nhật chương trình.")
    )


@dataclass(frozen=True)
class KeptApart:
    """What of one device waits for one reason.

    Args:
        device: whose; empty where that could not be read.
        machine: what the machine is called; empty where no card of it has come.
        office: the office on its card.
        reason: why, as scripts know it.
        parts: how many pieces of bundles.
        changes: how many changes are in them, as far as could be read.
        since: when the first one came in, in UTC.
        until: when the last one did.
        scopes: whose data it is.
    """

    device: str
    machine: str
    office: str
    reason: str
    parts: int
    changes: int
    since: datetime
    until: datetime
    scopes: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return (self.device, self.reason)

    @property
    def explained(self) -> Explained:
        """Why, and the way out."""
        return explain(self.reason)


def list_quarantine(session: Session) -> tuple[KeptApart, ...]:
    """Give what is kept apart, by device and reason, what came last first."""
    cards = {one.device: one for one in list_devices(session)}
    rows = session.connection().exec_driver_sql(_GROUPS, (QUARANTINED,)).all()
    return tuple(
        KeptApart(
            device=device,
            machine=cards[device].machine if device in cards else "",
            office=cards[device].office if device in cards else "",
            reason=reason,
            parts=parts,
            changes=changes,
            since=datetime.fromisoformat(since),
            until=datetime.fromisoformat(until),
            scopes=tuple(sorted(filter(None, (scopes or "").split(",")))),
        )
        for device, reason, parts, changes, since, until, scopes in rows
    )


def count_quarantine(session: Session) -> int:
    """Count what is kept apart, by device and reason."""
    found = session.connection().exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM segment WHERE state = ? GROUP BY device, reason)",
        (QUARANTINED,),
    )
    return int(found.scalar_one())


@dataclass(frozen=True)
class Retried:
    """What came of trying again.

    `counted` changes count from now on, `conflicts` fields need a person now, and `waiting` pieces
    still wait.
    """

    counted: int
    conflicts: int
    waiting: int


def retry(desk: Desk) -> Retried:
    """Let everything count to which there is no objection any more.

    As after a device was trusted, its card came in, or this program was replaced by a newer one.
    What must still wait stays with its bytes, and with the reason that holds now.
    """
    counted = conflicts = 0
    with desk.store.taking_in(desk.officer) as session:
        connection = session.connection()
        for scope in communes_at(desk, connection):
            intake = Intake(connection, believed(connection, scope))
            intake.release()
            conflicts += intake.finish()
            counted += intake.new
            desk.store.observe(intake.latest)
        waiting = connection.exec_driver_sql(
            "SELECT count(*) FROM segment WHERE state = ?", (QUARANTINED,)
        ).scalar_one()
    return Retried(counted, conflicts, int(waiting))
