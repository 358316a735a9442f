"""Machines in the state in which histories begin, made once and then copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.communes import Founding, VillageRecord
from db.desk import Desk
from db.sync.joining import join
from db.sync.planning import parse_receiver
from db.sync.receiving import receive
from db.upper import UpperFounding
from ntm_tui.papers.bundle import send_bundle
from tests._helpers.machines import COMMUNE, Machine, at, several_machines

COMMUNE_ANSWERS = Founding(
    "Lạng Sơn",
    "Hữu Lũng",
    "Cai Kinh",
    "Nguyễn Thị Hường",
    2024,
    villages=(
        VillageRecord("dong-mo", "Thôn Đồng Mỏ", 120, 502),
        VillageRecord("lan-gat", "Thôn Lân Gạt", 85, 371),
    ),
)
DISTRICT_ANSWERS = UpperFounding("Lạng Sơn", "Hữu Lũng", "Hoàng Văn Thái")


def two_friends(folder: Path) -> Sequence[Machine]:
    """Two laptops of a commune that trust each other."""
    with several_machines():
        one, two = laptops(folder, 2)
        introduce(one, two, folder)
        return closed(one, two)


def strangers(folder: Path) -> Sequence[Machine]:
    """Three laptops: the second and the third were made from the first, which knows neither."""
    with several_machines():
        return closed(*laptops(folder, 3))


def with_district(folder: Path) -> Sequence[Machine]:
    """Two laptops and their district, all of whom trust each other."""
    with several_machines():
        one, two = laptops(folder, 2)
        introduce(one, two, folder)
        upper = machine(folder, "máy huyện")
        with at(upper):
            desk = Desk.found_upper(upper.home, DISTRICT_ANSWERS)
            receive(desk, carry(one, folder, full=True), trust=[device(one), device(two)])
            upper.desk = desk.at_commune(COMMUNE)
        for laptop in (one, two):
            hear(laptop, carry(upper, folder), upper)
        return closed(one, two, upper)


def laptops(folder: Path, count: int) -> list[Machine]:
    first = machine(folder, "máy 1")
    with at(first):
        first.desk = Desk.found(first.home, COMMUNE_ANSWERS)
    made = [first]
    for number in range(2, count + 1):
        one = machine(folder, f"máy {number}")
        path = carry(first, folder, full=True)
        with at(one):
            one.desk = join(one.home, path, f"Cán bộ {number}")
        made.append(one)
    return made


def introduce(one: Machine, two: Machine, folder: Path) -> None:
    """Let two laptops trust each other and hear that they do."""
    hear(one, carry(two, folder), two)
    hear(two, carry(one, folder), one)
    hear(one, carry(two, folder), two)


def hear(one: Machine, path: Path, of: Machine) -> None:
    with at(one):
        receive(one.desk, path, trust=[device(of)])


def carry(one: Machine, folder: Path, *, full: bool = False) -> Path:
    with at(one):
        return send_bundle(one.desk, parse_receiver("all"), folder / "carried", full=full).path


def machine(folder: Path, name: str) -> Machine:
    place = folder / name.replace(" ", "-")
    return Machine(name, place, place / "config")


def device(one: Machine) -> str:
    assert one.desk.store.identity is not None
    return one.desk.store.identity.device


def closed(*made: Machine) -> Sequence[Machine]:
    for one in made:
        one.close()
    return made
