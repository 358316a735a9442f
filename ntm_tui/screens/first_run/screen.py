"""The first-run questions, page by page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Button, ContentSwitcher, Static

from db.problems import DiskRefused, Problem
from ntm_tui.commands import GoBack, bindings
from ntm_tui.compat import work
from ntm_tui.screens.first_run.aim import AimPage
from ntm_tui.screens.first_run.commune import CommunePage
from ntm_tui.screens.first_run.join import JoinPage, ReviewPage
from ntm_tui.screens.first_run.page import Page
from ntm_tui.screens.first_run.progress import ProgressLine
from ntm_tui.screens.first_run.upper import UpperPage
from ntm_tui.screens.first_run.welcome import Way, WelcomePage
from ntm_tui.widgets.command_row import CommandFooter
from ntm_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from db.communes import Founding
    from db.home import Home

Made = TypeVar("Made")

BEFORE = {
    "commune-page": "welcome",
    "aim": "commune-page",
    "join-page": "welcome",
    "review": "join-page",
    "upper-page": "welcome",
}
"""The page before each page."""


class FirstRunScreen(Screen[Any]):
    """Gives the desk that was founded, joined or opened for practice.

    Args:
        home: where the store will be made.
    """

    BINDINGS = bindings(GoBack)
    CSS = """
    FirstRunScreen {
        #hint { height: 1; padding: 0 1; background: $panel; }
        ContentSwitcher { height: 1fr; }
        Page { padding: 1 2 0 2; }
        .question { text-style: bold; color: $primary; margin-bottom: 1; height: auto; }
        .words { height: auto; margin-top: 1; }
        .field { height: 1; }
        .field.tall { height: 3; }
        .field Label { width: 16; }
        .field TextLine { width: 1fr; max-width: 60; }
        Page > FieldMessage { margin-left: 16; max-width: 62; }
        #way { height: auto; max-width: 62; }
        #tier, #tier:focus { border: none; padding: 0; height: 3; max-width: 60; }
        #names, #names:focus {
            border: none; padding: 0 1; height: auto; max-height: 6;
            margin-left: 16; max-width: 60; background: $panel;
        }
        #bundles { height: auto; max-height: 8; margin-bottom: 1; }
        #villages { height: 5; max-width: 76; }
        Page > #villages-said { margin-left: 0; max-width: 76; }
        .buttons { height: auto; margin-top: 1; }
        Button { margin-right: 2; }
        #look { height: auto; margin-bottom: 1; }
    }
    """

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self._stopping = False
        self._busy = False

    def compose(self) -> ComposeResult:
        """Title, the page, how far long work has come, what can be done."""
        yield TitleBar()
        yield Static("Bắt đầu sử dụng · Enter sang ô sau · Esc quay lại", id="hint")
        with ContentSwitcher(initial="welcome"):
            yield WelcomePage(id="welcome")
            yield CommunePage(id="commune-page")
            yield AimPage(id="aim")
            yield JoinPage(id="join-page")
            yield ReviewPage(id="review")
            yield UpperPage(id="upper-page")
        yield ProgressLine()
        yield CommandFooter()

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.page.begin()

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.query_one(f"#{self.query_one(ContentSwitcher).current}", Page)

    def show_page(self, name: str) -> None:
        """Bring a page to the front, as it was left."""
        self.query_one(ContentSwitcher).current = name
        self.page.begin()

    def action_go_back(self) -> None:
        """Stop what is under way, or go to the page before."""
        if self._busy:
            self._stopping = True
        elif (before := BEFORE.get(str(self.page.id))) is not None:
            self.show_page(before)

    def action_to_names(self) -> None:
        """Go to the names of communes that fit."""
        self.query_one(CommunePage).to_names()

    def action_to_commune(self) -> None:
        """Go back to typing the name of the commune."""
        self.query_one(CommunePage).to_commune()

    # -- From page to page -------------------------------------------------------------------------

    @on(WelcomePage.Chosen)
    def _begin(self, event: WelcomePage.Chosen) -> None:
        if event.way is Way.FOUND:
            self.show_page("commune-page")
        elif event.way is Way.JOIN:
            self.show_page("join-page")
        elif event.way is Way.UPPER:
            self.show_page("upper-page")
        else:
            self._practise()

    @on(Page.Done)
    def _done(self, event: Page.Done) -> None:
        if isinstance(event.page, CommunePage):
            self.show_page("aim")
        elif isinstance(event.page, AimPage):
            self._found(any_disk=False)
        elif isinstance(event.page, JoinPage):
            self._look()
        elif isinstance(event.page, UpperPage):
            self._found_upper()
        else:
            self._join()

    @on(Button.Pressed, "#any-disk")
    def _found_knowingly(self) -> None:
        self._found(any_disk=True)

    # -- What takes its time -----------------------------------------------------------------------

    @work(group="first-run", exclusive=True)
    async def _found(self, *, any_disk: bool) -> None:
        from ntm_tui.screens.first_run.work import found

        answers = self._answers()
        desk = await self._run(
            "Đang tạo kho dữ liệu…", partial(found, self._home, answers, any_disk=any_disk)
        )
        if desk is not None:
            self.dismiss(desk)

    @work(group="first-run", exclusive=True)
    async def _found_upper(self) -> None:
        from db.upper import UpperFounding
        from ntm_tui.screens.first_run.work import found_upper

        page = self.query_one(UpperPage)
        answers = UpperFounding(
            *(page.value(f"upper-{name}") for name in ("province", "district", "officer"))
        )
        desk = await self._run("Đang tạo kho dữ liệu…", partial(found_upper, self._home, answers))
        if desk is not None:
            self.dismiss(desk)

    def _answers(self) -> Founding:
        from db.communes import Founding, read_villages

        commune, aim = self.query_one(CommunePage), self.query_one(AimPage)
        return Founding(
            province=commune.value("province"),
            district=commune.value("district"),
            commune=commune.value("commune"),
            officer=commune.value("officer"),
            year=int(aim.value("year")),
            tier=aim.tier,
            villages=read_villages(aim.villages),
            position=commune.value("position"),
        )

    @work(group="first-run", exclusive=True)
    async def _look(self) -> None:
        from ntm_tui.screens.first_run.work import look_at

        path, line = self.query_one(JoinPage).path, self.query_one(ProgressLine)
        job = partial(look_at, self._home, path, line.note, lambda: self._stopping)
        look = await self._run("Đang kiểm tra gói…", job)
        if look is not None:
            self.query_one(ReviewPage).show(look)
            self.show_page("review")

    @work(group="first-run", exclusive=True)
    async def _join(self) -> None:
        from ntm_tui.screens.first_run.work import joined

        page, line = self.query_one(JoinPage), self.query_one(ProgressLine)
        job = partial(
            joined, self._home, page.path, page.officer, line.note, lambda: self._stopping
        )
        desk = await self._run("Đang nhập gói…", job)
        if desk is not None:
            self.dismiss(desk)

    @work(group="first-run", exclusive=True)
    async def _practise(self) -> None:
        from ntm_tui.screens.first_run.work import practised

        words = "Đang chuẩn bị xã thực hành, chừng vài giây…"
        desk = await self._run(words, partial(practised, self._home))
        if desk is not None:
            self.dismiss(desk)

    async def _run(self, words: str, job: Callable[[], Made]) -> Made | None:
        """Do something in a thread; None when it was refused, which is told on the page."""
        line = self.query_one(ProgressLine)
        self._busy, self._stopping = True, False
        line.begin(words)
        try:
            return await asyncio.to_thread(job)
        except Problem as problem:
            self._refuse(problem)
            return None
        finally:
            self._busy = False
            line.end()

    def _refuse(self, problem: Problem) -> None:
        self.page.tell(str(self.page.id)).problem(str(problem))
        self.call_after_refresh(self.page.scroll_end, animate=False)
        if isinstance(problem, DiskRefused) and isinstance(self.page, AimPage):
            self.page.offer_any_disk()
