"""Models to be shown, and what was done to win people over."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from db.models import CampaignActivity, Showcase
from db.models.movements import CampaignKind, ShowcaseKind, ShowcaseState
from db.numbers import show_number
from db.registers.register import (
    NEVER,
    Context,
    Finding,
    Record,
    Register,
    Values,
    by_choice,
)

_FINISHED = (ShowcaseState.DONE, ShowcaseState.RECOGNISED)
_NEXT = {
    None: ShowcaseState.DOING,
    ShowcaseState.PLANNED: ShowcaseState.DOING,
    ShowcaseState.DOING: ShowcaseState.DONE,
    ShowcaseState.DONE: ShowcaseState.RECOGNISED,
}


def _next_showcase(values: Values, context: Context) -> Values:
    state = _NEXT.get(values.get("state"))
    if state is None:
        return {}
    done = {"done_on": context.today} if state is ShowcaseState.DONE else {}
    return {"state": state.value, **done}


def _count_showcases(records: Sequence[Record], _context: Context) -> Sequence[str]:
    finished = Counter(
        record.values.get("kind") for record in records if record.values.get("state") in _FINISHED
    )
    planned = Counter(record.values.get("kind") for record in records)
    parts = [
        f"{kind.label} {finished[kind.value]}/{planned[kind.value]}"
        for kind in ShowcaseKind
        if planned[kind.value]
    ]
    return [f"Đã xong: {' · '.join(parts)}"] if parts else []


def _check_showcase(values: Values, _context: Context) -> Iterable[Finding]:
    if not values.get("kind"):
        yield Finding("kind", "Chưa chọn loại mô hình.")


SHOWCASES = Register(
    model=Showcase,
    help="Mô hình sản xuất, khu dân cư kiểu mẫu, thôn kiểu mẫu, vườn mẫu: mục tiêu, tiến độ, hạn.",
    listed=("title", "kind", "village", "state", "deadline", "households", "member"),
    order=lambda record: (record.closed, record.values.get("deadline") or NEVER, record.id),
    due=lambda values: values.get("deadline"),
    closed=lambda values: values.get("state") in _FINISHED,
    step=_next_showcase,
    step_text="Đang làm → Xong → Công nhận",
    check=_check_showcase,
    person="member",
    filters=by_choice("kind", ShowcaseKind),
    totals=_count_showcases,
)


def _count_people(records: Sequence[Record], _context: Context) -> Sequence[str]:
    people = sum(record.values.get("people") or 0 for record in records)
    return (
        [f"{len(records)} hoạt động · {show_number(Decimal(people))} lượt người"] if records else []
    )


CAMPAIGNS = Register(
    model=CampaignActivity,
    help="Phong trào thi đua, cuộc vận động, tuyên truyền: làm gì, ở đâu, ai tham gia, kết quả.",
    listed=("held_on", "title", "kind", "village", "organisations", "people"),
    order=lambda record: (-(record.values.get("held_on") or NEVER).toordinal(), record.id),
    begin=lambda context: {"held_on": context.today},
    filters=by_choice("kind", CampaignKind),
    totals=_count_people,
)
