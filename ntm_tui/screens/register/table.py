"""The list of a register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from ntm_tui.commands import AddRow, Edit, Find, at_once
from ntm_tui.screens.register.drawing import Layout, RegisterRow, draw, texts_of
from ntm_tui.widgets.lines import Piece
from ntm_tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from db.registers.reading import Page


class RegisterTable(RowTable[RegisterRow]):
    """Rows of any register, in columns."""

    HELP = """
Danh sách của sổ đang mở. Ctrl+N thêm dòng, Enter sửa dòng đang chọn, phím cách chuyển sang bước sau
(ví dụ Đang làm → Xong), Delete xóa (xóa nhầm thì Ctrl+Z). Bấm số để đổi sổ, Ctrl+L để lọc, ← → để
xếp theo từng cột. Ctrl+T xem tài liệu của dòng, Ctrl+G đính tệp. Ctrl+W lập giấy tờ của
dòng, Ctrl+A mọi giấy tờ. Dấu × là quá hạn, dấu ! là có điều cần xem.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *at_once(AddRow, Edit, Find),
        Binding("space", "screen.step", "Bước sau", show=False, priority=True),
        Binding("left", "screen.sort_by_next(-1)", "Xếp theo cột trước", show=False),
        Binding("right", "screen.sort_by_next(1)", "Xếp theo cột sau", show=False),
        Binding("delete", "screen.delete_row", "Xóa dòng", show=False, priority=True),
        *(
            Binding(str(number % 10), f"screen.open_register({number})", show=False, priority=True)
            for number in range(1, 11)
        ),
    ]

    class Widened(Message):
        """The list has another width now: other columns may fit."""

    def __init__(self) -> None:
        super().__init__(id="rows")
        self._width = 0
        self.layout_shown = Layout((), ())
        self._page: Page | None = None

    def show(self, rows: tuple[RegisterRow, ...], layout: Layout, page: Page) -> None:
        """Show these rows of a register in these columns."""
        before, self._page = self._page, page
        if layout != self.layout_shown or (before and before.context != page.context):
            self.layout_shown = layout
            self.refresh()
        self.put(rows)

    def on_resize(self) -> None:
        """Draw to the new width; columns are laid out anew."""
        super().on_resize()
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self.post_message(self.Widened())

    def pieces(self, row: RegisterRow, width: int) -> Sequence[Piece]:
        """Draw a row into a line of that many cells."""
        if self._page is None:
            return []
        names = [column.name for column in self.layout_shown.columns]
        texts = dict(zip(names, texts_of(self._page, row.record, names), strict=True))
        return draw(row.record, texts, self.layout_shown)
