"""Typing in the grid: cell after cell, digits, pasted columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from db.judging import FigureProblem, Status
from db.text import shown
from ntm_tui.papers.figures import show_figure
from ntm_tui.screens.villages.area import FIELD, VillagesArea
from ntm_tui.screens.villages.grid import VillageGrid
from ntm_tui.widgets.marks import MARKS
from ntm_tui.widgets.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.judging import Figure
    from db.villages import CellPlace, Grid


class Typing(VillagesArea):
    """What is understood is written down when the cell is left; what is not keeps the cursor."""

    @on(Typed.Drafted, "#cell")
    def _echo(self, event: Typed.Drafted) -> None:
        event.stop()
        editing, drafting = self.editing, self.drafting
        if editing is not None and drafting is not None:
            drafting.note(FIELD, event.text, given_up=not editing.is_new(event.text))
        if editing is None or not self.is_new:
            self.form.message.clear()
            return
        try:
            said = editing.read(event.text)
        except FigureProblem:
            self.form.message.clear()  # it may not be finished yet; Enter says what is wrong
            return
        if said is None:
            self.form.message.note("bỏ số đã ghi")
        elif isinstance(said, Status):
            self.form.message.note(MARKS[said].label)
        else:
            from db.villages import is_of_other_households

            threshold = editing.state.threshold.effective
            words = show_figure(said, editing.state.indicator, threshold)
            if is_of_other_households(editing.state, editing.village, said):
                words += f"  ! thôn có {editing.village.households} hộ"
            self.form.message.note(words)

    @on(Typed.Settled, "#cell")
    async def _settled(self, event: Typed.Settled) -> None:
        """Three seconds without a key, or left: what can be understood is written down."""
        event.stop()
        if self.is_new:
            await self.take(tell=False)

    async def take(self, *, tell: bool = True) -> bool:
        """Write the cell down if something new stands in it; False when it was not understood."""
        editing, typed = self.editing, self.form.line.value
        if editing is None or not editing.is_new(typed):
            return True
        try:
            said = editing.read(typed)
        except FigureProblem as problem:
            if tell:
                self.form.message.problem(str(problem))
            return False
        drafting = self.drafting
        if not await self.put(editing.grid, {editing.place: said}):
            return False
        if drafting is not None:
            await drafting.done(FIELD, typed)
        if self.editing is editing:  # what is written is no longer new
            self.editing = replace(editing, text=typed)
        return True

    async def action_go_from_cell(self, way: str) -> None:
        """Write the cell down and go on; what was not understood keeps the cursor."""
        if await self.take():
            self._go(way)
            self.come()

    def _go(self, way: str) -> None:
        table, grid = self.table, self.grid
        if grid is None:
            return
        row, column = table.row, table.column
        if way == "next" and row >= len(grid.villages) - 1 and column < len(grid.columns) - 1:
            table.go(0, column + 1)
            return
        page = table.rows_shown
        down = {"next": 1, "down": 1, "up": -1, "page_up": -page, "page_down": page}.get(way, 0)
        across = {"left": -1, "right": 1}.get(way, 0)
        table.go(row + down, column + across)

    async def action_put_status(self, digit: str) -> None:
        """Write down whether the village is met, and go to the next one."""
        editing = self.editing
        if editing is None:
            return
        try:
            said = editing.read(digit)
        except FigureProblem as problem:
            self.form.message.problem(str(problem))
            return
        if await self.put(editing.grid, {editing.place: said}):
            self._go("next")
            self.come()

    async def action_clear_cell(self) -> None:
        """Take back what the village has here."""
        editing = self.editing
        if editing is not None and await self.put(editing.grid, {editing.place: None}):
            self.come()
            self.say("Đã bỏ số của ô này. Ctrl+Z để lấy lại.")

    def action_give_up_cell(self) -> None:
        """Give up what was typed."""
        if self.drafting is not None:
            self.drafting.note(FIELD, "", given_up=True)
        self.come()

    @on(VillageGrid.Pointed)
    async def _pointed(self, event: VillageGrid.Pointed) -> None:
        if await self.take():
            self.table.go(event.row, event.column)
            self.come()
            self.set_focus(self.form.line)

    async def paste_block(self, text: str) -> None:
        """Fill the grid from the cursor on with cells copied from a spreadsheet: one action."""
        from db.villages import read_block

        grid, place = self.grid, self.table.place
        if grid is None or place is None:
            return
        pasted = read_block(grid, text, place)
        if pasted.cells and not await self.put(grid, pasted.cells):
            return
        self.come()
        said = f"Đã dán {len(pasted.cells)} ô. Ctrl+Z bỏ cả lần dán."
        if strange := _of_other_households(grid, pasted.cells):
            said += f" ! {strange} ô có mẫu số khác số hộ của thôn, hãy xem lại."
        if pasted.unread:
            some = ", ".join(f"“{shown(one)}”" for one in pasted.unread[:3])
            said += f" ! {len(pasted.unread)} ô không hiểu được nên không ghi: {some}"
        self.say(said)


def _of_other_households(grid: Grid, cells: Mapping[CellPlace, Figure | Status]) -> int:
    from db.villages import is_of_other_households

    villages = {one.code: one for one in grid.villages}
    return sum(
        not isinstance(said, Status)
        and is_of_other_households(grid.by_number[place.number], villages[place.village], said)
        for place, said in cells.items()
    )
