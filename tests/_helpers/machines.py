"""Machines with a disk, a calendar and a configuration folder of their own, all in one process."""

from __future__ import annotations

import itertools
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock

from db import clock, files, identity, identity_file, machine
from db.conflicts import Conflict, read_conflicts
from db.desk import Desk
from db.evidence import path_in
from db.home import Home
from db.models import SHARED

COMMUNE = "lang-son/huu-lung/cai-kinh"

Said = tuple[str, str, str, str, str, str]
"""A change by what it says: scope, entity, row, field, value, clock. Copies of one are one."""

IN_2024 = 1_720_000_000_000
_YEAR = 365 * 86_400_000
CALENDARS = {"right": 0, "2002": -22 * _YEAR, "2031": 7 * _YEAR}
"""By how many milliseconds the calendar of a machine is wrong."""

_here: list[Machine] = []
_passed = itertools.count(1)


@dataclass
class Machine:
    """A laptop. `name` tells it from other machines; its calendar is wrong by `off` milliseconds.

    `kept` is what its journal held when it was last looked at.
    """

    name: str
    folder: Path
    config: Path
    off: int = 0
    zone: str = ""
    desk: Desk = None  # type: ignore[assignment]
    kept: frozenset[Said] = frozenset()
    copies: list[tuple[Path, frozenset[Said]]] = field(default_factory=list)

    @property
    def home(self) -> Home:
        return Home(self.folder / "home")

    def open(self) -> None:
        """Start the program; at the upper level with the first commune in front."""
        with at(self):
            desk = Desk.open(self.home)
        self.desk = desk.at_commune(COMMUNE) if desk.upper is not None else desk

    def close(self) -> None:
        self.desk.close()

    def said(self, *, counted: bool = False) -> frozenset[Said]:
        """What the journal holds, or what of it counts."""
        with self.desk.reading() as session:
            found = session.connection().exec_driver_sql(
                "SELECT scope, entity, row, field, value, clock FROM change WHERE accepted >= ?",
                (int(counted),),
            )
            return frozenset(tuple(row) for row in found.all())

    def own_unsealed(self) -> frozenset[Said]:
        """What was written here and has left in no bundle yet."""
        with self.desk.reading() as session:
            found = session.connection().exec_driver_sql(
                "SELECT scope, entity, row, field, value, clock FROM change WHERE segment = ''"
            )
            return frozenset(tuple(row) for row in found.all())


@contextmanager
def several_machines() -> Iterator[None]:
    """Let what a program asks its machine be answered by the one at which it is said to run."""
    with (
        mock.patch.object(identity, "machine_id", lambda: _here[-1].name),
        mock.patch.object(machine, "machine_name", lambda: _here[-1].name),
        mock.patch.object(clock, "wall_ms", _wall),
        # No power is cut here; waiting for the disk would be most of the time.
        mock.patch.object(os, "fsync", lambda _handle: None),
        mock.patch.dict(os.environ),
    ):
        try:
            yield
        finally:
            _here.clear()
            os.environ.pop("TZ", None)
            _heed_zone()


def _wall() -> int:
    """What the calendar of the machine at hand shows; time passes for all of them alike."""
    return IN_2024 + next(_passed) + _here[-1].off


@contextmanager
def at(one: Machine) -> Iterator[None]:
    """Sit down at a machine."""
    _here.append(one)
    before = {name: os.environ.get(name) for name in ("NTM_CONFIG", "TZ")}
    _set({"NTM_CONFIG": str(one.config), "TZ": one.zone or None})
    try:
        yield
    finally:
        _here.pop()
        _set(before)


def _set(wanted: Mapping[str, str | None]) -> None:
    for name, value in wanted.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    _heed_zone()


def _heed_zone() -> None:
    if hasattr(time, "tzset"):  # Windows has no zone of a process
        time.tzset()


def copy_of(one: Machine, folder: Path, name: str = "") -> Machine:
    """The whole disk once more, key and all, in the same machine or in another one."""
    made = _with_home_of(one, folder, name or one.name)
    with at(one):
        stored = identity_file.read(identity_file.place_of(one.home.path))
    assert stored is not None
    with at(made):  # the file is bound to a path, which on the copied disk is the same
        moved = replace(stored, home=str(made.home.path.resolve()))
        identity_file.write(identity_file.place_of(made.home.path), moved)
    return made


def carried_home(one: Machine, folder: Path, name: str) -> Machine:
    """The folder of a store alone, in another machine: the key stays behind."""
    return _with_home_of(one, folder, name)


def beside(one: Machine, folder: Path) -> Machine:
    """The folder of a store copied on its own machine."""
    return replace(_with_home_of(one, folder, one.name), config=one.config)


def _with_home_of(one: Machine, folder: Path, name: str) -> Machine:
    made = replace(one, folder=folder, name=name, config=folder / "config", copies=[])
    shutil.copytree(one.home.path, made.home.path, ignore=shutil.ignore_patterns("ntm.lock*"))
    return made


def board_of(one: Machine) -> tuple[Conflict, ...]:
    """The fields in which machines differ, those that the office here settles first."""
    with one.desk.reading() as session:
        return read_conflicts(one.desk, session, (COMMUNE, SHARED)).conflicts


def lacking_evidence(one: Machine) -> list[str]:
    """Evidence files that are spoken of and not here, whole."""
    with one.desk.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT DISTINCT sha256 FROM evidence WHERE sha256 IS NOT NULL"
        )
        wanted = list(rows.scalars())
    return [it for it in wanted if not _is_whole(path_in(one.home, it), it)]


def _is_whole(path: Path, digest: str) -> bool:
    return path.is_file() and files.sha256_of(path) == digest
