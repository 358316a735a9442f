from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from db import backups
from db.desk import Desk
from db.home import Home
from db.problems import DiskRefused, StoreBusy
from ntm_tui.app import NtmApp
from ntm_tui.dialogs.backups import BackupsDialog
from ntm_tui.dialogs.trouble import TroubleDialog
from ntm_tui.screens.week import WeekScreen
from tests._helpers.looks import DRAWABLE, rows, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun
from tests._helpers.stores import set_status, status_of
from tests._helpers.terminal import wait_until


@asynccontextmanager
async def in_trouble(
    home: Home, opener: Callable[[], Desk] | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Begun]:
    app = NtmApp(home, opener=opener)
    async with app.run_test(size=size) as pilot:
        await wait_until(lambda: isinstance(app.screen, TroubleDialog))
        found = Begun(app, pilot)
        await found.settled()
        yield found


@pytest.fixture
def damaged(founded: Home) -> Home:
    """A home whose store was written over after a copy had been made."""
    with Desk.open(founded) as desk:
        set_status(desk, "1.1")
    backups.backup(founded, backups.Why.DAILY)
    founded.store.write_bytes(b"not a store" * 1000)
    return founded


async def test_the_reason_is_told_and_trying_again_opens_the_store(founded: Home) -> None:
    answers: list[Exception | None] = [StoreBusy("Kho đang mở ở nơi khác."), None]

    def opener() -> Desk:
        problem = answers.pop(0)
        if problem is not None:
            raise problem
        return Desk.open(founded)

    async with in_trouble(founded, opener) as at:
        assert "Kho đang mở ở nơi khác." in seen(at.app)
        assert "Phục hồi" not in seen(at.app)
        await at.keys.press("enter")
        await wait_until(lambda: at.app.desk is not None)
        await at.settled()
        assert isinstance(at.app.screen, WeekScreen)


async def test_trouble_that_stays_is_told_again(founded: Home) -> None:
    def opener() -> Desk:
        raise DiskRefused("Thư mục nằm trên USB.")

    async with in_trouble(founded, opener) as at:
        first = at.app.screen
        await at.keys.press("escape")
        await wait_until(
            lambda: isinstance(at.app.screen, TroubleDialog) and at.app.screen is not first
        )
        assert at.app.desk is None


async def test_one_can_leave(founded: Home) -> None:
    def opener() -> Desk:
        raise StoreBusy("Kho đang mở ở nơi khác.")

    async with in_trouble(founded, opener) as at:
        await at.keys.press("tab", "enter")
        await wait_until(lambda: not at.app.is_running)


async def test_a_damaged_store_is_replaced_by_a_copy_in_a_few_keys(damaged: Home) -> None:
    async with in_trouble(damaged) as at:
        assert "Kho dữ liệu bị hỏng" in seen(at.app)
        await at.keys.press("enter")
        assert isinstance(at.app.screen, BackupsDialog)
        await at.keys.press("enter", "enter")
        await wait_until(lambda: at.app.desk is not None)
        await at.settled()
        assert isinstance(at.app.screen, WeekScreen)
        desk = at.app.desk
        assert desk is not None and status_of(desk, "1.1") == "met"
    assert len(list(damaged.damaged.glob("*.sqlite"))) == 1, "the damaged file is kept"


async def test_who_does_not_want_a_copy_is_asked_again(damaged: Home) -> None:
    async with in_trouble(damaged) as at:
        await at.keys.press("enter", "escape")
        await wait_until(lambda: isinstance(at.app.screen, TroubleDialog))


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_it_fits_and_can_be_drawn(damaged: Home, size: tuple[int, int]) -> None:
    async with in_trouble(damaged, size=size) as at:
        assert set(seen(at.app)) <= DRAWABLE | {"\n"}
        assert all(len(row) == size[0] for row in rows(at.app))
        for words in ("Phục hồi bản sao lưu", "Thử lại"):
            assert words in seen(at.app)
