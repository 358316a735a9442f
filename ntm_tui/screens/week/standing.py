"""The standing, drawn: how far the commune has come towards its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from db.judging import CriterionStanding, Status
from db.numbers import show_date
from ntm_tui.screens.week.lines import light
from ntm_tui.widgets.bars import BLOCKS, legend, status_bar
from ntm_tui.widgets.fitting import apart, cut
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.criteria.definitions import CriterionGroup
    from db.week import Gain, Week

TALL = 32
"""Rows of a terminal from which each group of criteria gets a line of its own."""

WIDE = 100
WIDEST_BAR = 60
_LABEL, _GROUP_NAME = 17, 36


def draw(week: Week, gain: Gain | None, width: int, *, tall: bool) -> Iterator[Content]:
    """Give the lines of the panel.

    Args:
        week: what to draw.
        gain: the comparison with an earlier day, once it is known.
        width: the cells of a line.
        tall: whether there is room for a line for each group of criteria.
    """
    standing, commune = week.checklist.standing, week.commune
    aim = f"Phấn đấu: {commune.tier.label} năm {commune.target_year}"
    yield Content.styled(apart(aim, _deadline(week), width), "bold")
    if tall:
        yield Content("")
    by_criterion = Counter(one.status for one in standing.criteria)
    indicators = {status: standing.count(status) for status in Status}
    total = len(week.checklist.states)
    gained = (gain.criteria, gain.indicators) if gain else (0, 0)
    yield _row(f"Tiêu chí {standing.met}/{standing.total}", by_criterion, gained[0], width)
    yield _row(f"Chỉ tiêu {indicators[Status.MET]}/{total}", indicators, gained[1], width)
    yield Content(" " * (_LABEL if width >= WIDE else 0)) + legend(indicators)
    yield from _groups(week, width, tall=tall)
    if commune.held_tier is not None:
        if tall:
            yield Content("")
        yield light(week)


def _deadline(week: Week) -> str:
    day = show_date(week.commune.deadline)
    if week.days_left < 0:
        return f"quá hạn {-week.days_left} ngày ({day})"
    return f"còn {week.days_left} ngày, đến {day}" if week.days_left else f"hôm nay là hạn ({day})"


def _row(label: str, counts: Mapping[Status, int], gained: int, width: int) -> Content:
    said = f"  {gained:+d} so với 7 ngày trước".replace("-", "−") if gained else ""
    room = max(8, min(WIDEST_BAR, width - _LABEL - 30))
    style = "$status-met" if gained > 0 else "$status-not-met"
    return Content.assemble((label.ljust(_LABEL), "bold"), status_bar(counts, room), (said, style))


def _groups(week: Week, width: int, *, tall: bool) -> Iterator[Content]:
    by_number = {one.criterion.number: one for one in week.checklist.standing.criteria}
    groups = [
        (group, [by_number[one.number] for one in group.criteria])
        for group in week.checklist.sheet.criteria_set.groups
    ]
    if not tall:
        entries = [_group(group.number, found) for group, found in groups]
        yield Content("Nhóm  ") + Content("  ").join(entries)
        return
    for group, found in groups:
        yield _group_line(group, found, width)


def _group_line(group: CriterionGroup, found: list[CriterionStanding], width: int) -> Content:
    name = cut(f"{group.number:<4}{group.name}", _GROUP_NAME).ljust(_GROUP_NAME)
    return Content(" " * _LABEL) + _group(name, found, size=3 if width >= WIDE else 1)


def _group(label: str, found: list[CriterionStanding], *, size: int = 1) -> Content:
    """Draw one block for each criterion of a group, and how many of them are met."""
    blocks = [(BLOCKS[one.status] * size, f"${MARKS[one.status].variable}") for one in found]
    met = sum(one.met for one in found)
    head = f"{label} " if label else ""
    return Content.assemble(head, *blocks, f" {met}/{len(found)}")
