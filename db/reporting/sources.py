"""The money of a commune in a stretch of time: planned, paid out, raised; in million đồng."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from db.desk import Desk
from db.models.capital import Given, Giver, Source
from db.periods import Period
from db.registers.capital import CONTRIBUTIONS, DISBURSEMENTS, FUND_LINES, WORKS
from db.registers.reading import Page, read_page
from db.registers.register import Record, Values

ZERO = Decimal(0)
GIVEN_BY_PEOPLE = (Source.ENTERPRISE, Source.COMMUNITY)
"""Sources that give by themselves: what they raise is told by the register of contributions."""


@dataclass(frozen=True)
class Raised:
    """What is planned of a source for a year, and what came of it so far.

    `paid` is what was paid out of its fund lines; `in_kind` the part of `raised` that is no cash.
    """

    source: Source
    planned: Decimal
    raised: Decimal
    paid: Decimal
    in_kind: Decimal = ZERO


def is_paid_by(paid_on: date | None, until: date, today: date) -> bool:
    """Tell whether a disbursement counts by a day, as the register of fund lines has it.

    What has no day counts too, and today so does what bears a later day.
    """
    return until >= today or paid_on is None or paid_on <= until


def is_given_by(given_on: date | None, year: int, until: date) -> bool:
    """Tell whether a contribution counts for a year by a day: what has no day counts too."""
    return given_on is None or date(year, 1, 1) <= given_on <= until


def planned_for(work: Values, lines: Decimal) -> Decimal:
    """Give what is planned for a work: the plan of its fund lines, else what is noted at it."""
    noted = work.get("capital") or {}
    return lines or sum(map(Decimal, noted.values()), ZERO)


@dataclass(frozen=True)
class Money:
    """The registers of money as they stand, told for a period up to a day."""

    works: Page
    fund_lines: Page
    disbursements: Page
    contributions: Page
    period: Period
    year: int
    until: date

    @cached_property
    def given(self) -> tuple[Record, ...]:
        """The contributions of the period."""
        return tuple(self._within(self.contributions, "given_on"))

    @cached_property
    def paid_out(self) -> tuple[Record, ...]:
        """The disbursements of the period."""
        return tuple(self._within(self.disbursements, "paid_on"))

    def _within(self, page: Page, field: str) -> Iterable[Record]:
        for record in page.records:
            day = record.values.get(field)
            if day is not None and self.period.first <= day <= self.until:
                yield record

    def paid(self, lines: Iterable[str], *, of_period: bool = False) -> Decimal:
        """Add up what was paid out of fund lines in all until the day, or in the period alone."""
        wanted = frozenset(lines)
        found = self.paid_out if of_period else self._paid_in_all
        return _sum(found, "amount", lambda one: one.values.get("fund_line") in wanted)

    @cached_property
    def _paid_in_all(self) -> tuple[Record, ...]:
        today = self.disbursements.context.today
        return tuple(
            one
            for one in self.disbursements.records
            if is_paid_by(one.values.get("paid_on"), self.until, today)
        )

    def lines_of(self, work: str) -> tuple[Record, ...]:
        """Give the fund lines of a work."""
        return tuple(one for one in self.fund_lines.records if one.values.get("work") == work)

    def planned_for(self, work: Record) -> Decimal:
        """Give what is planned for a work: its fund lines, else what is noted at the work."""
        lines = _sum(self.lines_of(work.id), "plan")
        return planned_for(work.values, lines)

    def by_source(self) -> tuple[Raised, ...]:
        """Say of each source what is planned for the year and what came of it until the day."""
        return tuple(self._raised(source) for source in Source)

    def _raised(self, source: Source) -> Raised:
        lines = [
            one
            for one in self.fund_lines.records
            if one.values.get("source") == source and one.values.get("year") == self.year
        ]
        planned, paid = _sum(lines, "plan"), self.paid(one.id for one in lines)
        if source not in GIVEN_BY_PEOPLE:
            return Raised(source, planned, paid, paid)
        of_firms = source is Source.ENTERPRISE
        given = [
            one
            for one in self.contributions.records
            if is_given_by(one.values.get("given_on"), self.period.last.year, self.until)
            and (one.values.get("giver_kind") == Giver.ENTERPRISE) is of_firms
        ]
        in_kind = _sum(given, "worth", lambda one: one.values.get("given") != Given.CASH)
        return Raised(source, planned, _sum(given, "worth"), paid, in_kind)


def read_money(desk: Desk, period: Period, year: int, until: date, today: date) -> Money:
    """Read the registers of money for a period.

    Args:
        desk: the open store.
        period: what is told of.
        year: the year whose plan is told of.
        until: the last day that counts.
        today: the day it is.
    """
    return Money(
        works=read_page(desk, WORKS, today),
        fund_lines=read_page(desk, FUND_LINES, today),
        disbursements=read_page(desk, DISBURSEMENTS, today),
        contributions=read_page(desk, CONTRIBUTIONS, today),
        period=period,
        year=year,
        until=until,
    )


def _sum(
    records: Iterable[Record], field: str, keeps: Callable[[Record], bool] = lambda _one: True
) -> Decimal:
    return sum((one.values.get(field) or ZERO for one in records if keeps(one)), ZERO)
