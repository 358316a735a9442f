"""What a person writes on the checklist. Each function works inside one journalled action."""

from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from db.criteria.definitions import Indicator, Threshold
from db.criteria.supersession import ChangeKind, compare
from db.judging import Figure, Status, check_figure, status_problem
from db.models import Assessment
from db.problems import NotFound, Refused
from db.sheet.records import Sheet
from db.sheet.stored import FIELDS
from db.text import clean


def set_status(
    session: Session,
    sheet: Sheet,
    number: str,
    status: Status,
    *,
    reason: str | None = None,
    village: str = "",
) -> None:
    """Write down a finding.

    Args:
        session: the journalling session of one action.
        sheet: which checklist.
        number: the indicator.
        status: what was found; NOT_ASSESSED takes the finding back.
        reason: why, where the figure says otherwise; None keeps the reason that is there when the
            status stays.
        village: the village's code; empty for the commune itself.

    Raises:
        NotFound: the set has no such indicator.
        Refused: the indicator cannot have that status.
    """
    indicator = indicator_of(sheet, number)
    problem = status_problem(indicator, status)
    if problem:
        raise Refused(f"{problem} Chưa có gì thay đổi.")
    if status is Status.NOT_ASSESSED and not reason:
        _write(session, sheet, number, village, "status", None)
        return
    if reason is None:
        before = _present(session, sheet, number, village).get("status") or {}
        reason = before.get("reason", "") if before.get("status") == status else ""
    said = {"status": status.value, "reason": reason}
    _write(session, sheet, number, village, "status", said)


def set_figure(
    session: Session,
    sheet: Sheet,
    number: str,
    figure: Figure | None,
    threshold: Threshold,
    *,
    village: str = "",
) -> None:
    """Write down a figure, or take it back with None.

    Raises:
        NotFound: the set has no such indicator.
        Refused: the figure cannot be true for this indicator.
    """
    indicator = indicator_of(sheet, number)
    problem = check_figure(indicator, threshold, figure) if figure else None
    if problem:
        raise Refused(f"Chỉ tiêu {number}: {problem} Chưa có gì thay đổi.")
    _write(session, sheet, number, village, "figure", figure.to_wire() if figure else None)


def set_text(
    session: Session, sheet: Sheet, number: str, name: str, text: str, *, village: str = ""
) -> None:
    """Write down the note or the person responsible (`name` is the field)."""
    indicator_of(sheet, number)
    _write(session, sheet, number, village, name, clean(text) or None)


def set_due(
    session: Session, sheet: Sheet, number: str, due: date | None, *, village: str = ""
) -> None:
    """Write down until when the indicator is to be met."""
    indicator_of(sheet, number)
    _write(session, sheet, number, village, "due", due)


def indicator_of(sheet: Sheet, number: str) -> Indicator:
    """Give an indicator of the sheet's set.

    Raises:
        NotFound: the set has no such indicator.
    """
    try:
        return sheet.criteria_set.indicator(number)
    except KeyError:
        raise NotFound(
            f"Bộ tiêu chí “{sheet.criteria_set.short_name}” không có chỉ tiêu {number}. "
            "Chưa có gì thay đổi."
        ) from None


def _write(
    session: Session, sheet: Sheet, number: str, village: str, field: str, value: object
) -> None:
    """Write one field; a row that is new starts from what was carried over.

    Taking back what was never there writes nothing: absence is not journalled.
    """
    row = _row(session, sheet, number, village)
    if row is None:
        carried = _carried(session, sheet, number, village)
        if value is None and not carried:
            return
        row = Assessment.keyed(sheet.scope, sheet.criteria_set.id, number, sheet.year, village)
        for name in FIELDS:
            setattr(row, name, carried.get(name))
        session.add(row)
    setattr(row, field, value)
    flag_modified(row, field)  # the same value again settles what machines wrote differently


def _present(session: Session, sheet: Sheet, number: str, village: str) -> dict[str, Any]:
    """Give the fields that count now, written here or carried over."""
    row = _row(session, sheet, number, village)
    if row is None:
        return _carried(session, sheet, number, village)
    return {name: getattr(row, name) for name in FIELDS}


def _row(session: Session, sheet: Sheet, number: str, village: str) -> Assessment | None:
    row_id = Assessment.row_id(sheet.criteria_set.id, number, sheet.year, village)
    return session.get(Assessment, (sheet.scope, row_id))


def _carried(session: Session, sheet: Sheet, number: str, village: str) -> dict[str, Any]:
    """Give the fields of a finding that still counts though it was made in the superseded set."""
    if sheet.superseded is None:
        return {}
    change = next(
        one
        for one in compare(sheet.superseded, sheet.criteria_set)
        if one.new is not None and one.new.number == number
    )
    if change.kind is not ChangeKind.UNCHANGED or change.old is None:
        return {}
    old_id = Assessment.row_id(sheet.superseded.id, change.old.number, sheet.year, village)
    old = session.get(Assessment, (sheet.scope, old_id))
    return {name: getattr(old, name) for name in FIELDS} if old is not None else {}
