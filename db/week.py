"""Tuần này: where the commune stands and what this week asks for. Reads only, frozen records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlmodel import Session

from db import backups, checklist
from db.backups import Backup
from db.clock import EARLIEST_MS, VIETNAM
from db.columns import show_instant
from db.criteria.definitions import Criterion
from db.desk import Desk
from db.evidence import evidence_of, missing_kinds
from db.journal.history import changes_over, rows_over
from db.journal.history import end_of as end_of_day
from db.journal.replay import key_values
from db.judging import AS_GOOD_AS_MET, Status
from db.models import Assessment
from db.numbers import parse_date
from db.sheet.commune import CommuneProfile
from db.sheet.records import Checklist, IndicatorState, Sheet
from db.sync.delivery import LastSent, last_sent, unsent_changes

if TYPE_CHECKING:
    from db.registers.due import WorkDue

DAYS_AHEAD = 7
"""How far this week looks ahead, and how far it looks back."""

NEW_SETS_FROM = 2022
WEEKS_BACK = 11
"""How many weeks the drawn progress goes back, beside the present one."""

_HARDEST_FIRST = (Status.NOT_MET, Status.IN_PROGRESS, Status.NOT_ASSESSED)


@dataclass(frozen=True)
class Blocker:
    """A criterion that is not met, and the indicators that hold it back."""

    criterion: Criterion
    status: Status
    met: int
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class DueIndicator:
    """An indicator that is due; `days_left` is below 0 when the day has passed."""

    number: str
    name: str
    status: Status
    due: date
    days_left: int
    responsible: str


@dataclass(frozen=True)
class Activity:
    """What one officer did in the last days. `newest` is the last indicator touched, or empty."""

    officer: str
    actions: int
    at: datetime
    newest: str


@dataclass(frozen=True)
class Past:
    """How many criteria and indicators were met at the end of an earlier day."""

    day: date
    criteria: int
    indicators: int


@dataclass(frozen=True)
class Gain:
    """How many more (or fewer) are met now than were then."""

    criteria: int
    indicators: int


@dataclass(frozen=True)
class Week:
    """Everything that the first screen says, but the comparison with an earlier day.

    `held` is the checklist by which the title that is held is kept or lost. `differing` counts the
    fields that machines wrote differently and that the office at hand may settle.
    """

    today: date
    commune: CommuneProfile
    checklist: Checklist
    due: tuple[DueIndicator, ...]
    activity: tuple[Activity, ...]
    missing_evidence: tuple[str, ...]
    drafts: tuple[str, ...]
    unsaved: tuple[str, ...]
    sent: LastSent | None
    unsent: int
    backup: Backup | None
    imports: int
    work: "WorkDue"
    held: Checklist
    differing: int = 0

    @property
    def past_key(self) -> tuple[object, ...]:
        """What the state of an earlier day depends on."""
        sheet = self.checklist.sheet
        return (sheet.scope, sheet.criteria_set.hash, sheet.year, self.today, self.imports)

    @property
    def days_left(self) -> int:
        """Days until the deadline; below 0 when it has passed."""
        return (self.commune.deadline - self.today).days

    @property
    def recognised_before_the_set(self) -> int | None:
        """The year of recognition of a commune that must be assessed anew; None for others.

        The letter asks it of communes recognised before 2022, by the set of 2021-2025.
        """
        day = parse_date(self.commune.held_date).date
        old = self.commune.held_tier is not None and day is not None and day.year < NEW_SETS_FROM
        return day.year if old and day is not None else None

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """The criteria that are not met, those that certainly fail first."""
        found = [
            Blocker(
                one.criterion,
                one.status,
                len(one.criterion.indicators) - len(self._lacking(one.criterion)),
                self._lacking(one.criterion),
            )
            for one in self.checklist.standing.criteria
            if not one.met
        ]
        return tuple(sorted(found, key=lambda one: _HARDEST_FIRST.index(one.status)))

    @property
    def overdue(self) -> tuple[DueIndicator, ...]:
        """What should have been met by now."""
        return tuple(one for one in self.due if one.days_left < 0)

    @property
    def due_soon(self) -> tuple[DueIndicator, ...]:
        """What is due in the coming days."""
        return tuple(one for one in self.due if 0 <= one.days_left <= DAYS_AHEAD)

    @property
    def due_later(self) -> tuple[DueIndicator, ...]:
        """What is due after that."""
        return tuple(one for one in self.due if one.days_left > DAYS_AHEAD)

    @property
    def missing_reason(self) -> tuple[str, ...]:
        """The indicators whose status still lacks its reason."""
        return tuple(
            one.indicator.number for one in self.checklist.states if one.judgement.missing_reason
        )

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The indicators for which two machines wrote different things."""
        return tuple(one.indicator.number for one in self.checklist.states if one.conflicts)

    @property
    def verdicts_differ(self) -> tuple[str, ...]:
        """The indicators on which the upper level found something else."""
        return tuple(one.indicator.number for one in self.checklist.states if one.disagrees)

    @property
    def met_unproven(self) -> int:
        """How many of those that lack evidence are said to be met."""
        by_number = self.checklist.by_number
        return sum(by_number[it].judgement.status is Status.MET for it in self.missing_evidence)

    @property
    def to_review(self) -> tuple[str, ...]:
        """The indicators that a new set has changed, so that they must be assessed anew."""
        return tuple(one.indicator.number for one in self.checklist.states if one.to_review)

    def _lacking(self, criterion: Criterion) -> tuple[str, ...]:
        return tuple(
            one.number
            for one in criterion.indicators
            if self.checklist.by_number[one.number].judgement.status not in AS_GOOD_AS_MET
        )


def read_week(desk: Desk, now: datetime) -> Week:
    """Read the week as it is at a moment."""
    sheet = desk.sheet()
    held = desk.held_sheet(sheet)
    today = now.astimezone(VIETNAM).date()
    from db.conflicts import count_open  # the first screen is painted by now
    from db.registers.due import read_due

    # Before the session below: one reading inside another can wait for a writer that waits for it.
    work = read_due(desk, today, DAYS_AHEAD)
    with desk.reading() as session:
        connection = session.connection()
        found = checklist.read(session, sheet)
        copies = backups.list_backups(desk.home)
        return Week(
            today=today,
            commune=desk.commune,
            checklist=found,
            due=_due(found.states, today),
            activity=_activity(connection, sheet.scope, now),
            missing_evidence=_missing_evidence(session, desk, found),
            drafts=_drafts(connection, sheet),
            unsaved=_unsaved(connection, sheet.scope),
            sent=last_sent(connection, desk.home, sheet.scope),
            unsent=unsent_changes(connection),
            backup=copies[0] if copies else None,
            imports=_imports(connection),
            work=work,
            held=found if held == sheet else checklist.read(session, held),
            differing=count_open(connection, desk.owner, (sheet.scope,)),
        )


def read_past(desk: Desk, week: Week) -> tuple[Past, ...]:
    """Read how things stood at the end of each of the last weeks, the earliest first.

    This reads the journal, which takes longer than all the rest of the week; the answer stays the
    same as long as `Week.past_key` does. Weeks before the commune was here are left out.
    """
    sheet = week.checklist.sheet
    days = [week.today - timedelta(days=DAYS_AHEAD * back) for back in range(WEEKS_BACK, 0, -1)]
    ends = [end_of_day(day) for day in days]
    with desk.reading() as session:
        commune = changes_over(session, sheet.scope, "commune", ends)
        past = checklist.past_of(session, sheet, days)
    found = zip(days, rows_over(commune), checklist.checklists_over(sheet, past), strict=True)
    return tuple(
        Past(day, then.standing.met, then.standing.count(Status.MET))
        for day, there, then in found
        if there
    )


def gain(week: Week, past: Past) -> Gain:
    """Compare the week with how things stood before."""
    now = week.checklist.standing
    return Gain(now.met - past.criteria, now.count(Status.MET) - past.indicators)


def _imports(connection: Connection) -> int:
    """Give the number of bundles that came in; only they can change what was before."""
    found = connection.exec_driver_sql("SELECT count(*) FROM transfer WHERE direction = 'in'")
    return int(found.scalar_one())


def _due(states: Iterable[IndicatorState], today: date) -> tuple[DueIndicator, ...]:
    found = [
        DueIndicator(
            state.indicator.number,
            state.indicator.name,
            state.judgement.status,
            state.assessment.due,
            (state.assessment.due - today).days,
            state.assessment.responsible,
        )
        for state in states
        if state.assessment.due is not None and state.judgement.status not in AS_GOOD_AS_MET
    ]
    return tuple(sorted(found, key=lambda one: one.days_left))


def _missing_evidence(session: Session, desk: Desk, found: Checklist) -> tuple[str, ...]:
    """Give the indicators that still lack a kind of document, whatever was found on them."""
    sheet = found.sheet
    attached = evidence_of(session, desk.home, sheet)
    return tuple(
        number
        for number in found.by_number
        if missing_kinds(sheet.criteria_set, number, attached.get(number, ()))
    )


_IMPOSSIBLE = f"{EARLIEST_MS:012x}.0000"
_RECENT = (
    "(clock >= ? OR clock < ?) AND received_at BETWEEN ? AND ? AND +scope = ? AND accepted = 1"
)
"""Written in the last days; by a clock that showed what cannot be, received in the last days."""

_WHEN = (
    "max(CASE WHEN written_at BETWEEN '2020' AND received_at THEN written_at ELSE received_at END)"
)


def _activity(connection: Connection, scope: str, now: datetime) -> tuple[Activity, ...]:
    since = now - timedelta(days=DAYS_AHEAD)
    reading = f"{int(since.timestamp() * 1000):012x}.0000"
    recent = (reading, _IMPOSSIBLE, show_instant(since), show_instant(now), scope)
    rows = connection.exec_driver_sql(
        f"SELECT officer, count(DISTINCT action), {_WHEN} FROM change"
        f" WHERE {_RECENT} GROUP BY officer",
        recent,
    ).all()
    newest = {
        officer: row
        for officer, row, _ in connection.exec_driver_sql(
            "SELECT officer, row, max(clock) FROM change"
            f" WHERE {_RECENT} AND entity = 'assessment' GROUP BY officer",
            recent,
        )
    }
    found = [
        Activity(officer, count, datetime.fromisoformat(at), _number_of(newest.get(officer, "")))
        for officer, count, at in rows
    ]
    return tuple(sorted(found, key=lambda one: (-one.actions, one.officer)))


def _drafts(connection: Connection, sheet: Sheet) -> tuple[str, ...]:
    """Give the indicators in whose fields typing was broken off; empty for other places."""
    rows = connection.exec_driver_sql(
        "SELECT entity, row FROM draft WHERE scope = ? ORDER BY at DESC", (sheet.scope,)
    )
    return tuple(_number_of(row) if entity == "assessment" else "" for entity, row in rows)


def _unsaved(connection: Connection, scope: str) -> tuple[str, ...]:
    """Give the registers in which typing was broken off or could not be saved."""
    from db.registers import ALL

    found = connection.exec_driver_sql(
        "SELECT DISTINCT entity FROM draft WHERE scope = ?", (scope,)
    )
    entities = {entity for (entity,) in found}
    return tuple(one.name for one in ALL if one.name in entities)


def _number_of(row: str) -> str:
    """Give the indicator that a row of findings is about, or nothing."""
    values = key_values(Assessment, row)
    return str(values["indicator"]) if values else ""
