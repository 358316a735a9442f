"""`ntm doctor`: what is well, what needs attention, and what to do about it."""

from __future__ import annotations

import shutil
import unicodedata
from collections import namedtuple
from datetime import timedelta, timezone
from typing import Any

import pytest

from db import clock, disks
from db.home import Home
from ntm_tui.console import checks
from ntm_tui.console.doctor import TEST_LINE, judge_typed
from tests._helpers.cli import call_cli

Usage = namedtuple("Usage", "total used free")


def found() -> dict[str, Any]:
    ran = call_cli("doctor", "--json")
    assert ran.code == 0
    assert ran.err == ""
    said = ran.json
    assert said["ok"] == all(one["ok"] for one in said["checks"])
    return {one["check"]: one for one in said["checks"]}


def test_a_healthy_machine(founded: Home) -> None:
    call_cli("backup")
    said = found()
    for name in ("program", "store", "identity", "backups", "disk", "terminal", "fonts"):
        assert said[name]["ok"], said[name]
    assert "Xã Cai Kinh" in said["store"]["found"]
    assert len(said["identity"]["found"].split("-")) == 6
    assert all(mark in said["fonts"]["found"] for mark in "√×■□–")
    shown = call_cli("doctor").out
    assert "√ Tốt" in shown
    assert "Thử bộ gõ" not in shown  # nobody is there to type


def test_without_a_store_nothing_is_made_and_the_way_on_is_told(home: Home) -> None:
    said = found()["store"]
    assert not said["ok"]
    assert "ntm" in said["advice"]
    assert not home.path.exists()


def test_a_damaged_store_is_reported_and_left_where_it_is(founded: Home) -> None:
    founded.store.write_bytes(b"\0" * 5000)
    said = found()["store"]
    assert not said["ok"]
    assert "ntm restore" in said["advice"]
    assert founded.store.read_bytes() == b"\0" * 5000


def test_missing_and_old_copies_want_attention(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not found()["backups"]["ok"]
    call_cli("backup")
    assert found()["backups"]["ok"]
    later = clock.wall_ms() + 8 * 24 * 3600 * 1000
    monkeypatch.setattr(clock, "wall_ms", lambda: later)
    assert not found()["backups"]["ok"]


def test_a_full_or_removable_disk_wants_attention(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: Usage(10, 9, 1))
        assert "xóa bớt" in found()["disk"]["advice"]
    monkeypatch.setattr(disks, "disk_kind", lambda _folder: disks.DiskKind.NETWORK)
    assert "ổ mạng" in found()["disk"]["advice"]
    founded.any_disk.touch()
    assert found()["disk"]["ok"]


def test_a_folder_that_cannot_be_written_wants_attention(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_write_problem", lambda _folder: "ổ đĩa chỉ cho đọc")
    said = found()["disk"]
    assert not said["ok"]
    assert "ổ đĩa chỉ cho đọc" in said["found"]


@pytest.mark.parametrize(
    ("wall", "told"),
    [(1_000_000_000_000, "quá sớm"), (1_720_000_000_000, "chậm hơn lần ghi gần nhất")],
)
def test_a_clock_that_lags_wants_attention(
    founded: Home, monkeypatch: pytest.MonkeyPatch, wall: int, told: str
) -> None:
    monkeypatch.setattr(clock, "wall_ms", lambda: wall)
    said = found()["clock"]
    assert not said["ok"]
    assert told in said["found"]


@pytest.mark.parametrize(("hours", "ok"), [(7, True), (0, False)])
def test_the_time_zone_is_looked_at(
    home: Home, monkeypatch: pytest.MonkeyPatch, hours: int, ok: bool
) -> None:
    monkeypatch.setattr(
        checks, "_local_offset", lambda: timezone(timedelta(hours=hours)).utcoffset(None)
    )
    assert checks.check_clock(home).ok is ok


@pytest.mark.parametrize(
    ("typed", "ok"),
    [
        (TEST_LINE, True),
        (f" {TEST_LINE} ", True),
        (unicodedata.normalize("NFD", TEST_LINE), True),
        ("Dduwowcj coong nhaanj", False),
        ("", False),
        ("Được công nhận, tiếng Việt có\x08", False),
    ],
)
def test_the_typed_line_tells_whether_the_keyboard_works(typed: str, ok: bool) -> None:
    check = judge_typed(typed)
    assert check.ok is ok
    assert bool(check.advice) is not ok
