"""The ground of the work area: what it reads, and how it shows it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from ntm_tui.commands import GoChecklist
from ntm_tui.screens.checklist.answers import of_criterion, of_indicator
from ntm_tui.screens.checklist.looking import Looking
from ntm_tui.screens.checklist.picture import (
    Facts,
    Picture,
    at_first_sight,
    find_facts,
    take_picture,
)
from ntm_tui.screens.checklist.rows import CriterionRow, IndicatorRow, indicator_key
from ntm_tui.screens.checklist.table import ChecklistTable
from ntm_tui.screens.search_area import SearchArea
from ntm_tui.widgets.detail import Detail
from ntm_tui.widgets.top_line import SearchLine, TopLine

if TYPE_CHECKING:
    from datetime import date

    from textual.timer import Timer

    from db.checklist import Checklist
    from db.desk import Desk
    from db.glance import Glance

AT_REST = 0.08
"""Seconds after which the cursor counts as resting on a row."""

HEADING_SAID = "Đây là dòng tiêu chí: chọn một chỉ tiêu bên dưới rồi bấm lại."


class ChecklistArea(SearchArea):
    """Shows a picture of the checklist: the list, the standing, the detail of one row."""

    area = GoChecklist

    def __init__(self) -> None:
        super().__init__()
        self.table = ChecklistTable()
        self.search = SearchLine(id="search")
        self.picture: Picture | None = None
        self.looking = Looking()
        self._top = TopLine(self.search)
        self._detail = Detail()
        self._turn = 0
        self._facts: dict[str, Facts] = {}
        self._rest: Timer | None = None
        self._wanted = ""

    def compose_area(self) -> ComposeResult:
        """Top line, list, detail."""
        yield self._top
        with Container(id="body"):
            yield self.table
            yield self._detail

    @property
    def today(self) -> date:
        """The day it is in Vietnam."""
        if self.picture is None:
            raise RuntimeError("nothing was read yet")
        return self.picture.today

    def chosen(self) -> IndicatorRow | None:
        """The indicator under the cursor; on a heading this is told, and None."""
        row = self.table.current
        if isinstance(row, CriterionRow):
            self.say(HEADING_SAID)
            return None
        return row

    # -- Reading -----------------------------------------------------------------------------------

    def read(self, desk: Desk) -> Picture:
        """Read the list anew."""
        return take_picture(desk, self._turn)

    def show(self, data: Picture) -> None:
        """Show a picture, unless something was written while it was being taken."""
        if data.turn < self._turn:
            self.refresh_data()
            return
        self._take(data)

    def _take(self, data: Picture) -> None:
        if data.upper and self.picture is None:
            self.say("Cột trước: xã tự đánh giá · cột sau: thẩm tra, bấm số để ghi.")
        self.picture = data
        self._facts.clear()
        self.draw()
        if self._wanted:
            self.go_to(self._wanted)
            self._wanted = ""

    def show_glance(self, glance: Glance) -> None:
        """Show the list while the store is still being opened; digits wait until it is."""
        self._take(at_first_sight(glance))

    async def reread(self) -> None:
        """Read and show anew before anything else is done."""
        if self.ntm.desk is not None:
            self._turn += 1
            self.show(await asyncio.to_thread(self.read, self.ntm.desk))

    def written(self, checklist: Checklist, number: str) -> None:
        """Show what a write to one indicator made of the checklist."""
        if self.picture is not None:
            self._turn += 1
            self.picture = replace(self.picture, checklist=checklist, turn=self._turn)
            self._facts.pop(number, None)
            self.draw()

    # -- Showing -----------------------------------------------------------------------------------

    def draw(self) -> None:
        """Bring list, standing and detail up to the picture."""
        if self.picture is None:
            return
        rows = self.looking.rows(self.picture)
        year, upper = self.picture.checklist.sheet.year, self.picture.upper
        self.table.show(rows, year, verdicts=upper)
        self._top.tell(self.looking.filter.label, self.picture.standing)
        self._show_detail()

    def go_to(self, number: str) -> None:
        """Put the cursor on an indicator, as soon as there is one; what hides it is lifted."""
        if self.picture is None:
            self._wanted = number
        elif not self.table.go_to(indicator_key(number)):
            self.search.load("")
            self.looking.everything()
            self.draw()
            self.table.go_to(indicator_key(number))

    @on(ChecklistTable.Moved)
    def _show_detail(self) -> None:
        row, detail = self.table.current, self._detail
        if self.picture is None:
            return
        if row is None:
            detail.tell("Không có chỉ tiêu nào như vậy. Esc để xem lại tất cả.", [])
        elif isinstance(row, CriterionRow):
            criterion = row.standing.criterion
            said = of_criterion(row, self.picture.guidance.get(criterion.number))
            detail.tell(f"Tiêu chí {criterion.number}. {criterion.name}", [*said])
        elif self.ntm.desk is None:
            detail.tell(f"{row.number} {row.state.indicator.name}", [])
        else:
            facts = self._facts.get(row.number)
            answers = of_indicator(row.state, self.picture, facts or Facts())
            detail.tell(f"{row.number} {row.state.indicator.name}", [*answers])
            if facts is None:
                self._find_facts_at_rest(row.number)

    def _find_facts_at_rest(self, number: str) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(
            AT_REST,
            lambda: self.run_worker(self._find_facts(number), group="facts", exclusive=True),
        )

    async def _find_facts(self, number: str) -> None:
        if self.ntm.desk is None or self.picture is None:
            return
        turn, checklist = self._turn, self.picture.checklist
        facts = await asyncio.to_thread(find_facts, self.ntm.desk, checklist, number)
        if turn == self._turn:
            self._facts[number] = facts
            self._show_detail()
