"""Papers made while the application runs: chosen, made in a thread, opened in their own program."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding

from db.problems import Problem
from ntm_tui.commands import ListPapers, bindings
from ntm_tui.compat import work
from ntm_tui.keeper import Keeper
from ntm_tui.screens.area import AreaScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.desk import Desk
    from ntm_tui.papers.choosing import Choice
    from ntm_tui.papers.placing import Placed
    from ntm_tui.screens.sync.run import Run

TOLD_SECONDS = 12


class Printing(Keeper):
    """The application's side of papers."""

    BINDINGS = [  # noqa: RUF012
        *bindings(ListPapers),
        Binding("escape", "stop_paper", "Dừng lập giấy tờ", show=False),
    ]
    _making: Run | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the list only once there is a store, and stopping while a paper is being made."""
        if action == ListPapers.action():
            return self.desk is not None and isinstance(self.screen, AreaScreen)
        if action == "stop_paper":
            return self._making is not None and isinstance(self.screen, AreaScreen)
        return super().check_action(action, parameters)

    def action_stop_paper(self) -> None:
        """Give up the paper that is being made; nothing of it stays."""
        if self._making is not None:
            self._making.stop()

    async def action_list_papers(self) -> None:
        """Let a person choose any paper, and make it."""
        desk = self.desk
        if desk is None:
            return
        from ntm_tui.dialogs.choice import ChoiceDialog

        choices = await asyncio.to_thread(_choices, desk)
        listed = [(it.title, it.kind.label) for it in choices]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.make_paper(choices[place])

        self.push_screen(ChoiceDialog("Lập giấy tờ nào?", listed), chosen)

    @work(group="paper", exclusive=True)
    async def make_paper(self, choice: Choice) -> None:
        """Make a paper, tell where it lies, and open it.

        Another one that is asked for meanwhile takes its place.
        """
        desk = self.desk
        if desk is None:
            return
        from db.workbooks.problems import Stopped
        from ntm_tui.screens.sync.run import EVERY, Run

        run = self._making = Run()
        self._say(f"Đang lập {choice.title}…")
        timer = self.set_interval(EVERY, partial(self._say_share, choice, run))
        try:
            placed = await asyncio.to_thread(_make, desk, choice, run)
        except Stopped:
            self._say(f"Đã dừng lập {choice.title}. Chưa ghi tệp nào, dữ liệu còn nguyên.")
            return
        except Problem as problem:
            self.tell(problem)
            return
        finally:
            timer.stop()
            run.stop()
            if self._making is run:
                self._making = None
        self._tell_made(choice, placed)
        try:
            _open(placed)
        except Problem as problem:
            self.tell(problem)

    def _say_share(self, choice: Choice, run: Run) -> None:
        done, total = run.noted
        if total:
            self._say(f"Đang lập {choice.title}… {done}/{total} · Esc để dừng")

    def _say(self, text: str) -> None:
        if isinstance(self.screen, AreaScreen):
            self.screen.say(text)

    def _tell_made(self, choice: Choice, placed: Placed) -> None:
        self._say(f"Đã lập {choice.title}, đang mở bằng {choice.kind.label}.")
        notice = f"{placed.notice}\n" if placed.notice else ""
        self.notify(
            f"{notice}Tệp nằm tại {placed.path}",
            title="Đã lập giấy tờ",
            timeout=TOLD_SECONDS,
            markup=False,
        )


def _choices(desk: Desk) -> Sequence[Choice]:
    from ntm_tui.papers.choosing import all_choices

    return all_choices(desk.owner)


def _make(desk: Desk, choice: Choice, run: Run) -> Placed:
    from db.workbooks.watch import Watch
    from ntm_tui.papers.choosing import make_choice

    return make_choice(desk, choice, Watch(run.note, run.stopped))


def _open(placed: Placed) -> None:
    from ntm_tui.dialogs.opening import open_file

    open_file(placed.path)
