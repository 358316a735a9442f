"""What a view of the communes is made of: columns, and rows of pieces. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from db.judging import Status
from ntm_tui.screens.week.lines import Place
from ntm_tui.widgets.bars import BLOCKS, cells
from ntm_tui.widgets.lines import BASE, Line, Piece, fit, right

GAP = 1
LEAST = 12
"""Cells that the flexible column always keeps."""

Cell = tuple[Piece, ...]
"""What stands in one column, in pieces."""


@dataclass(frozen=True)
class Col:
    """A column; a `width` of 0 is what the others leave. Numbers stand at the right."""

    label: str
    width: int = 0
    number: bool = False


@dataclass(frozen=True)
class OverviewRow:
    """One line: what is in its columns, what is to be said of it, and where it leads.

    `commune` is the code of the commune it is about; `place` and `what` say where Enter goes.
    """

    key: str
    cells: tuple[Cell, ...]
    title: str
    lines: tuple[Line, ...] = field(default=())
    commune: str = ""
    place: Place = Place.CHECKLIST
    what: str = ""
    heading: bool = False


def cell(text: str, style: str = BASE) -> Cell:
    """A cell of one piece."""
    return ((text, style),)


def bar(counts: dict[Status, int], width: int) -> Cell:
    """Draw how many have each status, side by side."""
    parts = cells([counts.get(status, 0) for status in BLOCKS], width)
    return tuple(
        (BLOCKS[status] * size, status.value)
        for status, size in zip(BLOCKS, parts, strict=True)
        if size
    )


def widths(columns: Sequence[Col], width: int) -> tuple[int, ...]:
    """Share out a line; the columns at the end give way where there is no room for all."""
    kept = len(columns)
    while kept > 1 and _fixed(columns[:kept]) + LEAST > width:
        kept -= 1
    rest = max(0, width - _fixed(columns[:kept]))
    return tuple(it.width or rest for it in columns[:kept])


def _fixed(columns: Sequence[Col]) -> int:
    return sum(it.width + GAP for it in columns) - GAP


def heading(columns: Sequence[Col], width: int) -> str:
    """The labels of the columns that fit."""
    shown = zip(columns, widths(columns, width), strict=False)
    return " ".join(
        right(it.label, room) if it.number else fit(it.label, room) for it, room in shown
    )


def draw(columns: Sequence[Col], row: OverviewRow, width: int) -> list[Piece]:
    """Draw a row into a line of that many cells."""
    pieces: list[Piece] = []
    for column, found, room in zip(columns, row.cells, widths(columns, width), strict=False):
        if pieces:
            pieces.append((" " * GAP, BASE))
        pieces += _fitted(found, room, number=column.number)
    return pieces


def _fitted(found: Cell, room: int, *, number: bool) -> list[Piece]:
    if len(found) == 1:
        text, style = found[0]
        return [((right if number else fit)(text, room), style)]
    used = sum(cell_len(text) for text, _ in found)
    return [*found, (" " * max(0, room - used), BASE)]
