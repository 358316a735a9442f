"""Works, money and what people gave, up to the end of a span and within it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db.desk import Desk
from db.journal.history import end_of, rows_as_of
from db.models import Work
from db.models.base import columns
from db.models.capital import Given, Source
from db.registers.capital import (
    CONTRIBUTIONS,
    DISBURSEMENTS,
    FUND_LINES,
    WORKS,
    is_carried_over,
    rate,
)
from db.reporting.rows import Row, rows_of
from db.reporting.sources import is_given_by, is_paid_by, planned_for
from db.reporting.spans import Span

ZERO = Decimal(0)


@dataclass(frozen=True)
class WorkLine:
    """An infrastructure work; money in million đồng, volumes in percent.

    `volume_before` is as the journal had it before the span; None where it was not there.
    """

    title: str
    village: str
    volume: Decimal | None
    volume_before: Decimal | None
    planned_end: date | None
    ended_on: date | None
    late_days: int
    builder: str
    plan: Decimal
    paid: Decimal
    note: str

    @property
    def rate(self) -> Decimal | None:
        """The share paid out, in percent; None without a plan."""
        return rate(self.paid, self.plan)


@dataclass(frozen=True)
class Paid:
    """Money in million đồng: planned, paid out by the end of the span and within it."""

    planned: Decimal = ZERO
    paid: Decimal = ZERO
    within: Decimal = ZERO

    @property
    def rate(self) -> Decimal | None:
        """The share paid out, in percent; None without a plan."""
        return rate(self.paid, self.planned)

    @property
    def rate_before(self) -> Decimal | None:
        """The share that was paid out before the span."""
        return rate(self.paid - self.within, self.planned)

    def __add__(self, other: "Paid") -> "Paid":
        return Paid(
            self.planned + other.planned, self.paid + other.paid, self.within + other.within
        )


@dataclass(frozen=True)
class FundLine:
    """Money of one source, kind and year for one purpose, in million đồng."""

    title: str
    year: int | None
    source: str
    carried: bool
    money: Paid
    unpaid_volume: Decimal


@dataclass(frozen=True)
class Gifts:
    """What people gave, in million đồng; `amounts` are in the unit of what was given.

    `unpriced` counts what could not be turned into money.
    """

    worth: Decimal = ZERO
    within: Decimal = ZERO
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    amounts_within: Mapping[str, Decimal] = field(default_factory=dict)
    cash: Decimal = ZERO
    unpriced: int = 0


@dataclass(frozen=True)
class Capital:
    """Works, fund lines and gifts."""

    works: tuple[WorkLine, ...] = ()
    lines: tuple[FundLine, ...] = ()
    gifts: Gifts = Gifts()

    @property
    def total(self) -> Paid:
        """All fund lines together."""
        return sum((it.money for it in self.lines), Paid())

    @property
    def carried(self) -> Paid:
        """What was carried over from earlier years."""
        return sum((it.money for it in self.lines if it.carried), Paid())

    @property
    def unpaid_volume(self) -> Decimal:
        """What was done and is not paid."""
        return sum((it.unpaid_volume for it in self.lines), ZERO)

    def of_source(self, source: Source) -> Paid:
        """The fund lines of one source."""
        return sum((it.money for it in self.lines if it.source == source), Paid())


def read_capital(desk: Desk, span: Span, today: date) -> Capital:
    """Read works, money and gifts up to the end of a span, or today if that is earlier."""
    end = min(span.last, today)
    paid, within = _paid(rows_of(desk, DISBURSEMENTS, today), span, end, today)
    funds = list(rows_of(desk, FUND_LINES, today))
    year = desk.sheet().year if end >= today else end.year
    return Capital(
        works=_works(desk, span, today, funds, paid),
        lines=tuple(_fund_line(it, paid, within, year) for it in funds),
        gifts=_gifts(rows_of(desk, CONTRIBUTIONS, today), span, end),
    )


Sums = Mapping[str, Decimal]


def _sums() -> defaultdict[str, Decimal]:
    return defaultdict(lambda: ZERO)


def _paid(rows: Iterable[Row], span: Span, end: date, today: date) -> tuple[Sums, Sums]:
    """Add up what was paid out of each line by a day, and within the span."""
    all_, within = _sums(), _sums()
    for row in rows:
        day, amount = row.get("paid_on"), row.get("amount") or ZERO
        if not is_paid_by(day, end, today):
            continue
        all_[row.get("fund_line") or ""] += amount
        if span.holds(day):
            within[row.get("fund_line") or ""] += amount
    return all_, within


def _fund_line(row: Row, paid: Sums, within: Sums, year: int) -> FundLine:
    line = row.record.id
    money = Paid(row.get("plan") or ZERO, paid.get(line, ZERO), within.get(line, ZERO))
    return FundLine(
        title=row.text("title") or row.name,
        year=row.get("year"),
        source=row.get("source") or "",
        carried=is_carried_over(row.record.values, year),
        money=money,
        unpaid_volume=max((row.get("volume") or ZERO) - money.paid, ZERO),
    )


def _works(
    desk: Desk, span: Span, today: date, funds: Iterable[Row], paid: Sums
) -> tuple[WorkLine, ...]:
    end = min(span.last, today)
    before = _volumes(desk, span.eve)
    then = _volumes(desk, end) if end < today else {}
    plans, outs = _sums(), _sums()
    for fund in funds:
        plans[fund.get("work") or ""] += fund.get("plan") or ZERO
        outs[fund.get("work") or ""] += paid.get(fund.record.id, ZERO)
    found = []
    for row in rows_of(desk, WORKS, today):
        work = row.record.id
        volume = then.get(work) if end < today else row.get("volume")
        plan = planned_for(row.record.values, plans[work])
        found.append(_work(row, end, volume, before.get(work), plan, outs[work]))
    return tuple(found)


def _work(
    row: Row,
    end: date,
    volume: Decimal | None,
    before: Decimal | None,
    plan: Decimal,
    paid: Decimal,
) -> WorkLine:
    ended = row.get("ended_on")
    ended = ended if ended is not None and ended <= end else None
    planned = row.get("planned_end")
    late = (end - planned).days if planned is not None and ended is None else 0
    return WorkLine(
        title=row.text("title") or row.name,
        village=row.text("village"),
        volume=volume,
        volume_before=before,
        planned_end=planned,
        ended_on=ended,
        late_days=max(late, 0),
        builder=row.text("builder"),
        plan=plan,
        paid=paid,
        note=row.text("note"),
    )


def _volumes(desk: Desk, day: date) -> Mapping[str, Decimal | None]:
    """Give how far each work was at the end of a day, as the journal has it."""
    kind = columns(Work)["volume"]
    with desk.reading() as session:
        rows = rows_as_of(session, desk.commune.scope, "work", end_of(day))
    return {row: kind.read_wire(fields.get("volume")) for row, fields in rows.items()}


def _gifts(rows: Iterable[Row], span: Span, end: date) -> Gifts:
    """Add up what was given since the beginning of the year."""
    amounts, within = _sums(), _sums()
    worth = worth_within = cash = ZERO
    unpriced = 0
    for row in rows:
        day, value = row.get("given_on"), row.get("worth")
        if not is_given_by(day, end.year, end):
            continue
        given, quantity = row.get("given") or "", row.get("quantity") or ZERO
        amounts[given] += quantity
        worth += value or ZERO
        cash += value or ZERO if given == Given.CASH else ZERO
        unpriced += value is None
        if span.holds(day):
            within[given] += quantity
            worth_within += value or ZERO
    return Gifts(worth, worth_within, amounts, within, cash, unpriced)
