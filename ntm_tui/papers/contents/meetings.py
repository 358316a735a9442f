"""What the minutes of a briefing say: how things stood that day, since the briefing before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from db.registers.briefings import BRIEFINGS
from db.registers.work import TASKS
from db.reporting import spans
from db.reporting.money import read_capital
from db.reporting.progress import read_progress
from db.reporting.rows import Row, rows_of
from db.reporting.work import read_doings
from ntm_tui.papers.contents import capital as money
from ntm_tui.papers.contents import doings as done
from ntm_tui.papers.contents.head import COMMON, head
from ntm_tui.papers.contents.standing import lacking_words, standing_words
from ntm_tui.papers.contents.words import DOTS, day, paragraphs
from ntm_tui.papers.word.values import Known, Line, Values

if TYPE_CHECKING:
    from db.desk import Desk
    from db.reporting.spans import Span
    from ntm_tui.papers.paper import Wanted

MEETING = (
    Known("ngay_hop", "ngày họp"),
    Known("dia_diem", "địa điểm"),
    Known("thanh_phan", "thành phần tham dự"),
    Known("chu_toa", "người chủ trì"),
    Known("thu_ky", "thư ký"),
)
"""The fields of any meeting."""

BRIEFING = (
    *COMMON,
    *MEETING,
    Known("tieu_chi", "kết quả tiêu chí so với kỳ giao ban trước", several=True),
    Known("chua_dat", "tiêu chí chưa đạt", several=True),
    done.TASKS,
    money.WORKS,
    done.OBSTACLES,
    Known("dien_bien", "diễn biến, ý kiến do cán bộ ghi", several=True),
    Known(
        "ket_luan",
        "các kết luận của cuộc họp",
        {
            "tt": "số thứ tự",
            "viec": "việc phải làm",
            "nguoi": "người làm",
            "han": "hạn",
            "tinh_trang": "tình trạng",
        },
    ),
    Known("ket_thuc", "câu kết thúc"),
)

_DAYS = {"Tuần": 7, "Tháng": 31, "Quý": 92}
"""How far a first briefing looks back."""


def briefing(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the minutes of a briefing, the newest one unless one is named."""
    held = [it for it in rows_of(desk, BRIEFINGS, wanted.today) if it.get("held_on")]
    row = next((it for it in held if it.record.id == wanted.row), held[0] if held else None)
    if row is None:
        from db.problems import NotFound

        raise NotFound(
            "Chưa ghi cuộc giao ban nào. Chưa lập gì. Hãy ghi ở F5, sổ Giao ban rồi lập biên bản."
        )
    return [_minutes(desk, wanted, row, _since(row, held))]


def _since(row: Row, held: Sequence[Row]) -> Span:
    """Give the time from the briefing of the same kind before to this one."""
    last = row.get("held_on")
    earlier = [
        it.get("held_on")
        for it in held
        if it.get("held_on") < last and it.get("cycle") == row.get("cycle")
    ]
    back = timedelta(days=_DAYS.get(row.text("cycle"), 7) - 1)
    first = max(earlier) + timedelta(days=1) if earlier else last - back
    return spans.between(first, last)


def _minutes(desk: Desk, wanted: Wanted, row: Row, span: Span) -> Values:
    held_on, cycle = row.get("held_on"), row.text("cycle").lower()
    progress = read_progress(desk, span, wanted.today)
    doings = read_doings(desk, span, wanted.today)
    works = read_capital(desk, span, wanted.today)
    return {
        **head(
            desk,
            wanted.today,
            kind="Biên bản",
            sign="BB-UBND",
            about=f"Họp giao ban {cycle} ngày {day(held_on)} về xây dựng nông thôn mới",
        ),
        "ngay_hop": f"ngày {day(held_on)}",
        "dia_diem": row.text("place") or "………………",
        "thanh_phan": row.text("present") or "………………",
        "chu_toa": row.text("chair") or "………………",
        "thu_ky": desk.officer,
        "tieu_chi": standing_words(progress),
        "chua_dat": lacking_words(progress),
        "cong_viec": done.task_words(doings),
        "cong_trinh": money.work_words(works, span),
        "vuong_mac": done.obstacle_words(doings),
        "dien_bien": paragraphs(row.get("minutes") or "") or (DOTS,),
        "ket_luan": _concluded(desk, wanted, row.record.id),
        "ket_thuc": f"Cuộc họp kết thúc vào ….. giờ ….., ngày {day(held_on)}./.",
    }


def _concluded(desk: Desk, wanted: Wanted, briefing_id: str) -> tuple[Line, ...]:
    tasks = [it for it in rows_of(desk, TASKS, wanted.today) if it.get("briefing") == briefing_id]
    lines = tuple(
        Line(
            {
                "tt": str(place),
                "viec": it.text("title"),
                "nguoi": it.text("assignee"),
                "han": day(it.get("due")),
                "tinh_trang": it.text("state"),
            }
        )
        for place, it in enumerate(sorted(tasks, key=lambda it: it.record.id), 1)
    )
    return lines or (Line({"viec": "Chưa ghi kết luận nào."}),)
