"""The Word papers. What each is made of is imported when one is made."""

from __future__ import annotations

from dataclasses import replace

from db.owner import Owner
from db.periods import Cycle
from ntm_tui.papers.paper import REPORT, Paper, Subject, Written
from ntm_tui.papers.subjects import agencies, briefings, reports_asked_once, villages


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


def _briefing() -> Written:
    from ntm_tui.papers.contents import meetings
    from ntm_tui.papers.word.drafts import minutes

    return Written(meetings.BRIEFING, minutes.briefing, meetings.briefing)


def _responsibilities() -> Written:
    from ntm_tui.papers.contents import lists
    from ntm_tui.papers.word.drafts import lists as drafts

    return Written(lists.DUTIES, drafts.responsibilities, lists.responsibilities)


def _evidence() -> Written:
    from ntm_tui.papers.contents import lists
    from ntm_tui.papers.word.drafts import lists as drafts

    return Written(lists.EVIDENCE, drafts.evidence, lists.evidence)


def _village() -> Written:
    from ntm_tui.papers.contents import lists
    from ntm_tui.papers.word.drafts import lists as drafts

    return Written(lists.VILLAGE, drafts.village, lists.villages)


def _application() -> Written:
    from ntm_tui.papers.contents.dossier import application
    from ntm_tui.papers.word.drafts import dossier as drafts

    return Written(application.APPLICATION, drafts.application, application.application)


def _results() -> Written:
    from ntm_tui.papers.contents.dossier import results
    from ntm_tui.papers.word.drafts import dossier as drafts

    return Written(results.RESULT, drafts.results, results.results)


def _recognition() -> Written:
    from ntm_tui.papers.contents.dossier import hearing
    from ntm_tui.papers.word.drafts import minutes

    return Written(hearing.MINUTES, minutes.recognition, hearing.minutes)


def _opinions() -> Written:
    from ntm_tui.papers.contents.dossier import hearing
    from ntm_tui.papers.word.drafts import dossier as drafts

    return Written(hearing.OPINIONS, drafts.opinions, hearing.opinions)


def _field() -> Written:
    from ntm_tui.papers.contents import fields
    from ntm_tui.papers.word.drafts import upper

    return Written(fields.FIELD, upper.field, fields.fields)


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

_WORK = (
    Paper(
        "bien-ban-giao-ban",
        "Biên bản giao ban",
        "Biên bản một cuộc giao ban đã ghi: tình hình, ý kiến, kết luận.",
        register="briefing",
        subject=Subject("Cuộc giao ban", briefings),
        written=_briefing,
    ),
    Paper(
        "phan-cong",
        "Bảng phân công",
        "Ai chịu trách nhiệm tiêu chí nào, thôn nào; thành viên các ban.",
        register="responsibility",
        written=_responsibilities,
    ),
    Paper(
        "phieu-thon",
        "Phiếu thôn",
        "Phiếu để trưởng thôn điền tay, nhập lại đúng thứ tự ở F4; mỗi thôn một phiếu.",
        register="village",
        subject=Subject("Thôn", villages, all_together=True),
        written=_village,
    ),
    Paper(
        "minh-chung",
        "Danh mục minh chứng",
        "Từng chỉ tiêu có những tài liệu nào.",
        written=_evidence,
    ),
)
_DOSSIER = (
    Paper(
        "to-trinh",
        "Tờ trình đề nghị công nhận",
        "Tờ trình thẩm tra, đề nghị xét, công nhận xã đạt chuẩn.",
        step="application",
        written=_application,
    ),
    Paper(
        "bao-cao-ket-qua",
        "Báo cáo kết quả xây dựng nông thôn mới",
        "Báo cáo kết quả trong hồ sơ, kèm biểu chi tiết từng chỉ tiêu.",
        step="result_report",
        written=_results,
    ),
    Paper(
        "bien-ban-hop",
        "Biên bản họp đề nghị công nhận",
        "Biên bản họp thống nhất, có kết quả biểu quyết.",
        step="meeting",
        written=_recognition,
    ),
    Paper(
        "bao-cao-y-kien",
        "Báo cáo tổng hợp ý kiến",
        "Tổng hợp ý kiến tham gia của nhân dân và các tổ chức.",
        step="opinions",
        written=_opinions,
    ),
)
_UPPER = (
    Paper(
        "bao-cao-linh-vuc",
        "Báo cáo theo lĩnh vực",
        "Cơ quan chuyên môn báo cáo Ban Chỉ đạo về các tiêu chí phụ trách ở mọi xã.",
        level=Owner.UPPER,
        cycle=Cycle.MONTH,
        timed=True,
        register="agency",
        subject=Subject("Cơ quan", agencies, all_together=True),
        written=_field,
    ),
)

DOCUMENTS: tuple[Paper, ...] = (
    *(replace(it, timed=True, register=REPORT) for it in _REPORTS),
    *_WORK,
    *(replace(it, register="dossier_step") for it in _DOSSIER),
    *_UPPER,
)
"""Every Word paper, in the order in which they are offered."""


def has_papers(register: str) -> bool:
    """Tell whether papers are made of the rows of a register."""
    return any(it.register == register for it in DOCUMENTS)
