"""The work area of the week."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from ntm_tui.commands import GoWeek, ShowProgress, bindings
from ntm_tui.compat import work
from ntm_tui.screens.area import AreaScreen
from ntm_tui.screens.week.line_list import LineList
from ntm_tui.screens.week.panel import StandingPanel

if TYPE_CHECKING:
    from db.desk import Desk
    from db.week import Past, Week

WIDE = 110
"""Columns of a terminal from which the two lists stand side by side."""


class WeekScreen(AreaScreen):
    """Where the commune stands, which criteria block it, and what this week asks for."""

    HELP = (
        "Tuần này: xã đạt đến đâu, tiêu chí nào đang vướng, việc nào đến hạn. "
        "Mũi tên lên xuống để chọn một dòng, Enter để tới chỗ làm việc đó."
    )
    BINDINGS = bindings(ShowProgress)
    CSS = """
    WeekScreen {
        #lists { height: 1fr; layout: vertical; }
        LineList, LineList:focus { border: none; border-top: solid $border-blurred; }
        LineList:focus {
            border-top: solid $border;
            border-title-color: $primary;
            background-tint: $foreground 0%;
        }
        #blockers { height: auto; max-height: 50%; }
        #tasks { height: 1fr; }
        &.-wide #lists { layout: horizontal; }
        &.-wide #blockers { width: 4fr; height: 1fr; max-height: 100%; margin-right: 1; }
        &.-wide #tasks { width: 5fr; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    area = GoWeek

    def __init__(self) -> None:
        super().__init__()
        self._past: tuple[Past, ...] = ()
        self._past_key: tuple[object, ...] = ()

    def compose_area(self) -> ComposeResult:
        """The drawn standing, then what blocks it, then what is to be done."""
        yield StandingPanel()
        with Container(id="lists"):
            yield LineList(id="blockers")
            yield LineList(id="tasks")

    def on_mount(self) -> None:
        """Say how to go on from here."""
        self.say("↑ ↓ chọn một dòng, Enter tới chỗ làm việc đó.")

    def read(self, desk: Desk) -> Week:
        """Read the week as it is now."""
        from db.clock import now
        from db.week import read_week

        return read_week(desk, now())

    def show(self, data: Any) -> None:
        """Show the week, and compare with a week ago when that has been read."""
        from ntm_tui.screens.week.lines import blocker_lines, task_lines

        week: Week = data
        blockers = list(blocker_lines(week))
        self.query_one(StandingPanel).week = week
        title = f"Tiêu chí chưa đạt: {len(blockers)}" if blockers else "Mọi tiêu chí đều đạt"
        first = self.query_one("#blockers", LineList)
        first.show(title, blockers)
        first.display = bool(blockers)
        self.query_one("#tasks", LineList).show("Việc tuần này", list(task_lines(week)))
        if self.focused is None:
            self.query_one("#blockers" if blockers else "#tasks").focus()
        self._compare(week)

    @work(group="gain", exclusive=True)
    async def _compare(self, week: Week) -> None:
        desk = self.ntm.desk
        if desk is None:
            return
        from db.week import gain, read_past

        if self._past_key != week.past_key:
            self._past = await asyncio.to_thread(read_past, desk, week)
            self._past_key = week.past_key
        panel = self.query_one(StandingPanel)
        panel.gain = gain(week, self._past[-1]) if self._past else None

    async def action_show_progress(self) -> None:
        """Draw the progress over the last weeks."""
        week = self.query_one(StandingPanel).week
        if week is not None:
            from ntm_tui.dialogs.progress import ProgressDialog

            await self.app.push_screen(ProgressDialog(week, self._past))

    @on(LineList.Left)
    def _cross(self, event: LineList.Left) -> None:
        """Go on into the other list; at the very ends stay."""
        lists = [it for it in self.query(LineList) if it.display]
        place = lists.index(event.sender) + event.step
        if 0 <= place < len(lists):
            there = lists[place]
            there.highlighted = 0 if event.step > 0 else there.option_count - 1
            there.focus()

    @on(LineList.Followed)
    async def _follow(self, event: LineList.Followed) -> None:
        """Go where the line leads."""
        from ntm_tui.screens.week.following import follow

        await follow(self.ntm, event.line.place, event.line.what)
