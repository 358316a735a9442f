"""The grid: villages down, indicators across, the sums at the bottom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from db.text import shown
from ntm_tui.screens.villages.cells import (
    CELL_WIDTH,
    NAME_WIDTH,
    cell_piece,
    column_words,
    sum_piece,
)
from ntm_tui.widgets.fitting import cut
from ntm_tui.widgets.lines import BASE, Piece, fit

if TYPE_CHECKING:
    from db.villages import CellPlace, Grid

HEAD, FOOT = 2, 1
"""Lines above the villages and below them."""


class VillageGrid(Widget):
    """Draws the grid and keeps the cursor in view; what is typed goes into the line above it."""

    COMPONENT_CLASSES = {  # noqa: RUF012  # a class variable in Textual
        "grid--head",
        "grid--here",
        "grid--cursor",
        "grid--quiet",
        "grid--warning",
        "grid--met",
        "grid--not_met",
        "grid--in_progress",
        "grid--not_assessed",
        "grid--not_applicable",
    }
    DEFAULT_CSS = """
    VillageGrid {
        height: 1fr;
        background: $surface;
        color: $foreground;
        & > .grid--head { background: $panel; color: $foreground; text-style: bold; }
        & > .grid--here { background: $panel; color: $primary; text-style: bold underline; }
        & > .grid--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        & > .grid--quiet { color: $secondary; }
        & > .grid--warning { color: $warning; text-style: bold; }
        & > .grid--met { color: $status-met; }
        & > .grid--not_met { color: $status-not-met; }
        & > .grid--in_progress { color: $status-in-progress; }
        & > .grid--not_assessed { color: $status-not-assessed; }
        & > .grid--not_applicable { color: $status-not-applicable; }
    }
    """

    class Pointed(Message):
        """A person clicked on a cell."""

        def __init__(self, row: int, column: int) -> None:
            super().__init__()
            self.row = row
            self.column = column

    def __init__(self) -> None:
        super().__init__()
        self.grid: Grid | None = None
        self.row = self.column = 0
        self._top = self._left = 0

    @property
    def place(self) -> CellPlace | None:
        """The cell under the cursor; None in a grid without villages or indicators."""
        if self.grid is None or not self.grid.villages or not self.grid.columns:
            return None
        from db.villages import CellPlace

        number = self.grid.columns[self.column].indicator.number
        return CellPlace(self.grid.villages[self.row].code, number)

    def show(self, grid: Grid) -> None:
        """Show a grid; the cursor stays on its cell, wherever that is now."""
        before = self.place
        self.grid = grid
        row, column = self.row, self.column
        if before is not None:
            codes = [one.code for one in grid.villages]
            numbers = [one.indicator.number for one in grid.columns]
            row = codes.index(before.village) if before.village in codes else row
            column = numbers.index(before.number) if before.number in numbers else column
        self.go(row, column)

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest one there is."""
        if self.grid is None:
            return
        self.row = max(0, min(row, len(self.grid.villages) - 1))
        self.column = max(0, min(column, len(self.grid.columns) - 1))
        self._top = _in_view(self._top, self.row, self.rows_shown, len(self.grid.villages))
        self._left = _in_view(self._left, self.column, self.columns_shown, len(self.grid.columns))
        self.refresh()

    @property
    def rows_shown(self) -> int:
        """How many villages can be seen at once."""
        return max(1, self.content_size.height - HEAD - FOOT)

    @property
    def columns_shown(self) -> int:
        """How many indicators can be seen at once."""
        return max(1, (self.content_size.width - NAME_WIDTH) // CELL_WIDTH)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.go(self.row, self.column)

    def on_click(self, event: events.Click) -> None:
        """Tell which cell was clicked."""
        row, column = self._top + event.y - HEAD, self._left + (event.x - NAME_WIDTH) // CELL_WIDTH
        shown = self.grid is not None and row < min(
            len(self.grid.villages), self._top + self.rows_shown
        )
        if shown and event.y >= HEAD and event.x >= NAME_WIDTH:
            self.post_message(self.Pointed(row, column))

    # -- Drawing -----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width = self.content_size.width
        grid = self.grid
        if grid is None:
            return Strip.blank(width, self.rich_style)
        last = self.content_size.height - FOOT
        if y < HEAD or y == last:
            ground = self._style("head")
            segments = list(
                self._heading(grid, y, ground) if y < HEAD else self._sums(grid, ground)
            )
        else:
            ground = self.rich_style
            row = self._top + y - HEAD
            segments = list(self._cells(grid, row)) if row < len(grid.villages) else []
        return Strip(segments).adjust_cell_length(width, ground)

    def _shown_columns(self, grid: Grid) -> range:
        return range(self._left, min(len(grid.columns), self._left + self.columns_shown))

    def _heading(self, grid: Grid, line: int, ground: Style) -> Iterator[Segment]:
        hidden = self._left, len(grid.columns) - self._shown_columns(grid).stop
        before, after = (f"◄{hidden[0]}" if hidden[0] else "", f"{hidden[1]}►" if hidden[1] else "")
        name = "Thôn" if line == 0 else " ".join(filter(None, (before, after)))
        yield Segment(fit(name, NAME_WIDTH), ground)
        for column in self._shown_columns(grid):
            words = column_words(grid.columns[column], grid.checklist.sheet.year)[line]
            style = self._style("here") if column == self.column and line == 0 else ground
            yield Segment(fit(words, CELL_WIDTH - 1), style)
            yield Segment(" ", ground)

    def _cells(self, grid: Grid, row: int) -> Iterator[Segment]:
        from db.villages import CellPlace

        village = grid.villages[row]
        name = fit(shown(village.name).removeprefix("Thôn "), NAME_WIDTH - 1)
        ground = self.rich_style + (Style(bold=True) if row == self.row else Style())
        yield Segment(f"{name} ", ground)
        for column in self._shown_columns(grid):
            number = grid.columns[column].indicator.number
            piece = cell_piece(grid.findings.get(CellPlace(village.code, number)))
            yield from self._drawn(piece, (row, column) == (self.row, self.column), self.rich_style)

    def _sums(self, grid: Grid, ground: Style) -> Iterator[Segment]:
        yield Segment(fit("Cả xã", NAME_WIDTH), ground)
        for column in self._shown_columns(grid):
            yield from self._drawn(sum_piece(grid.columns[column]), False, ground)

    def _drawn(self, piece: Piece, on_cursor: bool, ground: Style) -> Iterator[Segment]:
        text, name = piece
        style = self._style("cursor") if on_cursor else ground + self._ink(name)
        yield Segment(fit(cut(text, CELL_WIDTH - 1), CELL_WIDTH - 1), style)
        yield Segment(" ", ground)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"grid--{name}")

    def _ink(self, name: str) -> Style:
        if name == BASE:
            return Style()
        style = self._style(name)
        return Style(color=style.color, bold=style.bold)


def _in_view(first: int, place: int, room: int, total: int) -> int:
    """Give the first line or column that is shown: a place is among them, and no room is wasted."""
    return max(0, min(max(first, place - room + 1), place, total - room))
