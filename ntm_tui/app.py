"""Wiring: work areas, theme, store, crash handling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from db.owner import Owner
from db.problems import Problem, StoreDamaged
from ntm_tui import compat
from ntm_tui.areas import UPPER_MODES, Areas
from ntm_tui.commands.host import CommandHost
from ntm_tui.crash import CrashGuard
from ntm_tui.lessons.teacher import Teacher
from ntm_tui.log import LOG, start_log
from ntm_tui.office import Office
from ntm_tui.printing import Printing
from ntm_tui.screens.area import AreaScreen, title_of

if TYPE_CHECKING:
    from pathlib import Path

    from db.desk import Desk
    from db.home import Home

TOLD_SECONDS = 12


class NtmApp(CrashGuard, Office, Printing, Teacher, Areas, CommandHost):
    """The application on one home.

    Args:
        home: where the store is, or will be made.
        opener: opens the desk; the store of the home when not given.
        log_path: where the log is, to tell the person after a crash.
        ask_officer: whether to ask who sits down, where several officers share this machine.
    """

    TITLE = "NTM"

    def __init__(
        self,
        home: Home,
        *,
        opener: Callable[[], Desk] | None = None,
        log_path: Path | None = None,
        ask_officer: bool = False,
    ) -> None:
        super().__init__(driver_class=compat.driver_class())
        self.home = home
        self.log_path = log_path
        self._ask_officer = ask_officer
        if opener is not None:
            self.opener = opener

    def on_ready(self) -> None:
        """Everything is painted: now the store may be opened."""
        self.open_anew()

    def begin(self, desk: Desk | None) -> None:
        """Work on an open store from now on; none was made when the first questions were left."""
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
        if desk.upper is not None:
            self.call_later(self.go, self.current_mode)
        if self._ask_officer and not desk.practice:
            self._ask_officer = False
            self.run_worker(self.ask_officer(), group="officer")
        self.run_worker(self._tell_if_revoked(desk), group="revoked")
        self.run_worker(self._back_up(desk), group="backup")

    def seat(self, desk: Desk) -> None:
        """Sit at the same store anew, as after its profile or its officer changed."""
        self.desk, self.glance = desk, None
        self.title_shown = title_of(
            desk.commune,
            desk.sheet(),
            practice=desk.practice,
            upper=desk.upper.name if desk.upper is not None else "",
        )
        self.refresh_bindings()
        self.refresh_area()

    def tell(self, problem: Problem) -> None:
        """Say what was refused, in the problem's own words."""
        LOG.info("refused: %s", problem.code)
        self.clear_notifications()  # the same refusal many times would cover the screen
        self.notify(str(problem), title="Chưa làm được", severity="warning", timeout=TOLD_SECONDS)

    def refresh_area(self) -> None:
        """Let the work area in front read its data anew; not one that is about to be left."""
        if self.owner is Owner.UPPER and self.current_mode in UPPER_MODES:
            return
        if isinstance(self.screen, AreaScreen):
            self.screen.refresh_data()

    async def _tell_if_revoked(self, desk: Desk) -> None:
        from db.sync.own_standing import revoked_notice

        said = await asyncio.to_thread(revoked_notice, desk)
        if said:
            self.notify(said, title="Cần biết", severity="warning", timeout=TOLD_SECONDS)

    async def _back_up(self, desk: Desk) -> None:
        from db import backups

        try:
            await asyncio.to_thread(backups.backup_daily, desk.home)
        except Problem as problem:
            self.tell(problem)


def run(home: Home, *, opener: Callable[[], Desk] | None = None) -> None:
    """Run the application until the person leaves."""
    compat.install()
    NtmApp(home, opener=opener, log_path=start_log(home.logs), ask_officer=True).run()
