"""Thresholds as they count now: the shipped ones, and over them what a person confirmed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from db.canonical import Json
from db.criteria.definitions import (
    CriteriaSet,
    Indicator,
    SourceStatus,
    Threshold,
    ThresholdProblem,
)
from db.sheet.query import Query

PUBLISHED = "shared"
"""The scope of what the upper level publishes to all."""


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


def read_thresholds(
    query: Query, scope: str, criteria_set: CriteriaSet
) -> Mapping[str, ThresholdState]:
    """Give every threshold of a set as it counts now, by indicator number.

    What the commune checked itself comes before what its upper level has published.
    """
    rows = query(
        "SELECT indicator, threshold FROM threshold_confirmation WHERE criteria_set = ?"
        f" AND scope IN ('{PUBLISHED}', ?) AND threshold IS NOT NULL ORDER BY scope = ?",
        (criteria_set.id, scope, scope),
    )
    said = {number: json.loads(stored) for number, stored in rows}  # the commune's own come last
    return read_states(criteria_set, said, _authors(query, scope) if said else {})


def _authors(query: Query, scope: str) -> dict[str, tuple[str, datetime]]:
    found = query(
        "SELECT row, officer, written_at FROM change"
        f" WHERE scope IN ('{PUBLISHED}', ?) AND entity = 'threshold_confirmation'"
        " AND field = 'threshold' AND head = 1 ORDER BY scope = ?, clock",
        (scope, scope),
    )
    return {row: (officer, datetime.fromisoformat(at)) for row, officer, at in found}


def read_states(
    criteria_set: CriteriaSet,
    said: Mapping[str, Json],
    authors: Mapping[str, tuple[str, datetime]] = MappingProxyType({}),
) -> Mapping[str, ThresholdState]:
    """Lay confirmed thresholds (wire values by indicator number) over those of a set."""
    return {
        one.number: state_of(
            one, said.get(one.number), authors.get(f"{criteria_set.id}|{one.number}")
        )
        for one in criteria_set.indicators
    }


def state_of(
    indicator: Indicator, said: Json, author: tuple[str, datetime] | None = None
) -> ThresholdState:
    """Lay what was said of one threshold (its wire value, None for nothing) over the set's."""
    if not said:  # never confirmed, or taken back
        return ThresholdState(indicator, indicator.threshold)
    try:
        effective = Threshold.from_wire(said)
    except ThresholdProblem:  # a newer program wrote it; the shipped one counts until the upgrade
        return ThresholdState(indicator, indicator.threshold)
    officer, at = author or ("", None)
    return ThresholdState(indicator, effective, officer, at)
