"""The checklist: every indicator with what was found, what it must reach, and what follows."""

from db.checklist.reading import count_by_year, read, read_as_of, read_over, sets_in_use
from db.checklist.tracing import history_of
from db.checklist.writing import indicator_of, set_due, set_figure, set_status, set_text
from db.sheet.records import AssessmentRecord, Checklist, IndicatorState, Sheet

__all__ = [
    "AssessmentRecord",
    "Checklist",
    "IndicatorState",
    "Sheet",
    "count_by_year",
    "history_of",
    "indicator_of",
    "read",
    "read_as_of",
    "read_over",
    "set_due",
    "set_figure",
    "set_status",
    "set_text",
    "sets_in_use",
]
