"""Journalled values as people read them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from db.canonical import dumps
from db.criteria.definitions import Indicator, Threshold, ThresholdProblem
from db.judging import Figure, FigureProblem, Status
from db.numbers import parse_date, show_date
from db.text import shown
from ntm_tui.console.outcome import WrongUsage
from ntm_tui.papers.figures import show_figure

if TYPE_CHECKING:
    from db.conflicts import Comparison

EMPTY = "(để trống)"


def read_day(typed: str) -> date | None:
    """Understand a day in an option; None where none was given.

    Raises:
        WrongUsage: it is no day that there is.
    """
    if not typed:
        return None
    written = parse_date(typed)
    if written.date is None:
        raise WrongUsage(f"{written.warning} Chưa có gì thay đổi.")
    return written.date


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


def show_compared(compared: Comparison, field: str, value: Any) -> str:
    """Write a value of any field that machines wrote differently."""
    if value is None:
        return EMPTY
    plain = compared.plain(field, value)
    if plain is not None:
        return plain
    if field == "status":
        return _status(value)
    if field == "figure" and compared.threshold is not None:
        return _figure(value, compared.threshold.indicator, compared.threshold.effective)
    if field == "threshold":
        return _threshold(value)
    if field == "trusted":
        return "tin cậy"
    if field == "revoked":
        return _revoked(value)
    return shown(value if isinstance(value, str) else dumps(value))


def _revoked(value: Any) -> str:
    numbers = value.get("from") if isinstance(value, dict) else None
    said = ", ".join(str(number) for number in (numbers or {}).values())
    return f"thôi tin cậy từ thay đổi số {said}" if said else "thôi tin cậy"


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
