"""The work area of the communes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from ntm_tui.commands import GoOverview, MakePaper, bindings
from ntm_tui.screens.area import AreaScreen
from ntm_tui.screens.overview.panel import together
from ntm_tui.screens.overview.picture import Picture, take_picture
from ntm_tui.screens.overview.rows import heading
from ntm_tui.screens.overview.table import OverviewTable
from ntm_tui.screens.overview.views import VIEWS
from ntm_tui.screens.register.register_bar import RegisterBar
from ntm_tui.screens.week.following import follow
from ntm_tui.widgets.detail import Detail

if TYPE_CHECKING:
    from db.desk import Desk

LABEL_WIDTH = 13
HINT = "Bấm số để đổi cách xem · ↑ ↓ chọn xã, Enter tới xã đó"


class OverviewScreen(AreaScreen):
    """One view in front, the others a digit away; below it what is to be said of the row."""

    HELP = "Các xã bên nhau: bấm số để đổi cách xem, chọn xã rồi Enter để vào xã đó."
    BINDINGS = bindings(MakePaper)
    AUTO_FOCUS = "OverviewTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-stacked"), (120, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    OverviewScreen {
        #together { height: auto; padding: 0 1; }
        #body { height: 1fr; }
        #list { height: 1fr; }
        #columns { height: 1; text-style: bold; color: $secondary; }
        OverviewTable { height: 1fr; }
        Detail { height: 36%; border-top: solid $border-blurred; }
        Detail:focus { border-top: solid $border; }
        &.-narrow Detail { display: none; }
        &.-wide #body { layout: horizontal; }
        &.-wide #list { width: 2fr; height: 1fr; }
        &.-wide Detail {
            width: 1fr; height: 1fr; border-top: none; border-left: solid $border-blurred;
            &:focus { border-top: none; border-left: solid $border; }
        }
    }
    """

    area = GoOverview

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.table = OverviewTable()
        self._here = 0
        self._meant = ""
        self._detail = Detail(LABEL_WIDTH)

    @property
    def commune_meant(self) -> str:  # type: ignore[override]
        """The commune that the cursor was on last."""
        return self._meant

    def compose_area(self) -> ComposeResult:
        """The names of the views, all communes together, the list, the detail."""
        yield RegisterBar([it.title for it in VIEWS])
        yield Static("", id="together", markup=False)
        with Container(id="body"):
            with Container(id="list"):
                yield Static("", id="columns", markup=False)
                yield self.table
            yield self._detail

    def on_mount(self) -> None:
        """Say what can be done."""
        self.say(HINT)

    def read(self, desk: Desk) -> Picture:
        """Read how all communes stand."""
        return take_picture(desk)

    def show(self, data: Picture) -> None:
        """Show it."""
        self.picture = data
        self.draw()

    def draw(self) -> None:
        """Bring everything up to the picture."""
        if self.picture is None:
            return
        view = VIEWS[self._here]
        width = self.table.scrollable_content_region.width
        self.query_one("#together", Static).update(
            together(self.picture.overview, self.size.width - 2)
        )
        self.query_one("#columns", Static).update(Content(heading(view.columns, width)))
        self.table.show(view.columns, view.rows(self.picture))
        self._show_detail()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self.draw)

    @on(OverviewTable.Moved)
    def _show_detail(self) -> None:
        row = self.table.current
        if row is not None:
            self._meant = row.commune or self._meant
            self._detail.tell(row.title, row.lines)
        elif self.picture is not None:
            self._detail.tell(VIEWS[self._here].nothing, [])

    def action_open_view(self, number: int) -> None:
        """Bring another view to the front."""
        if not 1 <= number <= len(VIEWS):
            return
        meant, self._here = self.commune_meant, number - 1
        self.query_one(RegisterBar).here = self._here
        self.set_focus(self.table)
        self.draw()
        self.table.go_to(meant)

    @on(RegisterBar.Went)
    def _went(self, event: RegisterBar.Went) -> None:
        self.action_open_view(event.number)

    async def action_make_paper(self) -> None:
        """Make the report of the agency under the cursor; elsewhere let a paper be chosen."""
        row = self.table.current
        if row is None or not VIEWS[self._here].register:
            await self.ntm.action_list_papers()
            return
        from ntm_tui.papers.choosing import choice_for

        choice = choice_for(self.ntm.owner, VIEWS[self._here].register, row.key)
        if choice is not None:
            self.ntm.make_paper(choice)

    async def action_edit(self) -> None:
        """Go where the row under the cursor leads, with its commune in front."""
        row = self.table.current
        if row is None or not row.commune:
            self.say("Dòng này không của riêng xã nào.")
        elif await self.ntm.take_commune():
            await follow(self.ntm, row.place, row.what)
