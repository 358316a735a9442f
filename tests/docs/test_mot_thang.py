"""The guide of a month with three machines is true: every command works, the machines end equal."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from db import clock
from db.clock import VIETNAM
from db.desk import Desk
from db.home import Home
from tests._helpers.cli import call_cli
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import begun
from tests._helpers.month import GUIDE, Line, Machine, Month, equal_machines, steps
from tests._helpers.stores import dump_of


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


async def test_the_month_is_played_as_the_guide_tells_it_and_ends_equal(month: Month) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for step in steps(guide):
        if step.keys:
            await press_keys(month.machine(step.machine), step.keys)
            continue
        said = month.play(step)
        for words in step.seen:
            assert words in said, (step, said)
    equal = equal_machines(guide)
    assert len(equal) == 3
    dumps = set()
    for name in equal:
        with Desk.read(Home(month.machine(name.removeprefix("máy ")).folder / "home")) as desk:
            dumps.add(dump_of(desk))
    assert len(dumps) == 1


async def press_keys(machine: Machine, lines: Iterable[Line]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in machine.env.items():
            patch.setenv(name, value)
        async with begun(Home(machine.folder / "home"), "week") as at:
            for keys, shown in lines:
                await at.keys.press(*(it.lower() for it in keys.split()))
                for words in shown:
                    await wait_until(lambda words=words: words in seen(at.app))
                await at.settled()
