"""Đối chiếu: thresholds checked against the printed decision, by whom, when, from which paper.

A shipped set is never edited; what a person confirms lies over it and says where it comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlmodel import Session, select

from db.canonical import Json
from db.criteria.definitions import (
    CriteriaSet,
    Indicator,
    SourceStatus,
    Threshold,
    ThresholdProblem,
)
from db.models import ThresholdConfirmation
from db.problems import NotFound, Refused
from db.text import clean


@dataclass(frozen=True)
class ThresholdState:
    """One threshold as it counts now.

    `effective` is the confirmed one where there is one, else the shipped one. `officer` and
    `confirmed_at` (UTC) say who confirmed it and when.
    """

    indicator: Indicator
    effective: Threshold
    officer: str = ""
    confirmed_at: datetime | None = None

    @property
    def confirmed(self) -> bool:
        """Whether a person has checked it against the paper."""
        return self.effective.source is SourceStatus.CONFIRMED

    @property
    def corrected(self) -> bool:
        """Whether the paper said something else than what was shipped."""
        shipped = self.indicator.threshold
        return (
            self.confirmed
            and replace(self.effective, source=shipped.source, document=shipped.document) != shipped
        )


def threshold_states(
    session: Session, scope: str, criteria_set: CriteriaSet
) -> Mapping[str, ThresholdState]:
    """Give every threshold of a set as it counts now, by indicator number."""
    rows = session.exec(
        select(ThresholdConfirmation).where(
            ThresholdConfirmation.scope == scope,
            ThresholdConfirmation.criteria_set == criteria_set.id,
        )
    )
    said = {row.indicator: row.threshold for row in rows}
    return read_states(criteria_set, said, _authors(session, scope) if said else {})


def read_states(
    criteria_set: CriteriaSet,
    said: Mapping[str, Json],
    authors: Mapping[str, tuple[str, datetime]] = MappingProxyType({}),
) -> Mapping[str, ThresholdState]:
    """Lay confirmed thresholds (wire values by indicator number) over those of a set."""
    return {
        one.number: _state(
            one, said.get(one.number), authors.get(f"{criteria_set.id}|{one.number}")
        )
        for one in criteria_set.indicators
    }


def _state(
    indicator: Indicator, said: Json, author: tuple[str, datetime] | None = None
) -> ThresholdState:
    if not said:  # never confirmed, or taken back
        return ThresholdState(indicator, indicator.threshold)
    try:
        effective = Threshold.from_wire(said)
    except ThresholdProblem:  # a newer program wrote it; the shipped one counts until the upgrade
        return ThresholdState(indicator, indicator.threshold)
    officer, at = author or ("", None)
    return ThresholdState(indicator, effective, officer, at)


def _authors(session: Session, scope: str) -> dict[str, tuple[str, datetime]]:
    found = session.connection().exec_driver_sql(
        "SELECT row, officer, written_at FROM change"
        " WHERE scope = ? AND entity = 'threshold_confirmation' AND field = 'threshold'"
        " AND head = 1"
        " ORDER BY clock",
        (scope,),
    )
    return {row: (officer, datetime.fromisoformat(at)) for row, officer, at in found}


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
    said = threshold or _state(indicator, present).effective
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
