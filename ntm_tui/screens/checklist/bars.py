"""What people would rather look at than read: how far a figure is, drawn with blocks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from db.judging.figures import Part, is_percent

if TYPE_CHECKING:
    from db.checklist import IndicatorState

CELLS = 25
FULL, REST, AIM = "█", "░", "│"


def figure_bar(state: IndicatorState, year: int) -> str:
    """Draw a percentage against what is required; empty where there is no one percentage."""
    threshold = state.threshold.effective
    required = threshold.values_in(year)
    whole = state.figure.part(Part.WHOLE) if state.figure is not None else None
    if whole is None or not required or not is_percent(threshold, Part.WHOLE):
        return ""
    aim = cells(Fraction(required[0]) / 100, CELLS)
    filled = cells(whole.percent / 100, CELLS)
    drawn = FULL * filled + REST * (CELLS - filled)
    return f"{drawn[:aim]}{AIM}{drawn[aim:]}"


def criterion_bar(met: int, total: int) -> str:
    """Draw how many of some are met: one block each."""
    return FULL * met + REST * (total - met)


def cells(share: Fraction, width: int) -> int:
    """How many cells a share fills: none only when it is nothing, all only when it is all."""
    if share >= 1:
        return width
    filled = int(share * width)
    return max(1, min(filled, width - 1)) if share > 0 else 0
