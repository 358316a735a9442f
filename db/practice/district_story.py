"""What happened in the practice district: its table read into communes and deeds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from db.communes import Founding, VillageRecord, commune_code, village_code
from db.criteria.definitions import Tier
from db.practice.deeds import Deed, Table, attach, deeds_of, fill_in_all
from db.practice.findings import Outlook, assess, count_villages, improve
from db.practice.story import read_table
from db.sheet.commune import DEFAULT_SETS
from db.upper import UpperFounding

_FIRST_ROUND, _WORKS, _SECOND_ROUND = -28, -14, -1  # days before the commune sends


@dataclass(frozen=True)
class CommuneStory:
    """One practice commune of the district.

    `sent` is the day of the bundle that it sends up, `deadline` that of its title, both counted
    from today; `profile` is what is written over what it was founded with.
    """

    code: str
    founding: Founding
    founded: int
    sent: int
    profile: Mapping[str, str]
    deadline: int
    deeds: tuple[Deed, ...]


@dataclass(frozen=True)
class DistrictStory:
    """The practice district, its communes, and what its officers did."""

    founding: UpperFounding
    founded: int
    communes: tuple[CommuneStory, ...]
    deeds: Table

    def code_of(self, name: str) -> str:
        """Give the code of a commune by its name."""
        return next(one.code for one in self.communes if one.founding.commune == name)


def read_district() -> DistrictStory:
    """Read the story that comes with the program."""
    table = read_table("huyen-mau.toml")
    founding = UpperFounding(table["province"], table["district"], table["officers"]["nn"])
    communes = tuple(_commune(row, number, table) for number, row in enumerate(table["communes"]))
    return DistrictStory(founding, table["founded"], communes, table)


def _commune(row: Table, number: int, table: Table) -> CommuneStory:
    villages = _villages(row["villages"], number, table["village_names"])
    officers = table["commune_officers"]
    founding = Founding(
        province=table["province"],
        district=table["district"],
        commune=row["name"],
        officer=officers["vhxh"],
        year=row.get("year", 2024),
        tier=Tier(row.get("aim", "ntm")),
        villages=villages,
    )
    held = {"held_tier": row["held"], **table["held"]} if "held" in row else {}
    return CommuneStory(
        code=commune_code(founding.province, founding.district, founding.commune),
        founding=founding,
        founded=row["sent"] + _FIRST_ROUND - 1,
        sent=row["sent"],
        profile=held,
        deadline=row.get("deadline", table["deadlines"][str(founding.year)]),
        deeds=tuple(_deeds(row, founding, table, _words(row, number, villages))),
    )


def _villages(count: int, number: int, names: list[str]) -> tuple[VillageRecord, ...]:
    """Make villages of different sizes."""
    found = []
    for place, name in enumerate(names[:count]):
        households = 60 + (number * 17 + place * 23) % 90
        found.append(VillageRecord(village_code(name), name, households, households * 4))
    return tuple(found)


def _words(row: Table, number: int, villages: tuple[VillageRecord, ...]) -> Mapping[str, Any]:
    """Give what the texts of the rows that every commune has are filled in with."""
    plan = 400 + 35 * number
    spent = row.get("spent", 60)
    return {
        "name": row["name"],
        "year": row.get("year", 2024),
        "village": villages[number % len(villages)].name,
        "plan": plan,
        "local": plan // 8,
        "done": min(100, spent + 15),
        "volume": plan * min(100, spent + 15) // 100,
        "paid": plan * spent // 100,
    }


def _deeds(
    row: Table, founding: Founding, table: Table, words: Mapping[str, Any]
) -> Iterator[Deed]:
    officers, sent = table["commune_officers"], row["sent"]
    sets = [(DEFAULT_SETS[founding.tier], _outlook(row))]
    if "held_outlook" in row:  # it keeps its title by another set than the one it works towards
        sets.append((DEFAULT_SETS[Tier(row["held"])], _outlook(row["held_outlook"])))
    for set_id, outlook in sets:
        yield Deed(sent + _FIRST_ROUND, officers["vhxh"], partial(assess, outlook, set_id))
        yield Deed(sent + _SECOND_ROUND, officers["vhxh"], partial(improve, outlook, set_id))
    counted = partial(count_villages, sets[0][1], founding.villages)
    yield Deed(sent + _FIRST_ROUND, officers["dcnn"], counted)
    rows = [*table["everywhere"], *(table["obstacles"][key] for key in row.get("obstacles", ()))]
    said = [_filled_in(one, words, sent) for one in rows]
    yield Deed(sent + _WORKS, officers["dcnn"], partial(fill_in_all, said))
    for paper in table["papers"][: row.get("papers", 1)]:
        shown = {**_filled_in(paper, words, sent), "day": sent + _WORKS, "by": "dcnn"}
        yield from deeds_of([shown], officers, attach)


def _outlook(row: Table) -> Outlook:
    return Outlook(*(tuple(row.get(name, ())) for name in ("failed", "doing", "open", "risen")))


def _filled_in(row: Table, words: Mapping[str, Any], sent: int) -> Table:
    """Fill in a commune's own words; days are counted from when it sends its bundle."""
    texts = {name: text.format_map(words) for name, text in row.get("typed", {}).items()}
    days = {name: sent + day for name, day in row.get("days", {}).items()}
    own = {name: it.format_map(words) for name, it in row.items() if isinstance(it, str)}
    return {**row, **own, "typed": texts, "days": days}
