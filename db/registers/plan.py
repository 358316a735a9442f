"""The year's plan: by when each criterion is to be met, and how it stands."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from db.checklist import read
from db.clock import VIETNAM, moment
from db.engine import query_of
from db.journal.replay import key_values
from db.judging import AS_GOOD_AS_MET, Status
from db.kinds import Choice, Date, Labelled, Line
from db.models import Assessment, CriterionPlan
from db.models.base import KEY_SEPARATOR
from db.models.plan import OldResult
from db.registers.names import number_id
from db.registers.register import Column, Context, Filter, Finding, Record, Register, Values
from db.sheet.records import Sheet


class Result(Labelled):
    """How a criterion stands, as the list shows it."""

    MET = Status.MET.value, Status.MET.label
    NOT_MET = Status.NOT_MET.value, Status.NOT_MET.label
    IN_PROGRESS = Status.IN_PROGRESS.value, Status.IN_PROGRESS.label
    NOT_APPLICABLE = Status.NOT_APPLICABLE.value, Status.NOT_APPLICABLE.label
    NOT_ASSESSED = Status.NOT_ASSESSED.value, Status.NOT_ASSESSED.label


def _keys(_session: Session, context: Context) -> Sequence[str]:
    sheet = context.sheet
    return [
        CriterionPlan.row_id(sheet.criteria_set.id, one.number, sheet.year)
        for one in sheet.criteria_set.criteria
    ]


def _stand(session: Session, context: Context, rows: Mapping[str, Values]) -> Mapping[str, Values]:
    """Say how each criterion stands, and since when it is met."""
    sheet = context.sheet
    standing = {one.criterion.number: one for one in read(session, sheet).standing.criteria}
    since = _met_since(session, sheet)
    found: dict[str, Values] = {}
    for row in rows:
        set_id, number, year = row.split(KEY_SEPARATOR)
        one = standing.get(number)
        if one is None or (set_id, year) != (sheet.criteria_set.id, str(sheet.year)):
            named = number_id(set_id, number)
            known = context.names.knows("criterion", named)
            name = context.names.name("criterion", named) if known else number
            found[row] = {"criterion_name": f"{name} (năm {year})"}
            continue
        days = [since[it.number] for it in one.criterion.indicators if it.number in since]
        met = {"met_on": max(days)} if one.status in AS_GOOD_AS_MET and days else {}
        name = f"{number} {one.criterion.name}"
        found[row] = {"criterion_name": name, "result": one.status.value, **met}
    return found


def _met_since(session: Session, sheet: Sheet) -> Mapping[str, date]:
    """Give the day since which the commune says of each indicator that it is met.

    A reason that is added later, or a figure, moves no day.
    """
    rows = query_of(session)(
        "SELECT row, value, clock FROM change WHERE scope = ? AND entity = 'assessment'"
        " AND field = 'status' AND accepted = 1 AND row LIKE ? ORDER BY clock DESC",
        (sheet.scope, Assessment.row_id(sheet.criteria_set.id, "%", sheet.year, "")),
    )
    days: dict[str, date] = {}
    settled: set[str] = set()
    for row, value, reading in rows:
        key = key_values(Assessment, row)
        if key is None or key["village"] or key["indicator"] in settled:
            continue
        said = json.loads(value)
        if isinstance(said, dict) and said.get("status") in AS_GOOD_AS_MET:
            days[key["indicator"]] = moment(reading).astimezone(VIETNAM).date()
        else:
            settled.add(key["indicator"])
    return days


def _check(values: Values, context: Context) -> Iterable[Finding]:
    planned, met = values.get("planned_on"), values.get("met_on")
    if planned is None and values.get("result") not in AS_GOOD_AS_MET:
        yield Finding("planned_on", "Chưa đạt mà chưa có ngày dự kiến.")
    if planned is not None and met is not None and met > planned:
        yield Finding("met_on", f"Đạt muộn hơn kế hoạch {(met - planned).days} ngày.")
    if values.get("old_result") == OldResult.MET and values.get("result") == Status.NOT_MET:
        yield Finding("result", "Khi công nhận là đạt, theo bộ này thì chưa đạt.")


def _notices(all_records: Sequence[Record], context: Context) -> Sequence[str]:
    records = [one for one in all_records if not one.other]
    met = sum(one.closed for one in records)
    planned = [one for one in records if one.values.get("planned_on") is not None]
    by_now = sum(one.values["planned_on"] <= context.today for one in planned)
    lines = [f"Đã đạt {met}/{len(records)}"]
    if planned:
        late = sum(one.late for one in records)
        lines[0] += f" · có kế hoạch {len(planned)}, đến hôm nay phải đạt {by_now} · chậm {late}"
    old = [one for one in records if one.values.get("old_result") == OldResult.MET]
    if old:
        still = sum(one.closed for one in old)
        lines.append(f"Khi công nhận đạt {len(old)}; theo bộ này còn đạt {still} trong số đó")
    return lines


def _order(record: Record) -> object:
    parts = record.id.split(KEY_SEPARATOR)
    number = parts[1] if len(parts) > 1 else ""
    return (_natural(number), record.id)


def _natural(number: str) -> tuple[int, str]:
    return (int(number), "") if number.isdecimal() else (10**6, number)


PLAN = Register(
    model=CriterionPlan,
    help=(
        "Kế hoạch năm: tiêu chí nào đạt vào ngày nào, so với thực tế. Xã đã được công nhận thì ghi "
        "thêm kết quả khi công nhận để so với kết quả theo bộ tiêu chí đang dùng."
    ),
    listed=("criterion_name", "planned_on", "result", "met_on", "old_result", "measures"),
    order=_order,
    derived=(
        Column("criterion_name", "Tiêu chí", Line(), derived=True),
        Column("result", "Hiện nay", Choice(Result), derived=True),
        Column("met_on", "Đạt từ ngày", Date(), derived=True),
    ),
    derive=_stand,
    keys=_keys,
    reads=("criterion",),
    due=lambda values: values.get("planned_on"),
    closed=lambda values: values.get("result") in AS_GOOD_AS_MET,
    check=_check,
    filters=(
        Filter("Chưa đạt", lambda record: not record.closed),
        Filter("Chậm kế hoạch", lambda record: record.late),
    ),
    notices=_notices,
)
