"""The tables that reports carry: criteria, the half-year form, resources, works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from db.judging import AS_GOOD_AS_MET
from db.registers.register import Values
from db.reporting.money import Capital
from db.reporting.progress import Progress
from db.reporting.resources import (
    ALL_RESOURCES,
    RESOURCE_ROWS,
    Found,
    ResourceRow,
    given_parts,
)
from db.reporting.sources import read_money
from db.reporting.spans import Span
from db.sheet.records import Checklist
from ntm_tui.papers.contents.capital import volume_words
from ntm_tui.papers.contents.standing import criterion_words, figure_words
from ntm_tui.papers.contents.words import day, number, percent
from ntm_tui.papers.planned import indicator_words, planned_by, plans_of, year_before
from ntm_tui.papers.word.values import Known, Line

if TYPE_CHECKING:
    from db.desk import Desk
    from db.judging import CriterionStanding
    from db.reporting.money import WorkLine

CRITERIA = Known(
    "bang_tieu_chi",
    "bảng các tiêu chí, kỳ trước và hiện nay",
    {
        "tt": "số tiêu chí",
        "ten": "tên tiêu chí",
        "truoc": "kết quả kỳ trước",
        "nay": "kết quả hiện nay",
        "chua_dat": "các chỉ tiêu chưa đạt",
        "ke_hoach": "ngày dự kiến đạt theo Kế hoạch năm",
    },
)
HALF_YEAR = Known(
    "bieu_tieu_chi",
    "biểu kết quả từng chỉ tiêu: năm trước, kỳ này, kế hoạch kỳ sau",
    {
        "tt": "số tiêu chí, chỉ tiêu",
        "noi_dung": "tên tiêu chí, chỉ tiêu",
        "dvt": "đơn vị tính",
        "truoc_kq": "kết quả cuối năm trước",
        "truoc_dg": "đánh giá cuối năm trước",
        "ky_kq": "kết quả kỳ này",
        "ky_dg": "đánh giá kỳ này",
        "kh_kq": "kế hoạch kỳ sau",
        "kh_dg": "đánh giá dự kiến kỳ sau",
        "ghi_chu": "ghi chú",
    },
)
RESOURCES = Known(
    "bieu_nguon_luc",
    "biểu nguồn lực theo nguồn, triệu đồng",
    {
        "tt": "số thứ tự",
        "ten": "nguồn",
        "ke_hoach": "kế hoạch năm",
        "ket_qua": "kết quả huy động",
        "con_lai": "phần còn phải huy động trong năm",
    },
)
WORKS = Known(
    "bieu_cong_trinh",
    "biểu công trình",
    {
        "tt": "số thứ tự",
        "ten": "công trình, thôn",
        "ke_hoach": "kế hoạch vốn, triệu đồng",
        "trong_ky": "khối lượng, tiến độ trong kỳ",
        "ket_qua": "đã giải ngân, triệu đồng",
        "ty_le": "tỷ lệ giải ngân",
        "ghi_chu": "ghi chú",
    },
)


# -- Criteria --------------------------------------------------------------------------------------


def criteria_table(desk: Desk, progress: Progress, today: date) -> tuple[Line, ...]:
    """Give each criterion as it stood and as it stands."""
    before = {}
    if progress.before is not None:
        before = {it.criterion.number: it for it in progress.before.standing.criteria}
    plans = plans_of(desk, today)
    lacking = {it.criterion.number: it.states for it in progress.lacking}
    return tuple(
        Line(
            {
                "tt": one.criterion.number,
                "ten": one.criterion.name,
                "truoc": _counted(before.get(one.criterion.number)),
                "nay": _counted(one),
                "chua_dat": ", ".join(
                    it.indicator.number for it in lacking.get(one.criterion.number, ())
                ),
                "ke_hoach": ""
                if one.met
                else day(plans.get(one.criterion.number, {}).get("planned_on")),
            }
        )
        for one in progress.now.standing.criteria
    )


def _counted(one: CriterionStanding | None) -> str:
    if one is None:
        return "–"
    met = sum(one.count(it) for it in AS_GOOD_AS_MET)
    return f"{one.status.label} ({met}/{len(one.criterion.indicators)})"


# -- The half-year form ----------------------------------------------------------------------------


def half_year_table(desk: Desk, now: Checklist, span: Span, today: date) -> tuple[Line, ...]:
    """Give each indicator: last year's result, this span's, what is planned for the next.

    Args:
        desk: whose.
        now: the checklist at the end of the span.
        span: the half year or year.
        today: the day it is.
    """
    before = year_before(desk, now)
    return tuple(_half_year(now, before, plans_of(desk, today), span, today))


def _half_year(
    now: Checklist, before: Checklist, plans: Mapping[str, Values], span: Span, today: date
) -> Iterator[Line]:
    last = span.following.last
    for one in now.standing.criteria:
        planned = planned_by(plans.get(one.criterion.number, {}), last)
        yield Line({}, heading=criterion_words(one))
        for indicator in one.criterion.indicators:
            state = now.by_number[indicator.number]
            earlier = before.by_number.get(indicator.number)
            words = indicator_words(state, earlier, planned, now.sheet.year, today)
            yield Line(
                {
                    **words,
                    "truoc_kq": figure_words(earlier) if earlier is not None else "",
                    "ky_kq": figure_words(state),
                }
            )


# -- Money -----------------------------------------------------------------------------------------


def resource_table(desk: Desk, span: Span, today: date) -> tuple[Line, ...]:
    """Give what is planned of each source and what came of it."""
    until = min(span.last, today)
    year = desk.sheet().year if until >= today else until.year
    money = read_money(desk, span.period, year, until, today)
    found = {it.source: it for it in money.by_source()}
    lines = [_resource(row, found) for row in RESOURCE_ROWS]
    parts = [Line({"ten": name, "ket_qua": number(value)}) for name, value in given_parts(found)]
    return (*lines, *parts, _resource(ALL_RESOURCES, found))


def _resource(row: ResourceRow, found: Found) -> Line:
    return Line(
        {
            "tt": row.place,
            "ten": row.name,
            "ke_hoach": number(row.planned(found)),
            "ket_qua": number(row.raised(found)),
            "con_lai": number(row.left(found)),
        }
    )


def work_table(capital: Capital, span: Span) -> tuple[Line, ...]:
    """Give each work with its progress and money."""
    found = tuple(_work(str(place), it, span) for place, it in enumerate(capital.works, 1))
    return found or (Line({"ten": "Chưa ghi công trình nào."}),)


def _work(place: str, work: WorkLine, span: Span) -> Line:
    village = f"\n({work.village})" if work.village else ""
    return Line(
        {
            "tt": place,
            "ten": f"{work.title}{village}",
            "ke_hoach": number(work.plan),
            "trong_ky": volume_words(work, span),
            "ket_qua": number(work.paid),
            "ty_le": percent(work.rate),
            "ghi_chu": work.note or work.builder,
        }
    )
