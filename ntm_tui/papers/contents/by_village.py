"""The table of the weekly report: what was to be reached, what was, and what comes next week.

One block for the commune, and one for each village.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.judging import Status
from db.reporting.money import Capital, WorkLine
from db.reporting.progress import Progress
from db.reporting.spans import Span
from db.reporting.villages import VillageGap, VillageStand
from db.reporting.work import Doings, TaskLine
from db.sheet.records import IndicatorState
from ntm_tui.papers.contents.capital import volume_words
from ntm_tui.papers.contents.standing import figure_words
from ntm_tui.papers.contents.words import aside, day, due_words, listed, number, sentence
from ntm_tui.papers.figures import show_figure
from ntm_tui.papers.word.values import Line


def week_table(
    progress: Progress, doings: Doings, capital: Capital, villages: Iterable[VillageStand]
) -> tuple[Line, ...]:
    """Give the rows of the table."""
    lines = [Line({}, heading="Toàn xã")]
    lines += [_of_indicator(progress, it) for one in progress.lacking for it in one.states]
    lines += _tasks(doings, "")
    for stand in villages:
        name = stand.village.name
        lines.append(Line({}, heading=name))
        own = [
            *(_of_gap(progress, it) for it in stand.gaps),
            *_tasks(doings, name),
            *(
                _of_work(it, progress.span)
                for it in capital.works
                if _shown(it, name, progress.span)
            ),
        ]
        if not stand.gaps:
            own.insert(0, _all_met(stand))
        lines += own
    return tuple(lines)


def _line(asked: str, result: str, plan: str) -> Line:
    return Line({"chi_tieu": asked, "ket_qua": sentence(result), "ke_hoach": sentence(plan)})


def _of_indicator(progress: Progress, state: IndicatorState) -> Line:
    threshold = state.threshold.effective
    wanted = threshold.text(progress.now.sheet.year)
    asked = f"{state.indicator.number} {state.indicator.name}: {wanted}"
    was = progress.was(state.indicator.number)
    before = figure_words(was) if was is not None and was.figure != state.figure else ""
    reason = state.judgement.reason.rstrip(". ")
    result = listed(
        (
            f"{figure_words(state)}{aside(before and f'{progress.span.before} {before}')}",
            f"{state.judgement.status.label.lower()}{aside(reason)}",
        )
    )
    missing = listed(it.text for it in state.judgement.shortfalls)
    due = due_words(state.assessment.due, progress.day)
    who = f"phụ trách: {state.assessment.responsible}" if state.assessment.responsible else ""
    return _line(asked, result, listed((missing, due, who)) or "Tiếp tục thực hiện")


def _of_gap(progress: Progress, gap: VillageGap) -> Line:
    indicator, threshold = gap.state.indicator, gap.state.threshold.effective
    figure = show_figure(gap.figure, indicator, threshold)
    changed = gap.figure_before is not None and gap.figure_before != gap.figure
    before = show_figure(gap.figure_before, indicator, threshold) if changed else ""
    result = listed(
        (
            f"{figure}{aside(before and f'{progress.span.before} {before}')}",
            gap.status.label.lower() if gap.status is not Status.NOT_ASSESSED else "",
        )
    )
    return _line(
        f"{indicator.number} {indicator.name}", result, listed(gap.missing) or "Tiếp tục thực hiện"
    )


def _all_met(stand: VillageStand) -> Line:
    met, total = number(stand.met), number(stand.total)
    open_ = stand.total - stand.met
    plan = f"Đánh giá nốt {number(open_)} chỉ tiêu" if open_ else "Giữ vững kết quả"
    return _line("Các chỉ tiêu ghi theo thôn", f"Đạt {met}/{total} chỉ tiêu", plan)


def _tasks(doings: Doings, village: str) -> Iterator[Line]:
    for task in (*doings.done, *doings.open):
        if task.village == village:
            yield _of_task(task)


def _of_task(task: TaskLine) -> Line:
    due = f"hạn {day(task.due)}" if task.due else ""
    late = f"quá hạn {task.late_days} ngày" if task.late_days else ""
    state = listed((task.state.lower(), late))
    result = f"{state}: {task.result}" if task.result else state
    plan = "Đã xong" if task.done else listed(("Tiếp tục thực hiện", due))
    return _line(f"{task.title}{aside(task.who)}", result, plan)


def _shown(work: WorkLine, village: str, span: Span) -> bool:
    return work.village == village and (work.ended_on is None or span.holds(work.ended_on))


def _of_work(work: WorkLine, span: Span) -> Line:
    plan = "Nghiệm thu, thanh toán" if work.ended_on else "Tiếp tục thi công"
    return _line(f"Công trình {work.title}", volume_words(work, span), plan)
