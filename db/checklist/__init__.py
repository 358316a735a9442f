"""The checklist: every indicator with what was found, what it must reach, and what follows."""

from db.checklist.reading import (
    checklists_over,
    count_by_year,
    past_of,
    read,
    read_as_of,
    sets_in_use,
)
from db.checklist.tracing import history_of
from db.checklist.writing import indicator_of, set_due, set_figure, set_status, set_text
from db.sheet.records import AssessmentRecord, Checklist, IndicatorState, Sheet

__all__ = [
    "AssessmentRecord",
    "Checklist",
    "IndicatorState",
    "Sheet",
    "checklists_over",
    "count_by_year",
    "history_of",
    "indicator_of",
    "past_of",
    "read",
    "read_as_of",
    "set_due",
    "set_figure",
    "set_status",
    "set_text",
    "sets_in_use",
]
