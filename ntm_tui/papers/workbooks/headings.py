"""Headings: one row or several, neighbours under one heading put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ntm_tui.papers.workbooks.formats import Formats
from ntm_tui.papers.workbooks.table import Column
from ntm_tui.papers.workbooks.widths import lines_needed

_LINE = 14.5


@dataclass(frozen=True)
class Box:
    """A heading and the columns and levels that it takes; all from 0, the last ones too."""

    text: str
    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Headings:
    """What stands above some columns."""

    columns: tuple[Column, ...]

    @cached_property
    def depth(self) -> int:
        """How many rows they take."""
        return max(len(one.levels) for one in self.columns)

    def boxes(self) -> Iterator[Box]:
        """Give every heading with its place."""
        for level in range(self.depth):
            left = 0
            while left < len(self.columns):
                right = self._right(level, left)
                levels = self.columns[left].levels
                if level < len(levels):
                    is_last = level == len(levels) - 1
                    yield Box(
                        levels[level], left, right, level, self.depth - 1 if is_last else level
                    )
                left = right + 1

    def _right(self, level: int, left: int) -> int:
        """Give the last neighbour that stands under the same heading; lowest ones stand alone."""
        levels = self.columns[left].levels
        right = left
        while (
            level < len(levels) - 1
            and right + 1 < len(self.columns)
            and self.columns[right + 1].kept == self.columns[left].kept
            and len(self.columns[right + 1].levels) - 1 > level
            and self.columns[right + 1].levels[: level + 1] == levels[: level + 1]
        ):
            right += 1
        return right

    def write(self, sheet: Any, first: int, widths: Sequence[float], formats: Formats) -> None:
        """Write them from a row on, counted from 0."""
        heights = [1] * self.depth
        for box in self.boxes():
            width = sum(widths[box.left : box.right + 1]) or 8.0
            lines = lines_needed(box.text, width, bold=True) if box.left < len(widths) else 1
            over = heights[box.top : box.bottom + 1]
            if sum(over) < lines:
                heights[box.bottom] += lines - sum(over)
            self._put(sheet, first, box, formats)
        for level, lines in enumerate(heights):
            sheet.set_row(first + level, _LINE * lines + 3)

    def _put(self, sheet: Any, first: int, box: Box, formats: Formats) -> None:
        top, bottom = first + box.top, first + box.bottom
        if (top, box.left) != (bottom, box.right):
            sheet.merge_range(top, box.left, bottom, box.right, "", formats.heading)
        sheet.write_string(top, box.left, box.text, formats.heading)
