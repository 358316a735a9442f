"""Where several officers share a machine, the program asks at its start who sits down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from db.desk import Desk
from db.home import Home
from ntm_tui.app import NtmApp
from ntm_tui.dialogs.officer import OfficerDialog
from tests._helpers.looks import seen
from tests._helpers.modes import SMALL, Begun
from tests._helpers.moulds import practice_of_today
from tests._helpers.terminal import wait_until


@asynccontextmanager
async def started(home: Home) -> AsyncIterator[Begun]:
    """The program as a person starts it."""
    app = NtmApp(home, ask_officer=True)
    async with app.run_test(size=SMALL) as pilot:
        await wait_until(lambda: app.desk is not None)
        at = Begun(app, pilot)
        await at.settled()
        yield at


def with_two(home: Home) -> None:
    with Desk.open(home) as desk:
        desk.taken_by("Lý Văn Bé", "Văn phòng")


async def test_several_are_asked_and_the_one_chosen_works(founded: Home) -> None:
    with_two(founded)
    async with started(founded) as at:
        assert isinstance(at.screen, OfficerDialog)
        assert "Ai ngồi máy lúc này?" in seen(at.app)
        assert "Lý Văn Bé (đang ngồi máy)" in seen(at.app)
        await at.keys.press("down", "enter")
        await at.settled()
        assert at.app.desk is not None
        assert at.app.desk.officer == "Nguyễn Thị Hường"


async def test_enter_and_esc_keep_the_last_one_and_write_nothing(founded: Home) -> None:
    with_two(founded)
    for key in ("enter", "escape"):
        async with started(founded) as at:
            await at.keys.press("1")
            await at.keys.press(key)
            await at.settled()
            assert not isinstance(at.screen, OfficerDialog)
            assert at.app.desk is not None
            assert at.app.desk.officer == "Lý Văn Bé"
            assert "ghi theo tên" not in seen(at.app)


async def test_one_alone_is_not_asked(founded: Home) -> None:
    async with started(founded) as at:
        assert not isinstance(at.screen, OfficerDialog)


async def test_practice_is_not_asked(tmp_path: Path) -> None:
    async with started(practice_of_today(tmp_path)) as at:
        assert not isinstance(at.screen, OfficerDialog)
