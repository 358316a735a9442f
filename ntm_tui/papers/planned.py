"""Where a criterion stands and what is planned for it: the half-year form, in Word and in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from db.judging import AS_GOOD_AS_MET, Status
from db.numbers import show_date
from db.registers.plan import PLAN
from db.registers.reading import read_page
from db.registers.register import Values

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sheet.records import Checklist, IndicatorState


def year_before(desk: Desk, now: Checklist) -> Checklist:
    """Give the checklist of the year before, by the same set."""
    sheet = now.sheet
    return desk.checklist(desk.sheet(set_id=sheet.criteria_set.id, year=sheet.year - 1))


def plans_of(desk: Desk, today: date) -> Mapping[str, Values]:
    """Give the year's plan by the number of its criterion."""
    page = read_page(desk, PLAN, today)
    return {it.id.split("|")[1]: it.values for it in page.records if not it.other}


def planned_by(plan: Values, last: date) -> date | None:
    """Give the day on which a criterion shall be met; None where it is later, or not planned."""
    planned: date | None = plan.get("planned_on")
    return planned if planned is not None and planned <= last else None


def aim_words(status: Status, planned: date | None, today: date) -> str:
    """Say what is aimed at; empty where nothing is planned, or nothing applies."""
    if status is Status.NOT_APPLICABLE:
        return ""
    if status in AS_GOOD_AS_MET:
        return "Giữ vững"
    if planned is None:
        return ""
    late = "quá hạn " if planned < today else ""
    return f"Đạt ({late}{show_date(planned)})"


def status_words(status: Status) -> str:
    """Write a status; empty where nothing was assessed."""
    return "" if status is Status.NOT_ASSESSED else status.label


def breakable(unit: str) -> str:
    """Let a long unit go on in the next line: "triệu đồng/ người/ năm"."""
    return unit.replace("/", "/ ")


def indicator_words(
    state: IndicatorState,
    before: IndicatorState | None,
    planned: date | None,
    year: int,
    today: date,
) -> dict[str, str]:
    """Give what the form says of an indicator beside its figures, by column; empty for nothing.

    Args:
        state: how it stands in the period.
        before: how it stood the year before.
        planned: the day on which its criterion shall be met by the end of the next period.
        year: the year of the checklist.
        today: the day it is.
    """
    threshold, status = state.threshold.effective, state.judgement.status
    is_next = planned is not None and status not in AS_GOOD_AS_MET
    return {
        "tt": state.indicator.number,
        "noi_dung": state.indicator.name,
        "dvt": breakable(threshold.unit(0)),
        "truoc_dg": status_words(before.judgement.status) if before is not None else "",
        "ky_dg": status_words(status),
        "kh_kq": threshold.text(year) if is_next else "",
        "kh_dg": aim_words(status, planned, today),
        "ghi_chu": "; ".join(filter(None, (state.judgement.reason, state.assessment.note))),
    }
