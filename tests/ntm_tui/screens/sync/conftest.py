"""Disks that a test plugs in and pulls out, and two laptops of one commune."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import disks
from db.desk import Desk
from db.disks import Disk, DiskKind
from db.home import Home
from db.judging import Status
from ntm_tui.screens.sync import screen
from tests._helpers.stores import found, second, send, set_status

GIGABYTE = 1_000_000_000


class Plugged:
    """The removable disks as the program sees them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.disks: tuple[Disk, ...] = ()

    def plug(self, name: str, free: int = 8 * GIGABYTE) -> Path:
        path = self._folder / name
        path.mkdir(parents=True, exist_ok=True)
        self.disks = (*self.disks, Disk(path, DiskKind.REMOVABLE, free))
        return path

    def pull(self, name: str) -> None:
        self.disks = tuple(one for one in self.disks if one.path.name != name)


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plugged:
    found_ = Plugged(tmp_path / "media")
    monkeypatch.setattr(disks, "removable_disks", lambda: found_.disks)
    monkeypatch.setattr(screen, "DISK_SECONDS", 0.05)
    return found_


@pytest.fixture
def commune(tmp_path: Path) -> Home:
    """The first laptop, closed."""
    with found(tmp_path / "home") as desk:
        set_status(desk, "1.1", Status.MET)
        return desk.home


@pytest.fixture
def other(commune: Home, tmp_path: Path) -> Desk:
    """A second laptop of the same commune, open."""
    with Desk.open(commune) as desk:
        return second(desk, tmp_path / "other")


@pytest.fixture
def brought(other: Desk, plugged: Plugged) -> Path:
    """A stick with a bundle of the second laptop that holds something new."""
    stick = plugged.plug("usb")
    set_status(other, "2.1", Status.MET)
    path = send(other, stick).path
    other.close()
    return path
