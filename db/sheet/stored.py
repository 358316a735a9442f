"""From stored values to records; what only a newer program understands is left empty."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.judging import Figure, FigureProblem, Status
from db.sheet.records import AssessmentRecord

FIELDS = ("status", "figure", "note", "responsible", "due")


def to_record(fields: Mapping[str, Any]) -> AssessmentRecord:
    """Make a record of the values of `FIELDS`."""
    written = fields.get("status")
    said = written if isinstance(written, Mapping) else {}
    due = fields.get("due")
    return AssessmentRecord(
        status=to_status(written),
        reason=_text(said.get("reason")),
        figure=_figure(fields.get("figure")),
        note=_text(fields.get("note")),
        responsible=_text(fields.get("responsible")),
        due=due if isinstance(due, date) else None,
    )


def to_status(written: object) -> Status:
    """Read a finding's status from its structured value."""
    value = written.get("status") if isinstance(written, Mapping) else None
    return Status(value) if isinstance(value, str) and value in set(Status) else Status.NOT_ASSESSED


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _figure(wire: object) -> Figure | None:
    try:
        return None if wire is None else Figure.from_wire(wire)
    except FigureProblem:
        return None
