"""Progress over time, drawn week by week from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.judging import Status
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.widgets.columns import Point, draw_columns

if TYPE_CHECKING:
    from db.week import Past, Week

WIDTH = 72
HEIGHT = 6
"""Lines of a full column."""


class ProgressDialog(Dialog[None]):
    """Criteria and indicators met at the end of each week, and now.

    Args:
        week: how things stand.
        past: how they stood, the earliest first.
    """

    HELP = """
Mỗi cột là một tuần: cột cao đến đâu là đạt đến đó so với tổng số. Cột cuối là hôm nay. Số liệu lấy
từ lịch sử ghi trong máy, không phải nhập riêng.
"""
    DEFAULT_CSS = """
    ProgressDialog {
        .box { width: 78; scrollbar-size-vertical: 1; }
        Static { height: auto; }
    }
    """

    def __init__(self, week: Week, past: Sequence[Past]) -> None:
        super().__init__()
        self._week = week
        self._past = past

    def compose(self) -> ComposeResult:
        """Two drawings, one below the other."""
        standing = self._week.checklist.standing
        criteria = [one.criteria for one in self._past] + [standing.met]
        indicators = [one.indicators for one in self._past] + [standing.count(Status.MET)]
        with VerticalScroll(classes="box") as box:
            box.border_title = "Tiến độ theo tuần"
            box.border_subtitle = "Esc đóng"
            yield Static(self._drawn("Tiêu chí đạt", criteria, standing.total))
            total = len(self._week.checklist.states)
            yield Static(self._drawn("Chỉ tiêu đạt", indicators, total))

    def _drawn(self, title: str, values: Sequence[int], total: int) -> Content:
        days = [f"{one.day:%d/%m}" for one in self._past] + ["nay"]
        points = [Point(day, value) for day, value in zip(days, values, strict=True)]
        first, last = values[0], values[-1]
        change = f": {first} → {last}/{total}" if len(values) > 1 else f": {last}/{total}"
        lines = [Content.styled(f"{title}{change}", "bold")]
        return Content("\n").join([*lines, *draw_columns(points, total, WIDTH, HEIGHT)])
