"""A person at the first-run questions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.widgets import Input

from db.home import Home
from ntm_tui.app import NtmApp
from ntm_tui.screens.first_run import FirstRunScreen
from tests._helpers.modes import SMALL, Begun
from tests._helpers.terminal import wait_until


class Asked(Begun):
    @property
    def questions(self) -> FirstRunScreen:
        screen = self.app.screen
        assert isinstance(screen, FirstRunScreen)
        return screen

    @property
    def page(self) -> str:
        return str(self.questions.page.id)

    @property
    def focus(self) -> str:
        return str(self.app.focused.id) if self.app.focused else ""

    def value(self, name: str) -> str:
        return self.questions.query_one(f"#{name}", Input).value

    async def answer_commune(self, commune: str = "Cai Kinh") -> None:
        """From the first question to the page of the title."""
        await self.keys.press("1")
        await self.keys.type(commune)
        await self.keys.press("enter")
        await self.keys.type("Nguyễn Thị Hường")
        await self.keys.press("enter", "enter")


@asynccontextmanager
async def asked(home: Home, size: tuple[int, int] = SMALL) -> AsyncIterator[Asked]:
    """The questions, waiting for an answer."""
    app = NtmApp(home)
    async with app.run_test(size=size) as pilot:
        await wait_until(lambda: isinstance(app.screen, FirstRunScreen))
        found = Asked(app, pilot)
        await found.settled()
        yield found
