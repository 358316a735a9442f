"""What opens over the list: the form, the history and the documents of an indicator."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ntm_tui.screens.checklist.area import ChecklistArea
from ntm_tui.screens.checklist.picture import find_facts

if TYPE_CHECKING:
    from db.desk import Desk
    from ntm_tui.dialogs.dialog import Dialog


class Opening(ChecklistArea):
    """Each waits until its box has the focus, so that keys typed ahead go into it."""

    async def _open(self, dialog: Dialog[None]) -> None:
        await self.app.push_screen(dialog)
        if dialog.focused is None:
            dialog.focus_next()

    async def action_edit(self) -> None:
        """Open the indicator under the cursor for writing."""
        row, desk = self.chosen(), await self.ntm.at_desk()
        if row is None or self.picture is None or desk is None:
            return
        if self.picture.upper:
            await self._open_verdict(desk, row.number)
            return
        from db import drafts
        from ntm_tui.dialogs.indicator import IndicatorForm

        sheet = self.picture.checklist.sheet
        place = drafts.of_finding(sheet, row.number)
        found = await asyncio.to_thread(drafts.find, desk, place)
        await self._open(IndicatorForm(self, sheet, row.state, place, found))

    async def _open_verdict(self, desk: Desk, number: str) -> None:
        """Open what the upper level says about an indicator for writing."""
        from ntm_tui.dialogs.verdict import VerdictForm, read_verdict

        if self.picture is not None:
            sheet = self.picture.checklist.sheet
            found = await asyncio.to_thread(read_verdict, desk, sheet, number)
            await self._open(VerdictForm(self, number, *found))

    async def action_show_history(self) -> None:
        """Show who wrote what about the indicator under the cursor."""
        row, desk = self.chosen(), await self.ntm.at_desk()
        if row is None or self.picture is None or desk is None:
            return
        from ntm_tui.dialogs.history import HistoryDialog, told

        facts = await asyncio.to_thread(find_facts, desk, self.picture.checklist, row.number)
        title, name = f"chỉ tiêu {row.number}", row.state.indicator.name
        await self._open(HistoryDialog(title, name, told(facts.history, row.state)))

    async def action_show_evidence(self) -> None:
        """Show the documents of the indicator under the cursor."""
        await self._open_evidence(attach=False)

    async def action_attach_file(self) -> None:
        """Attach a file to the indicator under the cursor."""
        await self._open_evidence(attach=True)

    async def _open_evidence(self, *, attach: bool) -> None:
        row = self.chosen()
        if row is not None and await self.ntm.at_desk() is not None:
            from ntm_tui.dialogs.evidence import EvidenceDialog
            from ntm_tui.dialogs.papers import IndicatorPapers

            await self._open(EvidenceDialog(IndicatorPapers(self, row.number), attach=attach))
