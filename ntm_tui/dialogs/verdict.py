"""The form of a verdict: what the upper level says of an indicator, beside its digit."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from ntm_tui.dialogs.row import RowForm
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.desk import Desk
    from db.drafts import Place
    from db.registers.reading import Page
    from db.sheet.records import Sheet
    from ntm_tui.screens.checklist.area import ChecklistArea

Found = tuple["Page", str, "Place", Mapping[str, str]]
"""The register of verdicts, the row of one, where its drafts are, and what was being typed."""


class VerdictForm(RowForm):
    """Which agency verified, and its remarks; the verdict itself is a digit in the list."""

    HELP = """
Nhận xét của cơ quan thẩm tra. Kết quả đạt hay chưa đạt bấm bằng số ở bảng. Mỗi ô tự lưu khi rời ô.
"""

    def __init__(
        self,
        area: ChecklistArea,
        number: str,
        page: Page,
        row: str,
        place: Place,
        drafts: Mapping[str, str],
    ) -> None:
        super().__init__(area, page, row, place, drafts)
        self._number = number
        self._checklist = area
        self._shown: Page | None = None

    def tell_area(self, page: Page, row: str) -> None:
        """Let the checklist read the remarks."""
        self._shown = page
        self._checklist.run_worker(self._checklist.reread(), group="reread", exclusive=True)

    def page_now(self) -> Page | None:
        """The register as it was written last."""
        return self._shown

    async def reread(self) -> None:
        """Read anew what undo changed."""
        if self.area.ntm.desk is not None:
            sheet = self._page.context.sheet
            found = await asyncio.to_thread(read_verdict, self.area.ntm.desk, sheet, self._number)
            self._shown = found[0]

    def heading(self) -> Content:
        """The indicator, what the commune found, what was found here."""
        record = self._page.record(self._row)
        name = super().heading()
        if record is None:
            return name
        own, found = record.values.get("own", ""), record.values.get("found", "")
        return Content.assemble(
            name,
            "\nXã tự đánh giá: ",
            MARKS[own].label if own in MARKS else "",
            " · thẩm tra: ",
            MARKS[found].label if found in MARKS else "",
        )


def read_verdict(desk: Desk, sheet: Sheet, number: str) -> Found:
    """Read what the form of an indicator's verdict needs. Runs in a thread."""
    from db import drafts
    from db.clock import today
    from db.registers.reading import read_page
    from db.registers.upper import VERDICTS
    from db.verdicts import row_of

    row = row_of(sheet, number)
    place = drafts.of_row(VERDICTS.name, row)
    return read_page(desk, VERDICTS, today()), row, place, drafts.find(desk, place)
