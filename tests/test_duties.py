"""Every duty of the letter has a story among the tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def duties_listed() -> set[int]:
    """The duties that docs/duties.md says are done here."""
    found: set[int] = set()
    for line in (ROOT / "docs" / "duties.md").read_text(encoding="utf-8").splitlines():
        first = re.match(r"\| ([0-9, ]+) \|", line)
        if first:
            found |= {int(number) for number in re.findall(r"[0-9]+", first[1])}
    return found


def duties_told() -> set[int]:
    """The duties that a test says it is about, by their numbers."""
    found: set[int] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        if path == Path(__file__):
            continue
        for said in re.findall(r"Dut(?:y|ies) ([0-9, and]+)", path.read_text(encoding="utf-8")):
            found |= {int(number) for number in re.findall(r"[0-9]+", said)}
    return found


def test_every_duty_has_its_story() -> None:
    listed = duties_listed()
    assert len(listed) > 25
    assert listed - duties_told() == set()


def test_all_36_duties_are_accounted_for() -> None:
    assert duties_listed() == set(range(1, 37))
