"""What happened in the practice commune: its table read into deeds."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import resources
from typing import Any

from db.communes import Founding, VillageRecord, village_code
from db.desk import Desk
from db.owner import Owner
from db.practice.deeds import (
    Bench,
    Deed,
    Table,
    attach,
    confirm,
    deeds_of,
    fill_in,
    find,
    give_verdict,
)
from db.practice.post import post, take_in
from db.upper import UpperFounding


@dataclass(frozen=True)
class Story:
    """The practice commune: its founding, when, until when it has, its title, and all deeds.

    `upper` is the founding of its upper level, which does some of them.
    """

    founding: Founding
    upper: UpperFounding
    founded: int
    deadline: int
    held: Mapping[str, str]
    deeds: tuple[Deed, ...]


def read_table(name: str) -> dict[str, Any]:
    """Read a table that comes with the program."""
    return tomllib.loads(resources.files("db.practice").joinpath(name).read_text(encoding="utf-8"))


def read_story() -> Story:
    """Read the story that comes with the program."""
    table = read_table("suoi-mau.toml")
    villages = villages_of(table["villages"])
    officers = table["officers"]
    founding = Founding(
        province=table["province"],
        district=table["district"],
        commune=table["commune"],
        officer=officers["vhxh"],
        year=table["year"],
        villages=villages,
    )
    upper = UpperFounding(table["province"], table["district"], table["upper"]["officers"]["nn"])
    deeds = (
        *deeds_of(table["confirmations"]["list"], officers, partial(confirm, table["document"])),
        *deeds_of(_cells(table["village_rounds"]["list"], villages), officers, find),
        *deeds_of(table["findings"]["list"], officers, find),
        *deeds_of(table["evidence"]["list"], officers, attach),
        *deeds_of(table["registers"]["list"], officers, fill_in),
        *_of_the_upper_level(table["upper"]),
        *deeds_of(table["upper"]["bundles"], officers, _receive),
        *deeds_of(table["upper"]["answers"], officers, fill_in),
    )
    return Story(founding, upper, table["founded"], table["deadline"], table["held"], deeds)


def _of_the_upper_level(table: Table) -> Iterator[Deed]:
    yield from deeds_of(table["registers"], table["officers"], fill_in, Owner.UPPER)
    yield from deeds_of(table["verdicts"], table["officers"], give_verdict, Owner.UPPER)


def _receive(row: Table, desk: Desk, bench: Bench) -> None:
    """Take in what the upper level has written so far; the first time somebody trusts it."""
    if bench.upper is None:
        raise ValueError("nobody sends this commune anything")
    take_in(post(bench.upper, bench.papers), desk, introduced=row.get("first", False))


def villages_of(table: Table) -> tuple[VillageRecord, ...]:
    """Make the villages of a table of names, households and population."""
    rows = zip(table["names"], table["households"], table["population"], strict=True)
    return tuple(VillageRecord(village_code(name), name, *counts) for name, *counts in rows)


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
