"""The stretch of time that a report is about."""

from dataclasses import dataclass
from datetime import date, timedelta

from db.desk import Desk
from db.numbers import show_date
from db.periods import Cycle, Period, from_key, period_of
from db.registers.reading import read_page
from db.registers.reports import REPORTS, rules_of

_UNITS = {
    Cycle.WEEK: "tuần",
    Cycle.MONTH: "tháng",
    Cycle.QUARTER: "quý",
    Cycle.HALF: "6 tháng",
    Cycle.YEAR: "năm",
}


@dataclass(frozen=True)
class Span:
    """From a first to a last day; `cycle` is None where somebody chose the days.

    `label` is what people call it: "tuần 16/09 - 22/09/2024".
    """

    first: date
    last: date
    label: str
    cycle: Cycle | None = None

    @property
    def eve(self) -> date:
        """The last day before it."""
        return self.first - timedelta(days=1)

    @property
    def before(self) -> str:
        """What people call the time before: "tuần trước"."""
        return f"{_UNITS[self.cycle]} trước" if self.cycle else "kỳ trước"

    @property
    def after(self) -> str:
        """What people call the time after: "tuần tới"."""
        return f"{_UNITS[self.cycle]} tới" if self.cycle else "thời gian tới"

    @property
    def following(self) -> "Span":
        """The same length of time after it."""
        if self.cycle is not None:
            return of_period(period_of(self.cycle, self.last).next)
        return between(self.last + timedelta(days=1), self.last + (self.last - self.eve))

    @property
    def key(self) -> str:
        """The key of its period, as the register of reports has it."""
        if self.cycle is not None:
            return Period(self.first, self.cycle).key
        return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"

    @property
    def period(self) -> Period:
        """Its period; the year of its last day where somebody chose the days."""
        if self.cycle is not None:
            return Period(self.first, self.cycle)
        return period_of(Cycle.YEAR, self.last)

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


def of_period(period: Period) -> Span:
    """Give a period as a span."""
    return Span(period.first, period.last, period.label, period.cycle)


def between(first: date, last: date) -> Span:
    """Give the time between two days, both included."""
    return Span(first, last, f"từ {show_date(first)} đến {show_date(last)}")


def of_report(row: str) -> Span | None:
    """Give the span of a row of the register of reports; None for one that was asked for once."""
    cycle, _, key = row.partition("|")
    period = from_key(Cycle(cycle), key) if cycle in set(Cycle) else None
    return of_period(period) if period is not None else None


def due_span(desk: Desk, cycle: Cycle, today: date) -> Span:
    """Give the period whose report is due.

    That is the period before, as long as its day has not passed and nobody wrote down that it was
    sent; after that the present one.
    """
    present = period_of(cycle, today)
    before = of_period(period_of(cycle, present.first - timedelta(days=1)))
    with desk.reading() as session:
        rule = rules_of(session, desk.commune.scope)[cycle]
    if today > before.last + timedelta(days=rule.days):
        return of_period(present)
    waiting = {it.id for it in read_page(desk, REPORTS, today).records if not it.closed}
    return before if f"{cycle.value}|{before.key}" in waiting else of_period(present)
