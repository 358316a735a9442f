"""What the registers ask for this week: late, due soon, unanswered, stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.desk import Desk
from db.registers.briefings import BRIEFINGS, Rhythm, rhythms_of
from db.registers.capital import FUND_LINES, WORKS
from db.registers.dossier import DOSSIER
from db.registers.people import RESPONSIBILITIES
from db.registers.plan import PLAN
from db.registers.reading import Page, read_page
from db.registers.register import Record, Register
from db.registers.reports import REPORTS
from db.registers.upper import REQUESTS, UPPER_INSPECTIONS
from db.registers.work import INSPECTIONS, OBSTACLES, TASKS, ObstacleStage


@dataclass(frozen=True)
class DueRow:
    """A row whose day has come near or has passed; `days_left` is below 0 when it has."""

    register: str
    row: str
    name: str
    person: str
    days_left: int


@dataclass(frozen=True)
class WorkDue:
    """What the registers ask for.

    `answered` obstacles have the upper level's reply and are not settled yet. `late_reports` were
    not sent by their day; `rhythms` says how briefings are kept up. `unpaid` is
    in million đồng; `waiting_days` says how long the oldest report upward has waited.
    """

    rows: tuple[DueRow, ...] = ()
    unreported: int = 0
    unanswered: int = 0
    answered: int = 0
    waiting_days: int = 0
    unpaid: Decimal = Decimal(0)
    unassigned: int = 0
    late_reports: int = 0
    rhythms: tuple[Rhythm, ...] = ()


def read_due(desk: Desk, today: date, ahead: int) -> WorkDue:
    """Read what is due within so many days, and what is stuck."""
    rows: list[DueRow] = []
    for register in (TASKS, REQUESTS, INSPECTIONS, UPPER_INSPECTIONS, WORKS, DOSSIER, PLAN):
        rows += _due(read_page(desk, register, today), ahead)
    obstacles = read_page(desk, OBSTACLES, today)
    rows += _due(obstacles, ahead)
    reports = read_page(desk, REPORTS, today)
    rows += [one for one in _due(reports, ahead) if one.days_left >= 0]
    briefings = read_page(desk, BRIEFINGS, today)
    reported = _of_stage(obstacles, ObstacleStage.REPORTED)
    lines = read_page(desk, FUND_LINES, today).records
    return WorkDue(
        rows=tuple(sorted(rows, key=lambda one: one.days_left)),
        unreported=len(_of_stage(obstacles, ObstacleStage.NEW)),
        unanswered=len(reported),
        answered=len(_of_stage(obstacles, ObstacleStage.ANSWERED)),
        waiting_days=max(((today - it.values["reported_on"]).days for it in reported), default=0),
        unpaid=sum((it.values["unpaid_volume"] for it in lines), Decimal(0)),
        unassigned=_unassigned(desk, today),
        late_reports=sum(one.late for one in reports.records),
        rhythms=rhythms_of(briefings.records, today),
    )


def _due(page: Page, ahead: int) -> Sequence[DueRow]:
    register, context = page.register, page.context
    return [
        DueRow(
            register.name,
            record.id,
            _named(register, register.called_by(record, context)),
            _person(register, page, record),
            record.days_left,
        )
        for record in page.records
        if record.days_left is not None and record.days_left <= ahead
    ]


def _named(register: Register, name: str) -> str:
    """Name a row of a sheet together with its register: by itself it says too little."""
    return name if register.keys is None else f"{register.title}: {name}"


def _person(register: Register, page: Page, record: Record) -> str:
    return register.text(record, page.context, register.person) if register.person else ""


def _of_stage(page: Page, stage: ObstacleStage) -> Sequence[Record]:
    return [record for record in page.records if record.values["stage"] == stage]


def _unassigned(desk: Desk, today: date) -> int:
    """Count criteria and villages that nobody answers for, once somebody was assigned at all."""
    records = read_page(desk, RESPONSIBILITIES, today).records
    if not any(record.there for record in records):
        return 0
    return sum(not record.values.get("member") for record in records)
