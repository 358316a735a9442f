"""What was done in a span, what stands in the way, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.desk import Desk
from db.journal.history import end_of, rows_as_of
from db.models.work import TaskState
from db.registers.briefings import BRIEFINGS
from db.registers.movements import CAMPAIGNS, SHOWCASES
from db.registers.register import Register
from db.registers.upper import REQUESTS, UPPER_INSPECTIONS
from db.registers.work import (
    DIRECTIVES,
    INSPECTIONS,
    OBSTACLES,
    TASKS,
    ObstacleStage,
    stage_of,
)
from db.reporting.rows import Row, rows_of
from db.reporting.spans import Span


@dataclass(frozen=True)
class TaskLine:
    """Something that was to be done. `from_upper` says that the upper level asked for it.

    `late_days` counts how long its day had passed at the end of the span, 0 where it had not.
    """

    title: str
    who: str
    village: str
    due: date | None
    done_on: date | None
    state: str
    result: str
    done: bool
    late_days: int = 0
    from_upper: bool = False


@dataclass(frozen=True)
class ObstacleLine:
    """What the commune cannot solve alone, and how far it is."""

    title: str
    village: str
    level: str
    proposal: str
    stage: ObstacleStage
    arisen_on: date | None
    reported_on: date | None
    solved_on: date | None
    reply: str
    solution: str


@dataclass(frozen=True)
class MeetingLine:
    """A briefing that was held; `concluded` says how many of its conclusions are done."""

    cycle: str
    held_on: date
    chair: str
    concluded: str


@dataclass(frozen=True)
class VisitLine:
    """A visit by an upper level's agency."""

    visited_on: date
    who: str
    topic: str
    mend: str
    mend_by: date | None
    mended_on: date | None


@dataclass(frozen=True)
class PaperLine:
    """A directing document that came in."""

    number: str
    title: str
    issuer: str


@dataclass(frozen=True)
class ActivityLine:
    """What was done to win people over."""

    title: str
    held_on: date
    village: str
    people: int | None
    result: str


@dataclass(frozen=True)
class ShowcaseLine:
    """A model: production, residential area, village or garden."""

    title: str
    kind: str
    village: str
    state: str
    deadline: date | None
    done_on: date | None


@dataclass(frozen=True)
class Doings:
    """What happened in a span, and what is open at its end.

    `ahead` are the tasks whose day comes in the span after it.
    """

    done: tuple[TaskLine, ...] = ()
    open: tuple[TaskLine, ...] = ()
    ahead: tuple[TaskLine, ...] = ()
    arisen: tuple[ObstacleLine, ...] = ()
    solved: tuple[ObstacleLine, ...] = ()
    obstacles: tuple[ObstacleLine, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()
    visits: tuple[VisitLine, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    showcases: tuple[ShowcaseLine, ...] = ()

    @property
    def late(self) -> tuple[TaskLine, ...]:
        """What is open and overdue, the longest first."""
        found = (it for it in self.open if it.late_days)
        return tuple(sorted(found, key=lambda it: -it.late_days))


def read_doings(desk: Desk, span: Span, today: date) -> Doings:
    """Read what happened in a span and what is open at its end, or today if that is earlier."""
    end = min(span.last, today)
    tasks = [
        *(_task(it, "assignee", end) for it in _there(desk, TASKS, end, today)),
        *(_task(it, "member", end, upper=True) for it in _there(desk, REQUESTS, end, today)),
    ]
    still = [it for it in tasks if not it.done]
    obstacles = [_obstacle(it, end) for it in _there(desk, OBSTACLES, end, today)]
    return Doings(
        done=tuple(it for it in tasks if it.done and span.holds(it.done_on)),
        open=tuple(still),
        ahead=tuple(it for it in still if it.due and end < it.due <= span.following.last),
        arisen=tuple(it for it in obstacles if span.holds(it.arisen_on)),
        solved=tuple(it for it in obstacles if span.holds(it.solved_on)),
        obstacles=tuple(it for it in obstacles if _is_open(it, end)),
        meetings=_meetings(desk, span, today),
        visits=_visits(desk, span, today),
        papers=tuple(
            PaperLine(it.text("number"), it.text("title"), it.text("issuer"))
            for it in rows_of(desk, DIRECTIVES, today)
            if span.holds(it.get("received_on"))
        ),
        activities=_activities(desk, span, today),
        showcases=tuple(map(_showcase, rows_of(desk, SHOWCASES, today))),
    )


def _there(desk: Desk, register: Register, end: date, today: date) -> Iterator[Row]:
    """Give the rows that were there at the end of a day."""
    found = rows_of(desk, register, today)
    if end >= today:
        return found
    with desk.reading() as session:
        then = rows_as_of(session, desk.commune.scope, register.name, end_of(end))
    return (it for it in found if it.record.id in then)


def _task(row: Row, person: str, end: date, *, upper: bool = False) -> TaskLine:
    due, done_on = row.get("due"), row.get("done_on")
    closed = row.get("state") in (TaskState.DONE, TaskState.DROPPED)
    done = closed and (done_on is None or done_on <= end)
    state = TaskState.DOING.label if closed and not done else row.text("state")
    late = (end - due).days if due is not None and not done else 0
    return TaskLine(
        title=row.text("title") or row.name,
        who=row.text(person),
        village="" if upper else row.text("village"),
        due=due,
        done_on=done_on if done else None,
        state=state or TaskState.TODO.label,
        result="" if closed and not done else row.text("result"),
        done=done,
        late_days=max(late, 0),
        from_upper=upper,
    )


def _obstacle(row: Row, end: date) -> ObstacleLine:
    solved_on = row.get("solved_on")
    solved = solved_on is not None and solved_on <= end
    stage = stage_of({**row.record.values, "solved_on": solved_on if solved else None})
    return ObstacleLine(
        title=row.text("title") or row.name,
        village=row.text("village"),
        level=row.text("level"),
        proposal=row.text("proposal"),
        stage=stage,
        arisen_on=row.get("arisen_on"),
        reported_on=row.get("reported_on"),
        solved_on=solved_on if solved else None,
        reply=row.text("reply") or row.text("heard"),
        solution=row.text("solution"),
    )


def _is_open(one: ObstacleLine, end: date) -> bool:
    """Tell whether an obstacle was there and not solved at the end of a day."""
    return (one.arisen_on or date.min) <= end and one.solved_on is None


def _meetings(desk: Desk, span: Span, today: date) -> tuple[MeetingLine, ...]:
    found = [
        MeetingLine(it.text("cycle"), it.get("held_on"), it.text("chair"), it.text("concluded"))
        for it in rows_of(desk, BRIEFINGS, today)
        if span.holds(it.get("held_on")) and it.get("held_on") <= today
    ]
    return tuple(sorted(found, key=lambda it: it.held_on))


def _visits(desk: Desk, span: Span, today: date) -> tuple[VisitLine, ...]:
    own = ((it, it.text("team")) for it in rows_of(desk, INSPECTIONS, today))
    theirs = (
        (it, it.text("agency") or it.text("team")) for it in rows_of(desk, UPPER_INSPECTIONS, today)
    )
    found = [
        VisitLine(
            it.get("visited_on"),
            who,
            it.text("topic"),
            it.text("mend"),
            it.get("mend_by"),
            it.get("mended_on"),
        )
        for it, who in (*own, *theirs)
        if span.holds(it.get("visited_on"))
    ]
    return tuple(sorted(found, key=lambda it: it.visited_on))


def _activities(desk: Desk, span: Span, today: date) -> tuple[ActivityLine, ...]:
    found = [
        ActivityLine(
            it.text("title"),
            it.get("held_on"),
            it.text("village"),
            it.get("people"),
            it.text("result"),
        )
        for it in rows_of(desk, CAMPAIGNS, today)
        if span.holds(it.get("held_on"))
    ]
    return tuple(sorted(found, key=lambda it: it.held_on))


def _showcase(row: Row) -> ShowcaseLine:
    return ShowcaseLine(
        title=row.text("title") or row.name,
        kind=row.text("kind"),
        village=row.text("village"),
        state=row.text("state"),
        deadline=row.get("deadline"),
        done_on=row.get("done_on"),
    )
