"""Papers made while the application runs: chosen, made in a thread, opened in their own program."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

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

TOLD_SECONDS = 12


class Printing(Keeper):
    """The application's side of papers."""

    BINDINGS = bindings(ListPapers)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the list only once there is a store."""
        if action == ListPapers.action():
            return self.desk is not None and isinstance(self.screen, AreaScreen)
        return super().check_action(action, parameters)

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
        area = self.screen
        if isinstance(area, AreaScreen):
            area.say(f"Đang lập {choice.title}…")
        try:
            placed = await asyncio.to_thread(_make, desk, choice)
        except Problem as problem:
            self.tell(problem)
            return
        self._tell_made(choice, placed)
        try:
            _open(placed)
        except Problem as problem:
            self.tell(problem)

    def _tell_made(self, choice: Choice, placed: Placed) -> None:
        said = f"Đã lập {choice.title}, đang mở bằng {choice.kind.label}."
        if isinstance(self.screen, AreaScreen):
            self.screen.say(said)
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


def _make(desk: Desk, choice: Choice) -> Placed:
    from ntm_tui.papers.choosing import make_choice

    return make_choice(desk, choice)


def _open(placed: Placed) -> None:
    from ntm_tui.dialogs.opening import open_file

    open_file(placed.path)
