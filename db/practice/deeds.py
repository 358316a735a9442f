"""What people did in practice data: each deed as one does it on the screen."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import checklist, evidence, registers, thresholds
from db.criteria.entry import parse_entry
from db.desk import Desk
from db.judging import Figure, Status
from db.models import Verdict
from db.models.base import KEY_SEPARATOR
from db.numbers import show_date
from db.owner import Owner
from db.periods import Cycle, period_of
from db.practice.papers import make_paper
from db.practice.past import PastClock, moment_of
from db.registers.reading import context_of, read
from db.registers.register import Context, Register
from db.registers.upper import VERDICTS
from db.registers.writing import new_id, put
from db.text import fold
from db.verdicts import set_verdict

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Bench:
    """Where deeds are done: the practice day, a folder for papers, and the upper level's desk."""

    today: date
    papers: Path
    upper: Desk | None = None


Do = Callable[[Desk, Bench], None]
DoRow = Callable[[Table, Desk, Bench], None]


@dataclass(frozen=True)
class Deed:
    """One thing an officer did, `day` days from today (a negative number), for whom."""

    day: int
    officer: str
    do: Do
    owner: Owner = Owner.COMMUNE


def deeds_of(
    rows: Iterable[Table], officers: Table, do: DoRow, owner: Owner = Owner.COMMUNE
) -> Iterator[Deed]:
    """Make a deed of each row of a table, which says on which day and by whom."""
    for row in rows:
        yield Deed(row["day"], officers[row["by"]], partial(do, row), owner)


def live_through(
    desks: dict[Owner, Desk], deeds: Iterable[Deed], bench: Bench, wall: PastClock
) -> None:
    """Do every deed on its day, two minutes apart, each by its own officer.

    Args:
        desks: where a commune and its upper level work.
        deeds: what they do.
        bench: what they do it with.
        wall: what tells the time at those desks.
    """
    working = dict(desks)
    day, count = 0, 0
    for deed in sorted(deeds, key=lambda one: one.day):
        count = count + 1 if deed.day == day else 0
        day = deed.day
        wall.show(moment_of(bench.today, day, count))
        if deed.officer != working[deed.owner].officer:
            working[deed.owner] = working[deed.owner].taken_by(deed.officer)
        deed.do(working[deed.owner], bench)


def find(row: Table, desk: Desk, bench: Bench) -> None:
    """Write down what was found on an indicator, by the commune or in a village."""
    sheet, number, village = desk.sheet(), row["indicator"], row.get("village", "")
    with desk.act() as session:
        if "status" in row:
            status, reason = Status(row["status"]), row.get("reason")
            checklist.set_status(session, sheet, number, status, reason=reason, village=village)
        if "figure" in row:
            figure = Figure.from_wire(row["figure"])
            states = thresholds.threshold_states(session, sheet.scope, sheet.criteria_set)
            threshold = states[number].effective
            checklist.set_figure(session, sheet, number, figure, threshold, village=village)
        for name in ("note", "responsible"):
            if name in row:
                checklist.set_text(session, sheet, number, name, row[name], village=village)
        if "due" in row:
            checklist.set_due(session, sheet, number, bench.today + timedelta(days=row["due"]))


def fill_in(row: Table, desk: Desk, bench: Bench) -> None:
    """Write a row of a register; each field as a person would type it, days counted from today.

    Which row: a new one, the one with the id `row`, of the `period`, or `about` what it is called.
    """
    register = register_named(row["register"])
    with desk.reading() as session:
        context = context_of(session, desk, register, bench.today)
        meant = _row_meant(row, session, context, register)
    with desk.act() as session:
        put(session, context, register, meant, read_values(row, context, register))


def fill_in_all(rows: Iterable[Table], desk: Desk, bench: Bench) -> None:
    """Write new rows of registers, those of one register that stand together in one go."""
    for name, some in groupby(rows, key=itemgetter("register")):
        register = register_named(name)
        with desk.reading() as session:
            context = context_of(session, desk, register, bench.today)
        with desk.act() as session:
            for row in some:
                put(session, context, register, new_id(), read_values(row, context, register))


def register_named(name: str) -> Register:
    """Give a register by the name of its table."""
    known = (*registers.ALL, *registers.OF_UPPER_REPORTS)
    return next(one for one in known if one.name == name)


def read_values(row: Table, context: Context, register: Register) -> dict[str, Any]:
    """Understand what is typed in a row, and the days that are counted from today."""
    typed = dict(row.get("typed", {}))
    for name, days in row.get("days", {}).items():
        typed[name] = show_date(context.today + timedelta(days=days))
    return {
        name: register.column(name).kind.read(text, context.names) for name, text in typed.items()
    }


def _row_meant(row: Table, session: Session, context: Context, register: Register) -> str:
    if "period" in row:
        cycle = Cycle(row["period"]["cycle"])
        day = context.today + timedelta(days=row["period"]["day"])
        return f"{cycle}{KEY_SEPARATOR}{period_of(cycle, day).key}"
    if "about" in row:
        (found,) = (
            it.id
            for it in read(session, context, register)
            if fold(row["about"]) in fold(register.called_by(it, context))
        )
        return found
    return str(row.get("row") or new_id())


def give_verdict(row: Table, desk: Desk, bench: Bench) -> None:
    """Write down what the upper level found on an indicator of a commune."""
    sheet, number = desk.sheet(), row["indicator"]
    with desk.reading() as session:
        context = context_of(session, desk, VERDICTS, bench.today)
    key = Verdict.row_id(sheet.criteria_set.id, number, sheet.year)
    with desk.act() as session:
        set_verdict(session, sheet, number, Status(row["status"]))
        put(session, context, VERDICTS, key, read_values(row, context, VERDICTS))


def give_verdicts(row: Table, desk: Desk, bench: Bench) -> None:
    """Write down what the upper level found on whole criteria: the same but where it `differs`."""
    sheet = desk.sheet()
    states = [it for it in desk.checklist(sheet).states if it.criterion.number in row["criteria"]]
    with desk.reading() as session:
        context = context_of(session, desk, VERDICTS, bench.today)
    values = read_values(row, context, VERDICTS)
    with desk.act() as session:
        for state in states:
            number = state.indicator.number
            found = Status(row.get("differs", {}).get(number, state.judgement.status))
            if found is not Status.NOT_ASSESSED:
                set_verdict(session, sheet, number, found)
                key = Verdict.row_id(sheet.criteria_set.id, number, sheet.year)
                put(session, context, VERDICTS, key, values)


def confirm(document: str, row: Table, desk: Desk, _bench: Bench) -> None:
    """Confirm thresholds by a document, as they stand or as the row has them."""
    sheet = desk.sheet()
    for number in row["indicators"]:
        shipped = sheet.criteria_set.indicator(number).threshold
        said = parse_entry(row["threshold"], shipped) if "threshold" in row else None
        with desk.act() as session:
            thresholds.confirm(
                session, sheet.scope, sheet.criteria_set, number, threshold=said, document=document
            )


def attach(row: Table, desk: Desk, bench: Bench) -> None:
    """Attach a document to indicators, with a paper if the row names one."""
    title = row["title"]
    form = evidence.EvidenceForm(
        row["kind"], title, row.get("number", ""), row.get("date", ""), row.get("issuer", "")
    )
    stored = None
    if "file" in row:
        stored = evidence.keep_file(desk.home, make_paper(bench.papers, row["file"], title))
    sheet = desk.sheet()
    for number in row["indicators"]:
        with desk.act() as session:
            evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, number, sheet.year, form, stored
            )
