"""Kiem-tra-may says whether the program will run well on this laptop."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from kit.installing.machine import judge_typed
from kit.installing.refusal import system_words
from tests._helpers.kits import small_kit

LINE = "Được công nhận, tiếng Việt có dấu"


def test_the_machine_is_looked_at_and_nothing_is_made(tmp_path: Path) -> None:
    kit = small_kit(tmp_path / "kit", tmp_path / "máy")
    done = kit.run("check", stdin=f"{LINE}\n")
    assert done.returncode == 0, done.stderr
    for words in ("Hệ điều hành", "Python 3", "Chỗ trống", "Ghi được", "gõ đúng", "diệt virus"):
        assert words in done.stdout
    assert list(kit.machine.iterdir()) == []


@pytest.mark.parametrize("typed", [LINE, f" {LINE} ", unicodedata.normalize("NFD", LINE)])
def test_a_keyboard_that_works(typed: str) -> None:
    assert judge_typed(typed)[0]


@pytest.mark.parametrize("typed", ["", "Dduowcj coong nhaajn", "Ðược công nhận"])
def test_a_keyboard_that_does_not_is_told_what_to_set(typed: str) -> None:
    well, told = judge_typed(typed)
    assert not well
    assert typed in told
    assert "bảng mã Unicode" in told


def test_a_virus_scanner_is_named_when_it_blocked() -> None:
    error = OSError(22, "x")
    error.winerror = 225  # type: ignore[attr-defined]
    assert "diệt virus" in system_words(error)
    assert system_words(OSError(9999, "x")) == "mã lỗi 9999"
