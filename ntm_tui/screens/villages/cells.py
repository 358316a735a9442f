"""How the grid reads: the words of its cells, its headings, its sums. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.judging import Figure
from db.judging.entry import entry_text, figure_text
from db.judging.figures import is_percent
from ntm_tui.papers.figures import rounded_down
from ntm_tui.widgets.lines import BASE, QUIET, WARNING, Piece
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.checklist import IndicatorState
    from db.checklist.of_villages import VillageFinding
    from db.villages import Grid

NAME_WIDTH = 15
CELL_WIDTH = 12
"""Cells of one column, with the one between it and the next."""


def column_words(state: IndicatorState, year: int) -> tuple[str, str]:
    """Say what a column is: its number, and what is required."""
    star = "*" if state.criterion.people_criterion else ""
    threshold = state.threshold.effective
    required = threshold.text(year) if threshold.known_in(year) else "chưa rõ mức"
    return f"{state.indicator.number}{star}", required


def cell_piece(finding: VillageFinding | None) -> Piece:
    """Say what a village has."""
    if finding is None:
        return "", BASE
    mark, figure = MARKS[finding.status], figure_text(finding.figure)
    if figure:
        return f"{mark.sign} {figure}", finding.status
    if finding.status == "not_assessed":
        return "·", QUIET
    return mark.label, finding.status


def sum_piece(state: IndicatorState) -> Piece:
    """Say what the villages come to; ≠ where the commune typed something else."""
    if state.figure is None:
        return "·", QUIET
    contrary = state.typed_differs or state.judgement.against_figure
    sign = "≠" if contrary else MARKS[state.judgement.status].sign
    style = WARNING if contrary else state.judgement.status
    return f"{sign} {_short(state.figure, state)}", style


def _short(figure: Figure, state: IndicatorState) -> str:
    """Write a sum in few letters: a share as its percentage."""
    if figure.level:
        return figure.level
    threshold = state.threshold.effective
    return ";".join(
        f"{rounded_down(quantity.percent, 1)}%"
        if quantity.numerator is not None and is_percent(threshold, part)
        else entry_text(quantity)
        for part, quantity in figure.parts
    )


def counted(grid: Grid) -> str:
    """Say how much of the grid is filled in."""
    filled = sum(one.status != "not_assessed" for one in grid.findings.values())
    return f"{filled}/{len(grid.findings)} ô · {len(grid.villages)} thôn"
