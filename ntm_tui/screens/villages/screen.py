"""The work area of villages."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.text import shown
from ntm_tui.commands import AddRow, ChooseByVillage, ShowHistory, bindings
from ntm_tui.screens.villages.area import read_grid_of
from ntm_tui.screens.villages.typing import Typing
from ntm_tui.widgets.fitting import cut, short_name

if TYPE_CHECKING:
    from db.checklist import IndicatorState
    from db.desk import Desk
    from db.journal.history import HistoryEntry
    from db.journal.undo import Undone
    from db.villages import CellPlace, Grid

NAME = 50
"""Cells of an indicator's name in the list of those that go by village."""


class VillagesScreen(Typing):
    """Villages and the indicators that depend on people, entered like a sheet of paper."""

    HELP = "Lưới thôn và chỉ tiêu: gõ số của từng thôn, số của xã tự cộng ở dòng cuối."
    BINDINGS = bindings(AddRow, ChooseByVillage, ShowHistory)
    AUTO_FOCUS = "CellLine"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    VillagesScreen {
        #body { height: 1fr; }
        Detail { height: 6; border-top: solid $border-blurred; }
        Detail:focus { border-top: solid $border; }
    }
    """

    async def taken_back(self, done: Undone) -> None:
        """Show what undo or redo changed, and go there."""
        if self.ntm.desk is None:
            return
        grid = await asyncio.to_thread(read_grid_of, self.ntm.desk)
        self.show_grid(grid)
        codes = [one.code for one in grid.villages]
        numbers = [one.indicator.number for one in grid.columns]
        for field in done.fields:
            parts = field.row.split("|")
            if field.entity == "assessment" and parts[1] in numbers and parts[3] in codes:
                self.table.go(codes.index(parts[3]), numbers.index(parts[1]))
        self.come()

    async def action_add_row(self) -> None:
        """Go to the list of villages, at the one under the cursor."""
        place = self.table.place
        if await self.take():
            await self.ntm.open_register("village", place.village if place else "")

    async def action_choose_by_village(self) -> None:
        """Let a person switch an indicator to or from villages."""
        grid = self.grid
        if grid is None or not await self.take():
            return
        from db.villages import can_be_added_up

        found = [one for one in grid.checklist.states if can_be_added_up(one)]
        states = sorted(found, key=lambda one: not one.criterion.people_criterion)
        choices = [
            (
                f"{'√' if one.indicator.by_village else ' '} {one.indicator.number:<6}"
                f"{cut(short_name(shown(one.indicator.name)), NAME)}",
                "thôn" if one.indicator.by_village else "xã",
            )
            for one in states
        ]
        from ntm_tui.dialogs.choice import ChoiceDialog

        def chosen(place: int | None) -> None:
            if place is not None:
                self.run_worker(self._switch(states[place]), group="switch")

        self.app.push_screen(ChoiceDialog("Chỉ tiêu ghi theo thôn", choices), chosen)

    async def _switch(self, state: IndicatorState) -> None:
        number, to = state.indicator.number, not state.indicator.by_village
        after = await self.write(lambda desk: _switch(desk, number, to=to))
        if after is None:
            return
        self.show_grid(after)
        if to:
            numbers = [one.indicator.number for one in after.columns]
            self.table.go(0, numbers.index(number))
        self.come()
        how = "ghi theo từng thôn" if to else "ghi chung cả xã; số các thôn được giữ nguyên"
        self.say(f"Chỉ tiêu {number} từ nay {how}. Ctrl+Z để đổi lại.")

    async def action_show_history(self) -> None:
        """Show who wrote what in the cell under the cursor."""
        editing, desk = self.editing, self.ntm.desk
        if editing is None or desk is None:
            return
        place, state = editing.place, editing.state
        from ntm_tui.dialogs.history import HistoryDialog, told

        found = await asyncio.to_thread(_history, desk, place)
        title = editing.where.removesuffix(":")
        await self.app.push_screen(HistoryDialog(title, state.indicator.name, told(found, state)))


def _history(desk: Desk, place: CellPlace) -> tuple[HistoryEntry, ...]:
    from db.checklist import history_of

    with desk.reading() as session:
        return history_of(session, desk.sheet(), place.number, village=place.village)


def _switch(desk: Desk, number: str, *, to: bool) -> Grid:
    from db.villages import switch

    with desk.act() as session:
        switch(session, desk.sheet(), number, by_village=to)
    return read_grid_of(desk)
