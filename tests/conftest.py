"""What every test may start from: folders of its own, and a commune founded in them."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from db import engine
from db.communes import Founding, VillageRecord
from db.desk import Desk
from db.home import Home
from ntm_tui.cli import sweep_seldom
from tests._helpers import moulds
from tests._helpers.memory import folder_in_memory
from tests._helpers.practice import MadeDistrict, make_commune, make_district, shared_folder

sweep_seldom()
"""Else a fifth of the run goes into looking for garbage among modules that stay for good."""

settings.register_profile("histories", max_examples=150, print_blob=True)  # make histories

VILLAGES = (
    VillageRecord("dong-mo", "Thôn Đồng Mỏ", 120, 502),
    VillageRecord("lan-gat", "Thôn Lân Gạt", 85, 371),
    VillageRecord("ba-nang", "Thôn Ba Nàng", 98, 410),
)

PRACTICE_DAY = date(2024, 11, 18)

FOUNDING = Founding("Lạng Sơn", "Hữu Lũng", "Cai Kinh", "Nguyễn Thị Hường", 2024, villages=VILLAGES)

COUNTED = ("histories", "steps", "bundles")
"""What tests of whole histories report; the sums are said at the end of a run."""


def pytest_configure() -> None:
    """Keep the folders of tests in memory, unless they are wanted elsewhere."""
    if (memory := folder_in_memory()) is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test ever sees the folders of the person who runs it, or of another test."""
    monkeypatch.setenv("NTM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NTM_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("NTM_PAPERS", str(tmp_path / "papers"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home of this test, empty so far."""
    return Home(tmp_path / "home")


@pytest.fixture
def founding() -> Founding:
    """The first-run answers of a commune."""
    return FOUNDING


@pytest.fixture(scope="session", autouse=True)
def _moulds(tmp_path_factory: pytest.TempPathFactory) -> None:
    moulds.keep_in(tmp_path_factory.mktemp("moulds"))


@pytest.fixture
def founded(tmp_path: Path) -> Home:
    """A home with a founded commune, closed."""

    def found(path: Path) -> None:
        Desk.found(Home(path / "home"), FOUNDING).close()

    (home,) = moulds.copies("founded", found, tmp_path, "home")
    return home


@pytest.fixture
def desk(founded: Home) -> Iterator[Desk]:
    """The same commune, open for work."""
    with Desk.open(founded) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """Every store that is opened compiles the same statements anew; a program opens few."""
    make, first = engine.create_engine, engine.create_engine("sqlite+pysqlite://")

    def make_alike(*args: Any, **named: Any) -> Engine:
        made = make(*args, **named)
        made.dialect = made.pool._dialect = first.dialect
        made._compiled_cache = first._compiled_cache
        return made

    first.connect().close()  # so that the dialect knows its database
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", make_alike)
        yield


@pytest.fixture(scope="session")
def made_district(tmp_path_factory: pytest.TempPathFactory) -> MadeDistrict:
    """The practice district, for looking at; `copy_to` gives one to work in."""
    return make_district(shared_folder(tmp_path_factory) / "practice-district")


@pytest.fixture(scope="session")
def made_commune(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The practice commune as of `PRACTICE_DAY`, only for looking at (`Desk.read`)."""
    return make_commune(shared_folder(tmp_path_factory) / "practice-commune", PRACTICE_DAY)


def pytest_collection_finish() -> None:
    """What is there by now stays: nobody need look for garbage among it."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many whole histories were taken, wherever they ran."""
    counts: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        counts.update({name: count for name, count in report.user_properties if name in COUNTED})
    if counts:
        terminalreporter.write_line(", ".join(f"{counts[name]} {name}" for name in COUNTED))
