"""Tasks, obstacles, inspections and directives: what is to be done, by whom, by when."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from db.kinds import Choice, Labelled
from db.models import Directive, Inspection, Obstacle, Task
from db.models.work import TaskState
from db.numbers import parse_date
from db.registers.register import (
    NEVER,
    Column,
    Context,
    Finding,
    Record,
    Register,
    Values,
    by_choice,
    done_today,
    end_before_start,
)

CLOSED_TASKS = (TaskState.DONE, TaskState.DROPPED)
"""States in which nothing more is to be done."""

_NEXT_STATE = {
    None: TaskState.DOING,
    TaskState.TODO: TaskState.DOING,
    TaskState.DOING: TaskState.DONE,
}


def _by_day(field: str) -> Any:
    """Put open rows first, the earliest day first."""

    def order(record: Record) -> object:
        return (record.closed, record.values.get(field) or NEVER, record.id)

    return order


def next_task(values: Values, context: Context) -> Values:
    """Give what carries a task on: from the beginning to being done."""
    state = _NEXT_STATE.get(values.get("state"))
    if state is None:
        return {}
    return {"state": state.value, "done_on": context.today if state is TaskState.DONE else None}


def _check_task(values: Values, _context: Context) -> Iterable[Finding]:
    if values.get("state") == TaskState.DONE and not values.get("result"):
        yield Finding("result", "Việc đã xong nhưng chưa ghi kết quả.")


TASKS = Register(
    model=Task,
    help="Việc phải làm: ai làm, hạn nào, từ đâu ra, kết quả. Việc quá hạn đứng trên cùng.",
    listed=("title", "assignee", "due", "state", "village", "indicator", "origin"),
    order=_by_day("due"),
    due=lambda values: values.get("due"),
    closed=lambda values: values.get("state") in CLOSED_TASKS,
    step=next_task,
    step_text="Đang làm → Xong",
    check=_check_task,
    person="assignee",
)


class ObstacleStage(Labelled):
    """How far an obstacle is; derived from its days and its reply."""

    NEW = "new", "Mới"
    REPORTED = "reported", "Đã báo cáo"
    ANSWERED = "answered", "Có trả lời"
    SOLVED = "solved", "Giải quyết xong"


def stage_of(values: Values) -> ObstacleStage:
    """Say how far an obstacle is."""
    if values.get("solved_on"):
        return ObstacleStage.SOLVED
    if values.get("reply") or values.get("heard"):
        return ObstacleStage.ANSWERED
    return ObstacleStage.REPORTED if values.get("reported_on") else ObstacleStage.NEW


def _stages(
    _session: Session, _context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    return {row: {"stage": stage_of(values).value} for row, values in rows.items()}


def _next_obstacle(values: Values, context: Context) -> Values:
    stage = stage_of(values)
    if stage is ObstacleStage.NEW:
        return {"reported_on": context.today}
    return {} if stage is ObstacleStage.SOLVED else {"solved_on": context.today}


def _check_obstacle(values: Values, _context: Context) -> Iterable[Finding]:
    yield from end_before_start(
        values, "arisen_on", "solved_on", "Ngày giải quyết xong trước ngày phát sinh."
    )
    yield from end_before_start(
        values, "arisen_on", "reported_on", "Ngày báo cáo trước ngày phát sinh."
    )
    if values.get("reported_on") and not values.get("proposal"):
        yield Finding("proposal", "Đã báo cáo cấp trên nhưng chưa ghi đề xuất.")


OBSTACLES = Register(
    model=Obstacle,
    help=(
        "Khó khăn, vướng mắc xã không tự giải quyết được: báo cáo cấp trên, chờ trả lời, "
        "xử lý xong. Trả lời của huyện về theo gói đồng bộ."
    ),
    listed=("title", "stage", "level", "due", "member", "village", "indicator"),
    order=_by_day("due"),
    derived=(Column("stage", "Tình trạng", Choice(ObstacleStage), derived=True),),
    derive=_stages,
    begin=lambda context: {"arisen_on": context.today},
    due=lambda values: values.get("due"),
    closed=lambda values: bool(values.get("solved_on")),
    step=_next_obstacle,
    step_text="Báo cáo → Xong",
    check=_check_obstacle,
    person="member",
    filters=by_choice("stage", ObstacleStage),
)


def _check_inspection(values: Values, _context: Context) -> Iterable[Finding]:
    yield from end_before_start(
        values, "visited_on", "mended_on", "Ngày khắc phục xong trước ngày kiểm tra."
    )
    if values.get("mend") and not values.get("mend_by"):
        yield Finding("mend_by", "Có yêu cầu khắc phục nhưng chưa ghi hạn.")


INSPECTIONS = Register(
    model=Inspection,
    help="Các cuộc kiểm tra, đôn đốc của cấp trên: kết luận gì, phải khắc phục gì, hạn nào.",
    listed=("visited_on", "team", "topic", "mend", "mend_by", "mended_on"),
    order=_by_day("mend_by"),
    begin=lambda context: {"visited_on": context.today},
    due=lambda values: values.get("mend_by"),
    closed=lambda values: bool(values.get("mended_on")) or not values.get("mend"),
    step=lambda values, context: (
        {"mended_on": context.today} if values.get("mend") and not values.get("mended_on") else {}
    ),
    step_text="Đã khắc phục",
    check=_check_inspection,
)


def _day_in(values: Values, field: str) -> date | None:
    text = values.get(field)
    return parse_date(text).date if text else None


def _check_directive(values: Values, _context: Context) -> Iterable[Finding]:
    for field, label in (("date_written", "Ngày văn bản"), ("due", "Hạn thực hiện")):
        text = values.get(field)
        if text and (warning := parse_date(text).warning):
            yield Finding(field, f"{label}: {warning}")


DIRECTIVES = Register(
    model=Directive,
    help=(
        "Văn bản cấp trên chỉ đạo: yêu cầu gì, hạn nào, giao ai. Việc và báo cáo nào cũng dẫn được."
    ),
    listed=("number", "title", "issuer", "date_written", "due", "member", "done_on"),
    order=lambda record: (
        record.closed,
        _day_in(record.values, "due") or NEVER,
        record.id,
    ),
    begin=lambda context: {"received_on": context.today},
    due=lambda values: _day_in(values, "due"),
    closed=lambda values: bool(values.get("done_on")),
    step=done_today("done_on"),
    step_text="Đã thực hiện",
    check=_check_directive,
    person="member",
)
