"""How the rows of a register are drawn into columns. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from db.text import shown
from ntm_tui.widgets.lines import BASE, WARNING, Piece, fit, right

if TYPE_CHECKING:
    from db.registers.reading import Page
    from db.registers.register import Column, Record

GAP, MARK = 1, 2
LEAST, MOST = 6, 30
"""Cells of a column that is not the widest one."""
SAMPLE = 200
"""Rows that are looked at to find how wide columns must be."""


@dataclass(frozen=True)
class RegisterRow:
    """One row; its texts are written when it is drawn."""

    record: Record

    @property
    def key(self) -> str:
        """The row's id."""
        return self.record.id


@dataclass(frozen=True)
class Layout:
    """The columns that fit a width, each with its cells."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]


def texts_of(page: Page, record: Record, names: Sequence[str]) -> tuple[str, ...]:
    """Write the values of some columns for people."""
    return tuple(shown(page.register.text(record, page.context, name)) for name in names)


def lay_out(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: int) -> Layout:
    """Share a width among columns: the first text column gets what is left; the last ones give way.

    Args:
        columns: those that are wanted, in their order.
        texts: what they hold, for some rows.
        width: the cells of a line.
    """
    wanted = [_wanted(column, place, texts) for place, column in enumerate(columns)]
    main = next((at for at, it in enumerate(columns) if not it.kind.is_number), 0)
    kept = list(range(len(columns)))
    while len(kept) > 1 and _needed(kept, wanted, main) > width:
        kept.remove(max(at for at in kept if at != main))
    rest = width - sum(wanted[at] + GAP for at in kept if at != main) - MARK - GAP
    widths = [max(LEAST, rest) if at == main else wanted[at] for at in kept]
    return Layout(tuple(columns[at] for at in kept), tuple(widths))


def _needed(kept: Sequence[int], wanted: Sequence[int], main: int) -> int:
    least_of_main = min(wanted[main], MOST)
    return sum((least_of_main if at == main else wanted[at]) + GAP for at in kept) + MARK


def _wanted(column: Column, place: int, texts: Sequence[Sequence[str]]) -> int:
    longest = max((cell_len(row[place]) for row in texts), default=0)
    return max(min(max(longest, cell_len(column.label)), MOST), LEAST)


def heading(layout: Layout, ordered_by: str = "", *, backwards: bool = False) -> str:
    """The labels of the columns; the one that rows stand in order of has a sign."""
    sign = "▼" if backwards else "▲"
    labels = {
        it.name: f"{sign}{it.label}" if it.name == ordered_by else it.label for it in layout.columns
    }
    cells = (
        right(labels[column.name], width)
        if column.kind.is_number
        else fit(labels[column.name], width)
        for column, width in zip(layout.columns, layout.widths, strict=True)
    )
    return "  " + " ".join(cells)


def draw(record: Record, texts: Mapping[str, str], layout: Layout) -> list[Piece]:
    """Draw a row from its texts: late ones and those with something to be seen are marked."""
    pieces: list[Piece] = [_mark(record), (" ", BASE)]
    ink = "quiet" if record.closed or not record.there else BASE
    for column, width in zip(layout.columns, layout.widths, strict=True):
        text = texts[column.name]
        cell = right(text, width) if column.kind.is_number else fit(text, width)
        pieces += [(cell, ink), (" ", BASE)]
    return pieces


def _mark(record: Record) -> Piece:
    if record.late:
        return ("×", "not_met")
    if record.findings:
        return ("!", WARNING)
    return (" ", BASE)
