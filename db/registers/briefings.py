"""Giao ban: regular meetings, their conclusions, and those that were missed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from db.kinds import Line
from db.models import Briefing, Task
from db.models.base import table
from db.models.meetings import BriefingCycle
from db.models.work import Origin, TaskState
from db.numbers import show_date
from db.periods import Cycle, between, period_of
from db.registers.register import Column, Context, Finding, Record, Register, Values, by_choice
from db.registers.work import CLOSED_TASKS


@dataclass(frozen=True)
class Rhythm:
    """How one kind of briefing is kept up.

    `last` is the day of the last one, None when there was none yet; `missed` counts the whole
    periods since then that went by without one; `held` says whether this period had its own.
    """

    cycle: BriefingCycle
    last: date | None
    missed: int
    held: bool


def rhythms(held: Iterable[tuple[str, date]], today: date) -> tuple[Rhythm, ...]:
    """Say how each kind of briefing is kept up.

    Args:
        held: the cycle and day of each briefing.
        today: the day it is.
    """
    days: dict[str, list[date]] = defaultdict(list)
    for cycle, day in held:
        if day <= today:
            days[cycle].append(day)
    return tuple(_rhythm(one, days[one.value], today) for one in BriefingCycle)


def _rhythm(cycle: BriefingCycle, days: Sequence[date], today: date) -> Rhythm:
    if not days:
        return Rhythm(cycle, None, 0, held=False)
    last, present = max(days), period_of(Cycle(cycle.value), today)
    before = period_of(present.cycle, last)
    return Rhythm(cycle, last, between(before, present), held=before == present)


def rhythms_of(records: Sequence[Record], today: date) -> tuple[Rhythm, ...]:
    """Say how each kind of briefing is kept up, by the rows of the register."""
    held = [
        (one.values["cycle"], one.values["held_on"])
        for one in records
        if one.values.get("cycle") and one.values.get("held_on")
    ]
    return rhythms(held, today)


def _notices(records: Sequence[Record], context: Context) -> Sequence[str]:
    return [" · ".join(_told(one) for one in rhythms_of(records, context.today))]


def _told(one: Rhythm) -> str:
    if one.last is None:
        return f"{one.cycle.label}: chưa họp lần nào"
    if one.missed:
        return f"{one.cycle.label}: ! lỡ {one.missed} kỳ, gần nhất {show_date(one.last)}"
    return f"{one.cycle.label}: {'√ kỳ này đã họp' if one.held else 'kỳ này chưa họp'}"


def conclusions(session: Session, scope: str, row: str) -> Sequence[tuple[str, Values]]:
    """Give the tasks that a briefing concluded, in the order in which they were written down."""
    rows = table(Task)
    found = session.connection().execute(
        select(rows.c.id, rows.c.title, rows.c.assignee, rows.c.due, rows.c.state, rows.c.result)
        .where(rows.c.scope == scope, rows.c.briefing == row)
        .order_by(rows.c.id)
    )
    return [(one.id, dict(one._mapping)) for one in found]


def _count_conclusions(
    session: Session, context: Context, _rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    rows = table(Task)
    found = session.connection().execute(
        select(rows.c.briefing, rows.c.title, rows.c.state, rows.c.assignee)
        .where(rows.c.scope == context.scope, rows.c.briefing.is_not(None))
        .order_by(rows.c.id)
    )
    tasks: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for briefing, title, state, assignee in found:
        who = f" ({context.names.name('member', assignee)})" if assignee else ""
        tasks[briefing].append((state in CLOSED_TASKS, f"{title}{who}"))
    return {
        row: {
            "concluded": f"{sum(done for done, _ in all_)}/{len(all_)} xong",
            "open": "; ".join(words for done, words in all_ if not done) or None,
        }
        for row, all_ in tasks.items()
    }


def _check(values: Values, context: Context) -> Iterable[Finding]:
    held_on = values.get("held_on")
    if held_on is not None and held_on > context.today:
        yield Finding("held_on", "Ngày họp còn ở phía trước.")


def _order(record: Record) -> object:
    held_on = record.values.get("held_on")
    return (-held_on.toordinal() if held_on else 0, record.id)


def begins(records: Sequence[Record], context: Context) -> Values:
    """Give what a new briefing begins with: today's, led and attended as the last one was."""
    begun = {"cycle": BriefingCycle.WEEK.value, "held_on": context.today}
    last = next(iter(records), None)
    kept = ("chair", "present", "place")
    return {**begun, **{it: last.values[it] for it in kept if last and it in last.values}}


CONCLUDED: Values = {"origin": Origin.BRIEFING.value, "state": TaskState.TODO.value}
"""What a task begins with that a briefing concludes."""

BRIEFINGS = Register(
    model=Briefing,
    help=(
        "Giao ban tuần, tháng, quý. Mở ra thấy ngay chương trình họp; mỗi kết luận thành một việc "
        "và được nhắc lại ở kỳ sau."
    ),
    listed=("held_on", "cycle", "chair", "concluded", "minutes"),
    order=_order,
    derived=(
        Column("concluded", "Kết luận", Line(), derived=True),
        Column("open", "Còn phải làm", Line(), derived=True),
    ),
    derive=_count_conclusions,
    begin=lambda context: {"cycle": BriefingCycle.WEEK.value, "held_on": context.today},
    check=_check,
    filters=by_choice("cycle", BriefingCycle),
    notices=_notices,
)
