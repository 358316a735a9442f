"""Đối chiếu: thresholds checked against the printed decision, by whom, when, from which paper.

A shipped set is never edited; what a person confirms lies over it and says where it comes from.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from db.criteria.definitions import CriteriaSet, Indicator, SourceStatus, Threshold
from db.engine import query_of
from db.models import ThresholdConfirmation
from db.problems import NotFound, Refused
from db.sheet.thresholds import ThresholdState, read_thresholds, state_of
from db.text import clean


def threshold_states(
    session: Session, scope: str, criteria_set: CriteriaSet
) -> Mapping[str, ThresholdState]:
    """Give every threshold of a set as it counts now, by indicator number."""
    return read_thresholds(query_of(session), scope, criteria_set)


def confirm(
    session: Session,
    scope: str,
    criteria_set: CriteriaSet,
    number: str,
    *,
    threshold: Threshold | None = None,
    document: str = "",
) -> None:
    """Confirm a threshold as it stands, or as the paper corrects it or fills it in.

    Args:
        session: the journalling session of one action.
        scope: the commune.
        criteria_set: the set that was compared with the paper.
        number: the indicator.
        threshold: what the paper says; None when it says what counts now.
        document: the paper; the set's own decision when not given.

    Raises:
        NotFound: the set has no such indicator.
        Refused: the threshold is unknown and none was given.
    """
    indicator = _indicator(criteria_set, number)
    row_id = ThresholdConfirmation.row_id(criteria_set.id, number)
    row = session.get(ThresholdConfirmation, (scope, row_id))
    present = row.threshold if row is not None else None
    said = threshold or state_of(indicator, present).effective
    wanted = replace(
        said,
        source=SourceStatus.CONFIRMED,
        document=clean(document).strip() or criteria_set.document,
    )
    if not wanted.known:
        raise Refused(
            f"Chỉ tiêu {number} chưa rõ mức đạt nên chưa xác nhận được. Chưa có gì thay đổi. "
            "Hãy gõ mức ghi trong văn bản rồi nhấn Enter."
        )
    if row is None:
        row = ThresholdConfirmation.keyed(scope, criteria_set.id, number)
        session.add(row)
    row.threshold = wanted.to_wire()


def _indicator(criteria_set: CriteriaSet, number: str) -> Indicator:
    try:
        return criteria_set.indicator(number)
    except KeyError:
        raise NotFound(
            f"Bộ tiêu chí “{criteria_set.short_name}” không có chỉ tiêu {number}. "
            "Chưa có gì thay đổi."
        ) from None


def forget(session: Session, scope: str, criteria_set: CriteriaSet, number: str) -> None:
    """Take a confirmation back; the shipped threshold counts again."""
    row_id = ThresholdConfirmation.row_id(criteria_set.id, number)
    row = session.get(ThresholdConfirmation, (scope, row_id))
    if row is not None:
        session.delete(row)
