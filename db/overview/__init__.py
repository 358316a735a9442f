"""All communes side by side, as their upper level sees them."""

from db.overview.fields import FieldRow, fields_of
from db.overview.reading import read_overview
from db.overview.records import AppraisalState, CommuneRow, Open, Overview, Payout

__all__ = [
    "AppraisalState",
    "CommuneRow",
    "FieldRow",
    "Open",
    "Overview",
    "Payout",
    "fields_of",
    "read_overview",
]
