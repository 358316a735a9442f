"""The imports of the log: what each brought in, and how much of it counts here now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.problems import NotFound
from db.sync.authority import Reason
from db.sync.differences import Differences, read_differences, segments_of
from db.sync.problems import MESSAGES, Code
from db.sync.sealing import ACCEPTED, ASIDE
from db.sync.transfers import party_name

_IMPORTS = """
SELECT t.pk, t.at, t.name, t.code, t.device, t.evidence, t.scope, t.aside_at, k.office, k.machine,
    coalesce(sum((s.last - s.first + 1) * (s.state = 'accepted')), 0) AS counted,
    coalesce(sum((s.last - s.first + 1) * (s.state = 'aside')), 0) AS aside,
    coalesce(sum((s.last - s.first + 1) * (s.state = 'quarantined')), 0) AS waiting
FROM transfer t LEFT JOIN known_device k ON k.device = t.device
LEFT JOIN segment s ON s.transfer = t.pk
WHERE t.direction = 'in' AND (? IS NULL OR t.pk = ?)
GROUP BY t.pk ORDER BY t.pk DESC LIMIT ?
"""
_WAITING = """
SELECT reason, sum(last - first + 1) AS changes FROM segment
WHERE transfer = ? AND state NOT IN (?, ?) GROUP BY reason ORDER BY reason
"""


@dataclass(frozen=True)
class ImportRecord:
    """A bundle that came in. `party` is who wrote it, as people call them.

    `counted`, `aside` and `waiting` are the changes that it was the first to bring: those that
    count now, those that a person set aside, those that wait in quarantine. Times are in UTC;
    `aside_at` is None while it is not set aside.
    """

    id: int
    at: datetime
    name: str
    code: str
    party: str
    scope: str
    evidence: int
    counted: int
    aside: int
    waiting: int
    aside_at: datetime | None

    @property
    def can_be_set_aside(self) -> bool:
        """Whether anything of it counts."""
        return self.aside_at is None and self.counted > 0


@dataclass(frozen=True)
class Brought:
    """What an import brought in: what it changed, and why parts of it wait."""

    record: ImportRecord
    differences: Differences
    reasons: tuple[tuple[str, int], ...]
    """Why changes wait, as people read it, and how many."""


def list_imports(
    session: Session, only: int | None = None, most: int = 500
) -> tuple[ImportRecord, ...]:
    """Give the newest imports of the log, newest first; `only` the one at that place."""
    rows = session.connection().exec_driver_sql(_IMPORTS, (only, only, most))
    return tuple(
        ImportRecord(
            id=row.pk,
            at=datetime.fromisoformat(row.at),
            name=row.name,
            code=row.code,
            party=party_name(row.device, row.office, row.machine),
            scope=row.scope,
            evidence=row.evidence,
            counted=row.counted,
            aside=row.aside,
            waiting=row.waiting,
            aside_at=datetime.fromisoformat(row.aside_at) if row.aside_at else None,
        )
        for row in rows
    )


def read_import(session: Session, transfer: int) -> Brought:
    """Give what a bundle of the log brought in.

    Raises:
        NotFound: no bundle came in there.
    """
    found = list_imports(session, transfer)
    if not found:
        raise NotFound(
            f"Sổ gửi nhận không có lần nhận số {transfer}. Chưa có gì thay đổi. "
            "Hãy xem số trong ntm imports list."
        )
    differences = read_differences(session, segments_of(session, transfer))
    return Brought(found[0], differences, tuple(_reasons(session, transfer)))


def _reasons(session: Session, transfer: int) -> Sequence[tuple[str, int]]:
    rows = session.connection().exec_driver_sql(_WAITING, (transfer, ACCEPTED, ASIDE))
    return [(_sentence(row.reason), row.changes) for row in rows]


def _sentence(reason: str) -> str:
    if reason in set(Reason):
        return Reason(reason).sentence
    return MESSAGES[Code(reason)] if reason in set(Code) else reason
