"""The lines of the week: each says one thing and leads to where it can be dealt with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from db.judging import Risk
from db.numbers import show_date, show_number
from db.text import shown
from ntm_tui.widgets.fitting import cut, short_name
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from datetime import datetime

    from db.backups import Backup
    from db.registers.due import DueRow
    from db.sync.delivery import LastSent
    from db.week import Activity, DueIndicator, Week

_HEAD = 14
MOST_NUMBERS = 12
"""How many indicators a line names before it only counts."""

RISK_LOOKS = {
    Risk.NONE: ("√", "$status-met"),
    Risk.POSSIBLE: ("■", "$status-in-progress"),
    Risk.CERTAIN: ("×", "$status-not-met"),
}


class Place(StrEnum):
    """Where a line leads."""

    INDICATOR = "indicator"
    FILTER = "filter"
    REGISTER = "register"
    CHECKLIST = "checklist"
    THRESHOLDS = "thresholds"
    SYNC = "sync"
    PROFILE = "profile"
    BACKUPS = "backups"


@dataclass(frozen=True)
class Line:
    """One line; `key` tells it from the others, `place` and `what` say where Enter leads.

    With little room `middle` gives way; a line that `wraps` takes several instead.
    """

    key: str
    start: Content
    place: Place
    what: str = ""
    middle: str = ""
    end: str = ""
    wraps: bool = False

    @classmethod
    def sentence(cls, key: str, text: str | Content, place: Place, what: str = "") -> Line:
        """A line that is read in full, however narrow its place is."""
        return cls(
            key, text if isinstance(text, Content) else Content(text), place, what, wraps=True
        )

    def fit(self, width: int) -> Content:
        """Draw it into that many cells."""
        if self.wraps:
            return Content("\n").join((self.start + self.middle).wrap(max(width, 20)))
        room = width - self.start.cell_length
        end = cut(self.end, max(room * 2 // 3, room - cell_len(self.middle)))
        return self.start + cut(self.middle, room - cell_len(end)) + end


def blocker_lines(week: Week) -> Iterator[Line]:
    """Name the criteria that are not met, with what holds each back."""
    for one in week.blockers:
        mark, total = MARKS[one.status], len(one.criterion.indicators)
        lacking = f"còn {', '.join(one.lacking)}" if one.met or total == 1 else mark.word.lower()
        yield Line(
            f"criterion-{one.criterion.number}",
            Content.styled(f"{mark.sign} {one.criterion.number:>2} ", f"${mark.variable}"),
            Place.INDICATOR,
            what=(one.lacking or (one.criterion.indicators[0].number,))[0],
            middle=shown(one.criterion.name),
            end=f"  {one.met}/{total}  {lacking}",
        )


def task_lines(week: Week) -> Iterator[Line]:
    """Say what this week asks for, the most pressing first."""
    yield from _title_lines(week)
    yield from (_due(one) for one in week.overdue)
    yield from (_due(one) for one in week.due_soon)
    yield from (_due_row(one) for one in week.work.rows)
    yield from _next_due(week)
    yield from _stuck(week)
    yield from _gaps(week)
    yield from (_activity(one, week) for one in week.activity)
    if not week.activity:
        yield Line.sentence("activity", "7 ngày qua: chưa có thay đổi nào.", Place.FILTER, "all")
    yield _bundle(week)
    yield _backup(week.backup, week)
    if week.commune.held_tier is None:
        text = "Danh hiệu đang giữ: chưa ghi, nên chưa xét nguy cơ thu hồi."
        yield Line.sentence("held", text, Place.PROFILE)


def _title_lines(week: Week) -> Iterator[Line]:
    if week.commune.held_tier is None:
        return
    for place, tip in enumerate(week.held.withdrawal.tips):
        start = Content.styled("► ", "$accent")
        yield Line(f"tip-{place}", start, Place.FILTER, "not_met", tip.text, wraps=True)


def _due(one: DueIndicator) -> Line:
    who = shown(one.responsible) or "chưa phân công"
    return Line(
        f"due-{one.number}",
        _days_left(one.days_left),
        Place.INDICATOR,
        one.number,
        f" {one.number} {shown(short_name(one.name))}",
        f" · {who}",
    )


def _days_left(days: int) -> Content:
    if days < 0:
        return Content.styled(f"× quá {-days} ngày".ljust(_HEAD), "$status-not-met")
    left = f"còn {days} ngày" if days else "hạn hôm nay"
    return Content.styled(f"■ {left}".ljust(_HEAD), "$status-in-progress")


def _due_row(one: DueRow) -> Line:
    who = f" · {shown(one.person)}" if one.person else ""
    return Line(
        f"row-{one.row}",
        _days_left(one.days_left),
        Place.REGISTER,
        f"{one.register}/{one.row}",
        f" {shown(one.name)}",
        who,
    )


def _stuck(week: Week) -> Iterator[Line]:
    """Say what waits for somebody: an answer from above, money, a name."""
    work = week.work
    for key, number, words, register in (
        ("unreported", work.unreported, "Vướng mắc chưa báo cáo cấp trên", "obstacle"),
        ("unanswered", work.unanswered, "Vướng mắc chờ cấp trên trả lời", "obstacle"),
        ("answered", work.answered, "Vướng mắc đã có ý kiến cấp trên, cần làm tiếp", "obstacle"),
        ("unassigned", work.unassigned, "Tiêu chí, thôn chưa phân công ai", "responsibility"),
        ("reports", work.late_reports, "Báo cáo quá hạn chưa gửi", "sent_report"),
    ):
        if number:
            waited = f", lâu nhất {work.waiting_days} ngày" if key == "unanswered" else ""
            text = _gap(f"{words}: {number}{waited}")
            yield Line.sentence(key, text, Place.REGISTER, f"{register}/")
    for one in work.rhythms:
        if one.missed and one.last is not None:
            words = f"Giao ban {one.cycle.label.lower()}: lỡ {one.missed} kỳ"
            text = _gap(f"{words}, gần nhất {show_date(one.last)}")
            yield Line.sentence(f"briefing-{one.cycle}", text, Place.REGISTER, "briefing/")
    if work.unpaid:
        text = _gap(f"Vốn đã có khối lượng, chưa giải ngân: {show_number(work.unpaid)} triệu đồng")
        yield Line.sentence("unpaid", text, Place.REGISTER, "fund_line/")


def _next_due(week: Week) -> Iterator[Line]:
    if week.due_later:
        one = week.due_later[0]
        more = f"; sau tuần này còn {len(week.due_later)} hạn"
        text = f"Hạn tiếp theo: {show_date(one.due)} chỉ tiêu {one.number}{more}."
        yield Line.sentence("due-later", text, Place.INDICATOR, one.number)
    if not week.due:
        yield Line.sentence("due-none", "Chưa chỉ tiêu nào đến hạn.", Place.FILTER, "all")


def _gaps(week: Week) -> Iterator[Line]:
    if year := week.recognised_before_the_set:
        words = f"Công nhận năm {year}: rà soát lại, bổ sung theo bộ 2021-2025 trong kế hoạch năm"
        yield Line.sentence("recognised", _gap(words), Place.REGISTER, "criterion_plan/")
    unconfirmed = week.checklist.unconfirmed
    total = len(week.checklist.states)
    if week.differing:
        among = f", trong đó {_count(week.conflicts)}" if week.conflicts else ""
        text = _gap(f"Hai máy ghi khác nhau, cần chốt: {week.differing} ô{among}")
        yield Line.sentence("conflicts", text, Place.SYNC, "differing")
    if week.to_review:
        text = _gap(f"Cần xem lại vì bộ tiêu chí đã đổi: {_count(week.to_review)}")
        yield Line.sentence("to_review", text, Place.INDICATOR, week.to_review[0])
    if week.verdicts_differ:
        text = _gap(f"Thẩm tra khác tự đánh giá của xã: {_count(week.verdicts_differ)}")
        yield Line.sentence("verdicts", text, Place.FILTER, "differing")
    if week.missing_reason:
        text = _gap(f"Thiếu lý do: {_count(week.missing_reason)}")
        yield Line.sentence("missing_reason", text, Place.FILTER, "missing_reason")
    if week.missing_evidence:
        of_met = f", trong đó {week.met_unproven} đã tự đánh giá đạt" if week.met_unproven else ""
        text = _gap(f"Thiếu minh chứng: {_count(week.missing_evidence)}{of_met}")
        yield Line.sentence("missing_evidence", text, Place.FILTER, "missing_evidence")
    drafts = [number for number in week.drafts if number]
    if drafts:
        text = _gap(f"Chữ gõ dở chưa lưu: chỉ tiêu {', '.join(dict.fromkeys(drafts))}")
        yield Line.sentence("drafts", text, Place.INDICATOR, drafts[0])
    for name in week.unsaved:
        from db.journal.wording import register_label

        text = _gap(f"Chữ gõ dở chưa lưu được ở sổ {register_label(name)}")
        yield Line.sentence(f"unsaved-{name}", text, Place.REGISTER, f"{name}/")
    if unconfirmed:
        text = _gap(f"Mức đạt chưa đối chiếu với văn bản: {unconfirmed}/{total}")
        yield Line.sentence("unconfirmed", text, Place.THRESHOLDS)


def _gap(words: str) -> Content:
    return Content.assemble(("□ ", "$status-in-progress"), words)


def _count(numbers: tuple[str, ...]) -> str:
    if len(numbers) > MOST_NUMBERS:
        return f"{len(numbers)} chỉ tiêu"
    return f"{len(numbers)} chỉ tiêu ({', '.join(numbers)})"


def _activity(one: Activity, week: Week) -> Line:
    newest = f", mới nhất là {one.newest}" if one.newest else ""
    text = f"7 ngày qua: {shown(one.officer)} {one.actions} việc{newest} ({_when(one.at, week)})"
    place = Place.INDICATOR if one.newest else Place.FILTER
    return Line.sentence(f"activity-{one.officer}", text, place, one.newest or "all")


def _bundle(week: Week) -> Line:
    unsent = (
        f"{show_number(Decimal(week.unsent))} thay đổi chưa gửi" if week.unsent else "đã gửi hết"
    )
    text = _sent(week.sent, week) if week.sent else "Chưa gửi gói nào"
    return Line.sentence("bundle", f"{text}; {unsent}.", Place.SYNC)


def _sent(sent: LastSent, week: Week) -> str:
    text = f"Gói gửi {_when(sent.at, week)}, mã {sent.code}: "
    if sent.confirmed_at is None:
        return text + "chưa có biên nhận"
    return text + f"{shown(sent.confirmed_by)} đã nhận ({_when(sent.confirmed_at, week)})"


def _backup(copy: Backup | None, week: Week) -> Line:
    text = f"Sao lưu gần nhất: {_when(copy.made_at, week)}." if copy else "Chưa có bản sao lưu nào."
    return Line.sentence("backup", text, Place.BACKUPS)


def _when(moment: datetime, week: Week) -> str:
    from db.clock import VIETNAM

    local = moment.astimezone(VIETNAM)
    days = (week.today - local.date()).days
    day = {0: "hôm nay", 1: "hôm qua"}.get(days, show_date(local.date()))
    return f"{local:%H:%M} {day}"


def light(week: Week) -> Content:
    """The withdrawal light of a commune that holds a title: its range over the whole set."""
    found, held = week.held.withdrawal, week.commune.held_tier
    if held is None:
        return Content("")
    sign, style = RISK_LOOKS[found.risk]
    least, most = len(found.failed), len(found.failed) + len(found.open)
    span = f"{least} đến {most}" if most > least else str(least)
    return Content.assemble(
        f"Đang giữ {held.label}: ",
        (f"{sign} {found.risk.label}", f"bold {style}"),
        f" · {span}/{week.held.standing.total} tiêu chí không đạt",
    )
