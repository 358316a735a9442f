"""What a report says of a span is what stood then, and what is open at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from db import clock
from db.desk import Desk
from db.home import Home
from db.periods import Cycle
from db.registers.capital import CONTRIBUTIONS
from db.reporting import spans
from db.reporting.money import read_capital
from db.reporting.progress import met_count, read_progress
from db.reporting.sources import read_money
from db.reporting.villages import read_villages
from db.reporting.work import read_doings
from tests._helpers.district import write
from tests.conftest import PRACTICE_DAY

DAYS = timedelta(days=14)
EARLIER = PRACTICE_DAY - DAYS


@pytest.fixture
def practised(made_commune: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    noon = datetime(PRACTICE_DAY.year, PRACTICE_DAY.month, PRACTICE_DAY.day, 5, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)
    with Desk.read(made_commune) as desk:
        yield desk


def until(day: date) -> spans.Span:
    return spans.between(day - DAYS + timedelta(days=1), day)


def test_the_end_of_one_span_is_where_the_next_begins(practised: Desk) -> None:
    """So that "so với kỳ trước" never contradicts the report before."""
    now = read_progress(practised, until(PRACTICE_DAY), PRACTICE_DAY)
    before = read_progress(practised, until(EARLIER), PRACTICE_DAY)
    assert now.before is not None
    assert now.before.standing == before.now.standing
    assert met_count(now.before) == met_count(before.now)
    gained = len(now.gained) - len(now.lost)
    assert met_count(now.now) - met_count(now.before) == gained > 0
    kept = practised.checklist()
    assert now.now.standing == kept.standing


def test_before_the_commune_was_here_nothing_is_compared(practised: Desk) -> None:
    span = spans.between(date(2024, 1, 1), PRACTICE_DAY)
    found = read_progress(practised, span, PRACTICE_DAY)
    assert found.before is None
    assert (found.gained, found.lost, found.criteria_gained, found.criteria_lost) == ((),) * 4


def test_a_report_of_an_earlier_time_knows_nothing_of_what_came_after(practised: Desk) -> None:
    earlier = read_doings(practised, until(EARLIER), PRACTICE_DAY)
    present = read_doings(practised, until(PRACTICE_DAY), PRACTICE_DAY)
    assert not {it.title for it in earlier.done} & {it.title for it in present.done}
    assert all(it.done_on is None and not it.done for it in earlier.open)
    assert {it.title for it in present.obstacles} > {it.title for it in earlier.obstacles}
    paid = [
        read_capital(practised, until(day), PRACTICE_DAY).total for day in (EARLIER, PRACTICE_DAY)
    ]
    assert paid[1].paid - paid[1].within == paid[0].paid


def test_what_villages_lack_adds_up_to_what_the_commune_lacks(practised: Desk) -> None:
    progress = read_progress(practised, until(PRACTICE_DAY), PRACTICE_DAY)
    stands = read_villages(practised, progress)
    assert len(stands) == 12
    gaps = [gap for it in stands for gap in it.gaps if gap.state.indicator.number == "17.8"]
    assert len(gaps) > 3 and all("còn thiếu" in gap.missing[0] for gap in gaps)
    assert any(gap.figure_before not in (None, gap.figure) for gap in gaps)


@pytest.mark.parametrize(
    ("cycle", "day", "label"),
    [
        (Cycle.WEEK, date(2024, 9, 20), "tuần 16/09 - 22/09/2024"),
        (Cycle.MONTH, date(2024, 9, 20), "tháng 9/2024"),
        (Cycle.YEAR, date(2024, 9, 20), "năm 2024"),
    ],
)
def test_the_report_that_is_due_is_that_of_the_present_period(
    desk: Desk, cycle: Cycle, day: date, label: str
) -> None:
    assert spans.due_span(desk, cycle, day).label == label


def test_until_its_day_has_passed_the_period_before_is_due(desk: Desk) -> None:
    from db.registers.reading import read_page
    from db.registers.reports import REPORT_DUTIES, REPORTS
    from db.registers.writing import put

    today = clock.today()
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=3)
    page = read_page(desk, REPORT_DUTIES, today)
    with desk.act() as session:
        put(session, page.context, REPORT_DUTIES, "month", {"days": 5})
    before = spans.due_span(desk, Cycle.MONTH, next_month)
    assert before.last < next_month
    page = read_page(desk, REPORTS, next_month)
    with desk.act() as session:
        put(session, page.context, REPORTS, f"month|{before.key}", {"sent_on": today})
    assert spans.due_span(desk, Cycle.MONTH, next_month).first == next_month.replace(day=1)
    assert spans.due_span(desk, Cycle.MONTH, next_month.replace(day=9)).last > next_month


def test_a_gift_without_a_day_counts_in_the_report_and_in_its_table(desk: Desk) -> None:
    day = date(2024, 9, 20)
    gifts = ((date(2024, 3, 1), 10), (date(2023, 3, 1), 100), (None, 1))
    for given_on, worth in gifts:
        write(
            desk, CONTRIBUTIONS, {"given": "cash", "quantity": Decimal(worth), "given_on": given_on}
        )
    year = spans.between(date(2024, 1, 1), day)
    told = read_capital(desk, year, day).gifts
    raised = read_money(desk, year.period, 2024, day, day).by_source()
    assert told.worth == sum(it.raised for it in raised) == Decimal("0.011")


def test_spans_that_somebody_chose_follow_one_another() -> None:
    span = spans.between(date(2024, 7, 1), date(2024, 7, 10))
    assert (span.eve, span.following.first, span.following.last) == (
        date(2024, 6, 30),
        date(2024, 7, 11),
        date(2024, 7, 20),
    )
    assert spans.of_report("adhoc|0192") is None
    month = spans.of_report("month|2024-12")
    assert month is not None and month.following.label == "tháng 1/2025"
