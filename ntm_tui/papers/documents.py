"""The Word papers. What each is made of is imported when one is made."""

from __future__ import annotations

from db.periods import Cycle
from ntm_tui.papers.paper import Paper, Written


def _weekly() -> Written:
    from ntm_tui.papers.contents import reports
    from ntm_tui.papers.word.drafts import reports as drafts

    return Written(reports.WEEKLY, drafts.weekly, reports.weekly)


DOCUMENTS: tuple[Paper, ...] = (
    Paper(
        "bao-cao-tuan",
        "Báo cáo tuần",
        "Kết quả trong tuần so với tuần trước, theo xã và từng thôn, kế hoạch tuần tới.",
        cycle=Cycle.WEEK,
        timed=True,
        register="sent_report",
        written=_weekly,
    ),
)
"""Every Word paper, in the order in which they are offered."""
