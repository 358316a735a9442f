"""What became of the last bundle sent: whether a receiver has confirmed it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from db.home import Home
from db.sync.confirming import confirmations, first_covering


@dataclass(frozen=True)
class LastSent:
    """The newest bundle that left. `confirmed_by` names who has said it holds it; else empty.

    Times are in UTC.
    """

    name: str
    code: str
    at: datetime
    changes: int
    confirmed_by: str = ""
    confirmed_at: datetime | None = None


def last_sent(connection: Connection, home: Home, scope: str) -> LastSent | None:
    """Give the newest bundle that left this machine, and who has confirmed it since."""
    row = connection.exec_driver_sql(
        "SELECT pk, name, code, at, changes, device FROM transfer"
        " WHERE direction = 'out' AND scope = ? ORDER BY pk DESC LIMIT 1",
        (scope,),
    ).first()
    if row is None:
        return None
    by = first_covering(confirmations(connection, home, scope), row.device, row.pk)
    return LastSent(
        name=row.name,
        code=row.code,
        at=datetime.fromisoformat(row.at),
        changes=row.changes,
        confirmed_by=(by.office or by.machine) if by else "",
        confirmed_at=by.at if by else None,
    )


def unsent_changes(connection: Connection) -> int:
    """Give the number of changes that no bundle has carried yet."""
    found = connection.execute(
        text("SELECT count(*) FROM change WHERE segment = '' AND accepted = 1")
    )
    return int(found.scalar_one())
