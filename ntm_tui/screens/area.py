"""What every work area has in common: the frame around it, and the way to its data.

A screen paints first, then asks for data in a thread; a write is awaited, so that keys that were
pressed meanwhile come after it, in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen

from db.problems import Problem
from ntm_tui.commands import Command, Redo, Undo, bindings
from ntm_tui.compat import work
from ntm_tui.lessons.panel import LessonPanel
from ntm_tui.widgets.command_row import AreaBar, CommandFooter
from ntm_tui.widgets.status_line import StatusLine
from ntm_tui.widgets.title_bar import Title, TitleBar

if TYPE_CHECKING:
    from db.desk import Desk
    from db.glance import Glance
    from db.journal.undo import Undone
    from db.sheet.commune import CommuneProfile
    from db.sheet.records import Sheet
    from ntm_tui.app import NtmApp

Written = TypeVar("Written")
PROFILES = ("commune", "upper_office")
"""What the title bar and the desk know of these must be read anew when it changes."""


class AreaScreen(Screen[None]):
    """One work area. A subclass says what is in it, what to read, and how to show it."""

    BINDINGS = bindings(Undo, Redo)

    area: ClassVar[type[Command]]
    """The command that leads here."""
    commune_meant = ""
    """The code of the commune that is pointed at here; empty for the one in front."""

    def compose(self) -> ComposeResult:
        """Frame first, then what the area adds."""
        yield LessonPanel()
        yield TitleBar()
        yield AreaBar()
        yield from self.compose_area()
        yield StatusLine()
        yield CommandFooter()

    def compose_area(self) -> ComposeResult:
        """Give the widgets between the bars and the footer."""
        raise NotImplementedError

    def read(self, desk: Desk) -> Any:
        """Read what the area shows. Runs in a thread: no widget may be touched here."""
        raise NotImplementedError

    def show(self, data: Any) -> None:
        """Show what `read` gave. Cells are updated, tables are not refilled."""
        raise NotImplementedError

    @property
    def part(self) -> str:
        """The name of the part in front, where the area has several."""
        return ""

    @property
    def ntm(self) -> NtmApp:
        """The application, by its own type."""
        from ntm_tui.app import NtmApp

        app = self.app
        if not isinstance(app, NtmApp):
            raise TypeError("work areas live in NtmApp only")
        return app

    def on_mount(self) -> None:
        """Say where we are."""
        self.query_one(AreaBar).here = self.area

    def on_screen_resume(self) -> None:
        """Show the present state whenever the area comes to the front."""
        self.refresh_data()

    def refresh_data(self) -> None:
        """Read and show anew; the newest request wins.

        A screen that is not composed yet has nothing to show it in; it reads when it comes to the
        front.
        """
        if not (self.is_current and self.is_mounted):
            return
        self.query_one(TitleBar).title = self.ntm.title_shown
        self.query_one(AreaBar).owner = self.ntm.owner
        if self.ntm.desk is not None:
            self._load(self.ntm.desk)
        elif self.ntm.glance is not None:
            self.show_glance(self.ntm.glance)

    def show_glance(self, glance: Glance) -> None:
        """Show what can be known before the store is open; most areas wait for it."""

    @work(group="load", exclusive=True)
    async def _load(self, desk: Desk) -> None:
        try:
            data = await asyncio.to_thread(self.read, desk)
        except Problem as problem:
            self.ntm.tell(problem)
            return
        self.show(data)

    async def write(self, job: Callable[[Desk], Written]) -> Written | None:
        """Let a use case write in a thread; gives its result, or None when it was refused.

        The refusal has then been told to the person.
        """
        return await self.ntm.write(job)

    def say(self, text: str) -> None:
        """Say in the status line what has just been saved."""
        for line in self.query(StatusLine):  # none any more when the program is ending
            line.say(text)

    async def action_undo(self) -> None:
        """Take back the newest action of this machine."""
        await self._take_back(lambda desk: desk.store.undo(desk.officer), "Đã hoàn tác")

    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        await self._take_back(lambda desk: desk.store.redo(desk.officer), "Đã làm lại")

    async def _take_back(self, job: Callable[[Desk], Any], said: str) -> None:
        done = await self.write(job)
        if done is not None:
            from db.journal.wording import undone_label

            rest = "; phần đã có người sửa sau được giữ nguyên" if done.overtaken else ""
            self.say(f"{said}: {undone_label(done)}{rest}.")
            if any(field.entity in PROFILES for field in done.fields):
                await self.ntm.renew()
            await self.taken_back(done)

    async def taken_back(self, done: Undone) -> None:
        """Show what undo or redo changed; an area may also go there."""
        self.refresh_data()


def title_of(commune: CommuneProfile, sheet: Sheet, *, practice: bool, upper: str = "") -> Title:
    """Say whose store this is, for the title bar.

    Args:
        commune: the commune in front; what is shared, while the upper level looks at none.
        sheet: the checklist that is shown.
        practice: all of it is made up.
        upper: the name of the upper level whose store it is.
    """
    name = sheet.criteria_set.short_name
    shared = not commune.district
    return Title(
        commune=f"{upper[:1].upper()}{upper[1:]}" if upper else commune.title,
        district=("" if shared else commune.title) if upper else f"huyện {commune.district}",
        set_name="" if shared else name,
        set_short_name="" if shared else name.removeprefix("Bộ tiêu chí "),
        year=None if shared else sheet.year,
        practice=practice,
        lessons=practice and not upper,
    )
