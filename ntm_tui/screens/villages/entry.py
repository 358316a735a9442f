"""The line in which a cell of the grid is typed."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ntm_tui.commands import GoBack, bindings
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine, unix_lines

STATUSES = "1 đạt  2 chưa đạt  3 đang làm  4 không áp dụng  0 bỏ"
READY_SECONDS = 3
"""How long keys typed ahead wait for the grid."""


class CellLine(TextLine):
    """Typed into like a cell of a spreadsheet: arrows, Enter and Tab write it down and go on."""

    HELP = """
Gõ số của thôn: tử số/mẫu số, ví dụ 67/120; gõ 67/ thì máy lấy mẫu số là số hộ của thôn. Enter xuống
thôn dưới, hết cột thì sang cột sau; mũi tên và Tab để đi. Cột ghi đạt, chưa đạt thì bấm 1 2 3 4 0
như ở Tiêu chí. Dán được cả cột chép từ Excel. Delete khi vừa tới ô là bỏ số đã ghi. Ctrl+N sửa danh
sách thôn, Ctrl+B chọn chỉ tiêu ghi theo thôn. Dấu * là tiêu chí do người dân làm.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *bindings(GoBack),
        Binding("enter", "go('next')", "Thôn dưới", show=False),
        Binding("up", "go('up')", "Lên", show=False),
        Binding("down", "go('down')", "Xuống", show=False),
        Binding("left,shift+tab", "go('left')", "Sang trái", show=False),
        Binding("right,tab", "go('right')", "Sang phải", show=False),
        Binding("pageup", "go('page_up')", "Lên một trang", show=False),
        Binding("pagedown", "go('page_down')", "Xuống một trang", show=False),
        Binding("delete", "clear", "Bỏ số đã ghi", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="cell")
        self.digits_are_statuses = False
        self.ready = asyncio.Event()

    async def _on_key(self, event: events.Key) -> None:
        """A digit is a status where villages are met or not; else it is typed as usual.

        Keys typed ahead wait until the grid is there, so that each goes into its cell.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ready.wait(), READY_SECONDS)
        if self.digits_are_statuses and event.character and event.character in "12340":
            event.stop()
            event.prevent_default()
            await self.run_action(f"screen.put_status('{event.character}')")

    def paste(self, text: str) -> None:
        """Several lines or cells copied from a spreadsheet fill the grid from here on."""
        plain = unix_lines(text)
        if "\n" in plain.strip() or "\t" in plain:
            self.call_next(self.screen.paste_block, plain)  # type: ignore[attr-defined]
        else:
            super().paste(plain)

    async def action_go(self, way: str) -> None:
        """Write the cell down and go on."""
        await self.run_action(f"screen.go_from_cell('{way}')")

    async def action_clear(self) -> None:
        """Take back what is written in the cell; in the middle of a text, delete as usual."""
        chosen = {self.selection.start, self.selection.end} == {0, len(self.value)}
        if not self.value or chosen:
            await self.run_action("screen.clear_cell")
        else:
            self.action_delete_right()

    async def action_go_back(self) -> None:
        """Give up what was typed."""
        await self.run_action("screen.give_up_cell")


class CellForm(Vertical):
    """The line with the name of its cell, and below it what was understood."""

    DEFAULT_CSS = """
    CellForm {
        height: auto;
        padding: 0 1;
        #typing { height: 1; }
        #typing Static { width: auto; padding-right: 1; text-style: bold; }
        CellLine { width: 1fr; }
        #counted { color: $secondary; }
        FieldMessage { display: block; height: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.line = CellLine()
        self.message = FieldMessage()
        self._where = Static("", markup=False)
        self._counted = Static("", id="counted", markup=False)

    def compose(self) -> ComposeResult:
        """Name, line, how much is filled in; then the message."""
        with Horizontal(id="typing"):
            yield self._where
            yield self.line
            yield self._counted
        yield self.message

    def begin(self, where: str, text: str, *, statuses: bool) -> None:
        """Come to a cell; what is typed takes the place of what stands there."""
        self._where.update(Content(where))
        self.line.digits_are_statuses = statuses
        self.line.placeholder = STATUSES if statuses else ""
        self.line.load(text)
        self.line.select_all()
        self.message.clear()

    def count(self, words: str) -> None:
        """Say how much of the grid is filled in."""
        self._counted.update(Content(words))
