"""A panel in which long work is seen, and what a person can do with what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from db.problems import Problem
from ntm_tui.screens.sync.choice_list import Choice, ChoiceList
from ntm_tui.screens.sync.run import Run, RunPanel

if TYPE_CHECKING:
    from db.desk import Desk
    from ntm_tui.screens.sync.section import Section

Found = TypeVar("Found")


class WorkPanel(Container):
    """The bar while work runs; afterwards words, and below them the choices."""

    DEFAULT_CSS = """
    WorkPanel {
        height: 1fr;
        #acts { display: none; max-height: 7; }
        &.-asking #acts { display: block; }
    }
    """

    class Left(Message):
        """The person is done here."""

    def __init__(self, part: Section, question: str, refused: str, *, id: str) -> None:
        """Make the panel.

        Args:
            part: the part of the work area that it belongs to.
            question: the heading of the choices.
            refused: the heading when nothing came of the work.
            id: its id.
        """
        super().__init__(id=id)
        self.part = part
        self._question, self._refused = question, refused
        self._run: Run | None = None

    def compose(self) -> ComposeResult:
        """The words, and the choices."""
        yield RunPanel(id="panel")
        yield ChoiceList(self._question, id="acts")

    @property
    def running(self) -> bool:
        """Whether work is going on."""
        return self._run is not None and self._run.running

    @property
    def panel(self) -> RunPanel:
        """Where the words stand."""
        return self.query_one("#panel", RunPanel)

    def enter(self) -> None:
        """Come to the front: to the choices, where there are any."""
        asking = self.has_class("-asking")
        self.screen.set_focus(self.query_one("#acts" if asking else "#panel"))

    async def work(self, words: str, do: Callable[[Desk, Run], Found]) -> Found | None:
        """Do something long in a thread; gives None where nothing came of it, and says why."""
        desk, run = self.part.ntm.desk, Run()
        if desk is None or self.running:
            return None
        self._run = run
        self.remove_class("-asking")
        self.panel.begin(run, words)
        self.enter()
        try:
            return await asyncio.to_thread(_finish, do, desk, run)
        except Problem as problem:
            if self.panel.is_running:  # the program may have ended meanwhile
                self.panel.failed(self._refused, "Enter trở lại", problem)
            return None

    def ask(
        self, title: str, text: Content, choices: Sequence[Choice], chosen: str, hint: str = ""
    ) -> None:
        """Show what came of the work, and what can be done with it."""
        self.panel.end(title, hint or "Tab để đọc tiếp · Esc thôi", text)
        listed = self.query_one("#acts", ChoiceList)
        listed.show(choices)
        listed.choose(chosen)
        self.add_class("-asking")
        if self.part.in_front:
            self.enter()

    def stop(self) -> bool:
        """Stop what runs; tells whether anything did."""
        if self._run is None or not self.running:
            return False
        self._run.stop()
        self.part.area.say("Đang dừng…")
        return True

    def on_run_panel_left(self, event: RunPanel.Left) -> None:
        """Enter on the words: back, unless something is still to be decided."""
        event.stop()
        if not self.has_class("-asking"):
            self.post_message(self.Left())

    async def on_unmount(self) -> None:
        """The program ends: stop, and wait until nothing is half done."""
        if self._run is not None:
            await self._run.end()


def _finish(do: Callable[[Desk, Run], Found], desk: Desk, run: Run) -> Found:
    try:
        return do(desk, run)
    finally:
        run.finished.set()
