"""The upper level's verdicts: what it finds on an indicator, beside what the commune found."""

from sqlmodel import Session

from db.checklist.writing import indicator_of
from db.judging import Status, status_problem
from db.models import Verdict
from db.problems import Refused
from db.sheet.records import Sheet


def row_of(sheet: Sheet, number: str) -> str:
    """Give the row of the verdict on an indicator."""
    return Verdict.row_id(sheet.criteria_set.id, number, sheet.year)


def set_verdict(
    session: Session, sheet: Sheet, number: str, status: Status, *, agency: str | None = None
) -> None:
    """Write down a verdict; the commune's own finding stays as it is.

    Args:
        session: the journalling session of one action, at the upper level.
        sheet: which commune's checklist.
        number: the indicator.
        status: what was found; NOT_ASSESSED takes the verdict back.
        agency: whose verdict it is; None keeps the one that is there.

    Raises:
        NotFound: the set has no such indicator.
        Refused: the indicator cannot have that status, or a commune's store writes it.
    """
    problem = status_problem(indicator_of(sheet, number), status)
    if problem:
        raise Refused(f"{problem} Chưa có gì thay đổi.")
    key = (sheet.criteria_set.id, number, sheet.year)
    row = session.get(Verdict, (sheet.scope, row_of(sheet, number)))
    if row is None:
        if status is Status.NOT_ASSESSED:
            return
        row = Verdict.keyed(sheet.scope, *key)
        session.add(row)
    row.status = None if status is Status.NOT_ASSESSED else {"status": status.value}
    if agency is not None:
        row.agency = agency
