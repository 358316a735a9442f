"""What was ever written about one indicator."""

from sqlmodel import Session

from db.checklist.writing import indicator_of
from db.journal.heads import EXISTS
from db.journal.history import HistoryEntry, history
from db.models import Assessment, ThresholdConfirmation
from db.sheet.records import Sheet


def history_of(
    session: Session, sheet: Sheet, number: str, *, village: str = ""
) -> tuple[HistoryEntry, ...]:
    """Give the changes of an indicator's finding and of its threshold, newest first.

    Args:
        session: any session.
        sheet: which checklist.
        number: the indicator.
        village: the village's code; empty for the commune itself.

    Raises:
        NotFound: the set has no such indicator.
    """
    indicator_of(sheet, number)
    set_id = sheet.criteria_set.id
    finding = Assessment.row_id(set_id, number, sheet.year, village)
    found = history(session, sheet.scope, "assessment", finding)
    if not village:
        threshold = ThresholdConfirmation.row_id(set_id, number)
        found += history(session, sheet.scope, "threshold_confirmation", threshold)
    told = (entry for entry in found if entry.field != EXISTS or entry.deletes)
    return tuple(sorted(told, key=lambda entry: entry.written_at, reverse=True))
