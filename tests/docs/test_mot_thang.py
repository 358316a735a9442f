"""The guide of a month with three machines is true: every command works, the machines end equal."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from db import clock
from db.clock import VIETNAM
from db.desk import Desk
from db.home import Home
from tests._helpers.cli import call_cli
from tests._helpers.month import GUIDE, Machine, Month, steps


@pytest.fixture
def month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Month:
    real = clock.wall_ms

    def run(machine: Machine, words: tuple[str, ...], shows: str) -> str:
        for name, value in machine.env.items():
            monkeypatch.setenv(name, value)
        if shows:
            day = datetime.fromisoformat(shows).replace(tzinfo=VIETNAM)
            monkeypatch.setattr(clock, "wall_ms", lambda: int(day.timestamp() * 1000))
        done = call_cli(*words)
        monkeypatch.setattr(clock, "wall_ms", real)
        assert done.code in (0, 3), (words, done.out, done.err)
        return done.out + done.err

    def device(machine: Machine) -> str:
        for name, value in machine.env.items():
            monkeypatch.setenv(name, value)
        with Desk.read(Home(Path(os.environ["NTM_HOME"]))) as desk, desk.reading() as session:
            return str(
                session.connection()
                .exec_driver_sql("SELECT value FROM meta WHERE key = 'device'")
                .scalar_one()
            )

    return Month(tmp_path, run, device)


def test_the_month_is_played_as_the_guide_tells_it_and_ends_equal(month: Month) -> None:
    equal: list[str] = []
    for step in steps(GUIDE.read_text(encoding="utf-8")):
        if step.event.startswith("bằng nhau: "):
            equal = [it.strip() for it in step.event.removeprefix("bằng nhau: ").split(",")]
            continue
        said = month.play(step)
        for words in step.seen:
            assert words in said, (step, said)
    assert len(equal) == 3
    dumps = set()
    for name in equal:
        with Desk.read(Home(month.machine(name.removeprefix("máy ")).folder / "home")) as desk:
            from tests._helpers.stores import dump_of

            dumps.add(dump_of(desk))
    assert len(dumps) == 1
