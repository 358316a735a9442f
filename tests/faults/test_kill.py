"""Killed at random moments, the program loses nothing that it said was done."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.faults.kill import run

KILLS = 200 if os.environ.get("NTM_LONG_TESTS") == "1" else 28


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks processes")
def test_whatever_was_acknowledged_is_found_after_every_kill(tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    try:
        told = run(tmp_path, KILLS, seed)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    assert sum(told.values()) > KILLS
    assert told["edits"] > 0
