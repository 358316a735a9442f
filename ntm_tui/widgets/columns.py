"""Columns drawn from blocks: something that changes from week to week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

FULL, HALF = "█", "▄"


@dataclass(frozen=True)
class Point:
    """One column: what stands below it, and how high it is."""

    label: str
    value: int


def draw_columns(points: Sequence[Point], total: int, width: int, height: int) -> Iterator[Content]:
    """Draw columns side by side, each with its number on top and its label below.

    Args:
        points: the columns.
        total: what a column of full height stands for.
        width: the cells of a line; earlier columns are left out where there is no room.
        height: the lines of a full column.
    """
    if not points:
        return
    cell = max(len(one.label) for one in points) + 1
    shown = points[-max(1, width // cell) :]
    halves = [_halves(one.value, total, height) for one in shown]
    for line in range(height, -1, -1):
        yield Content.assemble(
            *(_cell(one, half, line, cell) for one, half in zip(shown, halves, strict=True))
        )
    yield Content("".join(one.label.center(cell) for one in shown))


def _halves(value: int, total: int, height: int) -> int:
    """Give the height in half lines; what is not nothing is seen."""
    return max(value * height * 2 // max(total, 1), 1 if value else 0)


def _cell(point: Point, half: int, line: int, width: int) -> tuple[str, str]:
    """Draw one line of one column; the line above its top bears its number."""
    top = (half + 1) // 2
    if line == top:
        return str(point.value).center(width), "bold"
    if line > top:
        return " " * width, ""
    block = HALF if line == top - 1 and half % 2 else FULL
    return (block * (width - 2)).center(width), "$primary"
