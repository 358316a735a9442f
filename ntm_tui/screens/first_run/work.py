"""What the first run does in threads; nothing here touches a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from db.home import Home
from db.numbers import show_number

if TYPE_CHECKING:
    from db.communes import Founding
    from db.desk import Desk
    from db.upper import UpperFounding

BUNDLES = ("NTM_*.zip", "*/NTM_*.zip", "NTM_*.zip.age", "*/NTM_*.zip.age")
MOST_BUNDLES = 20

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class BundleLook:
    """What a bundle says of itself and of its sender, in words."""

    commune: str
    office: str
    machine: str
    fingerprint: str
    code: str
    made: str
    holds: str


def bundles_on_disks() -> tuple[Path, ...]:
    """Give the bundles on plugged-in disks, the newest first."""
    from db.disks import removable_disks

    found: list[tuple[float, Path]] = []
    for disk in removable_disks():
        for pattern in BUNDLES:
            found += _readable(disk.path, pattern)
    return tuple(path for _, path in sorted(found, reverse=True)[:MOST_BUNDLES])


def _readable(folder: Path, pattern: str) -> list[tuple[float, Path]]:
    try:
        return [(path.stat().st_mtime, path) for path in folder.glob(pattern)]
    except OSError:  # the stick was pulled out while we looked
        return []


def look_at(home: Home, path: Path, progress: Progress, cancelled: Cancelled) -> BundleLook:
    """Check a bundle in full and say what it is.

    Raises:
        BundleProblem: it cannot be used.
    """
    from db.sync.keys import show_fingerprint
    from db.sync.reading import open_bundle

    with open_bundle(path, home=home, progress=progress, cancelled=cancelled) as bundle:
        info, counts = bundle.info, bundle.info.counts
        practice = " · THỰC HÀNH" if info.practice else ""
        return BundleLook(
            commune=f"{info.commune_name}{practice}",
            office=bundle.sender.office,
            machine=bundle.sender.machine,
            fingerprint=show_fingerprint(bundle.sender.device),
            code=bundle.code,
            made=f"{info.local:%H:%M ngày %d/%m/%Y}",
            holds=f"{_count(counts.changes)} thay đổi, {_count(counts.evidence)} tệp minh chứng",
        )


def _count(number: int) -> str:
    return show_number(Decimal(number))


def found(home: Home, answers: Founding, *, any_disk: bool) -> Desk:
    """Make the store of a commune."""
    from db.desk import Desk

    return Desk.found(home, answers, any_disk=any_disk)


def found_upper(home: Home, answers: UpperFounding) -> Desk:
    """Make the store of an upper level."""
    from db.desk import Desk

    return Desk.found_upper(home, answers)


def joined(home: Home, path: Path, officer: str, progress: Progress, cancelled: Cancelled) -> Desk:
    """Make a store from a bundle."""
    from db.sync.joining import join

    return join(home, path, officer, progress=progress, cancelled=cancelled)


def practised(home: Home) -> Desk:
    """Open the practice commune that belongs to a home; made when it is not there yet."""
    from db import practice
    from db.desk import Desk

    place = practice_home(home)
    practice.prepare(place)
    return Desk.open(place)


def practice_home(home: Home) -> Home:
    """Where the practice commune lies: beside the usual store, or inside a folder of one's own."""
    if home.path.name == "store":
        return Home(home.path.with_name("practice"))
    return Home(home.path / "practice")
