"""Sentences about the checklist: how many are met, what changed, what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.judging import CriterionStanding, Status
from db.reporting.progress import Lacking, Progress
from db.sheet.records import Checklist, IndicatorState
from ntm_tui.papers.contents.words import day, listed, sentence
from ntm_tui.papers.figures import show_figure

_MOST_NAMED = 12
"""Indicators that are called by their whole name in one sentence."""


def standing_words(progress: Progress) -> tuple[str, ...]:
    """Say how the commune stands, beside how it stood before."""
    return tuple(_standing(progress))


def found_words(progress: Progress) -> str:
    """Say how the commune stands, and nothing of what was before."""
    document = progress.now.sheet.criteria_set.short_name
    return f"Đến hết ngày {day(progress.day)}, theo {document}, xã đạt {_counts(progress.now)}."


def _standing(progress: Progress) -> Iterator[str]:
    yield f"{found_words(progress).rstrip('.')}; {_compared(progress)}."
    if progress.criteria_gained:
        named = listed(f"{it.number}. {it.name}" for it in progress.criteria_gained)
        yield f"Tiêu chí đạt thêm: {named}."
    if progress.gained:
        yield f"Chỉ tiêu đạt thêm: {_named(progress.gained)}."
    if progress.criteria_lost or progress.lost:
        named = listed(f"tiêu chí {it.number}. {it.name}" for it in progress.criteria_lost)
        yield sentence(f"Không còn đạt: {listed((named, _named(progress.lost)))}")
    if moved := listed(_moved(progress)):
        yield f"Số liệu thay đổi: {moved}."


def _counts(found: Checklist) -> str:
    standing = found.standing
    aside = standing.count(Status.NOT_APPLICABLE)
    apart = f" ({aside} chỉ tiêu không áp dụng)" if aside else ""
    met = standing.count(Status.MET)
    return f"{standing.met}/{standing.total} tiêu chí, {met}/{len(found.states)} chỉ tiêu{apart}"


def _compared(progress: Progress) -> str:
    if progress.before is None:
        return f"chưa có số liệu {progress.span.before} để so sánh"
    now, then = progress.now.standing, progress.before.standing
    criteria = now.met - then.met
    indicators = now.count(Status.MET) - then.count(Status.MET)
    changes = _changes((criteria, "tiêu chí"), (indicators, "chỉ tiêu"))
    if not changes:
        return f"giữ nguyên so với {progress.span.before}"
    before = f"{then.met} tiêu chí, {then.count(Status.MET)} chỉ tiêu"
    return f"so với {progress.span.before} ({before}) {changes}"


def _changes(*counts: tuple[int, str]) -> str:
    """Say what rose and what fell: "tăng 1 tiêu chí, 2 chỉ tiêu"."""
    risen = ", ".join(f"{count} {unit}" for count, unit in counts if count > 0)
    fallen = ", ".join(f"{-count} {unit}" for count, unit in counts if count < 0)
    parts = (f"tăng {risen}" if risen else "", f"giảm {fallen}" if fallen else "")
    return ", ".join(it for it in parts if it)


def _named(states: Iterable[IndicatorState]) -> str:
    found = list(states)
    if len(found) > _MOST_NAMED:
        return ", ".join(it.indicator.number for it in found)
    return listed(f"{it.indicator.number} {it.indicator.name}" for it in found)


def _moved(progress: Progress) -> Iterator[str]:
    """Name the figures that are others than before, for indicators that are not met yet."""
    for lacking in progress.lacking:
        for state in lacking.states:
            was = progress.was(state.indicator.number)
            if was is not None and was.figure != state.figure and was.figure and state.figure:
                before, now = figure_words(was), figure_words(state)
                yield f"chỉ tiêu {state.indicator.number} từ {before} thành {now}"


def criterion_words(one: CriterionStanding) -> str:
    """Name a criterion and say how it stands, over the lines of its indicators."""
    return f"{one.criterion.number}. {one.criterion.name}: {one.status.label.lower()}"


def figure_words(state: IndicatorState) -> str:
    """Write the figure that counts; empty where there is none."""
    return show_figure(state.figure, state.indicator, state.threshold.effective)


def lacking_words(progress: Progress) -> tuple[str, ...]:
    """Say which criteria are not met, and by which indicators."""
    if not progress.lacking:
        return ("Tất cả các tiêu chí của bộ đã đạt.",)
    named = listed(_lacking(it) for it in progress.lacking)
    return (f"Còn {len(progress.lacking)} tiêu chí chưa đạt: {named}.",)


def _lacking(one: Lacking) -> str:
    numbers = ", ".join(it.indicator.number for it in one.states)
    return f"{one.criterion.number}. {one.criterion.name} (chỉ tiêu {numbers})"
