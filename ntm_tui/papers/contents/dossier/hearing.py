"""The minutes of the meeting that asks for recognition, and the report on people's opinions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.registers.dossier import still_to_agree
from ntm_tui.papers.contents.dossier.told import (
    BLANK,
    SHARED,
    Told,
    read_told,
    shared_words,
    vote_words,
)
from ntm_tui.papers.contents.meetings import MEETING
from ntm_tui.papers.contents.standing import found_words
from ntm_tui.papers.contents.words import DOTS, day
from ntm_tui.papers.word.values import Known, Values

if TYPE_CHECKING:
    from db.desk import Desk
    from ntm_tui.papers.paper import Wanted

MINUTES = (*SHARED, *MEETING, Known("ket_luan", "kết luận của cuộc họp"))
OPINIONS = (*SHARED, Known("cong_khai", "việc công khai, lấy ý kiến", several=True))


def minutes(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the minutes of the meeting that asks for recognition."""
    told = read_told(desk, wanted)
    held = told.step("meeting", "done_on") or told.step("meeting", "planned_on")
    shared = shared_words(
        told,
        "meeting",
        kind="Biên bản",
        sign="BB-UBND",
        about=f"Họp đề nghị xét, công nhận xã {desk.commune.name} {told.aim}",
        end="họp thống nhất kết quả tự đánh giá.",
    )
    return [
        {
            **shared,
            "ngay_hop": f"ngày {day(held)}" if held else "ngày ….. tháng ….. năm ……",
            "dia_diem": BLANK,
            "thanh_phan": BLANK,
            "chu_toa": BLANK,
            "thu_ky": desk.officer,
            "bieu_quyet": [it for it in vote_words(told) if it.startswith("Họp")],
            "ket_luan": _concluded(told),
            "ket_thuc": "Cuộc họp kết thúc vào ….. giờ ….. cùng ngày./.",
        }
    ]


def _concluded(told: Told) -> str:
    """Say what the meeting agreed to; room for it where nobody wrote down how it voted."""
    agreed, asked = told.step("meeting", "agreed"), told.step("meeting", "asked")
    what = f"đề nghị cấp có thẩm quyền thẩm tra, xét, công nhận xã {told.desk.commune.name}"
    if agreed is None or not asked:
        return DOTS
    if still_to_agree("meeting", told.desk.commune.tier, agreed, asked):
        return f"Tỷ lệ đồng ý chưa đủ để {what} {told.aim}."
    return f"Cuộc họp thống nhất {what} {told.aim}."


def opinions(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the report on the opinions of the people."""
    told = read_told(desk, wanted)
    published = told.step("published", "done_on")
    when = f"từ ngày {day(published)}" if published else f"từ ngày {BLANK}"
    shared = shared_words(
        told,
        "opinions",
        kind="Báo cáo",
        sign="BC-UBND",
        about=(
            "Tổng hợp ý kiến tham gia về kết quả thực hiện các tiêu chí nông thôn mới năm "
            f"{told.progress.now.sheet.year}"
        ),
        end="báo cáo tổng hợp ý kiến tham gia của nhân dân và các tổ chức như sau:",
    )
    return [
        {
            **shared,
            "cong_khai": (
                f"Kết quả tự đánh giá được công khai {when} tại trụ sở xã, nhà văn hóa các thôn "
                "và trên hệ thống truyền thanh.",
                found_words(told.progress),
            ),
            "bieu_quyet": [it for it in vote_words(told) if not it.startswith("Họp")],
            "ket_thuc": "Trên đây là báo cáo tổng hợp ý kiến tham gia./.",
        }
    ]
