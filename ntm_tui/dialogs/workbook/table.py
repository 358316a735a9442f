"""The list of a preview."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from ntm_tui.dialogs.workbook.rows import PreviewRow, draw
from ntm_tui.widgets.lines import Piece
from ntm_tui.widgets.row_table import RowTable


class PreviewTable(RowTable[PreviewRow]):
    """What changes, what waits for an answer, and what is passed over."""

    HELP = """
Mỗi dòng là một ô của sổ Excel. √ sẽ được ghi. ? đọc được hai cách: Enter để chọn, chưa chọn thì
không ghi. × không hiểu, - bỏ qua: không ghi gì. Tab sang các nút để ghi, đổi trang, đổi cột.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding("enter", "screen.settle_row", "Chọn nghĩa đúng", show=False),
        Binding("tab", "screen.to_buttons", "Sang nút", show=False),
    ]

    def pieces(self, row: PreviewRow, width: int) -> Sequence[Piece]:
        """Draw a row into a line of that many cells."""
        return draw(row, width)
