"""What a trusted machine may write and no program of ours would: kept, and everything still reads.

One archive for each odd value; it fills every field of every register with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db import backups, criteria_sets, registers
from db.journal.heads import EXISTS
from db.models.base import Replicated, declarations, entities
from db.owner import Owner
from db.registers.due import read_due
from db.registers.reading import read_page
from db.sync.layout import card_name
from db.week import read_week
from tests._helpers import other_reader
from tests._helpers.histories import Pen
from tests._helpers.hostile.segments import carrying
from tests._helpers.hostile.world import (
    SHARED,
    SHEET,
    Files,
    Target,
    own_pen,
    segment_files,
    upper_pen,
)
from tests._helpers.stores import dump_of, send, set_note

TODAY = date(2024, 11, 18)
ODD: tuple[Any, ...] = (
    "", " ", "x" * 2_000, "\u202e\u200b\u2066gnol", "\x00\x07\x1b[2J\x9b2J", "e\u0301\r\n",
    "[red]x[/]",
    "=HYPERLINK(1)", "../../x", "NaN", "-1", "1e999", "9" * 500, "1/0", "0000-00-00",
    "9999-12-31",
    "2024-02-30", "+99999-01-01", "2024-W01-1", "20241118", "1.5.2", "١٢", "Infinity",
    0, -1, 1, 2**53 - 1, -(2**53) + 1, True, False, [], [[]], [None], [1], ["x"], ["x"] * 500, {},
    {"": ""}, {"status": "met"}, {"status": 5, "reason": None}, {"status": "met", "reason": ["x"]},
    {"value": "1e999"}, {"value": "NaN"}, {"numerator": "1", "denominator": "0"}, {"level": 5},
    {"value": "-5"}, {"kind": "x"}, {"kind": "pct_ge", "source": "x"}, {"from": {"x": -1}},
    {"from": 5}, {"from": {"0001deadbeef/shared": True}}, {"trusted": []}, {"role": "admin"},
    {"central": "x"}, {"central": {}}, {"men": {"value": "1"}}, {"x" * 1_000: "y"},
)  # fmt: skip
AT_ONCE = 19
"""Values in one archive: as many as the checklist has criteria."""


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    monkeypatch.setattr(backups, "backup", lambda *_: None)
    made = Target(tmp_path)
    with closing(made.desk):
        yield made


def filled_with(place: int, value: Any) -> Files:
    """Segments of the machines that may write it: a row of every register with only this value."""
    pens = {
        (Owner.COMMUNE, False): own_pen(),
        (Owner.UPPER, False): upper_pen(),
        (Owner.UPPER, True): upper_pen(SHARED),
    }
    for pen in pens.values():
        pen.incarnation = f"{place + 2:04d}0000ffff"
    for name, model in entities().items():
        row = _row(model, place % AT_ONCE)
        pens[model.row_owner, model.shared].write(name, row, EXISTS, True)
        for field, said in declarations(model).items():
            pens[said.owner, model.shared].write(name, row, field, value)
    for pen in pens.values():
        pen.seal()
    return segment_files(pens.values())


def _row(model: type[Replicated], place: int) -> str:
    parts = {
        "criteria_set": SHEET, "indicator": f"{place + 1}.1", "criterion": str(place + 1),
        "year": "2024",
    }  # fmt: skip
    named = (parts.get(part, f"x{place}") for part in model.natural_key)
    return "|".join(named) or f"odd-{place}"


def read_everything(target: Target) -> None:
    """What the screens ask for."""
    desk = target.desk
    assert json.loads(dump_of(desk))
    desk.checklist()
    read_week(desk, datetime(2024, 11, 18, tzinfo=UTC))
    read_due(desk, TODAY, 7)
    for register in {
        *registers.OF_WORK, *registers.OF_CAPITAL, *registers.OF_REPORTS, *registers.OF_AGENCIES,
        *registers.OF_UPPER_WORK, *registers.OF_UPPER_REPORTS,
    }:  # fmt: skip
        read_page(desk, register, TODAY)


@pytest.mark.parametrize("start", range(0, len(ODD), AT_ONCE))
def test_odd_values_are_kept_and_everything_can_be_read_and_sent_on(
    target: Target, tmp_path: Path, start: int
) -> None:
    values = ODD[start : start + AT_ONCE]
    more: Files = {}
    for place, value in enumerate(values, start):
        more |= filled_with(place, value)
    seen = target.take(carrying(more))
    assert seen.codes == set(), seen.said
    assert seen.outcome is not None and seen.outcome.new > len(values) * len(entities())
    read_everything(target)
    set_note(target.desk, "1.1", "vẫn ghi được")
    written = send(target.desk, tmp_path / "usb", full=True)
    bundle = other_reader.read(written.path.read_bytes())
    assert bundle.flaws == []
    assert other_reader.state([bundle]) == dump_of(target.desk)


SETS = {
    "nothing": "", "no TOML": "id =", "an id alone": 'id = "x"\n', "binary": "\x00\x01",
    "deep": "a = " + "[" * 20_000, "deep and whole": "a = " + "[" * 300 + "]" * 300,
    "many tables": "[[criteria]]\n" * 3_000, "huge number": "year = " + "9" * 4_000,
    "floats": "a = nan\nb = inf\nc = 1e999\n", "a path": 'id = "../../x"\nname = "x"\n',
    "a device": 'id = "CON"\n', "dates": "a = 9999-12-31T23:59:59.999999+23:59\n",
    "twice": 'id = "a"\nid = "b"\n', "long": "# " + "x" * 50_000, "CSV": "a;b\n=1+1;x\n",
    "odd text": 'id = "\u202ex"\n', "wrong kinds": 'id = 5\ncriteria = "x"\nyears = {}\n',
}  # fmt: skip


def test_published_sets_that_are_no_sets_are_passed_over(target: Target) -> None:
    before = [one.id for one in criteria_sets.available(target.desk.home)]
    pen = upper_pen(SHARED)
    pen.incarnation = "0005deadbeef"
    for name, content in SETS.items():
        pen.write("published_set", name.replace(" ", "-"), EXISTS, True)
        pen.write("published_set", name.replace(" ", "-"), "content", content)
    pen.seal()
    seen = target.take(carrying(segment_files([pen])))
    assert seen.outcome is not None and seen.outcome.new == 2 * len(SETS)
    assert [one.id for one in criteria_sets.available(target.desk.home)] == before
    assert not target.desk.home.criteria.exists()
    read_everything(target)


def test_a_cloned_disk_among_the_trusted_is_told_loudly(target: Target) -> None:
    """The same numbers of the same feed, with other changes: both count, and people are told."""
    pen = own_pen()
    pen.write("village", "dong-mo", "name", "Thôn của bản sao")
    pen.seal()
    more = {**segment_files([pen]), card_name(pen.key.id): pen.card}
    seen = target.take(carrying(more))
    assert seen.outcome is not None
    assert (seen.outcome.forked, seen.outcome.conflicts) == (True, 1)
    assert Pen(49, lambda: 0).key.id == pen.key.id
