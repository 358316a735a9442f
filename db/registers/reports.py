"""Reports that are due again and again: by which rule, and what was sent."""

from collections.abc import Iterable, Mapping, Sequence
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
)

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
    if not values.get("off") and not values.get("basis"):
        yield Finding("basis", "Chưa ghi căn cứ: hạn nộp đang lấy là ngày cuối kỳ.")


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


def _duties(session: Session, scope: str) -> Mapping[Cycle, int]:
    """Give the days after a period's end by cycle, for those that are due at all."""
    rows = query_of(session)("SELECT cycle, days, off FROM report_duty WHERE scope = ?", (scope,))
    said = {cycle: (days, off) for cycle, days, off in rows}
    return {
        one: int(said.get(one.value, (0, None))[0] or 0)
        for one in Cycle
        if not said.get(one.value, (0, None))[1]
    }


def _begun_on(session: Session, context: Context) -> date:
    """Give the day from which reports are counted: none is due from before the store was there."""
    found = query_of(session)(
        "SELECT min(clock) FROM change WHERE scope = ? AND entity = 'commune'", (context.scope,)
    )
    reading = next(iter(found))[0]
    founded = moment(reading).astimezone(VIETNAM).date() if reading else context.today
    return max(founded, date(context.today.year, 1, 1))


def _periods(session: Session, context: Context) -> Sequence[str]:
    """Give every period since then, the present one included."""
    begun, found = _begun_on(session, context), []
    for cycle in _duties(session, context.scope):
        period = period_of(cycle, begun)
        while period.first <= context.today:
            found.append(SentReport.row_id(cycle.value, period.key))
            period = period.next
    return found


def _due_days(
    session: Session, context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    duties, found = _duties(session, context.scope), {}
    for row, values in rows.items():
        cycle, _, key = row.partition(KEY_SEPARATOR)
        period = from_key(Cycle(cycle), key) if cycle in set(Cycle) else None
        if period is None:
            found[row] = {"name": values.get("title") or "Báo cáo đột xuất"}
        else:
            due = period.last + timedelta(days=duties.get(period.cycle, 0))
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
    step=lambda values, context: {} if values.get("sent_on") else {"sent_on": context.today},
    step_text="Đã gửi hôm nay",
    check=_check_sent,
    filters=(Filter("Đã gửi", lambda record: record.closed),),
)
