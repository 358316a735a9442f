"""Reads how every commune of an upper level stands."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection
from sqlmodel import Session

from db import checklist, upper
from db.clock import VIETNAM
from db.desk import Desk
from db.models import Commune
from db.overview.records import AppraisalState, CommuneRow, Open, Overview, Payout
from db.registers.capital import FUND_LINES, is_carried_over
from db.registers.reading import context_of, read
from db.registers.register import Record, Register
from db.registers.upper import APPRAISALS, REQUESTS, UPPER_INSPECTIONS
from db.registers.work import OBSTACLES, ObstacleStage
from db.text import sort_key

_LAST_IN = """
SELECT at, name FROM transfer WHERE direction = 'in' AND scope = ? AND aside_at = ''
ORDER BY pk DESC LIMIT 1
"""


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
            waiting=_open(session, desk, OBSTACLES, today, _is_waiting),
            asked=_open(session, desk, REQUESTS, today),
            to_mend=_open(session, desk, UPPER_INSPECTIONS, today),
            differing=tuple(it.indicator.number for it in found.states if it.disagrees),
            conflicts=sum(bool(it.conflicts) for it in found.states),
            payout=_payout(session, desk, today),
            appraisal=_appraisal(session, desk, today),
            valid_to=row.valid_to if row is not None else None,
            merged_into=(row.merged_into or "") if row is not None else "",
        )


def _last_bundle(connection: Connection, scope: str) -> datetime | None:
    row = connection.exec_driver_sql(_LAST_IN, (scope,)).first()
    return datetime.fromisoformat(row.at) if row is not None else None


def _is_waiting(record: Record) -> bool:
    return bool(record.values["stage"] == ObstacleStage.REPORTED)


def _open(
    session: Session,
    desk: Desk,
    register: Register,
    today: date,
    keeps: Callable[[Record], bool] = lambda record: not record.closed,
) -> tuple[Open, ...]:
    """Give the rows of a register that are still open, by name."""
    context = context_of(session, desk, register, today)
    return tuple(
        Open(register.name, it.id, register.called_by(it, context), it.days_left)
        for it in read(session, context, register)
        if keeps(it)
    )


def _appraisal(session: Session, desk: Desk, today: date) -> AppraisalState:
    context = context_of(session, desk, APPRAISALS, today)
    own = next((it for it in read(session, context, APPRAISALS) if not it.other), None)
    if own is None:
        return AppraisalState()
    values = own.values
    return AppraisalState(
        agency=APPRAISALS.text(own, context, "agency"),
        verify_on=values.get("verify_on"),
        verified_on=values.get("verified_on"),
        submit_on=values.get("submit_on"),
        submitted_on=values.get("submitted_on"),
        days_left=own.days_left,
    )


def _payout(session: Session, desk: Desk, today: date) -> Payout:
    context = context_of(session, desk, FUND_LINES, today)
    records = read(session, context, FUND_LINES)
    carried = [it for it in records if is_carried_over(it.values, today.year)]
    return Payout(
        *(_total(records, name) for name in ("plan", "paid", "unpaid_volume")),
        *(_total(carried, name) for name in ("plan", "paid")),
    )


def _total(records: Iterable[Record], name: str) -> Decimal:
    return sum((record.values.get(name) or Decimal(0) for record in records), Decimal(0))
