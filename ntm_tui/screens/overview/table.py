"""The list of a view."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from ntm_tui.commands import Edit, at_once
from ntm_tui.screens.overview.rows import Col, OverviewRow, draw
from ntm_tui.widgets.lines import Piece
from ntm_tui.widgets.row_table import RowTable


class OverviewTable(RowTable[OverviewRow]):
    """Rows of any view, in its columns."""

    HELP = """
Các xã bên nhau. Bấm số để đổi cách xem, ↑ ↓ chọn xã, Enter tới xã đó (F3 bảng tiêu chí, F5 sổ việc,
F6 vốn, F7 hồ sơ của xã đang chọn). √ đạt, × chưa đạt, ■ đang làm, □ chưa đánh giá, – không áp dụng.
Gói: số ngày từ gói gần nhất của xã. Thu hồi: √ chưa có nguy cơ, ■ có thể, × thuộc diện.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *at_once(Edit),
        *(
            Binding(str(number), f"screen.open_view({number})", show=False, priority=True)
            for number in range(1, 10)
        ),
    ]

    def __init__(self) -> None:
        super().__init__(id="rows")
        self.columns: tuple[Col, ...] = ()

    def show(self, columns: tuple[Col, ...], rows: tuple[OverviewRow, ...]) -> None:
        """Show these rows in these columns."""
        if columns != self.columns:
            self.columns = columns
            self.rows = ()
            self.refresh()
        self.put(rows)

    def pieces(self, row: OverviewRow, width: int) -> Sequence[Piece]:
        """Draw a row into a line of that many cells."""
        return draw(self.columns, row, width)

    def first_place(self) -> int:
        """Where one begins: below the first heading."""
        return next((at for at, row in enumerate(self.rows) if not row.heading), 0)

    def is_heading(self, row: OverviewRow) -> bool:
        """Tell whether a row stands over others."""
        return row.heading
