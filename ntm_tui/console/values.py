"""Journalled values as people read them."""

from datetime import date
from typing import Any

from db.criteria.definitions import Indicator, Threshold, ThresholdProblem
from db.judging import Figure, FigureProblem, Status
from db.numbers import show_date
from db.text import shown
from ntm_tui.papers.figures import show_figure

EMPTY = "(để trống)"


def show_value(field: str, value: Any, indicator: Indicator, threshold: Threshold) -> str:
    """Write the value of a field of an indicator's finding, or of its confirmed threshold."""
    if value is None:
        return EMPTY
    if field == "status":
        return _status(value)
    if field == "figure":
        return _figure(value, indicator, threshold)
    if field == "threshold":
        return _threshold(value)
    if field == "due":
        return show_date(date.fromisoformat(value))
    return shown(str(value))


def _status(value: dict[str, Any]) -> str:
    said = value.get("status")
    label = Status(said).label if said in set(Status) else str(said)
    reason = shown(value.get("reason") or "")
    return f"{label} · lý do: {reason}" if reason else label


def _figure(value: Any, indicator: Indicator, threshold: Threshold) -> str:
    try:
        return show_figure(Figure.from_wire(value), indicator, threshold)
    except FigureProblem:  # a newer program wrote it
        return shown(str(value))


def _threshold(value: Any) -> str:
    try:
        said = Threshold.from_wire(value)
    except ThresholdProblem:  # a newer program wrote it
        return shown(str(value))
    return f"{said.text()} · theo {shown(said.document)}"
