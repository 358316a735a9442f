"""States in which many tests begin: made once for each worker, and then copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db import clock, practice
from db.home import Home
from tests._helpers.practice import copied

_folders: list[Path] = []
_wall_ms = clock.wall_ms


def keep_in(folder: Path) -> None:
    """Say where the moulds of this worker lie."""
    _folders[:] = [folder]


def copies(name: str, make: Callable[[Path], None], path: Path, *homes: str) -> tuple[Home, ...]:
    """Homes that were made together once, copied below a path with their keys.

    Where a test has set the clock, they are made by that clock.
    """
    targets = tuple(Home(path / home) for home in homes)
    if clock.wall_ms is not _wall_ms:
        make(path)
        return targets
    mould = _folders[0] / name
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_CONFIG", str(mould / "config"))
        if not (mould / "whole").exists():
            make(mould)
            (mould / "whole").touch()
    return tuple(copied(Home(mould / it.path.name), mould / "config", it) for it in targets)


def practice_of_today(path: Path) -> Home:
    """The practice commune to work in, its story ended yesterday."""

    def prepare(folder: Path) -> None:
        practice.prepare(Home(folder / "home"))

    (home,) = copies(f"practice-{clock.today()}", prepare, path, "home")
    return home
