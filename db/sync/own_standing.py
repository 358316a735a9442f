"""Whether other machines still believe the one at hand."""

from sqlalchemy import Connection

from db.desk import Desk
from db.incarnation import get_meta
from db.journal.scopes import EVERY_SCOPE

_REVOKED = f"""{EVERY_SCOPE}
SELECT DISTINCT k.office, k.machine
FROM every CROSS JOIN change c INDEXED BY ix_change_heads ON c.scope = every.scope
JOIN known_device k ON k.device = c.device
WHERE c.entity IN ('device_trust', 'upper_trust') AND c.row = :own AND c.field = 'revoked'
AND c.head = 1 AND c.accepted = 1 AND c.value <> 'null' AND c.device <> :own
ORDER BY k.office, k.machine
"""


def revoked_by(connection: Connection) -> tuple[str, ...]:
    """Give the machines that have said that the one at hand is to be believed no longer."""
    rows = connection.exec_driver_sql(_REVOKED, {"own": get_meta(connection, "device")})
    return tuple(" · ".join(part for part in row if part) for row in rows)


def revoked_notice(desk: Desk) -> str:
    """Say so in plain words; empty when nobody has."""
    with desk.reading() as session:
        by = revoked_by(session.connection())
    if not by:
        return ""
    return (
        f"Máy này đã bị thu hồi bởi: {', '.join(by)}. Từ lúc đó, phần ghi ở đây khi gửi đi bị để "
        "riêng ở nơi nhận, chưa được tính. Số liệu trên máy này còn nguyên. Nếu máy vẫn do cơ quan "
        "giữ, hãy gọi người giữ máy kia và đọc mã máy này (F8, phần Các máy) để họ tin cậy lại."
    )
