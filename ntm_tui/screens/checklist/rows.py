"""The rows of the checklist: each criterion, and its indicators below it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.judging import AS_GOOD_AS_MET, CriterionStanding, Status
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.checklist import Checklist, IndicatorState

Key = tuple[str, str]
"""What a row is about: its sort and its number."""


@dataclass(frozen=True)
class CriterionRow:
    """The heading of a criterion; `statuses` are those of its indicators, in their order."""

    standing: CriterionStanding
    statuses: tuple[Status, ...]

    @property
    def key(self) -> Key:
        """What the row is about."""
        return ("criterion", self.standing.criterion.number)

    @property
    def met(self) -> int:
        """How many of its indicators hold nothing back."""
        return sum(status in AS_GOOD_AS_MET for status in self.statuses)


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator; `overdue` says that its day has passed and it is not met."""

    state: IndicatorState
    overdue: bool = False

    @property
    def number(self) -> str:
        """The indicator's number."""
        return self.state.indicator.number

    @property
    def key(self) -> Key:
        """What the row is about."""
        return indicator_key(self.number)

    @property
    def flag(self) -> str:
        """The one thing that must be said of it in the list; empty when there is none."""
        if self.state.conflicts:
            return "trái nhau"
        if self.state.judgement.missing_reason:
            return "thiếu lý do"
        if self.state.to_review:
            return "cần xem lại"
        if self.state.disagrees:
            return f"thẩm tra {MARKS[self.state.verdict.status].sign}"
        return "quá hạn" if self.overdue else ""


Row = CriterionRow | IndicatorRow


def indicator_key(number: str) -> Key:
    """The key of an indicator's row."""
    return ("indicator", number)


def rows_of(
    checklist: Checklist, shown: Collection[str], overdue: Collection[str] = ()
) -> tuple[Row, ...]:
    """Lay out the rows of the indicators to show, each criterion above its own.

    Args:
        checklist: the sheet as it stands.
        shown: the numbers of the indicators to show.
        overdue: the numbers of those that are late.
    """
    return tuple(_rows(checklist, shown, overdue))


def _rows(checklist: Checklist, shown: Collection[str], overdue: Collection[str]) -> Iterator[Row]:
    for standing in checklist.standing.criteria:
        states = [checklist.by_number[one.number] for one in standing.criterion.indicators]
        chosen = [one for one in states if one.indicator.number in shown]
        if chosen:
            yield CriterionRow(standing, tuple(one.judgement.status for one in states))
        for one in chosen:
            yield IndicatorRow(one, one.indicator.number in overdue)


def first_indicator(rows: Sequence[Row]) -> int:
    """Where the first indicator is; 0 when there is none."""
    places = (at for at, row in enumerate(rows) if isinstance(row, IndicatorRow))
    return next(places, 0)


def next_indicator(rows: Sequence[Row], place: int) -> int:
    """Where the next indicator below a row is; the row itself when there is none."""
    later = (at for at in range(place + 1, len(rows)) if isinstance(rows[at], IndicatorRow))
    return next(later, place)
