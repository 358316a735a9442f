"""What comes along with an import: layers stay apart, and what must be quick stays small.

Modules are imported in fresh interpreters, many in one, and the first that brings something along
is named.
"""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import db
import ntm_tui
from kit import installing

_WATCH = """
import importlib, json, sys
names, forbidden = json.loads(sys.argv[1])
guilty = {}
for name in names:
    importlib.import_module(name)
    for one in forbidden:
        if one in sys.modules and one not in guilty.values():
            guilty[name] = one
print(json.dumps(guilty))
"""
_VERSION = """
import sys
before = set(sys.modules)
sys.argv = ["ntm", "--version"]
from ntm_tui.cli import main
main()
print(*sorted(set(sys.modules) - before))
"""
DATABASE = ("sqlmodel", "sqlalchemy", "alembic")
SCREENS = ("textual", "rich", "typer", "ntm_tui")
REPOSITORY = Path(__file__).resolve().parents[1]
PURE = (
    "db.judging",
    "db.criteria",
    "db.text",
    "db.numbers",
    "db.problems",
    "db.home",
    "db.sheet",
    "db.glance",
)


def modules(package: object, *within: str) -> list[str]:
    """Every module of a package; those of migrations run only inside Alembic."""
    path, name = package.__path__, package.__name__  # type: ignore[attr-defined]
    found = [name, *(one.name for one in pkgutil.walk_packages(path, f"{name}."))]
    wanted = within or (name,)
    return [
        one
        for one in found
        if any(one == part or one.startswith(f"{part}.") for part in wanted)
        and not one.startswith("db.migrations.")
        and not one.endswith("__main__")
    ]


def brought_along(names: Iterable[str], forbidden: Iterable[str]) -> dict[str, str]:
    """Import some modules in a fresh interpreter: which of them brought what is forbidden?"""
    question = json.dumps([list(names), list(forbidden)])
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, question], capture_output=True, text=True, check=True
    )
    guilty: dict[str, str] = json.loads(done.stdout)
    return guilty


@pytest.mark.parametrize(
    ("names", "forbidden"),
    [
        pytest.param(modules(db), SCREENS, id="db is true without a screen"),
        pytest.param(modules(db, *PURE), DATABASE, id="judging needs no database"),
        pytest.param(
            ["ntm_tui.console.opening", "ntm_tui.app", "ntm_tui.screens.week"],
            (*DATABASE, "cryptography", "pyrage", "typer", "psutil"),
            id="the first screen waits for nothing",
        ),
        pytest.param(
            ["ntm_tui.console.program"],
            (*DATABASE, "cryptography", "pyrage", "textual", "rich", "psutil"),
            id="help waits for nothing",
        ),
    ],
)
def test_nothing_forbidden_comes_along(names: list[str], forbidden: tuple[str, ...]) -> None:
    assert names
    assert brought_along(names, forbidden) == {}


def test_every_module_can_be_imported() -> None:
    assert brought_along(modules(ntm_tui), ()) == {}


def test_the_version_is_answered_before_anything_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _VERSION], capture_output=True, text=True, check=True
    )
    version, came = done.stdout.splitlines()
    assert version == f"ntm-tui {ntm_tui.__version__}"
    assert came.split() == ["ntm_tui", "ntm_tui.cli"]


def test_what_runs_before_anything_is_installed_is_pythons_own() -> None:
    """As on a laptop: no site-packages, and nothing of this repository but the installer."""
    names = modules(installing)
    question = json.dumps([names, ["site", "db", "ntm_tui", "kit.building"]])
    start = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + _WATCH, question],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == {}
    assert "kit.installing.install" in names


def test_a_guilty_module_is_named() -> None:
    assert brought_along(["db.text", "db.desk"], DATABASE[:1]) == {"db.desk": "sqlmodel"}
