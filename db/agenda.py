"""What a briefing talks about: it makes itself from what happened and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db import checklist
from db.desk import Desk
from db.judging import AS_GOOD_AS_MET
from db.models.meetings import BriefingCycle
from db.models.work import TaskState
from db.numbers import show_number
from db.registers.briefings import BRIEFINGS, conclusions
from db.registers.capital import FUND_LINES, WORKS
from db.registers.reading import Page, read_page
from db.registers.register import Record, Values
from db.registers.work import CLOSED_TASKS, OBSTACLES, TASKS, ObstacleStage, stage_of
from db.sheet.records import Checklist


@dataclass(frozen=True)
class Item:
    """One subject of the agenda with its points."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Agenda:
    """What to talk about. `since` is the day of the briefing before; None for the first one."""

    since: date | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Meeting:
    """A briefing with its agenda, and the tasks it concluded so far: row id and values."""

    agenda: Agenda
    conclusions: tuple[tuple[str, Values], ...]


def read_meeting(desk: Desk, row: str, today: date) -> Meeting:
    """Read what a briefing, which need not be there yet, talks about and what it concluded."""
    briefings = read_page(desk, BRIEFINGS, today)
    before = _before(briefings, row)
    with desk.reading() as session:
        own = tuple(conclusions(session, desk.commune.scope, row))
        last = conclusions(session, desk.commune.scope, before.id) if before else ()
        now = checklist.read(session, desk.sheet())
        since: date | None = before.values["held_on"] if before is not None else None
        then = checklist.read_as_of(session, desk.sheet(), since) if since else None
    tasks = read_page(desk, TASKS, today)
    items = [
        _changed(then, now),
        _concluded(tasks, {one for one, _ in last}, row),
        _late(tasks),
        _obstacles(read_page(desk, OBSTACLES, today)),
        _money(read_page(desk, WORKS, today), read_page(desk, FUND_LINES, today)),
        _lacking(now),
    ]
    return Meeting(Agenda(since, tuple(one for one in items if one.points)), own)


def _before(briefings: Page, row: str) -> Record | None:
    """Give the briefing of the same cycle before this one; of any cycle when there is none."""
    own = briefings.record(row)
    day = own.values.get("held_on") if own is not None else None
    earlier = [
        one
        for one in briefings.records
        if one.id != row
        and (held := one.values.get("held_on")) is not None
        and held <= (day or briefings.context.today)
    ]
    cycle = own.values.get("cycle") if own is not None else BriefingCycle.WEEK
    same = [one for one in earlier if cycle is None or one.values.get("cycle") == cycle]
    return next(iter(same or earlier), None)


def _changed(then: Checklist | None, now: Checklist) -> Item:
    if then is None:
        met = sum(one.judgement.status in AS_GOOD_AS_MET for one in now.states)
        return Item("Hiện nay", (f"đạt {met}/{len(now.states)} chỉ tiêu",))
    before = {
        number: one.judgement.status in AS_GOOD_AS_MET for number, one in then.by_number.items()
    }
    after = {
        number: one.judgement.status in AS_GOOD_AS_MET for number, one in now.by_number.items()
    }
    gained = [number for number, good in after.items() if good and not before.get(number)]
    lost = [number for number, good in after.items() if not good and before.get(number)]
    points = [f"tiêu chí {then.standing.met} → {now.standing.met}/{now.standing.total}"]
    if gained:
        points.append(f"đạt thêm {', '.join(gained)}")
    if lost:
        points.append(f"không còn đạt {', '.join(lost)}")
    if not gained and not lost:
        points.append("chưa chỉ tiêu nào đổi kết quả")
    return Item("Từ kỳ trước", tuple(points))


def _concluded(tasks: Page, last: set[str], row: str) -> Item:
    """Say what became of earlier conclusions: all that are open, then the last ones that are not.

    What a briefing concluded comes back at each one after it until it is done.
    """
    earlier = [one for one in tasks.records if one.values.get("briefing") not in (None, row)]
    still = [one for one in earlier if not one.closed]
    done = [one for one in earlier if one.closed and one.id in last]
    return Item("Kết luận kỳ trước", tuple(_task(tasks, one) for one in (*still, *done)))


def _late(tasks: Page) -> Item:
    late = [one for one in tasks.records if one.late and not one.values.get("briefing")]
    return Item("Việc quá hạn", tuple(_task(tasks, one) for one in late))


def _task(tasks: Page, record: Record) -> str:
    name = tasks.register.called_by(record, tasks.context)
    who = tasks.register.text(record, tasks.context, "assignee")
    if record.values.get("state") in CLOSED_TASKS:
        done = record.values["state"] == TaskState.DONE
        return f"{'√' if done else '–'} {name}"
    about = [who] if who else ["chưa giao ai"]
    if record.late:
        about.append(f"quá {-(record.days_left or 0)} ngày")
    return f"× {name} ({', '.join(about)})"


def _obstacles(obstacles: Page) -> Item:
    words = {
        ObstacleStage.NEW: "chưa báo cáo",
        ObstacleStage.REPORTED: "chờ trả lời",
        ObstacleStage.ANSWERED: "đã có trả lời",
    }
    found = [(one, stage_of(one.values)) for one in obstacles.records]
    return Item(
        "Vướng mắc",
        tuple(
            f"{obstacles.register.called_by(one, obstacles.context)} ({words[stage]})"
            for one, stage in found
            if stage in words
        ),
    )


def _money(works: Page, lines: Page) -> Item:
    points = [
        f"{works.register.called_by(one, works.context)} chậm {-(one.days_left or 0)} ngày"
        for one in works.records
        if one.late
    ]
    unpaid = sum((it.values["unpaid_volume"] for it in lines.records), Decimal(0))
    if unpaid:
        points.append(f"đã có khối lượng, chưa giải ngân {show_number(unpaid)} triệu đồng")
    return Item("Công trình, vốn", tuple(points))


def _lacking(now: Checklist) -> Item:
    return Item("Tiêu chí chưa đạt", tuple(_of_criteria(now)))


def _of_criteria(now: Checklist) -> Iterator[str]:
    for one in now.standing.criteria:
        if one.met:
            continue
        lacking = [
            it.number
            for it in one.criterion.indicators
            if now.by_number[it.number].judgement.status not in AS_GOOD_AS_MET
        ]
        yield f"{one.criterion.number} (còn {', '.join(lacking)})"
