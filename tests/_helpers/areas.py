"""The application on a founded home, begun in the work area that a test is about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from db.home import Home
from ntm_tui import compat
from ntm_tui.app import NtmApp
from ntm_tui.screens.checklist import ChecklistScreen
from tests._helpers.keys import Keys, settle, wait_until

compat.install()

SMALL, LARGE, NARROW = (80, 24), (120, 40), (50, 24)


class ChecklistApp(NtmApp):
    DEFAULT_MODE = "checklist"

    @property
    def area(self) -> ChecklistScreen:
        screen = self.screen_stack[0]
        assert isinstance(screen, ChecklistScreen)
        return screen


@asynccontextmanager
async def checklist(
    home: Home, size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[ChecklistApp, Keys]]:
    """The checklist of a home, filled and waiting for keys."""
    app = ChecklistApp(home)
    async with app.run_test(size=size) as pilot:
        await wait_until(lambda: isinstance(app.screen, ChecklistScreen))
        await wait_until(lambda: app.area.picture is not None and app.area.picture.turn >= 0)
        await settle(pilot)
        yield app, Keys(pilot)


def current(app: ChecklistApp) -> Any:
    """The key of the row under the cursor."""
    row = app.area.table.current
    return row.key if row is not None else None
