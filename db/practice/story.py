"""What happened in the practice commune: its table read into deeds, in order of time."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from db import checklist, evidence, registers, thresholds
from db.communes import Founding, VillageRecord, village_code
from db.criteria.entry import parse_entry
from db.desk import Desk
from db.judging import Figure, Status
from db.models.base import KEY_SEPARATOR
from db.numbers import show_date
from db.periods import Cycle, period_of
from db.practice.papers import make_paper
from db.registers.reading import read_page
from db.registers.writing import new_id, put
from db.sheet.records import Sheet

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Bench:
    """Where a deed is done: the checklist, the practice day, and a folder for papers."""

    sheet: Sheet
    today: date
    papers: Path


@dataclass(frozen=True)
class Deed:
    """One thing an officer did, `day` days from today (a negative number)."""

    day: int
    officer: str
    do: Callable[[Desk, Bench], None]


@dataclass(frozen=True)
class Story:
    """The practice commune: its founding, when, until when it has, its title, and all deeds."""

    founding: Founding
    founded: int
    deadline: int
    held: Mapping[str, str]
    deeds: tuple[Deed, ...]


def read_story() -> Story:
    """Read the story that comes with the program."""
    raw = resources.files("db.practice").joinpath("suoi-mau.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    villages = _villages(table["villages"])
    officers = table["officers"]
    founding = Founding(
        province=table["province"],
        district=table["district"],
        commune=table["commune"],
        officer=officers["vhxh"],
        year=table["year"],
        villages=villages,
    )
    deeds = [
        *_deeds(table["confirmations"]["list"], officers, _confirm(table["document"])),
        *_deeds(_cells(table["village_rounds"]["list"], villages), officers, _find),
        *_deeds(table["findings"]["list"], officers, _find),
        *_deeds(table["evidence"]["list"], officers, _attach),
        *_deeds(table["registers"]["list"], officers, _fill_in),
    ]
    in_time = tuple(sorted(deeds, key=lambda deed: deed.day))
    return Story(founding, table["founded"], table["deadline"], table["held"], in_time)


def _villages(table: Table) -> tuple[VillageRecord, ...]:
    rows = zip(table["names"], table["households"], table["population"], strict=True)
    return tuple(VillageRecord(village_code(name), name, *counts) for name, *counts in rows)


def _deeds(
    rows: Iterable[Table], officers: Table, do: Callable[[Table, Desk, Bench], None]
) -> Iterator[Deed]:
    for row in rows:
        yield Deed(row["day"], officers[row["by"]], partial(do, row))


def _cells(rounds: Iterable[Table], villages: tuple[VillageRecord, ...]) -> Iterator[Table]:
    """Take rounds through the villages apart into findings on one village each."""
    for row in rounds:
        kind = next(name for name in ("statuses", "counts", "of_households") if name in row)
        for village, cell in zip(villages, row[kind], strict=False):
            figures = {
                "counts": {"value": str(cell)},
                "of_households": {"numerator": str(cell), "denominator": str(village.households)},
            }
            said = {"status": cell} if kind == "statuses" else {"figure": figures[kind]}
            yield {**row, "village": village.code, **said}


def _find(row: Table, desk: Desk, bench: Bench) -> None:
    sheet, number, village = bench.sheet, row["indicator"], row.get("village", "")
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


def _fill_in(row: Table, desk: Desk, bench: Bench) -> None:
    """Write a row of a register; each field as a person would type it, days counted from today."""
    register = next(one for one in registers.ALL if one.name == row["register"])
    page = read_page(desk, register, bench.today)
    if "period" in row:
        cycle = Cycle(row["period"]["cycle"])
        day = bench.today + timedelta(days=row["period"]["day"])
        row = {**row, "row": f"{cycle}{KEY_SEPARATOR}{period_of(cycle, day).key}"}
    typed = dict(row["typed"])
    for name, days in row.get("days", {}).items():
        typed[name] = show_date(bench.today + timedelta(days=days))
    values = {
        name: register.column(name).kind.read(text, page.context.names)
        for name, text in typed.items()
    }
    with desk.act() as session:
        put(session, page.context, register, row.get("row") or new_id(), values)


def _confirm(document: str) -> Callable[[Table, Desk, Bench], None]:
    def do(row: Table, desk: Desk, bench: Bench) -> None:
        sheet = bench.sheet
        for number in row["indicators"]:
            shipped = sheet.criteria_set.indicator(number).threshold
            said = parse_entry(row["threshold"], shipped) if "threshold" in row else None
            with desk.act() as session:
                thresholds.confirm(
                    session,
                    sheet.scope,
                    sheet.criteria_set,
                    number,
                    threshold=said,
                    document=document,
                )

    return do


def _attach(row: Table, desk: Desk, bench: Bench) -> None:
    title = row["title"]
    form = evidence.EvidenceForm(
        row["kind"], title, row.get("number", ""), row.get("date", ""), row.get("issuer", "")
    )
    stored = None
    if "file" in row:
        stored = evidence.keep_file(desk.home, make_paper(bench.papers, row["file"], title))
    sheet = bench.sheet
    for number in row["indicators"]:
        with desk.act() as session:
            evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, number, sheet.year, form, stored
            )
