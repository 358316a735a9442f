"""The answer to "còn thiếu gì để đạt?", line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from db.judging import AS_GOOD_AS_MET, Status
from db.numbers import show_date
from db.text import shown
from ntm_tui.papers.figures import show_figure
from ntm_tui.screens.checklist.bars import criterion_bar, figure_bar
from ntm_tui.screens.checklist.filters import missing_evidence
from ntm_tui.screens.checklist.picture import Facts, Picture
from ntm_tui.screens.checklist.rows import CriterionRow
from ntm_tui.widgets.lines import BASE, QUIET, WARNING, Line, Piece, say
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.checklist import IndicatorState
    from db.checklist.of_villages import VillageFinding
    from db.guidance import GuidanceRecord

MOST_VILLAGES = 6


def of_criterion(row: CriterionRow, told: GuidanceRecord | None = None) -> Iterator[Line]:
    """Say how a criterion stands, what holds it back, and what its agency tells about it."""
    status = row.standing.status
    yield say("Kết quả", (MARKS[status].label, status))
    yield say("Chỉ tiêu", f"{criterion_bar(row.met, len(row.statuses))}  {row.met} đã đạt")
    for one, found in zip(row.standing.criterion.indicators, row.statuses, strict=True):
        if found not in AS_GOOD_AS_MET:
            yield say(one.number, (MARKS[found].label, found), f" · {shown(one.name)}")
    criterion = row.standing.criterion
    if criterion.withdrawal_key:
        yield say("Lưu ý", ("tiêu chí chốt khi xét thu hồi danh hiệu", WARNING))
    if criterion.people_criterion:
        yield say("Lưu ý", "tiêu chí phụ thuộc chính người dân")
    yield from _guidance(told)


def of_indicator(state: IndicatorState, picture: Picture, facts: Facts) -> Iterator[Line]:
    """Say what is required, what there is, what is lacking, who does it until when."""
    yield _requirement(state, picture.checklist.sheet.year)
    yield from _figure(state)
    yield from _distance(state, picture.checklist.sheet.year)
    yield _finding(state)
    yield from _verdict(state)
    yield from _conflict(state)
    yield from _review(state)
    yield from _people(state, picture.today)
    yield _evidence(state, picture)
    yield from _villages(state, facts.villages)
    if state.assessment.note:
        yield say("Ghi chú", shown(state.assessment.note))
    yield from _guidance(picture.guidance.get(state.criterion.number))
    yield from _history(facts)


def _requirement(state: IndicatorState, year: int) -> Line:
    threshold, known = state.threshold.effective, state.threshold
    source = [threshold.source.label]
    if known.confirmed:
        source += [threshold.document, known.officer]
        if known.confirmed_at is not None:
            source.append(moment(known.confirmed_at))
    if not threshold.known_in(year):
        source.append("chưa có mức để so")
    elif state.judgement.rests_on_unconfirmed:
        source.append("đánh giá đang dựa trên mức này")
    style = BASE if known.confirmed else QUIET
    words = ", ".join(shown(word) for word in source if word)
    return say("Yêu cầu", threshold.text(year), (f" ({words})", style))


def _figure(state: IndicatorState) -> Iterator[Line]:
    text = show_figure(state.figure, state.indicator, state.threshold.effective)
    if not text:
        yield say("Hiện có", ("chưa có số liệu", QUIET))
        return
    typed = state.assessment.figure
    derived = state.indicator.by_village and (state.typed_differs or state.figure != typed)
    missing = f" (còn {state.missing_villages} thôn chưa có số)" if state.missing_villages else ""
    yield say("Hiện có", text, ", cộng từ các thôn" if derived else "", (missing, WARNING))
    if state.typed_differs:
        own = show_figure(typed, state.indicator, state.threshold.effective)
        yield say("", (f"! số xã ghi riêng là {own}", WARNING))


def _distance(state: IndicatorState, year: int) -> Iterator[Line]:
    bar = figure_bar(state, year)
    lacking = "; ".join(one.text for one in state.judgement.shortfalls)
    style = "met" if state.judgement.suggested is Status.MET else "not_met"
    if lacking:
        yield say("Còn thiếu", (bar and f"{bar}  ", style), lacking.removeprefix("còn thiếu "))
    elif bar:
        yield say("", (bar, style))


def _finding(state: IndicatorState) -> Line:
    judged = state.judgement
    pieces: list[str | Piece] = [(MARKS[judged.status].label, judged.status)]
    if judged.suggested not in (None, judged.status):
        against = "trái với số liệu, gợi ý" if judged.against_figure else "số liệu gợi ý"
        pieces.append(f" ({against} {MARKS[judged.suggested].label})")
    elif judged.suggested is None and state.figure is not None:
        pieces.append((f" ({judged.reason_vi})", QUIET))
    if judged.missing_reason:
        pieces.append(("  ! thiếu lý do", WARNING))
    elif state.assessment.reason:
        pieces.append(f" · lý do: {shown(state.assessment.reason)}")
    return say("Đánh giá", *pieces)


def _verdict(state: IndicatorState) -> Iterator[Line]:
    """Say what the upper level found, and whether that is something else."""
    found = state.verdict
    if found.status is Status.NOT_ASSESSED and not found.note:
        return
    pieces: list[str | Piece] = [(MARKS[found.status].label, found.status)]
    if state.disagrees:
        pieces.append(("  ≠ khác tự đánh giá của xã", WARNING))
    rest = [shown(it) for it in (found.agency, found.note) if it]
    yield say("Thẩm tra", *pieces, f" · {': '.join(rest)}" if rest else "")


def _guidance(told: GuidanceRecord | None) -> Iterator[Line]:
    if told is not None:
        source = ", ".join(shown(it) for it in (told.agency, told.basis) if it)
        yield say("Hướng dẫn", shown(told.text), (f" ({source})" if source else "", QUIET))


def _conflict(state: IndicatorState) -> Iterator[Line]:
    if state.conflicts:
        what = ", ".join(state.conflicts).lower()
        yield say(
            "Trái nhau",
            (f"! hai máy ghi khác nhau: {what}", WARNING),
            ". F8 rồi 3 để so hai bên và chốt; ghi lại ở đây cũng là chốt.",
        )


def _review(state: IndicatorState) -> Iterator[Line]:
    if state.to_review:
        what = ", ".join(state.to_review)
        yield say("Xem lại", (f"! khác bộ tiêu chí trước: {what}", WARNING))
    if state.assessment.carried_from:
        yield say("Lấy từ", (f"bộ tiêu chí trước ({state.assessment.carried_from})", QUIET))


def _people(state: IndicatorState, today: date) -> Iterator[Line]:
    found = state.assessment
    words = [shown(found.responsible)] if found.responsible else []
    if found.due is None:
        if words:
            yield say("Phụ trách", *words)
        return
    words.append(f"hạn {show_date(found.due)}")
    days = (found.due - today).days
    late = days < 0 and state.judgement.status not in AS_GOOD_AS_MET
    yield say(
        "Phụ trách",
        " · ".join(words),
        (f"  ! quá hạn {-days} ngày", WARNING) if late else "",
        f", còn {days} ngày" if days >= 0 else "",
    )


def _evidence(state: IndicatorState, picture: Picture) -> Line:
    missing = missing_evidence(state, picture.attached)
    expected = len(state.indicator.evidence)
    documents = picture.attached.get(state.indicator.number, ())
    names = {kind.id: kind.name for kind in picture.checklist.sheet.criteria_set.evidence_kinds}
    listed = "; ".join(names.get(kind, kind) for kind in missing)
    absent = sum(not one.present for one in documents)
    return say(
        "Minh chứng",
        f"{expected - len(missing)}/{expected} loại, {len(documents)} tài liệu",
        (f" · thiếu: {listed}", QUIET) if missing else "",
        (f"  ! {absent} tệp không có trên máy này", WARNING) if absent else "",
    )


def _villages(state: IndicatorState, villages: tuple[VillageFinding, ...]) -> Iterator[Line]:
    late = [one for one in villages if one.status not in AS_GOOD_AS_MET]
    known = any(one.figure or one.status is not Status.NOT_ASSESSED for one in villages)
    if not late or not known:
        return
    listed = ", ".join(_village(state, one) for one in late[:MOST_VILLAGES])
    more = f" và {len(late) - MOST_VILLAGES} thôn nữa" if len(late) > MOST_VILLAGES else ""
    yield say("Thôn chậm", f"{listed}{more}")


def _village(state: IndicatorState, one: VillageFinding) -> str:
    figure = show_figure(one.figure, state.indicator, state.threshold.effective)
    what = figure.split(" = ")[0] or MARKS[one.status].word.lower()
    return f"{shown(one.village.name)} {what}"


def _history(facts: Facts) -> Iterator[Line]:
    if facts.history:
        newest = facts.history[0]
        said = f"mới nhất {shown(newest.officer)}, {moment(newest.written_at)}"
        yield say("Lịch sử", (f"{len(facts.history)} lần ghi · {said}", QUIET))


def moment(at: datetime) -> str:
    """Show a moment as it was in Vietnam."""
    from db.clock import VIETNAM

    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
