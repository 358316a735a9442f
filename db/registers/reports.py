"""Reports that are due again and again: by which rule, and what was sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from db.clock import VIETNAM, moment
from db.engine import query_of
from db.kinds import Date, Line
from db.models import ReportDuty, SentReport
from db.models.base import KEY_SEPARATOR
from db.numbers import show_date
from db.periods import Cycle, from_key, period_of
from db.registers.register import (
    NEVER,
    Column,
    Context,
    Filter,
    Finding,
    Register,
    Values,
    done_today,
)
from db.text import shown

MOST_DAYS = 366
"""Days after a period that a report can be due, at most."""

YEARS_KEPT = 2
ADHOC = "adhoc"
"""The cycle of a report that was asked for once."""


# -- By which rule ---------------------------------------------------------------------------------


def _cycles(_session: Session, _context: Context) -> Sequence[str]:
    return [one.value for one in Cycle]


def _cycle_names(
    _session: Session, _context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    labels = {one.value: f"Báo cáo {one.label.lower()}" for one in Cycle}
    return {row: {"name": labels.get(row, row)} for row in rows}


def _check_duty(values: Values, _context: Context) -> Iterable[Finding]:
    if (values.get("days") or 0) > MOST_DAYS:
        yield Finding("days", f"Hạn nộp không quá {MOST_DAYS} ngày sau khi hết kỳ.", refused=True)
    if not values.get("off") and not values.get("basis"):
        yield Finding("basis", "Chưa ghi căn cứ: tạm tính hạn nộp là ngày cuối kỳ.")


REPORT_DUTIES = Register(
    model=ReportDuty,
    help=(
        "Báo cáo nào phải nộp định kỳ, sau khi hết kỳ mấy ngày, gửi đâu, theo quy định nào. Chưa "
        "ghi thì hạn là ngày cuối kỳ."
    ),
    listed=("name", "days", "receiver", "basis", "off"),
    order=lambda record: (
        [one.value for one in Cycle].index(record.id) if record.id in set(Cycle) else len(Cycle)
    ),
    derived=(Column("name", "Loại báo cáo", Line(), derived=True),),
    derive=_cycle_names,
    keys=_cycles,
    check=_check_duty,
)


# -- What was sent ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """By how many days after a period its report is due, and whether it is due at all."""

    days: int = 0
    off: bool = False


def rules_of(session: Session, scope: str) -> Mapping[Cycle, Rule]:
    """Give the rule of each cycle; what the office did not write is due on the last day."""
    rows = query_of(session)("SELECT cycle, days, off FROM report_duty WHERE scope = ?", (scope,))
    said = {cycle: Rule(min(max(days or 0, 0), MOST_DAYS), bool(off)) for cycle, days, off in rows}
    return {one: said.get(one.value, Rule()) for one in Cycle}


def _begun_on(session: Session, context: Context) -> date:
    """Give the day from which reports are counted: none is due from before the store was there.

    What is older than two years is asked for no more.
    """
    found = query_of(session)(
        "SELECT min(clock) FROM change WHERE scope = ? AND entity = 'commune'", (context.scope,)
    )
    reading = next(iter(found))[0]
    founded = moment(reading).astimezone(VIETNAM).date() if reading else context.today
    return max(founded, context.today - timedelta(days=YEARS_KEPT * 365))


def _periods(session: Session, context: Context) -> Sequence[str]:
    """Give every period since then, the present one included."""
    begun, found = _begun_on(session, context), []
    for cycle, rule in rules_of(session, context.scope).items():
        period = period_of(cycle, begun)
        while not rule.off and period.first <= context.today:
            found.append(SentReport.row_id(cycle.value, period.key))
            period = period.next
    return found


def _due_days(
    session: Session, context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    rules, found = rules_of(session, context.scope), {}
    for row, values in rows.items():
        cycle, _, key = row.partition(KEY_SEPARATOR)
        period = from_key(Cycle(cycle), key) if cycle in set(Cycle) else None
        if period is None:
            named = "Báo cáo đột xuất" if cycle == ADHOC else f"Báo cáo {shown(key)}"
            found[row] = {"name": values.get("title") or named}
        else:
            due = period.last + timedelta(days=rules[period.cycle].days)
            found[row] = {"name": f"Báo cáo {period.label}", "due": due}
    return found


def _check_sent(values: Values, context: Context) -> Iterable[Finding]:
    sent = values.get("sent_on")
    if sent is not None and sent > context.today:
        yield Finding("sent_on", "Ngày gửi còn ở phía trước.", refused=True)
    if sent is not None and values.get("due") is not None and sent > values["due"]:
        late = (sent - values["due"]).days
        yield Finding("sent_on", f"Gửi muộn {late} ngày, hạn {show_date(values['due'])}.")


def _row_of(row: str, _values: Values) -> str:
    """A period has its own row; what was asked for once gets one by its id."""
    return row if KEY_SEPARATOR in row else SentReport.row_id(ADHOC, row)


REPORTS = Register(
    model=SentReport,
    help=(
        "Lịch báo cáo: kỳ nào đến hạn, đã gửi ngày nào, số công văn nào. Phím cách là đã gửi hôm "
        "nay. Báo cáo đột xuất thì Ctrl+N."
    ),
    listed=("name", "due", "sent_on", "number", "way"),
    order=lambda record: (record.closed, record.values.get("due") or NEVER, record.id),
    derived=(
        Column("name", "Kỳ báo cáo", Line(), derived=True),
        Column("due", "Hạn nộp", Date(), derived=True),
    ),
    derive=_due_days,
    keys=_periods,
    row_of=_row_of,
    due=lambda values: values.get("due"),
    closed=lambda values: bool(values.get("sent_on")),
    step=done_today("sent_on"),
    step_text="Đã gửi hôm nay",
    check=_check_sent,
    filters=(Filter("Đã gửi", lambda record: record.closed),),
)
