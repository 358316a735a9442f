"""Trái nhau: what machines wrote differently, side by side, settled with one key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from db.text import shown
from ntm_tui.commands import SortRows, TakeOther, TakeOwn, bindings
from ntm_tui.compat import work
from ntm_tui.console.sides import side_text, who_settles
from ntm_tui.screens.sync.comparing import beside
from ntm_tui.screens.sync.differing_list import ConflictTable
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.section import Section
from ntm_tui.widgets.fitting import cut

if TYPE_CHECKING:
    from db.conflicts import Board, Comparison, Conflict, Side
    from db.desk import Desk
    from db.journal.undo import Undone

ORDERS = {
    "importance": "quan trọng trước",
    "day": "mới ghi trước",
    "place": "theo chỗ",
}
SAID = 42
"""Cells of the status line for what was settled; how many are left has its place behind."""

_NOTHING = """Không có ô nào trái nhau.

Khi hai máy cùng sửa một ô mà chưa biết của nhau, cả hai giá trị được giữ và hiện ở đây để người \
có trách nhiệm chốt. Chốt xong, gói gửi lần sau mang kết quả đến các máy khác."""


class DifferingSection(Section):
    """The list, and the sides of the conflict under the cursor beside each other."""

    HELP = """
Trái nhau: mỗi dòng là một ô mà hai máy ghi khác nhau khi chưa biết của nhau; dấu ! là ô quyết định
đạt hay chưa đạt. ← → chọn bên rồi Enter để lấy; Ctrl+D lấy ngay giá trị của máy này (đây), Ctrl+K
lấy của máy kia. Chốt rồi sang ô sau; nhầm thì Ctrl+Z, ô trở lại như cũ. Ctrl+X đổi thứ tự.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *bindings(TakeOwn, TakeOther, SortRows),
        Binding("enter", "take", "Lấy bên đang chọn", show=False),
        Binding("left", "side(-1)", "Bên trái", show=False),
        Binding("right", "side(1)", "Bên phải", show=False),
    ]
    DEFAULT_CSS = """
    DifferingSection {
        #differ { height: 1fr; }
        #conflicts { height: 2fr; min-height: 4; }
        #sides {
            height: 3fr;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-style: bold;
            border-subtitle-style: bold;
            border-subtitle-color: $primary;
            scrollbar-size-vertical: 1;
            &:focus { border: solid $border; }
            & > Static { height: auto; }
        }
        #agreed { height: auto; padding: 1 2; display: none; }
        &.-empty #differ { display: none; }
        &.-empty #agreed { display: block; }
    }
    """
    title = "Trái nhau"

    def __init__(self) -> None:
        super().__init__(id="differing")
        self._board: Board | None = None
        self._order = "importance"
        self._compared: Comparison | None = None
        self._chosen = 0
        self._wanted: tuple[str, ...] = ()
        self._table = ConflictTable()

    def compose(self) -> ComposeResult:
        """The list, the sides, and a word for when there is nothing."""
        with Container(id="differ"):
            yield self._table
            with VerticalScroll(id="sides", can_focus=True):
                yield Static()
        yield Static(_NOTHING, id="agreed", markup=False)

    def enter(self) -> None:
        """Begin in the list."""
        self.screen.set_focus(self._table)

    def waiting(self, desk: Desk) -> int:
        """Count what this office may settle."""
        from db.conflicts import count_open, scopes_of

        with desk.reading() as session:
            return count_open(session.connection(), desk.owner, scopes_of(desk))

    def read(self, desk: Desk) -> Board:
        """Read where machines differ."""
        from db.conflicts import read_conflicts

        with desk.reading() as session:
            return read_conflicts(desk, session)

    def show(self, data: Any) -> None:
        """Show it; after an undo, where the conflict is that came back."""
        self._board = data
        self._compared = None
        self._show_list()
        if data.conflicts and self.in_front and self.screen.focused is None:
            self.enter()  # the list was not there until now
        if self._wanted and self._table.go_to(self._wanted):
            self._wanted = ()

    def taken_back(self, done: Undone) -> None:
        """Go to what undo or redo changed, once it is read."""
        if done.fields:
            first = done.fields[0]
            self._wanted = (first.scope, first.entity, first.row, first.field)
        self.area.refresh_data()

    def _show_list(self) -> None:
        from db.conflicts import Order, ordered

        board = self._board
        if board is None:
            return
        self.set_class(not board.conflicts, "-empty")
        self._table.show(board, ordered(board.conflicts, Order(self._order)))
        others = len(board.conflicts) - board.open
        aside = f", {count(others)} ô nơi khác chốt" if others else ""
        self._table.border_title = f"{count(board.open)} ô cần chốt{aside}"
        self._table.border_subtitle = f"Ctrl+X thứ tự: {ORDERS[self._order]}"
        self._compare()

    @on(ConflictTable.Moved)
    def _moved(self) -> None:
        row = self._table.current
        if row is None or self._compared is None or self._compared.conflict != row.conflict:
            self._compare()

    @work(group="compare", exclusive=True)
    async def _compare(self) -> None:
        """Read and show the sides of the conflict under the cursor; the newest request wins."""
        row = self._table.current
        if row is not None and await self._load(row.conflict) is not None:
            self._draw()

    async def _load(self, conflict: Conflict) -> Comparison | None:
        if self._compared is None or self._compared.conflict != conflict:
            board, desk = self._board, self.ntm.desk
            if board is None or desk is None:
                return None
            found = await asyncio.to_thread(_compare, desk, board, conflict)
            if self._table.current is not None and self._table.current.conflict != conflict:
                return found
            self._compared, self._chosen = found, 0
        return self._compared

    def on_resize(self) -> None:
        """Draw to the new width."""
        self._draw()

    def _draw(self) -> None:
        compared = self._compared
        if compared is None:
            return
        box = self.query_one("#sides")
        box.border_title = shown(f"{compared.place} · {compared.conflict.label}")
        box.border_subtitle = who_settles(compared.conflict) or "← → chọn bên · Enter lấy bên này"
        width = max(box.content_size.width, 20)
        box.query_one(Static).update(beside(compared, self._chosen, width))

    def action_side(self, step: int) -> None:
        """Choose the next side."""
        if self._compared is not None:
            last = len(self._compared.sides) - 1
            self._chosen = min(max(0, self._chosen + step), last)
            self._draw()

    def action_sort_rows(self) -> None:
        """Go on to the next order."""
        names = list(ORDERS)
        self._order = names[(names.index(self._order) + 1) % len(names)]
        self._show_list()
        self.area.say(f"Thứ tự: {ORDERS[self._order]}.")

    # -- Settling ----------------------------------------------------------------------------------

    async def action_take(self) -> None:
        """Take the side that is chosen."""
        await self._settle(lambda compared: compared.sides[self._chosen])

    async def action_take_own(self) -> None:
        """Take what this machine wrote."""
        await self._settle(lambda compared: _only(compared, self._chosen, own=True))

    async def action_take_other(self) -> None:
        """Take what the other machine wrote."""
        await self._settle(lambda compared: _only(compared, self._chosen, own=False))

    async def _settle(self, choose: Callable[[Comparison], Side | None]) -> None:
        row = self._table.current
        if row is None or self._board is None:
            return
        compared = await self._load(row.conflict)
        if compared is None:
            self.area.say("Ô này không còn trái nhau.")
            self.area.refresh_data()
            return
        side = choose(compared)
        if side is None:
            self.area.say("Ô này không có đúng một bên như thế: ← → chọn bên rồi Enter.")
            return
        done = await self.area.write(lambda desk: _settle(desk, compared, side))
        if done:
            self._settled(compared, side)
            if row.conflict.entity == "commune":
                await self.ntm.renew()
        self.area.refresh_data()

    def _settled(self, compared: Comparison, side: Side) -> None:
        """Go on to the next conflict at once; what else changed is read afterwards."""
        from db.conflicts import Board

        if self._board is None:
            return
        rest = tuple(one for one in self._board.conflicts if one != compared.conflict)
        self._board, self._compared = Board(rest, self._board.called), None
        self._show_list()
        left = f"Còn {count(self._board.open)} ô." if self._board.open else "Đã chốt hết."
        what = cut(shown(f"{compared.place}: {side_text(compared, side)}"), SAID)
        self.area.say(f"Đã chốt {what}. {left} Nhầm thì Ctrl+Z.")


def _compare(desk: Desk, board: Board, conflict: Conflict) -> Comparison | None:
    from db.conflicts import compare

    with desk.reading() as session:
        found = compare(desk, session, board, [conflict])
    return found[0] if found else None


def _settle(desk: Desk, compared: Comparison, side: Side) -> bool:
    from db.conflicts import settle

    settle(desk, [(compared, side)])
    return True


def _only(compared: Comparison, chosen: int, *, own: bool) -> Side | None:
    """Give the side of this machine, or of another; of several such the chosen one."""
    fits = [one for one in compared.sides if one.own is own]
    if compared.sides[chosen] in fits:
        return compared.sides[chosen]
    return fits[0] if len(fits) == 1 else None
