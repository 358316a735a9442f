"""Which rows of the checklist are looked at: the filter, and the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from db.judging import Status
from db.text import fold, rank

if TYPE_CHECKING:
    from db.checklist import IndicatorState
    from db.evidence import EvidenceRecord

Attached = Mapping[str, "tuple[EvidenceRecord, ...]"]
"""The documents by indicator number."""


def missing_evidence(state: IndicatorState, attached: Attached) -> tuple[str, ...]:
    """The ids of the kinds of document that are expected and not there yet."""
    have = {record.kind for record in attached.get(state.indicator.number, ())}
    return tuple(kind for kind in state.indicator.evidence if kind not in have)


@dataclass(frozen=True)
class Choice:
    """One way to choose rows: what it is called, and whether a row belongs to it."""

    label: str
    holds: Callable[[IndicatorState, Attached], bool]


class RowFilter(Enum):
    """The ways to choose rows, in the order of the list that offers them."""

    ALL = Choice("tất cả", lambda _one, _attached: True)
    NOT_MET = Choice(
        "chưa đạt",
        lambda one, _attached: one.judgement.status in (Status.NOT_MET, Status.IN_PROGRESS),
    )
    NOT_ASSESSED = Choice(
        "chưa đánh giá", lambda one, _attached: one.judgement.status is Status.NOT_ASSESSED
    )
    CONFLICT = Choice("hai máy ghi khác nhau", lambda one, _attached: bool(one.conflicts))
    DIFFERING = Choice("thẩm tra khác xã", lambda one, _attached: one.disagrees)
    NO_VERDICT = Choice(
        "chưa thẩm tra", lambda one, _attached: one.verdict.status is Status.NOT_ASSESSED
    )
    MISSING_REASON = Choice("thiếu lý do", lambda one, _attached: one.judgement.missing_reason)
    MISSING_EVIDENCE = Choice(
        "thiếu minh chứng", lambda one, attached: bool(missing_evidence(one, attached))
    )
    UNCONFIRMED = Choice("chưa đối chiếu", lambda one, _attached: not one.threshold.confirmed)
    PEOPLE = Choice("tiêu chí người dân", lambda one, _attached: one.criterion.people_criterion)
    WATCH = Choice("theo dõi", lambda one, _attached: one.criterion.watch_criterion)

    @property
    def label(self) -> str:
        """What a person reads."""
        return self.value.label

    def chosen(self, states: Iterable[IndicatorState], attached: Attached) -> frozenset[str]:
        """The numbers of the indicators that belong to it."""
        return frozenset(one.indicator.number for one in states if self.value.holds(one, attached))


def found(states: Iterable[IndicatorState], query: str) -> dict[str, tuple[int, int]]:
    """Search; gives how well each answer fits by its number, smaller is better."""
    answers = ((one.indicator.number, _fit(one, query)) for one in states)
    return {number: fit for number, fit in answers if fit is not None}


def _fit(state: IndicatorState, query: str) -> tuple[int, int] | None:
    """How well an indicator answers: by its number, its name, its criterion, its officer."""
    number, typed = state.indicator.number, fold(query)
    if typed == number:
        return (0, 0)
    if number.startswith(typed):
        return (1, 0)
    places = (state.indicator.name, state.criterion.name, state.assessment.responsible)
    for place, text in enumerate(places, 2):
        fit = rank(query, text)
        if fit is not None:
            return (place, fit)
    return None
