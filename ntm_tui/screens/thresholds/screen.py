"""The work area of threshold confirmation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import DataTable, Static

from ntm_tui.commands import Filter, Find, GoThresholds, bindings
from ntm_tui.screens.area import AreaScreen
from ntm_tui.screens.thresholds.detail import Detail
from ntm_tui.screens.thresholds.entry import EntryForm
from ntm_tui.screens.thresholds.looking import Looking
from ntm_tui.screens.thresholds.picture import (
    Picture,
    Standing,
    confirmed,
    forgotten,
    named,
    standing_of,
    take_picture,
)
from ntm_tui.screens.thresholds.table import ThresholdTable
from ntm_tui.screens.thresholds.top_lines import FilterLine, Progress
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed

if TYPE_CHECKING:
    from db.criteria.definitions import Threshold
    from db.desk import Desk
    from db.journal.undo import Undone
    from db.sheet.thresholds import ThresholdState

WIDE = 110
ASK = "Mức này chưa rõ: gõ mức trên giấy rồi Enter; để trống rồi Enter là bỏ qua."


class ThresholdsScreen(AreaScreen):
    """Thresholds beside the printed decision: one key for each that is as printed."""

    HELP = "Đối chiếu: so từng mức đạt trong máy với văn bản giấy, rồi xác nhận hoặc sửa lại."
    BINDINGS = bindings(Find, Filter)
    CSS = """
    ThresholdsScreen {
        .line { height: 1; }
        .line Static { width: auto; padding: 0 1; }
        #paper, #search { width: 1fr; }
        #halves { height: 1fr; layout: vertical; }
        ThresholdTable { height: 1fr; }
        Detail { height: 8; border-top: solid $border-blurred; }
        &.-wide #halves { layout: horizontal; }
        &.-wide ThresholdTable { width: 3fr; }
        &.-wide Detail {
            width: 2fr; height: 1fr; border-top: none; border-left: solid $border-blurred;
        }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    area = GoThresholds

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.looking = Looking()

    def compose_area(self) -> ComposeResult:
        """The paper and the progress, then the list beside what is said about one of it."""
        with Horizontal(classes="line"):
            yield Static("Đang đối chiếu với:")
            yield TextLine(id="paper")
        with Horizontal(classes="line"):
            yield Progress()
            yield Static("Tìm:")
            yield TextLine(id="search", placeholder="số hoặc tên chỉ tiêu")
        yield FilterLine()
        with Container(id="halves"):
            yield ThresholdTable()
            yield Detail()

    @property
    def table(self) -> ThresholdTable:
        """The list."""
        return self.query_one(ThresholdTable)

    @property
    def form(self) -> EntryForm:
        """The field for what the paper says."""
        return self.query_one(EntryForm)

    @property
    def current(self) -> ThresholdState | None:
        """The threshold under the cursor."""
        return self.picture.states.get(self.table.current) if self.picture else None

    @property
    def paper(self) -> str:
        """The paper that lies beside the keyboard."""
        return self.picture.paper if self.picture else ""

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_focus(self.table)
        self.say("Phím cách: đúng như giấy. Enter: gõ mức trên giấy. Ctrl+L: đổi bộ lọc.")

    # -- Showing -----------------------------------------------------------------------------------

    def read(self, desk: Desk) -> Picture:
        """Read every threshold as it counts now, and the paper that was named."""
        return take_picture(desk)

    def show(self, data: Any) -> None:
        """Show it; a field that is being typed in is left alone."""
        picture: Picture = data
        if self.picture is not None and self.picture.sheet != picture.sheet:
            self.looking.everything()
        self.picture = picture
        paper = self.query_one("#paper", TextLine)
        if not paper.has_focus:
            paper.load(picture.paper)
        self._draw()

    def _draw(self) -> None:
        if self.picture is None:
            return
        self.query_one(Progress).picture = self.picture
        line = self.query_one(FilterLine)
        line.picture, line.chosen = self.picture, self.looking.filter
        numbers = self.looking.numbers(self.picture)
        self.table.put(numbers, self.picture.states, self.picture.sheet.year)
        self._tell()

    def _tell(self) -> None:
        if self.picture is not None:
            self.query_one(Detail).tell(self.current, self.picture.sheet.year)

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        if not self.form.field.has_focus:
            self._tell()

    # -- Searching and filtering -------------------------------------------------------------------

    def action_find(self) -> None:
        """Go to the search field."""
        self.set_focus(self.query_one("#search"))

    def action_filter(self) -> None:
        """Look through the next filter."""
        self.looking.choose_next()
        self._draw()

    @on(Typed.Drafted, "#search")
    def _search(self, event: Typed.Drafted) -> None:
        self.looking.query = event.text
        self._draw()
        if self.picture is not None:
            self.table.go_to(self.looking.best(self.picture))

    @on(TextLine.Submitted, "#search")
    def _searched(self) -> None:
        self.set_focus(self.table)

    # -- The paper ---------------------------------------------------------------------------------

    @on(Typed.Settled, "#paper")
    async def _name_paper(self, event: Typed.Settled) -> None:
        if await self._write(lambda desk, picture: named(desk, picture, event.text)):
            self.say(f"Từ đây ghi nhận là đối chiếu với {self.paper}.")

    @on(TextLine.Submitted, "#paper")
    def _paper_named(self) -> None:
        self.set_focus(self.table)

    # -- Confirming --------------------------------------------------------------------------------

    async def action_confirm_threshold(self) -> None:
        """Confirm what is in the machine and go on; what is unknown must be typed."""
        state = self.current
        if state is None:
            return
        if standing_of(state) is Standing.UNKNOWN:
            self._open_entry()
            self.say(ASK)
        elif await self._confirm(state.indicator.number, None):
            self._go_on()

    async def action_unconfirm(self) -> None:
        """Take a confirmation back."""
        state = self.current
        if state is None or not state.confirmed:
            return
        number = state.indicator.number
        if await self._write(lambda desk, picture: forgotten(desk, picture, number)):
            self.say(f"Đã bỏ đối chiếu {number}. Ctrl+Z để lấy lại.")

    async def _confirm(self, number: str, said: Threshold | None) -> bool:
        if not await self._write(lambda desk, picture: confirmed(desk, picture, number, said)):
            return False
        state = self.current
        if self.picture is not None and state is not None:
            note = " (đã sửa theo giấy)" if state.corrected else ""
            self.say(f"√ {number}: {state.effective.text(self.picture.sheet.year)}{note}")
        return True

    async def _write(self, job: Callable[[Desk, Picture], Picture]) -> bool:
        """Do one thing, and show what came of it."""
        before = self.picture
        if before is None:
            return False
        after = await self.write(lambda desk: job(desk, before))
        if after is None:
            return False
        self.picture = after
        self._draw()
        return True

    async def taken_back(self, done: Undone) -> None:
        """Show what undo changed, with the cursor on it."""
        numbers = [it.row.split("|")[-1] for it in done.fields if "threshold" in it.entity]
        if numbers:
            self.table.go_to(numbers[0])
        self.refresh_data()

    def _go_on(self) -> None:
        """Go to the next row; where nothing is known, the field to type in is opened at once."""
        if self.table.at_end:
            if self.picture is not None and self.picture.confirmed == len(self.picture.states):
                self.say("Đã đối chiếu xong mọi mức đạt.")
            self._close_entry()
            return
        self.table.go(1)
        state = self.current
        if state is not None and standing_of(state) is Standing.UNKNOWN:
            self._open_entry()
        else:
            self._close_entry()

    # -- Typing what the paper says ----------------------------------------------------------------

    def action_edit(self) -> None:
        """Type what the paper says."""
        if self.current is not None:
            self._open_entry()

    def _open_entry(self) -> None:
        state = self.current
        if state is not None and self.picture is not None:
            self._tell()
            self.form.begin(state, self.picture.sheet.year)
            self.set_focus(self.form.field)

    def _close_entry(self) -> None:
        self.form.end()
        self.set_focus(self.table)
        self._tell()

    def action_stop_entry(self) -> None:
        """Stop typing; nothing is written."""
        self._close_entry()

    async def action_leave_entry(self, step: int) -> None:
        """Keep what was typed if it was changed, and go up or down."""
        if not self.form.is_changed or await self._take():
            self._close_entry()
            self.table.go(step)

    @on(TextLine.Submitted, "#entry")
    async def _typed(self) -> None:
        state = self.current
        if state is None:
            return
        if self.form.is_empty and standing_of(state) is Standing.UNKNOWN:
            self._go_on()
            self.say(f"Bỏ qua {state.indicator.number}: chưa rõ mức, để điền sau.")
        elif await self._take():
            self._go_on()

    async def _take(self) -> bool:
        """Write what was typed, if it can be understood."""
        said = self.form.read()
        return said is not None and await self._confirm(self.table.current, said)
