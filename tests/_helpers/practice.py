"""The practice district, made once for all tests of a run, and copies of it to work in."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import identity_file, practice
from db.home import Home
from db.practice.district_story import DistrictStory, read_district

_MAKING_MAY_TAKE = 300.0  # seconds that another worker waits for it


@dataclass(frozen=True)
class MadeDistrict:
    """The practice district: its home, and those of the communes that made it."""

    root: Path

    @property
    def home(self) -> Home:
        return Home(self.root / "district")

    @property
    def config(self) -> Path:
        return self.root / "config"

    def commune(self, code: str) -> Home:
        """The store of one of its communes, as it was when it sent its bundle."""
        return Home(self.root / "communes" / code.rpartition("/")[2])

    def copy_to(self, path: Path) -> Home:
        """A copy to work in, with the same key, in the configuration folder of the test."""
        return copied(self.home, self.config, Home(path))

    def copy_commune_to(self, code: str, path: Path) -> Home:
        """A copy of a commune's own store to work in, with the same key."""
        return copied(self.commune(code), self.config, Home(path))


def copied(source: Home, config: Path, target: Home) -> Home:
    """A copy of a store to work in, with its key, in the configuration folder of the test."""
    shutil.copytree(source.path, target.path)
    kept = identity_file.read(config / "identities" / identity_file.place_of(source.path).name)
    assert kept is not None
    moved = replace(kept, home=str(target.path.resolve()))
    identity_file.write(identity_file.place_of(target.path), moved)
    return target


def make_district(root: Path) -> MadeDistrict:
    """Make it in a folder that the workers of a run share; the first one does, the rest wait."""
    made = MadeDistrict(root)
    root.mkdir(exist_ok=True)
    with _one_at_a_time(root / "making.sqlite"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_CONFIG", str(made.config))
        (root / "communes").mkdir(exist_ok=True)
        practice.prepare_district(made.home, workshop=root / "communes")
    return made


def make_commune(root: Path, today: date) -> Home:
    """Make the practice commune in a folder that the workers of a run share, for looking at."""
    home = Home(root / "home")
    root.mkdir(exist_ok=True)
    with _one_at_a_time(root / "making.sqlite"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_CONFIG", str(root / "config"))
        practice.prepare(home, today)
    return home


def hamlet() -> DistrictStory:
    """A story of two communes, for where the making itself is looked at."""
    whole = read_district()
    none: dict[str, Any] = {"registers": [], "verdicts": []}
    return replace(whole, communes=whole.communes[1:3], deeds={**whole.deeds, **none})


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run that all of its workers see."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, timeout=_MAKING_MAY_TAKE, isolation_level=None)) as gate:
        gate.execute("BEGIN EXCLUSIVE")
        yield
