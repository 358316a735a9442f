"""What is said about the indicator of a column. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.text import shown
from ntm_tui.papers.figures import show_figure
from ntm_tui.widgets.lines import QUIET, WARNING, Line, say
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.checklist import IndicatorState
    from db.villages import Grid

MOST_NAMED = 8


def of_column(grid: Grid, state: IndicatorState) -> Iterator[Line]:
    """Say what is required, what the villages come to, what is lacking, and who holds it back."""
    threshold, judged = state.threshold.effective, state.judgement
    required = threshold.text(grid.checklist.sheet.year)
    lacking = "; ".join(one.text for one in judged.shortfalls)
    yield say(
        "Yêu cầu",
        required,
        (f" ({threshold.source.label})", QUIET),
        (f" · {lacking}" if lacking else "", "not_met"),
    )
    figure = show_figure(state.figure, state.indicator, threshold) or "chưa có số"
    missing = f" (còn {state.missing_villages} thôn chưa có)" if state.missing_villages else ""
    own = show_figure(state.assessment.figure, state.indicator, threshold)
    differs = f" · ≠ xã ghi riêng: {own}" if state.typed_differs else ""
    result = MARKS[judged.status].label, judged.status
    contrary = " ≠ trái với số liệu" if judged.against_figure else ""
    yield say("Cả xã", figure, (missing, WARNING), " · ", result, (contrary + differs, WARNING))
    behind = grid.holding_back(state.indicator.number)
    if behind:
        names = [shown(one.village.name).removeprefix("Thôn ") for one in behind[:MOST_NAMED]]
        more = f" và {len(behind) - MOST_NAMED} thôn nữa" if len(behind) > MOST_NAMED else ""
        yield say("Còn vướng", (", ".join(names) + more, "not_met"))
