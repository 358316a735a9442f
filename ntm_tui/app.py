"""Wiring: work areas, theme, store, crash handling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from textual import work

from db.problems import Problem, StoreDamaged, StoreMissing
from ntm_tui import compat
from ntm_tui.areas import Areas
from ntm_tui.commands.host import CommandHost
from ntm_tui.crash import CrashGuard
from ntm_tui.log import LOG, start_log
from ntm_tui.office import Office
from ntm_tui.screens.area import AreaScreen, title_of
from ntm_tui.widgets.title_bar import Title

if TYPE_CHECKING:
    from pathlib import Path

    from db.desk import Desk
    from db.glance import Glance
    from db.home import Home

Written = TypeVar("Written")
TOLD_SECONDS = 12
PAINTED_SECONDS = 0.5
PATIENCE_SECONDS = 3


class NtmApp(CrashGuard, Areas, Office, CommandHost):
    """The application on one home.

    Args:
        home: where the store is, or will be made.
        opener: opens the desk; the store of the home when not given.
        log_path: where the log is, to tell the person after a crash.
    """

    TITLE = "NTM"

    def __init__(
        self,
        home: Home,
        *,
        opener: Callable[[], Desk] | None = None,
        log_path: Path | None = None,
    ) -> None:
        super().__init__(driver_class=compat.driver_class())
        self.home = home
        self.log_path = log_path
        self.desk: Desk | None = None
        self.glance: Glance | None = None
        self.title_shown = Title()
        self._opener = opener or self._open_store
        self._one_writer = asyncio.Lock()
        self._opened = asyncio.Event()
        self._stores = 0

    def on_ready(self) -> None:
        """Everything is painted: now the store may be opened."""
        self.open_anew()

    @work(group="open", exclusive=True)
    async def open_anew(self) -> None:
        """Open the store, while the person may look on."""
        await self.open_desk()

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

    async def open_desk(self) -> None:
        """Show what can be seen at once, then open the store, or say why not."""
        self._opened.clear()
        try:
            await self._look()
            desk = await asyncio.to_thread(self._opener)
        except StoreMissing:
            from ntm_tui.screens.first_run import FirstRunScreen

            self.push_screen(FirstRunScreen(self.home), self._begun)
        except Problem as problem:
            self.show_trouble(problem)
        else:
            self._begun(desk)
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

    def _begun(self, desk: Desk | None) -> None:
        if desk is None:
            return
        try:
            self.take(desk)
        except Problem as problem:  # its criteria set is not on this machine
            desk.close()
            self.desk = None
            self.show_trouble(problem)

    def show_trouble(self, problem: Problem) -> None:
        """Say why there is no store to work in, and do what the person then chooses."""
        from ntm_tui.dialogs.trouble import TroubleDialog, WayOut

        LOG.warning("store not opened: %s", problem.code)

        def chosen(way: WayOut | None) -> None:
            if way is WayOut.QUIT:
                self.exit()
            elif way is WayOut.RESTORE:
                self.choose_backup(otherwise=lambda: self.show_trouble(problem))
            else:
                self.open_anew()

        restorable = isinstance(problem, StoreDamaged)
        self.push_screen(TroubleDialog(str(problem), restorable=restorable), chosen)

    def take(self, desk: Desk) -> None:
        """Work on an open store from now on."""
        self.home = desk.home
        self.seat(desk)
        if desk.store.notice:
            self.notify(desk.store.notice, title="Cần biết", timeout=TOLD_SECONDS)
        self.run_worker(self._back_up(desk), group="backup")

    def seat(self, desk: Desk) -> None:
        """Sit at the same store anew, as after its profile or its officer changed."""
        self.desk, self.glance = desk, None
        self.title_shown = title_of(desk.commune, desk.sheet(), practice=desk.practice)
        self.refresh_area()

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

    def tell(self, problem: Problem) -> None:
        """Say what was refused, in the problem's own words."""
        LOG.info("refused: %s", problem.code)
        self.clear_notifications()  # the same refusal many times would cover the screen
        self.notify(str(problem), title="Chưa làm được", severity="warning", timeout=TOLD_SECONDS)

    def refresh_area(self) -> None:
        """Let the work area in front read its data anew."""
        if isinstance(self.screen, AreaScreen):
            self.screen.refresh_data()

    async def _back_up(self, desk: Desk) -> None:
        from db import backups

        try:
            await asyncio.to_thread(backups.backup_daily, desk.home)
        except Problem as problem:
            self.tell(problem)

    def _open_store(self) -> Desk:
        from db.desk import Desk

        return Desk.open(self.home)


def _glance(home: Home) -> Glance | None:
    from db.glance import glance

    return glance(home)


def run(home: Home, *, opener: Callable[[], Desk] | None = None) -> None:
    """Run the application until the person leaves."""
    compat.install()
    NtmApp(home, opener=opener, log_path=start_log(home.logs)).run()
