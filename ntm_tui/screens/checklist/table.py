"""The list of criteria and indicators."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from ntm_tui.commands import (
    ClearStatus,
    Edit,
    Find,
    SetInProgress,
    SetMet,
    SetNotApplicable,
    SetNotMet,
    at_once,
)
from ntm_tui.screens.checklist.drawing import draw
from ntm_tui.screens.checklist.rows import (
    CriterionRow,
    Row,
    first_indicator,
    next_indicator,
)
from ntm_tui.widgets.lines import Piece
from ntm_tui.widgets.row_table import RowTable


class ChecklistTable(RowTable[Row]):
    """Criteria as headings, their indicators below them."""

    HELP = """
Bảng tiêu chí: mỗi tiêu chí một dòng đậm, các chỉ tiêu ở dưới. Bấm 1 2 3 4 0 để đánh giá chỉ tiêu
đang chọn; con trỏ tự sang chỉ tiêu sau, nên đánh xong cả bảng giấy chỉ cần mỗi chỉ tiêu một phím.
Dấu ! là việc còn phải làm, ví dụ thiếu lý do. Dấu ≠ cuối dòng: đánh giá trái với số liệu. Dấu ?
sau mức yêu cầu: chưa đối chiếu với văn bản.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *at_once(SetMet, SetNotMet, SetInProgress, SetNotApplicable, ClearStatus, Edit, Find),
        Binding("left", "heading(-1)", "Tiêu chí trước", show=False),
        Binding("right", "heading(1)", "Tiêu chí sau", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.year = 0
        self.verdicts = False

    def show(self, rows: tuple[Row, ...], year: int, *, verdicts: bool = False) -> None:
        """Show these rows for a year; at the upper level with what it found itself."""
        if (year, verdicts) != (self.year, self.verdicts):
            self.year, self.verdicts = year, verdicts
            self.refresh()
        self.put(rows)

    def pieces(self, row: Row, width: int) -> Sequence[Piece]:
        """Draw a row into a line of that many cells."""
        return draw(row, width, self.year, verdicts=self.verdicts)

    def is_heading(self, row: Row) -> bool:
        """Tell whether a row is that of a criterion."""
        return isinstance(row, CriterionRow)

    def first_place(self) -> int:
        """Where a paper list begins: at the first indicator."""
        return first_indicator(self.rows)

    def go_on(self) -> None:
        """Go to the next indicator, passing over headings; stay on the last one."""
        self.set_cursor(next_indicator(self.rows, self.cursor))

    def action_heading(self, step: int) -> None:
        """Go to the criterion before or after."""
        places = [at for at, row in enumerate(self.rows) if isinstance(row, CriterionRow)]
        beyond = [at for at in places if (at - self.cursor) * step > 0]
        if beyond:
            self.set_cursor(min(beyond) if step > 0 else max(beyond))
