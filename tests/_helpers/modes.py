"""The application on a home, begun in any of its work areas."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.screen import Screen

from db.home import Home
from ntm_tui import compat
from ntm_tui.app import NtmApp
from tests._helpers.keys import Keys, settle, wait_until
from tests._helpers.looks import seen

compat.install()

SMALL, LARGE, NARROW = (80, 24), (120, 40), (50, 24)


class Begun:
    """A running application, its work area and the person at its keyboard."""

    def __init__(self, app: NtmApp, pilot: Any) -> None:
        self.app = app
        self.keys = Keys(pilot)
        self._pilot = pilot

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    async def settled(self) -> None:
        """Wait until every worker has come back and what it brought is shown."""
        await settle(self._pilot)
        while any(not worker.is_finished for worker in self.app.workers):
            await self.app.workers.wait_for_complete()
            await settle(self._pilot)


@asynccontextmanager
async def begun(home: Home, mode: str, size: tuple[int, int] = SMALL) -> AsyncIterator[Begun]:
    """A work area of a home that holds a store, filled and waiting for keys."""
    app = type("BegunApp", (NtmApp,), {"DEFAULT_MODE": mode})(home)
    async with app.run_test(size=size) as pilot:
        await wait_until(lambda: app.desk is not None)
        found = Begun(app, pilot)
        await found.settled()
        yield found


async def until_shown(at: Begun, words: str) -> None:
    """Wait until some words can be read on the screen."""
    await wait_until(lambda: words in seen(at.app))
