"""Every duty of the letter that concerns a commune has a story among the tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def duties_listed() -> set[int]:
    """The duties that docs/duties.md says are done here; those in brackets are the district's."""
    found: set[int] = set()
    for line in (ROOT / "docs" / "duties.md").read_text(encoding="utf-8").splitlines():
        first = re.match(r"\| ([0-9, ()]+) \|", line)
        if first:
            own = re.sub(r"\([0-9]+\)", "", first[1])
            found |= {int(number) for number in re.findall(r"[0-9]+", own)}
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
    text = (ROOT / "docs" / "duties.md").read_text(encoding="utf-8")
    of_the_district = re.search(r"Duties ([0-9,\sand]+) are the\s+district's own", text)
    assert of_the_district is not None
    others = {int(number) for number in re.findall(r"[0-9]+", of_the_district[1])}
    assert duties_listed() | others == set(range(1, 37))
    assert duties_listed() & others == set()
