"""The list of thresholds. Cells change in place; the cursor never jumps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text
from textual import events
from textual.theme import Theme
from textual.widgets import DataTable

from db.text import shown
from ntm_tui.commands import ConfirmThreshold, Edit, Filter, Find, Unconfirm, at_once
from ntm_tui.screens.thresholds.picture import standing_of
from ntm_tui.widgets.fitting import cut, short_name

if TYPE_CHECKING:
    from db.sheet.thresholds import ThresholdState

COLUMNS = {"sign": "", "number": "TT", "name": "Chỉ tiêu", "required": "Mức đạt đang dùng"}
_SIGN, _NUMBER, _REQUIRED, _LEAST_REQUIRED, _PADDING = 1, 5, 24, 12, 10
_NARROW = 64


class ThresholdTable(DataTable[Text]):
    """One row for each indicator: whether it was checked, and what it must reach."""

    HELP = """
Danh sách mức đạt. Cầm văn bản giấy và đi từng dòng: đúng như giấy thì bấm phím cách, máy ghi nhận
rồi sang dòng sau; khác với giấy thì bấm Enter rồi gõ mức trên giấy. Mức chưa rõ thì máy tự mở ô gõ.
Delete hoặc 0 bỏ đối chiếu. Dấu √ đã đối chiếu, □ chưa đối chiếu, ? chưa rõ mức; * đã sửa theo giấy.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *at_once(ConfirmThreshold, Edit, Unconfirm, Find, Filter),
        ("0", "screen.unconfirm", ""),
    ]

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False, id="thresholds")
        self._numbers: list[str] = []
        self._states: Mapping[str, ThresholdState] = {}
        self._year = 0
        self._width = 0

    @property
    def current(self) -> str:
        """The number of the indicator under the cursor; empty when there is none."""
        return self._numbers[self.cursor_row] if self.cursor_row < len(self._numbers) else ""

    @property
    def at_end(self) -> bool:
        """Whether the cursor is on the last row."""
        return self.cursor_row >= len(self._numbers) - 1

    def on_mount(self) -> None:
        """Follow the theme: the colours of cells are kept in them."""
        self.app.theme_changed_signal.subscribe(self, self._follow_theme)

    def put(self, numbers: Sequence[str], states: Mapping[str, ThresholdState], year: int) -> None:
        """Show these rows; the cursor stays on what it is on."""
        before, self._states, self._year = self._states, states, year
        if list(numbers) == self._numbers and self.row_count:
            for number in numbers:
                if before.get(number) != states[number]:
                    self._redraw(number)
            return
        here = self.current
        self._numbers = list(numbers)
        self._fill()
        self.go_to(here)

    def go_to(self, number: str) -> bool:
        """Put the cursor on an indicator; False when it is not shown."""
        if number not in self._numbers:
            return False
        self.move_cursor(row=self._numbers.index(number))
        return True

    def go(self, step: int) -> None:
        """Move the cursor, staying among the rows."""
        row = self.cursor_row + step
        self.move_cursor(row=max(0, min(row, len(self._numbers) - 1)))

    def on_resize(self, event: events.Resize) -> None:
        """Share out the new width."""
        if event.size.width != self._width:
            row = self.cursor_row
            self._width = event.size.width
            self._fill()
            self.move_cursor(row=row)

    def _fill(self) -> None:
        self.clear(columns=True)
        required = _REQUIRED if self._width >= _NARROW else _LEAST_REQUIRED
        name = max(8, self._width - _SIGN - _NUMBER - required - _PADDING)
        for key, width in zip(COLUMNS, (_SIGN, _NUMBER, name, required), strict=True):
            self.add_column(COLUMNS[key], key=key, width=width)
        for number in self._numbers:
            self.add_row(*self._cells(number).values(), key=number)

    def _redraw(self, number: str) -> None:
        for column, cell in self._cells(number).items():
            self.update_cell(number, column, cell)

    def _cells(self, number: str) -> dict[str, Text]:
        state = self._states[number]
        standing = standing_of(state)
        colour = Style(color=self.app.theme_variables[standing.variable], bold=True)
        required = state.effective.text(self._year)
        name = shown(short_name(state.indicator.name))
        mark = " *" if state.corrected else ""
        return {
            "sign": Text(standing.sign, colour),
            "number": Text(number),
            "name": Text(name, no_wrap=True, overflow="ellipsis"),
            "required": Text(cut(required, _REQUIRED - len(mark)) + mark),
        }

    def _follow_theme(self, _theme: Theme) -> None:
        for number in self._numbers:
            self._redraw(number)
