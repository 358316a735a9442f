"""The work area of villages."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from db.judging import FigureProblem, Status
from db.text import shown
from ntm_tui.commands import AddRow, ChooseByVillage, GoVillages, ShowHistory, bindings
from ntm_tui.dialogs.drafting import Drafting
from ntm_tui.papers.figures import show_figure
from ntm_tui.screens.area import AreaScreen
from ntm_tui.screens.villages.answers import of_column
from ntm_tui.screens.villages.cells import counted
from ntm_tui.screens.villages.entry import CellForm
from ntm_tui.screens.villages.grid import VillageGrid
from ntm_tui.widgets.detail import Detail
from ntm_tui.widgets.fitting import cut, short_name
from ntm_tui.widgets.marks import MARKS
from ntm_tui.widgets.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.checklist import IndicatorState
    from db.desk import Desk
    from db.journal.history import HistoryEntry
    from db.journal.undo import Undone
    from db.judging import Figure
    from db.villages import CellPlace, Grid
    from ntm_tui.screens.villages.editing import Editing

FIELD = "cell"
"""The name under which the text of a cell is kept while it is typed."""

HINT = "Enter xuống thôn dưới · Ctrl+B chọn chỉ tiêu theo thôn · Ctrl+N danh sách thôn"
NAME = 50
"""Cells of an indicator's name in the list of those that go by village."""

NO_VILLAGES = "Xã chưa có thôn nào. Ctrl+N để ghi danh sách thôn."
NO_COLUMNS = "Chưa có chỉ tiêu nào ghi theo thôn. Ctrl+B để chọn."


class VillagesScreen(AreaScreen):
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

    area = GoVillages

    def __init__(self) -> None:
        super().__init__()
        self.form = CellForm()
        self.table = VillageGrid()
        self._editing: Editing | None = None
        self._drafting: Drafting | None = None
        self._found: dict[CellPlace, str] | None = None
        self._detail = Detail()

    def compose_area(self) -> ComposeResult:
        """The cell that is typed, the grid, what is said about the column."""
        yield self.form
        with Container(id="body"):
            yield self.table
        yield self._detail

    def on_mount(self) -> None:
        """Say what can be done."""
        self.say(HINT)

    # -- Reading and showing -----------------------------------------------------------------------

    @property
    def grid(self) -> Grid | None:
        """The grid that is shown."""
        return self.table.grid

    def read(self, desk: Desk) -> Grid:
        """Read the grid; at first also what was being typed when the program ended."""
        if self._found is None:
            from ntm_tui.screens.villages.editing import find_drafts

            self._found = dict(find_drafts(desk, FIELD))
        return _read(desk)

    def show(self, data: Any) -> None:
        """Show it; what is being typed stays in its own cell."""
        self._show(data)
        if not self._is_new:
            self._come()
        self._restore()
        self._tell()

    def _restore(self) -> None:
        """Go where typing was broken off, with what was typed."""
        grid, found = self.grid, self._found
        place = next((it for it in found or () if grid and it in grid.findings), None)
        if grid is None or not found or place is None:
            return
        text = found.pop(place)
        codes = [one.code for one in grid.villages]
        numbers = [one.indicator.number for one in grid.columns]
        self.table.go(codes.index(place.village), numbers.index(place.number))
        self._come()
        self.form.line.restore(text)
        self.say("Đã lấy lại chữ gõ dở lần trước trong ô này; không cần thì Esc.")

    def _show(self, grid: Grid) -> None:
        self.table.show(grid)
        self.form.count(counted(grid))
        self.form.line.ready.set()

    def _come(self) -> None:
        """Begin in the cell under the cursor."""
        grid, place = self.grid, self.table.place
        if grid is None or place is None:
            self._editing = None
            none = NO_COLUMNS if grid is not None and grid.villages else NO_VILLAGES
            self.form.begin(none, "", statuses=False)
            return
        from ntm_tui.screens.villages.editing import Editing

        editing = self._editing = Editing.of(grid, place)
        self._drafting = Drafting(self, self, editing.draft)
        self.form.begin(editing.where, editing.text, statuses=editing.by_status)
        self._tell()

    def _tell(self) -> None:
        grid, place = self.grid, self.table.place
        if grid is None or place is None:
            self._detail.tell("", [])
        else:
            state = grid.by_number[place.number]
            name = f"{place.number} {state.indicator.name}"
            self._detail.tell(name, [*of_column(grid, state)])

    # -- Typing ------------------------------------------------------------------------------------

    @property
    def _is_new(self) -> bool:
        return self._editing is not None and self._editing.is_new(self.form.line.value)

    @on(Typed.Drafted, "#cell")
    def _echo(self, event: Typed.Drafted) -> None:
        event.stop()
        editing, drafting = self._editing, self._drafting
        if editing is not None and drafting is not None:
            drafting.note(FIELD, event.text, given_up=not editing.is_new(event.text))
        if editing is None or not self._is_new:
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
        if self._is_new:
            await self._take(tell=False)

    async def _take(self, *, tell: bool = True) -> bool:
        """Write the cell down if something new stands in it; False when it was not understood."""
        editing, typed = self._editing, self.form.line.value
        if editing is None or not editing.is_new(typed):
            return True
        try:
            said = editing.read(typed)
        except FigureProblem as problem:
            if tell:
                self.form.message.problem(str(problem))
            return False
        drafting = self._drafting
        if not await self._put(editing.grid, {editing.place: said}):
            return False
        if drafting is not None:
            await drafting.done(FIELD, typed)
        if self._editing is editing:  # what is written is no longer new
            self._editing = replace(editing, text=typed)
        return True

    async def _put(self, grid: Grid, cells: Mapping[CellPlace, Figure | Status | None]) -> bool:
        after = await self.write(lambda desk: _put(desk, grid, cells))
        if after is None:
            return False
        self._show(after)
        self._tell()
        return True

    async def action_go_from_cell(self, way: str) -> None:
        """Write the cell down and go on; what was not understood keeps the cursor."""
        if await self._take():
            self._go(way)
            self._come()

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
        editing = self._editing
        if editing is None:
            return
        try:
            said = editing.read(digit)
        except FigureProblem as problem:
            self.form.message.problem(str(problem))
            return
        if await self._put(editing.grid, {editing.place: said}):
            self._go("next")
            self._come()

    async def action_clear_cell(self) -> None:
        """Take back what the village has here."""
        editing = self._editing
        if editing is not None and await self._put(editing.grid, {editing.place: None}):
            self._come()
            self.say("Đã bỏ số của ô này. Ctrl+Z để lấy lại.")

    def action_give_up_cell(self) -> None:
        """Give up what was typed."""
        if self._drafting is not None:
            self._drafting.note(FIELD, "", given_up=True)
        self._come()

    @on(VillageGrid.Pointed)
    async def _pointed(self, event: VillageGrid.Pointed) -> None:
        if await self._take():
            self.table.go(event.row, event.column)
            self._come()
            self.set_focus(self.form.line)

    async def paste_block(self, text: str) -> None:
        """Fill the grid from the cursor on with cells copied from a spreadsheet: one action."""
        from db.villages import read_block

        grid, place = self.grid, self.table.place
        if grid is None or place is None:
            return
        pasted = read_block(grid, text, place)
        if pasted.cells and not await self._put(grid, pasted.cells):
            return
        self._come()
        said = f"Đã dán {len(pasted.cells)} ô. Ctrl+Z bỏ cả lần dán."
        if strange := _of_other_households(grid, pasted.cells):
            said += f" ! {strange} ô có mẫu số khác số hộ của thôn, hãy xem lại."
        if pasted.unread:
            some = ", ".join(f"“{shown(one)}”" for one in pasted.unread[:3])
            said += f" ! {len(pasted.unread)} ô không hiểu được nên không ghi: {some}"
        self.say(said)

    async def taken_back(self, done: Undone) -> None:
        """Show what undo or redo changed, and go there."""
        if self.ntm.desk is None:
            return
        grid = await asyncio.to_thread(_read, self.ntm.desk)
        self._show(grid)
        codes = [one.code for one in grid.villages]
        numbers = [one.indicator.number for one in grid.columns]
        for field in done.fields:
            parts = field.row.split("|")
            if field.entity == "assessment" and parts[1] in numbers and parts[3] in codes:
                self.table.go(codes.index(parts[3]), numbers.index(parts[1]))
        self._come()

    # -- Around the grid ---------------------------------------------------------------------------

    async def action_add_row(self) -> None:
        """Go to the list of villages, at the one under the cursor."""
        place = self.table.place
        if await self._take():
            await self.ntm.open_register("village", place.village if place else "")

    async def action_choose_by_village(self) -> None:
        """Let a person switch an indicator to or from villages."""
        grid = self.grid
        if grid is None or not await self._take():
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
        self._show(after)
        if to:
            numbers = [one.indicator.number for one in after.columns]
            self.table.go(0, numbers.index(number))
        self._come()
        how = "ghi theo từng thôn" if to else "ghi chung cả xã; số các thôn được giữ nguyên"
        self.say(f"Chỉ tiêu {number} từ nay {how}. Ctrl+Z để đổi lại.")

    async def action_show_history(self) -> None:
        """Show who wrote what in the cell under the cursor."""
        editing, desk = self._editing, self.ntm.desk
        if editing is None or desk is None:
            return
        place, state = editing.place, editing.state
        from ntm_tui.dialogs.history import HistoryDialog, told

        found = await asyncio.to_thread(_history, desk, place)
        title = editing.where.removesuffix(":")
        await self.app.push_screen(HistoryDialog(title, state.indicator.name, told(found, state)))


def _read(desk: Desk) -> Grid:
    from db.villages import read_grid

    with desk.reading() as session:
        return read_grid(session, desk.sheet())


def _put(desk: Desk, grid: Grid, cells: Mapping[CellPlace, Figure | Status | None]) -> Grid:
    from db.villages import put_cells

    with desk.act() as session:
        put_cells(session, grid, cells)
    return _read(desk)


def _of_other_households(grid: Grid, cells: Mapping[CellPlace, Figure | Status]) -> int:
    from db.villages import is_of_other_households

    villages = {one.code: one for one in grid.villages}
    return sum(
        not isinstance(said, Status)
        and is_of_other_households(grid.by_number[place.number], villages[place.village], said)
        for place, said in cells.items()
    )


def _history(desk: Desk, place: CellPlace) -> tuple[HistoryEntry, ...]:
    from db.checklist import history_of

    with desk.reading() as session:
        return history_of(session, desk.sheet(), place.number, village=place.village)


def _switch(desk: Desk, number: str, *, to: bool) -> Grid:
    from db.villages import switch

    with desk.act() as session:
        switch(session, desk.sheet(), number, by_village=to)
    return _read(desk)
