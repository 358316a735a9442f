"""Sentences about what was done, what stands in the way and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from db.registers.work import ObstacleStage
from db.reporting.progress import Progress
from db.reporting.work import Doings, ObstacleLine, PaperLine, TaskLine
from ntm_tui.papers.contents.words import aside, bullets, day, listed, sentence
from ntm_tui.papers.word.values import Known

TASKS = Known("cong_viec", "việc đã xong, việc quá hạn", several=True)
OBSTACLES = Known("vuong_mac", "khó khăn, vướng mắc", several=True)


def directing_words(doings: Doings) -> tuple[str, ...]:
    """Say how the work was directed: briefings, documents, visits."""
    return tuple(_directing(doings)) or (
        "Trong kỳ chưa ghi cuộc giao ban, văn bản chỉ đạo hay cuộc kiểm tra nào.",
    )


def _directing(doings: Doings) -> Iterator[str]:
    if doings.papers:
        named = listed(_paper(it) for it in doings.papers)
        yield f"Tiếp nhận, triển khai {len(doings.papers)} văn bản chỉ đạo: {named}."
    if doings.meetings:
        named = listed(
            f"giao ban {it.cycle.lower()} ngày {day(it.held_on)}"
            f"{aside(it.concluded and f'kết luận {it.concluded}')}"
            for it in doings.meetings
        )
        yield f"Tổ chức {len(doings.meetings)} cuộc giao ban: {named}."
    for it in doings.visits:
        mend = ""
        if it.mend:
            mended = f"đã khắc phục ngày {day(it.mended_on)}" if it.mended_on else "đang khắc phục"
            mend = f"; yêu cầu: {it.mend.rstrip('. ')} ({mended})"
        yield sentence(
            f"Ngày {day(it.visited_on)}, {it.who or 'đoàn kiểm tra'} kiểm tra về "
            f"{it.topic or 'xây dựng nông thôn mới'}{mend}"
        )


def _paper(one: PaperLine) -> str:
    issuer = f" của {one.issuer}" if one.issuer else ""
    return ": ".join(it for it in (f"{one.number}{issuer}".strip(), one.title) if it)


def winning_words(doings: Doings) -> tuple[str, ...]:
    """Say what was done to win people over, and how the models are."""
    found = []
    if doings.activities:
        people = sum(it.people or 0 for it in doings.activities)
        crowd = f", với {people} lượt người tham gia" if people else ""
        found.append(
            f"Tổ chức {len(doings.activities)} hoạt động tuyên truyền, vận động{crowd}: "
            + listed(
                f"{it.title}{aside(f'ngày {day(it.held_on)}', it.village, it.result.rstrip('. '))}"
                for it in doings.activities
            )
            + "."
        )
    else:
        found.append("Trong kỳ chưa ghi hoạt động tuyên truyền, vận động nào.")
    if doings.showcases:
        found.append(
            "Mô hình: "
            + listed(
                f"{it.title}{aside(it.kind, it.village)} – {it.state.lower() or 'chưa rõ'}"
                for it in doings.showcases
            )
            + "."
        )
    return tuple(found)


def task_words(doings: Doings) -> tuple[str, ...]:
    """Say which tasks were done and which are overdue."""
    found: list[str] = []
    if doings.done:
        found.append(f"Trong kỳ đã xong {len(doings.done)} việc:")
        found += bullets([_done(it) for it in doings.done])
    else:
        found.append("Trong kỳ chưa ghi việc nào hoàn thành.")
    if doings.late:
        found.append(f"Còn {len(doings.late)} việc quá hạn:")
        found += bullets([_open(it) for it in doings.late])
    return tuple(found)


def _done(task: TaskLine) -> str:
    result = f": {task.result}" if task.result else ""
    return f"{task.title}{aside(task.who, task.village)}{result}"


def _open(task: TaskLine) -> str:
    late = f"quá hạn {task.late_days} ngày" if task.late_days else ""
    due = f"hạn {day(task.due)}" if task.due else ""
    return f"{task.title}{aside(task.who, task.village, due, late)}"


def obstacle_words(doings: Doings) -> tuple[str, ...]:
    """Say what stands in the way, what was asked of the upper level, and what was solved."""
    found: list[str] = []
    if doings.obstacles:
        found += bullets([_obstacle(it) for it in doings.obstacles])
    else:
        found.append("Trong kỳ không có khó khăn, vướng mắc phải báo cáo.")
    if doings.solved:
        solved = listed(
            f"{it.title}{': ' if it.solution else ''}{it.solution.rstrip('. ')}"
            for it in doings.solved
        )
        found.append(f"Đã giải quyết xong trong kỳ: {solved}.")
    return tuple(found)


def _obstacle(one: ObstacleLine) -> str:
    stages = {
        ObstacleStage.NEW: "chưa báo cáo cấp trên",
        ObstacleStage.REPORTED: f"đã báo cáo cấp trên ngày {day(one.reported_on)}, chưa có trả lời",
        ObstacleStage.ANSWERED: f"cấp trên trả lời: {one.reply.rstrip('. ')}",
    }
    level = f"cấp giải quyết: {one.level.lower()}" if one.level else ""
    proposal = f"; đề xuất: {one.proposal}" if one.proposal else ""
    said = stages.get(one.stage, "giải quyết sau kỳ báo cáo")
    return f"{one.title}{aside(one.village, level)}: {said}{proposal}"


def next_words(doings: Doings, progress: Progress, own: tuple[str, ...]) -> tuple[str, ...]:
    """Say what comes next: the office's own words first, then tasks whose day comes."""
    found = list(own)
    tasks = [*doings.late, *doings.ahead]
    if tasks:
        found.append("Các việc còn phải làm:")
        found += bullets([_open(it) for it in tasks])
    if numbers := ", ".join(it.criterion.number for it in progress.lacking):
        found.append(f"Tiếp tục tập trung thực hiện các tiêu chí chưa đạt: tiêu chí {numbers}.")
    return tuple(found) or ("Giữ vững và nâng cao chất lượng các tiêu chí đã đạt.",)
