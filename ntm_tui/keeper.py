"""The store while the application runs: opened, waited for, written, let go of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App

from db.owner import Owner
from db.problems import Problem, StoreMissing
from ntm_tui.compat import work
from ntm_tui.screens.area import title_of
from ntm_tui.widgets.title_bar import Title

if TYPE_CHECKING:
    from db.desk import Desk
    from db.glance import Glance
    from db.home import Home

Written = TypeVar("Written")
PAINTED_SECONDS = 0.5
PATIENCE_SECONDS = 3


class Keeper(App[None]):
    """Opens the store in a thread, lets one use case write at a time, and closes it at the end."""

    home: Home

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk: Desk | None = None
        self.glance: Glance | None = None
        self.title_shown = Title()
        self.opener: Callable[[], Desk] = self._open_store
        self._one_writer = asyncio.Lock()
        self._opened = asyncio.Event()
        self._stores = 0

    # -- What the application does with it ---------------------------------------------------------

    def begin(self, desk: Desk | None) -> None:
        """Work on an open store from now on, if there is one."""
        raise NotImplementedError

    def show_trouble(self, problem: Problem) -> None:
        """Say why there is no store to work in."""
        raise NotImplementedError

    def refresh_area(self) -> None:
        """Let the work area in front read its data anew."""
        raise NotImplementedError

    def tell(self, problem: Problem) -> None:
        """Say what was refused."""
        raise NotImplementedError

    async def take_commune(self) -> bool:
        """Put the commune that is pointed at in front; False when there is none."""
        raise NotImplementedError

    @property
    def owner(self) -> Owner:
        """As whom one writes here: a commune, or its upper level."""
        return self.desk.owner if self.desk is not None else Owner.COMMUNE

    # -- Opening and closing -----------------------------------------------------------------------

    @work(group="open", exclusive=True)
    async def open_anew(self) -> None:
        """Open the store, while the person may look on."""
        await self.open_desk()

    async def open_desk(self) -> None:
        """Show what can be seen at once, then open the store, or say why not."""
        self._opened.clear()
        try:
            await self._look()
            desk = await asyncio.to_thread(self.opener)
        except StoreMissing:
            from ntm_tui.screens.first_run import FirstRunScreen

            self.push_screen(FirstRunScreen(self.home), self.begin)
        except Problem as problem:
            self.show_trouble(problem)
        else:
            self.begin(desk)
        finally:
            self._opened.set()

    async def _look(self) -> None:
        """Show the checklist before the store is open, and let that be painted first."""
        self.glance = await asyncio.to_thread(_glance, self.home)
        if self.glance is None:
            return
        seen, painted = self.glance, asyncio.Event()
        self.title_shown = title_of(seen.commune, seen.checklist.sheet, practice=seen.practice)
        self.refresh_area()
        self.screen.call_after_refresh(painted.set)
        with suppress(TimeoutError):  # a screen that was left meanwhile may never say so
            await asyncio.wait_for(painted.wait(), PAINTED_SECONDS)

    def _open_store(self) -> Desk:
        from db.desk import Desk

        return Desk.open(self.home)

    async def at_desk(self) -> Desk | None:
        """Give the open store, as soon as it is.

        What is asked for while it is still being opened waits, so that the keys behind it go where
        they belong; but not for long, for on a slow disk a person must be able to leave. None when
        it is not open then, which is told.
        """
        if not self._opened.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._opened.wait(), PATIENCE_SECONDS)
            if self.desk is None:
                self.notify("Kho dữ liệu đang mở, xin chờ một chút rồi làm lại.")
        return self.desk

    async def close_desk(self) -> None:
        """Let go of the store, after the write that may be under way."""
        async with self._one_writer:
            self._opened.clear()
            self._stores += 1
            desk, self.desk = self.desk, None
            if desk is not None:
                await asyncio.to_thread(desk.close)

    async def before_leaving(self) -> None:
        """Let digits that wait for the store be written, if it opens soon."""
        early = [one for one in self.workers if one.group == "early" and not one.is_finished]
        if early:
            with suppress(TimeoutError):
                waiting = self.workers.wait_for_complete(early)
                await asyncio.wait_for(asyncio.shield(waiting), PATIENCE_SECONDS)

    def on_unmount(self) -> None:
        """Let go of the store."""
        if self.desk is not None:
            self.desk.close()

    # -- Writing -----------------------------------------------------------------------------------

    async def write(self, job: Callable[[Desk], Written]) -> Written | None:
        """Let a use case write in a thread, one at a time; None when it was refused and told.

        What is written while the store is still being opened waits for it; not when another store
        is being put in its place.
        """
        replaced = self._stores
        await self._opened.wait()
        async with self._one_writer:
            if self.desk is None or self._stores != replaced:
                self.notify("Kho dữ liệu chưa mở được nên chưa ghi. Hãy mở lại rồi làm lại.")
                return None
            try:
                return await asyncio.to_thread(job, self.desk)
            except Problem as problem:
                self.tell(problem)
                return None


def _glance(home: Home) -> Glance | None:
    from db.glance import glance

    return glance(home)
