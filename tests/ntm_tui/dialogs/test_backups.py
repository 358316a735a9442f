from __future__ import annotations

import pytest

from db import backups
from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.dialogs.backups import BackupsDialog
from tests._helpers.looks import seen
from tests._helpers.modes import begun
from tests._helpers.stores import set_status, status_of
from tests._helpers.terminal import wait_until


@pytest.fixture
def two_days(founded: Home) -> Home:
    """A home with a copy from before 1.1 was assessed, and a newer one."""
    backups.backup(founded, backups.Why.MANUAL)
    with Desk.open(founded) as desk:
        set_status(desk, "1.1", Status.MET)
    backups.backup(founded, backups.Why.DAILY)
    return founded


async def test_yesterday_is_restored_with_at_most_6_keys(two_days: Home) -> None:
    async with begun(two_days, "week") as at:
        before = at.app.desk
        await at.keys.press("ctrl+p")
        await at.keys.type("sao luu")
        await at.settled()
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.app.screen, BackupsDialog))
        await at.keys.press("down", "enter", "enter")
        await wait_until(lambda: at.app.desk not in (before, None))
        await at.settled()
        assert at.keys.count <= 6
        desk = at.app.desk
        assert desk is not None and status_of(desk, "1.1") is Status.NOT_ASSESSED
        assert "Kho trước đó còn nguyên" in " ".join(
            str(note.message) for note in at.app._notifications
        )
    assert list(two_days.replaced.iterdir()), "what was replaced is kept"


async def test_a_copy_that_cannot_be_used_is_told_and_work_goes_on(two_days: Home) -> None:
    newest = backups.list_backups(two_days)[0].path
    newest.write_bytes(b"broken")
    async with begun(two_days, "week") as at:
        at.app.action_show_backups()
        await at.settled()
        before = at.app.desk
        await at.keys.press("enter", "enter")
        await wait_until(lambda: at.app.desk not in (before, None))
        desk = at.app.desk
        assert desk is not None and status_of(desk, "1.1") is Status.MET
        told = " ".join(str(note.message) for note in at.app._notifications)
        assert "không phải là bản sao lưu đọc được" in told


async def test_escape_changes_nothing(two_days: Home) -> None:
    async with begun(two_days, "week") as at:
        before = at.app.desk
        at.app.action_show_backups()
        await at.settled()
        await at.keys.press("escape")
        assert at.app.desk is before
        assert not isinstance(at.app.screen, BackupsDialog)


async def test_without_copies_it_says_so(founded: Home) -> None:
    async with begun(founded, "week") as at:
        for copy in backups.list_backups(founded):
            copy.path.unlink()
        at.app.action_show_backups()
        await at.settled()
        assert "Chưa có bản sao lưu nào" in seen(at.app)
        await at.keys.press("escape")
