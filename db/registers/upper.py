"""What the upper level keeps: requests to communes, visits, verdicts, and its own agencies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from db.checklist import read
from db.criteria.definitions import Tier
from db.engine import query_of
from db.kinds import Choice, Line
from db.models import (
    Agency,
    Appraisal,
    Commune,
    Guidance,
    UpperInspection,
    UpperMember,
    UpperOffice,
    UpperRequest,
    Verdict,
)
from db.models.base import KEY_SEPARATOR
from db.models.work import TaskState
from db.numbers import parse_date
from db.owner import Owner
from db.registers.names import number_id
from db.registers.plan import Result
from db.registers.register import (
    NEVER,
    Column,
    Context,
    Filter,
    Finding,
    Record,
    Register,
    Values,
    done_today,
    end_before_start,
)
from db.registers.work import CLOSED_TASKS, next_task

_CLOSED = {state.value for state in CLOSED_TASKS}


def _check_request(values: Values, _context: Context) -> Iterable[Finding]:
    written = values.get("date_written")
    if written and (warning := parse_date(written).warning):
        yield Finding("date_written", f"Ngày văn bản: {warning}")
    if values.get("state") == TaskState.DONE and not values.get("result"):
        yield Finding("result", "Việc đã xong nhưng chưa ghi kết quả.")


REQUESTS = Register(
    model=UpperRequest,
    help=(
        "Văn bản, nhiệm vụ cấp trên giao cho xã: yêu cầu gì, hạn nào. Xã ghi ai làm, đến đâu, "
        "kết quả ra sao; câu trả lời về cấp trên theo gói đồng bộ."
    ),
    listed=("title", "kind", "due", "state", "agency", "indicator", "done_on"),
    order=lambda record: (record.closed, record.values.get("due") or NEVER, record.id),
    due=lambda values: values.get("due"),
    closed=lambda values: values.get("state") in _CLOSED,
    step=next_task,
    step_text="Đang làm → Xong",
    check=_check_request,
    person="member",
)


def _check_visit(values: Values, _context: Context) -> Iterable[Finding]:
    yield from end_before_start(
        values, "visited_on", "mended_on", "Ngày khắc phục xong trước ngày kiểm tra."
    )
    if values.get("mend") and not values.get("mend_by"):
        yield Finding("mend_by", "Có yêu cầu khắc phục nhưng chưa ghi hạn.")


UPPER_INSPECTIONS = Register(
    model=UpperInspection,
    help=(
        "Các cuộc kiểm tra do cơ quan cấp trên tự ghi: kết luận, yêu cầu khắc phục, hạn. "
        "Xã ghi đã khắc phục thế nào, xong ngày nào."
    ),
    listed=("visited_on", "agency", "topic", "mend", "mend_by", "mended_on"),
    order=lambda record: (record.closed, record.values.get("mend_by") or NEVER, record.id),
    due=lambda values: values.get("mend_by"),
    closed=lambda values: bool(values.get("mended_on")) or not values.get("mend"),
    step=done_today("mended_on"),
    step_text="Đã khắc phục",
    check=_check_visit,
)


def _verdict_keys(_session: Session, context: Context) -> Sequence[str]:
    sheet = context.sheet
    return [
        Verdict.row_id(sheet.criteria_set.id, one.number, sheet.year)
        for one in sheet.criteria_set.indicators
    ]


def _beside(session: Session, context: Context, rows: Mapping[str, Values]) -> Mapping[str, Values]:
    """Set what the commune found beside each verdict."""
    sheet = context.sheet
    states = read(session, sheet).by_number
    found: dict[str, Values] = {}
    for row in rows:
        set_id, number, year = row.split(KEY_SEPARATOR)
        if (set_id, year) != (sheet.criteria_set.id, str(sheet.year)) or number not in states:
            named = context.names.name("indicator", number_id(set_id, number))
            found[row] = {"indicator_name": f"{named} (năm {year})"}
            continue
        state = states[number]
        found[row] = {
            "indicator_name": f"{number} {state.indicator.name}",
            "own": state.judgement.status.value,
            "found": state.verdict.status.value,
            "differs": state.disagrees,
        }
    return found


VERDICTS = Register(
    model=Verdict,
    help=(
        "Kết quả thẩm tra của cấp trên bên cạnh tự đánh giá của xã; chỗ nào khác nhau thì đứng "
        "trước. Hai bên không ghi đè lên nhau."
    ),
    listed=("indicator_name", "own", "found", "agency", "note"),
    order=lambda record: (not record.values.get("differs"), _by_number(record)),
    derived=(
        Column("indicator_name", "Chỉ tiêu", Line(), derived=True),
        Column("own", "Xã tự đánh giá", Choice(Result), derived=True),
        Column("found", "Thẩm tra", Choice(Result), derived=True),
    ),
    derive=_beside,
    keys=_verdict_keys,
    filters=(
        Filter("Khác nhau", lambda record: bool(record.values.get("differs"))),
        Filter("Đã thẩm tra", lambda record: record.values.get("found") != Result.NOT_ASSESSED),
    ),
    reads=("indicator", "agency"),
)


def _by_number(record: Record) -> Any:
    number = record.id.split(KEY_SEPARATOR)[1]
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("."))


def _appraisal_keys(session: Session, context: Context) -> Sequence[str]:
    """Give the title that the commune aims at this year."""
    query = query_of(session)
    rows = query("SELECT tier, target_year FROM commune WHERE id = ?", (context.scope,))
    return [Appraisal.row_id(tier or Tier.NTM, year) for tier, year in rows if year]


def _next_day(values: Values) -> date | None:
    if values.get("submitted_on"):
        return None
    day: date | None = values.get("submit_on" if values.get("verified_on") else "verify_on")
    return day


def _next_appraisal(values: Values, context: Context) -> Values:
    for field in ("verified_on", "submitted_on"):
        if not values.get(field):
            return {field: context.today}
    return {}


def _check_appraisal(values: Values, _context: Context) -> Iterable[Finding]:
    yield from end_before_start(
        values, "verify_on", "submit_on", "Ngày trình đứng trước ngày thẩm tra."
    )
    yield from end_before_start(
        values, "verified_on", "submitted_on", "Đã trình trước khi thẩm tra xong."
    )


def _title_and_year(
    _session: Session, _context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    found = {}
    for row in rows:
        tier, year = row.split(KEY_SEPARATOR)
        label = Tier(tier).label if tier in set(Tier) else tier
        found[row] = {"title": f"{label} {year}"}
    return found


APPRAISALS = Register(
    model=Appraisal,
    help="Lịch thẩm tra hồ sơ đề nghị công nhận của xã: ai chủ trì, ngày nào, đã trình chưa.",
    listed=("title", "agency", "verify_on", "verified_on", "submit_on", "submitted_on", "note"),
    order=lambda record: (record.closed, record.id),
    derived=(Column("title", "Danh hiệu", Line(), derived=True),),
    derive=_title_and_year,
    keys=_appraisal_keys,
    due=_next_day,
    closed=lambda values: bool(values.get("submitted_on")),
    step=_next_appraisal,
    step_text="Đã thẩm tra → Đã trình",
    step_owner=Owner.UPPER,
    check=_check_appraisal,
)

AGENCIES = Register(
    model=Agency,
    help="Cơ quan chuyên môn của cấp trên, lĩnh vực và tiêu chí phụ trách.",
    listed=("name", "field", "criteria", "phone"),
    order=lambda record: (record.values.get("name") or "", record.id),
)

UPPER_MEMBERS = Register(
    model=UpperMember,
    help="Thành viên Ban Chỉ đạo cấp trên và các xã được phân công phụ trách.",
    listed=("name", "position", "agency", "communes", "directive"),
    order=lambda record: (record.values.get("name") or "", record.id),
)


def _guidance_keys(_session: Session, context: Context) -> Sequence[str]:
    chosen = context.sheet.criteria_set
    return [Guidance.row_id(chosen.id, one.number) for one in chosen.criteria]


def _criterion_names(
    _session: Session, context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    names = context.names.of("criterion")
    found = {}
    for row in rows:
        set_id, number = row.split(KEY_SEPARATOR)
        found[row] = {"criterion_name": names.get(number_id(set_id, number), number)}
    return found


GUIDANCE = Register(
    model=Guidance,
    help="Hướng dẫn của cơ quan chuyên môn cho từng tiêu chí; xã xem được ngay ở bảng tiêu chí.",
    listed=("criterion_name", "agency", "text", "basis"),
    order=lambda record: _by_number(record),
    derived=(Column("criterion_name", "Tiêu chí", Line(), derived=True),),
    derive=_criterion_names,
    keys=_guidance_keys,
    reads=("criterion",),
)


def _offices(session: Session, context: Context) -> Sequence[str]:
    rows = query_of(session)("SELECT id FROM upper_office WHERE scope = ?", (context.scope,))
    return [row for (row,) in rows]


def _check_office(values: Values, _context: Context) -> Iterable[Finding]:
    if not values.get("name"):
        yield Finding("name", "Cấp trên cần có tên.", refused=True)
    if values.get("silent_days") == 0:
        yield Finding("silent_days", "Số ngày nhắc phải từ 1 trở lên.", refused=True)


UPPER_OFFICES = Register(
    model=UpperOffice,
    help="Cấp trên tên là gì, và sau bao nhiêu ngày thì nhắc xã chưa gửi gói.",
    listed=("name", "office", "silent_days"),
    order=lambda record: record.id,
    keys=_offices,
    check=_check_office,
)


def _check_validity(values: Values, context: Context) -> Iterable[Finding]:
    if values.get("merged_into") == context.scope:
        yield Finding("merged_into", "Xã không thể sáp nhập vào chính mình.", refused=True)
    yield from end_before_start(values, "valid_from", "valid_to", "Ngày cuối đứng trước ngày đầu.")
    if values.get("merged_into") and not values.get("valid_to"):
        yield Finding("valid_to", "Đã sáp nhập nhưng chưa ghi ngày cuối.")


COMMUNES = Register(
    model=Commune,
    help="Xã có từ ngày nào, đến ngày nào, nhập vào xã nào khi sắp xếp lại địa giới.",
    listed=("name", "valid_from", "valid_to", "merged_into"),
    order=lambda record: record.id,
    keys=lambda _session, context: [context.scope],
    check=_check_validity,
)
