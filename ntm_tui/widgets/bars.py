"""Bars drawn from blocks, for what people would rather look at than read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from db.judging import Status
from ntm_tui.widgets.marks import MARKS

BLOCKS: Mapping[Status, str] = {
    Status.MET: "█",
    Status.NOT_APPLICABLE: "▓",
    Status.IN_PROGRESS: "▒",
    Status.NOT_MET: "▄",
    Status.NOT_ASSESSED: "░",
}
"""What each status is drawn with, in the order of a bar; told apart also without colours."""

DONE, OPEN = "█", "░"


def cells(counts: Sequence[int], width: int) -> list[int]:
    """Divide a bar among counts.

    Args:
        counts: what each part counts.
        width: the cells of the bar.

    Returns:
        The cells of each part, `width` in all; what is not nothing gets one cell at least, as
        long as there is room.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    given = [count * width // total for count in counts]
    for place, count in enumerate(counts):
        if count and not given[place]:
            given[place] = 1
    by_need = sorted(range(len(counts)), key=lambda it: -(counts[it] * width % total))
    while sum(given) < width:
        for place in by_need:
            if counts[place] and sum(given) < width:
                given[place] += 1
    while sum(given) > width:
        given[given.index(max(given))] -= 1
    return given


def status_bar(counts: Mapping[Status, int], width: int) -> Content:
    """Draw how many have each status, side by side."""
    parts = cells([counts.get(status, 0) for status in BLOCKS], width)
    return Content.assemble(
        *(
            (BLOCKS[status] * size, f"${MARKS[status].variable}")
            for status, size in zip(BLOCKS, parts, strict=True)
            if size
        )
    )


def progress_bar(done: int, total: int, width: int) -> Content:
    """Draw how far something has come; full only when all of it is done."""
    filled = width if done >= total else min(done * width // max(total, 1), width - 1)
    filled = max(filled, 1 if done > 0 else 0)
    return Content.assemble(
        (DONE * filled, "$primary"), (OPEN * (width - filled), "$foreground-muted")
    )


def legend(counts: Mapping[Status, int]) -> Content:
    """Say what the blocks of a status bar stand for, and how many they are."""
    return Content("  ").join(
        [
            Content.assemble(
                (BLOCKS[status], f"${MARKS[status].variable}"),
                f" {MARKS[status].word} {counts.get(status, 0)}",
            )
            for status in BLOCKS
            if counts.get(status, 0)
        ]
    )
