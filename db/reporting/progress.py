"""How the checklist stands at the end of a span, beside how it stood before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import checklist
from db.criteria.definitions import Criterion
from db.desk import Desk
from db.journal.history import end_of, rows_as_of
from db.judging import AS_GOOD_AS_MET, Status
from db.reporting.spans import Span
from db.sheet.records import Checklist, IndicatorState


@dataclass(frozen=True)
class Lacking:
    """A criterion that is not met, and its indicators that are not."""

    criterion: Criterion
    status: Status
    states: tuple[IndicatorState, ...]


@dataclass(frozen=True)
class Progress:
    """Two checklists: on a day, and at the end of the day before the span.

    `before` is None where the commune was not kept in this program yet.
    """

    span: Span
    day: date
    now: Checklist
    before: Checklist | None

    @property
    def gained(self) -> tuple[IndicatorState, ...]:
        """The indicators that are met now and were not."""
        if self.before is None:
            return ()
        return tuple(it for it in self.now.states if _good(it) and not self._was_good(it))

    @property
    def lost(self) -> tuple[IndicatorState, ...]:
        """The indicators that were met and are not any more."""
        return tuple(it for it in self.now.states if not _good(it) and self._was_good(it))

    @property
    def criteria_gained(self) -> tuple[Criterion, ...]:
        """The criteria that are met now and were not."""
        return _of_standing(self.now, self.before)

    @property
    def criteria_lost(self) -> tuple[Criterion, ...]:
        """The criteria that were met and are not any more."""
        return _of_standing(self.before, self.now) if self.before is not None else ()

    @property
    def lacking(self) -> tuple[Lacking, ...]:
        """The criteria that are not met, in the order of the set."""
        by_number = self.now.by_number
        return tuple(
            Lacking(
                it.criterion,
                it.status,
                tuple(
                    by_number[one.number]
                    for one in it.criterion.indicators
                    if not _good(by_number[one.number])
                ),
            )
            for it in self.now.standing.criteria
            if not it.met
        )

    def was(self, number: str) -> IndicatorState | None:
        """Give an indicator as it was before the span."""
        return self.before.by_number.get(number) if self.before is not None else None

    def _was_good(self, state: IndicatorState) -> bool:
        was = self.was(state.indicator.number)
        return was is not None and _good(was)


def met_count(found: Checklist) -> int:
    """Count the indicators that are met, or do not apply."""
    return sum(map(_good, found.states))


def _good(state: IndicatorState) -> bool:
    return state.judgement.status in AS_GOOD_AS_MET


def _of_standing(now: Checklist, before: Checklist | None) -> tuple[Criterion, ...]:
    """Give the criteria met in one and not in the other; none where there is no other."""
    if before is None:
        return ()
    had = {it.criterion.number for it in before.standing.criteria if it.met}
    return tuple(
        it.criterion for it in now.standing.criteria if it.met and it.criterion.number not in had
    )


def read_progress(desk: Desk, span: Span, today: date) -> Progress:
    """Read how the checklist stood before a span and how it stands at its end, or today.

    Both are read from the journal as of the end of their day.
    """
    sheet, day = desk.sheet(), min(span.last, today)
    with desk.reading() as session:
        there = _was_there(session, sheet.scope, span.eve)
        past = checklist.past_of(session, sheet, [*([span.eve] if there else []), day])
        found = list(checklist.checklists_over(sheet, past))
        if day == today:  # with what machines wrote differently, and what the upper level found
            found[-1] = checklist.read(session, sheet)
    return Progress(span, day, found[-1], found[0] if there else None)


def _was_there(session: Session, scope: str, day: date) -> bool:
    return bool(rows_as_of(session, scope, "commune", end_of(day)))


def as_of(desk: Desk, days: Iterable[date]) -> tuple[Checklist, ...]:
    """Give the checklist as it stood at the end of each of some days, from the earliest on."""
    sheet, wanted = desk.sheet(), list(days)
    with desk.reading() as session:
        past = checklist.past_of(session, sheet, wanted)
    return tuple(checklist.checklists_over(sheet, past))
