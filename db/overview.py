"""All communes side by side, as their upper level sees them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection
from sqlmodel import Session

from db import checklist, upper
from db.clock import VIETNAM
from db.desk import Desk
from db.judging import Risk, Status
from db.models import Commune
from db.registers.capital import FUND_LINES
from db.registers.reading import context_of, read
from db.registers.register import Record
from db.registers.work import OBSTACLES, ObstacleStage
from db.sheet.commune import CommuneProfile
from db.sheet.records import Checklist
from db.text import sort_key

_LAST_IN = """
SELECT at, name FROM transfer WHERE direction = 'in' AND scope = ? AND aside_at = ''
ORDER BY pk DESC LIMIT 1
"""


@dataclass(frozen=True)
class Payout:
    """A commune's money, in million đồng: planned, paid out, and work done that is not paid."""

    planned: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    unpaid_volume: Decimal = Decimal(0)

    @property
    def percent(self) -> Decimal | None:
        """How much of the plan is paid out; None without a plan."""
        return self.paid * 100 / self.planned if self.planned else None


@dataclass(frozen=True)
class CommuneRow:
    """One commune of the matrix.

    `days_left` counts to its deadline; below 0 when that has passed. `silent_days` counts from the
    last bundle that came in. `waiting` are obstacles reported upward that have no reply, by id and
    name; `differing` the indicators on which the upper level found something else. `conflicts`
    counts the indicators about which two machines of the commune wrote different things.
    """

    commune: CommuneProfile
    checklist: Checklist
    held: Checklist
    days_left: int
    last_bundle: datetime | None
    silent_days: int | None
    waiting: tuple[tuple[str, str], ...] = ()
    differing: tuple[str, ...] = ()
    conflicts: int = 0
    payout: Payout = field(default_factory=Payout)
    valid_to: date | None = None
    merged_into: str = ""

    @property
    def statuses(self) -> tuple[Status, ...]:
        """How each criterion stands, in the order of the set."""
        return tuple(one.status for one in self.checklist.standing.criteria)

    @property
    def risk(self) -> Risk | None:
        """The withdrawal light; None where there is no title to lose."""
        return self.held.withdrawal.risk if self.commune.held_tier is not None else None


@dataclass(frozen=True)
class Overview:
    """The communes of an upper level on a day, in the Vietnamese order of their names.

    `former` are those that are no communes any more: they were merged into others.
    """

    upper: upper.UpperProfile
    today: date
    communes: tuple[CommuneRow, ...]
    former: tuple[CommuneRow, ...] = ()

    @property
    def silent(self) -> tuple[CommuneRow, ...]:
        """The communes that have not sent anything for long, the longest first."""
        most = self.upper.silent_days
        late = [it for it in self.communes if it.silent_days is None or it.silent_days > most]
        return tuple(sorted(late, key=lambda it: -(it.silent_days or 0)))

    @property
    def at_risk(self) -> tuple[CommuneRow, ...]:
        """The communes whose title is in danger, those that certainly lose it first."""
        order = (Risk.CERTAIN, Risk.POSSIBLE)
        found = [it for it in self.communes if it.risk in order]
        return tuple(sorted(found, key=lambda it: order.index(it.risk or Risk.NONE)))


def read_overview(desk: Desk, now: datetime) -> Overview:
    """Read how every commune of the upper level stands at a moment.

    Args:
        desk: the open store of an upper level.
        now: the moment; its day in Vietnam says who still is a commune.
    """
    if desk.upper is None:
        raise ValueError("only an upper level has an overview")
    today = now.astimezone(VIETNAM).date()
    with desk.reading() as session:
        codes = upper.communes_in(session)
    rows = [_read(desk.at_commune(code), now, today) for code in codes]
    rows.sort(key=lambda it: sort_key(it.commune.name))
    former = tuple(it for it in rows if it.valid_to is not None and it.valid_to < today)
    present = tuple(it for it in rows if it not in former)
    return Overview(desk.upper, today, present, former)


def _read(desk: Desk, now: datetime, today: date) -> CommuneRow:
    sheet = desk.sheet()
    held = desk.held_sheet(sheet)
    with desk.reading() as session:
        found = checklist.read(session, sheet)
        kept = found if held == sheet else checklist.read(session, held)
        last = _last_bundle(session.connection(), sheet.scope)
        row = session.get(Commune, (sheet.scope, sheet.scope))
        return CommuneRow(
            commune=desk.commune,
            checklist=found,
            held=kept,
            days_left=(desk.commune.deadline - today).days,
            last_bundle=last,
            silent_days=(now - last).days if last is not None else None,
            waiting=_waiting(session, desk, today),
            differing=tuple(it.indicator.number for it in found.states if it.disagrees),
            conflicts=sum(bool(it.conflicts) for it in found.states),
            payout=_payout(session, desk, today),
            valid_to=row.valid_to if row is not None else None,
            merged_into=(row.merged_into or "") if row is not None else "",
        )


def _last_bundle(connection: Connection, scope: str) -> datetime | None:
    row = connection.exec_driver_sql(_LAST_IN, (scope,)).first()
    return datetime.fromisoformat(row.at) if row is not None else None


def _waiting(session: Session, desk: Desk, today: date) -> tuple[tuple[str, str], ...]:
    """Give the obstacles that wait for a reply, by id and name."""
    context = context_of(session, desk, OBSTACLES, today)
    return tuple(
        (record.id, OBSTACLES.called_by(record, context))
        for record in read(session, context, OBSTACLES)
        if record.values["stage"] == ObstacleStage.REPORTED
    )


def _payout(session: Session, desk: Desk, today: date) -> Payout:
    context = context_of(session, desk, FUND_LINES, today)
    records = read(session, context, FUND_LINES)
    return Payout(*(_total(records, name) for name in ("plan", "paid", "unpaid_volume")))


def _total(records: Iterable[Record], name: str) -> Decimal:
    return sum((record.values.get(name) or Decimal(0) for record in records), Decimal(0))
