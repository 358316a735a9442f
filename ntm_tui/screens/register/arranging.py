"""What of a register is looked at: which rows, which columns, in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_tui.commands import ChooseColumns, Filter, GoBack, SortRows, bindings
from ntm_tui.screens.register.table import RegisterTable
from ntm_tui.screens.search_area import SearchArea

if TYPE_CHECKING:
    from textual.widget import Widget

    from db.desk import Desk
    from db.registers.reading import Page
    from ntm_tui.screens.register.looking import Looking

USUAL = "Thứ tự thường"


class Arranging(SearchArea):
    """Search, filter, order and columns; the choice of columns is kept on this machine."""

    BINDINGS = bindings(Filter, SortRows, ChooseColumns, GoBack)

    page: Page | None
    table: RegisterTable

    @property
    def looking(self) -> Looking:
        """What of the register is looked at."""
        raise NotImplementedError

    def draw(self) -> None:
        """Bring the list up to the page."""
        raise NotImplementedError

    async def reread(self) -> None:
        """Read and show anew."""
        raise NotImplementedError

    # -- Order and columns -------------------------------------------------------------------------

    def action_sort_by_next(self, step: int) -> None:
        """Put rows in the order of the next column; after the last one as usual."""
        page = self.page
        if page is None:
            return
        names = ["", *page.listed]
        place = names.index(self.looking.ordered_by) if self.looking.ordered_by in names else 0
        self._sort(names[(place + step) % len(names)], backwards=False)

    def _sort(self, name: str, *, backwards: bool) -> None:
        self.looking.ordered_by, self.looking.backwards = name, backwards
        self.draw()
        if self.page is not None and name:
            label = self.page.register.column(name).label
            self.say(f"Xếp theo {label}{', ngược lại' if backwards else ''}. ← → đổi cột.")
        else:
            self.say("Xếp theo thứ tự thường.")

    def action_sort_rows(self) -> None:
        """Let a person choose by which column rows are put in order, and which way."""
        page = self.page
        if page is None:
            return
        orders = [("", False)]
        orders += [(it.name, way) for it in page.register.columns for way in (False, True)]
        choices = [
            (
                page.register.column(name).label if name else USUAL,
                "↓" if way else "↑" if name else "",
            )
            for name, way in orders
        ]
        here = (self.looking.ordered_by, self.looking.backwards)
        place = orders.index(here) if here in orders else 0

        def chosen(place: int | None) -> None:
            if place is not None:
                self._sort(orders[place][0], backwards=orders[place][1])

        from ntm_tui.dialogs.choice import ChoiceDialog

        self.app.push_screen(ChoiceDialog("Xếp theo cột nào?", choices, place), chosen)

    def action_choose_columns(self) -> None:
        """Let a person choose the columns."""
        page = self.page
        if page is None:
            return
        from ntm_tui.dialogs.columns import ColumnsDialog

        def chosen(names: tuple[str, ...] | None) -> None:
            if names is not None and names != page.listed:
                self.run_worker(self._show_columns(page, names), group="columns")

        self.app.push_screen(ColumnsDialog(page), chosen)

    async def _show_columns(self, page: Page, names: tuple[str, ...]) -> None:
        done = await self.write(lambda desk: _keep_columns(desk, page, names))
        if done:
            await self.reread()
            self.say("Đã đổi cột của sổ này, chỉ trên máy này.")

    # -- Which rows --------------------------------------------------------------------------------

    @property
    def searched(self) -> Widget:
        """The list."""
        return self.table

    @property
    def sought(self) -> str:
        """What is looked for now."""
        return self.looking.query

    def look_for(self, query: str) -> None:
        """Show the rows that answer a text."""
        self.looking.query = query
        self.draw()

    def lift_filter(self) -> None:
        """Show the rows of every kind."""
        self.looking.choose(0)
        self.draw()

    def action_filter(self) -> None:
        """Let a person choose which rows are shown."""
        page = self.page
        if page is None:
            return
        filters = page.register.all_filters(page.context)
        counted = [(it.label, str(sum(map(it.keeps, page.records)))) for it in filters]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.looking.choose(place)
                self.draw()

        from ntm_tui.dialogs.choice import ChoiceDialog

        title = f"Lọc {page.register.title.lower()}"
        self.app.push_screen(ChoiceDialog(title, counted, self.looking.place, Filter.key), chosen)


def _keep_columns(desk: Desk, page: Page, names: tuple[str, ...]) -> bool:
    from db.registers.writing import choose_columns

    choose_columns(desk, page.register, () if names == page.register.listed else names)
    return True
