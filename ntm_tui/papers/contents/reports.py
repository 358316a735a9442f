"""What the regular reports say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from db.numbers import show_date
from db.registers.reading import read_page
from db.registers.reports import REPORT_DUTIES, REPORTS
from db.reporting.money import Capital, read_capital
from db.reporting.progress import Progress, read_progress
from db.reporting.villages import read_villages
from db.reporting.work import Doings, read_doings
from ntm_tui.papers.contents import capital as money
from ntm_tui.papers.contents import doings as done
from ntm_tui.papers.contents.by_village import week_table
from ntm_tui.papers.contents.head import COMMON, above, head, people_committee
from ntm_tui.papers.contents.standing import lacking_words, standing_words
from ntm_tui.papers.contents.tables import (
    CRITERIA,
    HALF_YEAR,
    RESOURCES,
    WORKS,
    criteria_table,
    half_year_table,
    resource_table,
    work_table,
)
from ntm_tui.papers.contents.words import DOTS, paragraphs
from ntm_tui.papers.word.values import Known, Values

if TYPE_CHECKING:
    from db.desk import Desk
    from db.reporting.spans import Span
    from ntm_tui.papers.paper import Wanted

BODY = (
    *COMMON,
    Known("ky", "kỳ báo cáo, ví dụ tuần 16/09 - 22/09/2024"),
    Known("ky_nay", "ngày cuối của kỳ, ví dụ Đến 22/09/2024"),
    Known("ky_truoc", "ngày cuối của kỳ trước, ví dụ Đến 15/09/2024"),
    Known("ky_sau", "kỳ sau, ví dụ tháng 10/2024"),
    Known("sau_do", "kỳ sau bằng chữ in hoa, ví dụ THÁNG TỚI"),
    Known("mo_dau", "đoạn mở đầu"),
    Known("chi_dao", "công tác chỉ đạo, điều hành", several=True),
    Known("tieu_chi", "kết quả thực hiện tiêu chí so với kỳ trước", several=True),
    Known("chua_dat", "tiêu chí chưa đạt", several=True),
    done.TASKS,
    money.WORKS,
    money.FUNDS,
    money.GIFTS,
    Known("phong_trao", "tuyên truyền, vận động, mô hình", several=True),
    done.OBSTACLES,
    Known("ky_toi", "nhiệm vụ kỳ tới", several=True),
    Known("nhan_xet", "nhận xét, đánh giá do cán bộ viết", several=True),
    Known("kien_nghi", "đề xuất, kiến nghị do cán bộ viết", several=True),
    Known("ket_thuc", "câu kết thúc"),
)
PERIODIC = (*BODY, CRITERIA)
YEARLY = (
    *PERIODIC,
    Known("cuoi_nam_truoc", "ngày cuối năm trước, ví dụ 31/12/2023"),
    HALF_YEAR,
    RESOURCES,
    WORKS,
)
WEEKLY = (
    *BODY,
    Known(
        "bang_tuan",
        "bảng theo xã và từng thôn",
        {
            "chi_tieu": "chỉ tiêu, việc được giao",
            "ket_qua": "kết quả trong tuần",
            "ke_hoach": "kế hoạch tuần tới",
        },
    ),
)


@dataclass(frozen=True)
class Told:
    """Everything that a report is written from. `own` is what the office wrote about it itself."""

    desk: Desk
    span: Span
    today: date
    progress: Progress
    doings: Doings
    capital: Capital
    own: Mapping[str, Any]


def read_told(desk: Desk, wanted: Wanted) -> Told:
    """Read what a report says."""
    span, today = wanted.span, wanted.today
    reports = read_page(desk, REPORTS, today)
    named = wanted.row or (f"{span.cycle.value}|{span.key}" if span.cycle is not None else "")
    record = reports.record(named)
    return Told(
        desk,
        span,
        today,
        read_progress(desk, span, today),
        read_doings(desk, span, today),
        read_capital(desk, span, today),
        record.values if record is not None else {},
    )


def weekly(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the weekly report."""
    told = read_told(desk, wanted)
    villages = read_villages(desk, told.progress)
    table = week_table(told.progress, told.doings, told.capital, villages)
    return [{**body(told), "bang_tuan": table}]


def periodic(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the monthly or quarterly report, or one that is asked for once."""
    return [_periodic(read_told(desk, wanted))]


def _periodic(told: Told) -> dict[str, Any]:
    return {**body(told), "bang_tieu_chi": criteria_table(told.desk, told.progress, told.today)}


def yearly(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the half-yearly or yearly report."""
    told = read_told(desk, wanted)
    span, today, now = told.span, told.today, told.progress.now
    last_year = date(now.sheet.year - 1, 12, 31)
    return [
        {
            **_periodic(told),
            "cuoi_nam_truoc": show_date(last_year),
            "bieu_tieu_chi": half_year_table(desk, now, span, today),
            "bieu_nguon_luc": resource_table(desk, span, today),
            "bieu_cong_trinh": work_table(told.capital, span),
        }
    ]


def body(told: Told) -> dict[str, Any]:
    """Give the fields that all regular reports have."""
    span, doings, progress = told.span, told.doings, told.progress
    office = people_committee(told.desk)
    duty = _duty(told)
    basis = f"Thực hiện {duty['basis']}, " if duty.get("basis") else ""
    subject = "Chương trình mục tiêu quốc gia xây dựng nông thôn mới"
    about = told.own.get("title") or f"Kết quả thực hiện {subject} {span.label}"
    recipients = paragraphs(told.own.get("recipients") or "")
    return {
        **head(
            told.desk,
            told.today,
            kind="Báo cáo",
            sign="BC-UBND",
            about=about,
            to=duty.get("receiver") or above(told.desk),
            recipients=recipients or _usual_recipients(told.desk),
        ),
        "ky": span.label,
        "ky_nay": f"Đến {show_date(progress.day)}",
        "ky_truoc": f"Đến {show_date(span.eve)}",
        "ky_sau": span.following.label,
        "sau_do": span.after.upper(),
        "mo_dau": f"{basis}{office} báo cáo kết quả thực hiện {subject} {span.label} như sau:",
        "chi_dao": done.directing_words(doings),
        "tieu_chi": standing_words(progress),
        "chua_dat": lacking_words(progress),
        "cong_viec": done.task_words(doings),
        "cong_trinh": money.work_words(told.capital, span),
        "von": money.money_words(told.capital, span),
        "huy_dong": money.gift_words(told.capital),
        "phong_trao": done.winning_words(doings),
        "vuong_mac": done.obstacle_words(doings),
        "ky_toi": done.next_words(doings, progress, own_words(told, "next_steps")),
        "nhan_xet": own_words(told, "remarks") or (DOTS,),
        "kien_nghi": own_words(told, "proposals") or (DOTS,),
        "ket_thuc": f"Trên đây là báo cáo kết quả thực hiện {subject} {span.label} của {office}./.",
    }


def own_words(told: Told, field: str) -> tuple[str, ...]:
    """Give the paragraphs that the office wrote in its row of the register of reports."""
    return paragraphs(told.own.get(field) or "")


def _duty(told: Told) -> Mapping[str, Any]:
    """Give by which rule the report is due: to whom, on which ground."""
    if told.span.cycle is None:
        return {}
    found = read_page(told.desk, REPORT_DUTIES, told.today).record(told.span.cycle.value)
    return found.values if found is not None else {}


def _usual_recipients(desk: Desk) -> tuple[str, ...]:
    return ("Thường trực Đảng ủy, HĐND xã", "Chủ tịch, các Phó Chủ tịch UBND xã")
