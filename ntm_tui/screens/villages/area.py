"""The ground of the work area of villages: what it reads, shows and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Container

from ntm_tui.commands import GoVillages
from ntm_tui.dialogs.drafting import Drafting
from ntm_tui.screens.area import AreaScreen
from ntm_tui.screens.villages.answers import of_column
from ntm_tui.screens.villages.cells import counted
from ntm_tui.screens.villages.entry import CellForm
from ntm_tui.screens.villages.grid import VillageGrid
from ntm_tui.widgets.detail import Detail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.desk import Desk
    from db.judging import Figure, Status
    from db.villages import CellPlace, Grid
    from ntm_tui.screens.villages.editing import Editing

FIELD = "cell"
"""The name under which the text of a cell is kept while it is typed."""

HINT = "Enter xuống thôn dưới · Ctrl+B chọn chỉ tiêu theo thôn · Ctrl+N danh sách thôn"
NO_VILLAGES = "Xã chưa có thôn nào. Ctrl+N để ghi danh sách thôn."
NO_COLUMNS = "Chưa có chỉ tiêu nào ghi theo thôn. Ctrl+B để chọn."


class VillagesArea(AreaScreen):
    """The grid, the cell that is typed, and what is said about its column."""

    area = GoVillages

    def __init__(self) -> None:
        super().__init__()
        self.form = CellForm()
        self.table = VillageGrid()
        self.editing: Editing | None = None
        self.drafting: Drafting | None = None
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

    @property
    def grid(self) -> Grid | None:
        """The grid that is shown."""
        return self.table.grid

    def read(self, desk: Desk) -> Grid:
        """Read the grid; at first also what was being typed when the program ended."""
        if self._found is None:
            from ntm_tui.screens.villages.editing import find_drafts

            self._found = dict(find_drafts(desk, FIELD))
        return read_grid_of(desk)

    def show(self, data: Any) -> None:
        """Show it; what is being typed stays in its own cell."""
        self.show_grid(data)
        if not self.is_new:
            self.come()
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
        self.come()
        self.form.line.restore(text)
        self.say("Đã lấy lại chữ gõ dở lần trước trong ô này; không cần thì Esc.")

    def show_grid(self, grid: Grid) -> None:
        """Show a grid and how much of it is filled in; keys typed ahead may go into it now."""
        self.table.show(grid)
        self.form.count(counted(grid))
        self.form.line.ready.set()

    def come(self) -> None:
        """Begin in the cell under the cursor."""
        grid, place = self.grid, self.table.place
        if grid is None or place is None:
            self.editing = None
            none = NO_COLUMNS if grid is not None and grid.villages else NO_VILLAGES
            self.form.begin(none, "", statuses=False)
            return
        from ntm_tui.screens.villages.editing import Editing

        editing = self.editing = Editing.of(grid, place)
        self.drafting = Drafting(self, self, editing.draft)
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

    @property
    def is_new(self) -> bool:
        """Whether something else stands in the line than is written down."""
        return self.editing is not None and self.editing.is_new(self.form.line.value)

    async def put(self, grid: Grid, cells: Mapping[CellPlace, Figure | Status | None]) -> bool:
        """Write cells of a grid as one action; False when that was refused, which is told."""
        after = await self.write(lambda desk: _put(desk, grid, cells))
        if after is None:
            return False
        self.show_grid(after)
        self._tell()
        return True


def read_grid_of(desk: Desk) -> Grid:
    """Read the grid of the sheet that is looked at. Runs in a thread."""
    from db.villages import read_grid

    with desk.reading() as session:
        return read_grid(session, desk.sheet())


def _put(desk: Desk, grid: Grid, cells: Mapping[CellPlace, Figure | Status | None]) -> Grid:
    from db.villages import put_cells

    with desk.act() as session:
        put_cells(session, grid, cells)
    return read_grid_of(desk)
