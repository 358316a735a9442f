"""The Word papers. What each is made of is imported when one is made."""

from __future__ import annotations

from dataclasses import replace

from db.periods import Cycle
from ntm_tui.papers.paper import Paper, Subject, Written
from ntm_tui.papers.subjects import reports_asked_once


def _weekly() -> Written:
    from ntm_tui.papers.contents import reports
    from ntm_tui.papers.word.drafts import reports as drafts

    return Written(reports.WEEKLY, drafts.weekly, reports.weekly)


def _periodic() -> Written:
    from ntm_tui.papers.contents import reports
    from ntm_tui.papers.word.drafts import reports as drafts

    return Written(reports.PERIODIC, drafts.periodic, reports.periodic)


def _yearly() -> Written:
    from ntm_tui.papers.contents import reports
    from ntm_tui.papers.word.drafts import reports as drafts

    return Written(reports.YEARLY, drafts.yearly, reports.yearly)


_ONCE = Subject("Báo cáo đột xuất", reports_asked_once)
_REPORTS = (
    Paper(
        "bao-cao-tuan",
        "Báo cáo tuần",
        "Kết quả trong tuần so với tuần trước, theo xã và từng thôn, kế hoạch tuần tới.",
        cycle=Cycle.WEEK,
        written=_weekly,
    ),
    Paper(
        "bao-cao-thang",
        "Báo cáo tháng",
        "Kết quả trong tháng so với tháng trước, vướng mắc, nhiệm vụ tháng tới.",
        cycle=Cycle.MONTH,
        written=_periodic,
    ),
    Paper(
        "bao-cao-quy",
        "Báo cáo quý",
        "Kết quả trong quý so với quý trước, vướng mắc, nhiệm vụ quý tới.",
        cycle=Cycle.QUARTER,
        written=_periodic,
    ),
    Paper(
        "bao-cao-6-thang",
        "Báo cáo 6 tháng",
        "Kết quả 6 tháng, kèm biểu chỉ tiêu, nguồn lực và công trình.",
        cycle=Cycle.HALF,
        written=_yearly,
    ),
    Paper(
        "bao-cao-nam",
        "Báo cáo năm",
        "Kết quả cả năm, kèm biểu chỉ tiêu, nguồn lực và công trình.",
        cycle=Cycle.YEAR,
        written=_yearly,
    ),
    Paper(
        "bao-cao-dot-xuat",
        "Báo cáo đột xuất",
        "Kết quả từ đầu năm hoặc trong khoảng ngày tự chọn.",
        subject=_ONCE,
        written=_periodic,
    ),
)

DOCUMENTS: tuple[Paper, ...] = tuple(
    replace(it, timed=True, register="sent_report") for it in _REPORTS
)
"""Every Word paper, in the order in which they are offered."""
