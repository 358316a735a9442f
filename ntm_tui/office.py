"""Commands about the office itself: the commune's profile, who works, the copies of the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.owner import Owner
from db.problems import Problem
from ntm_tui.commands import (
    ArrangeSheets,
    EditCommune,
    ImportWorkbook,
    ShowBackups,
    SwitchOfficer,
    SwitchSet,
    bindings,
)
from ntm_tui.compat import work
from ntm_tui.keeper import Keeper
from ntm_tui.screens.area import AreaScreen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from db.criteria.definitions import CriteriaSet
    from db.desk import Desk
    from db.drafts import Place
    from db.home import Home
    from ntm_tui.papers.workbooks.forms import Form
    from ntm_tui.papers.workbooks.table import Table

_NEED_A_STORE = {
    it.action() for it in (EditCommune, SwitchSet, SwitchOfficer, ArrangeSheets, ShowBackups)
}
_WHO_SITS_DOWN = "Ai ngồi máy lúc này?"


class Office(Keeper):
    """The application's side of these commands; each opens a dialog once there is a store."""

    BINDINGS = bindings(
        *(EditCommune, SwitchSet, SwitchOfficer, ImportWorkbook, ArrangeSheets, ShowBackups)
    )

    def seat(self, desk: Desk) -> None:
        """Sit at the same store anew."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer these commands only once there is a store."""
        if action in _NEED_A_STORE:
            return self.desk is not None
        if action == ImportWorkbook.action():  # what a commune found, only its own machine writes
            return self.desk is not None and self.owner is Owner.COMMUNE
        return super().check_action(action, parameters)

    async def take_commune(self) -> bool:
        """Put the commune that is pointed at in front; the first one where none is."""
        desk = self.desk
        if desk is None or desk.upper is None:
            return True
        meant = self.screen.commune_meant if isinstance(self.screen, AreaScreen) else ""
        chosen = await asyncio.to_thread(_choose_commune, desk, meant)
        if chosen is None:
            self.notify("Chưa nhận gói của xã nào. Bấm F8 rồi nhận gói của các xã.")
            return False
        if chosen is not desk:
            self.seat(chosen)
        return True

    async def renew(self) -> None:
        """Read the commune's profile anew, after something else than its form changed it."""
        if self.desk is not None:
            self.seat(await asyncio.to_thread(self.desk.refreshed))

    async def action_edit_commune(self) -> None:
        """Open the commune's profile."""
        area = self.screen
        if self.desk is not None and isinstance(area, AreaScreen):
            from ntm_tui.dialogs.commune import CommuneDialog

            known = await asyncio.to_thread(_for_profile, self.desk)
            self.push_screen(CommuneDialog(area, self.desk, *known))

    async def action_switch_set(self) -> None:
        """Look at another of the commune's criteria sets; nothing is written by that."""
        desk = self.desk
        if desk is None or not isinstance(self.screen, AreaScreen):
            return
        from ntm_tui.dialogs.choice import ChoiceDialog

        sets = await asyncio.to_thread(desk.sets)
        here = desk.sheet().criteria_set.id
        choices = [(one.short_name, "đang xem" if one.id == here else "") for one in sets]
        place = next((at for at, one in enumerate(sets) if one.id == here), 0)

        def chosen(place: int | None) -> None:
            if place is not None and self.desk is not None:
                self.seat(replace(self.desk, looking_at=sets[place].id))
                self.notify(f"Đang xem {sets[place].short_name}.", markup=False)

        self.push_screen(ChoiceDialog("Xem theo bộ tiêu chí nào?", choices, place), chosen)

    async def action_switch_officer(self) -> None:
        """Let another officer work."""
        if self.desk is not None and isinstance(self.screen, AreaScreen):
            from ntm_tui.dialogs.officer import OfficerDialog

            names = await asyncio.to_thread(_officers, self.desk)
            self.push_screen(OfficerDialog(self.desk, names), self._hand_over)

    async def ask_officer(self) -> None:
        """Ask who sits down, where several work at this machine; Enter or Esc is the last one."""
        desk = self.desk
        if desk is None:
            return
        names = await asyncio.to_thread(_officers, desk)
        if len(names) > 1 and isinstance(self.screen, AreaScreen):
            from ntm_tui.dialogs.officer import OfficerDialog

            self.push_screen(OfficerDialog(desk, names, title=_WHO_SITS_DOWN), self._hand_over)

    def _hand_over(self, chosen: tuple[str, str] | None) -> None:
        if chosen is not None and self.desk is not None and chosen[0] != self.desk.officer:
            self._take_over(*chosen)

    @work(group="officer")
    async def _take_over(self, name: str, position: str) -> None:
        desk = await self.write(lambda desk: desk.taken_by(name, position))
        if desk is not None:
            self.seat(desk)
            self.notify(f"Từ đây, việc làm được ghi theo tên {desk.officer}.", markup=False)

    def action_import_workbook(self) -> None:
        """Let a person choose an old workbook, and open it to be looked at."""
        area = self.screen
        if self.desk is None or not isinstance(area, AreaScreen):
            return
        from ntm_tui.dialogs.file_picker import FilePicker
        from ntm_tui.dialogs.workbook import WorkbookDialog

        endings = (".xlsx", ".xlsm", ".xls")

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.push_screen(WorkbookDialog(area, path))

        self.push_screen(FilePicker("Chọn sổ Excel của xã", endings), chosen)

    async def action_arrange_sheets(self) -> None:
        """Let a person choose a sheet, and say how it looks."""
        desk = self.desk
        if desk is None or not isinstance(self.screen, AreaScreen):
            return
        from ntm_tui.dialogs.choice import ChoiceDialog
        from ntm_tui.dialogs.forms.arranging import kept_forms, sheets_of

        sheets = await asyncio.to_thread(sheets_of, desk)
        kept = await asyncio.to_thread(kept_forms, desk)
        choices = [(one.tab, "đã đổi" if one.key in kept else "") for one in sheets]

        def chosen(place: int | None) -> None:
            if place is not None:
                self._arrange_sheet(desk, sheets[place])

        self.push_screen(ChoiceDialog("Đổi mẫu của bảng nào?", choices), chosen)

    def _arrange_sheet(self, desk: Desk, table: Table) -> None:
        from ntm_tui.dialogs.forms import FormDialog
        from ntm_tui.dialogs.forms.arranging import begin

        def arranged(form: Form | None) -> None:
            if form is not None:
                self._keep_form(desk, table, form)

        self.push_screen(FormDialog(*begin(desk, table)), arranged)

    @work(group="forms")
    async def _keep_form(self, desk: Desk, table: Table, form: Form) -> None:
        from ntm_tui.papers.workbooks.form_file import keep_form

        try:
            await asyncio.to_thread(keep_form, desk.home, table, form)
        except Problem as problem:
            self.tell(problem)

    def action_show_backups(self) -> None:
        """Show the copies of the store."""
        if isinstance(self.screen, AreaScreen):
            self.choose_backup()

    def choose_backup(self, otherwise: Callable[[], Any] = lambda: None) -> None:
        """Let a person choose a copy and go back to it.

        Args:
            otherwise: what to do when none was chosen.
        """
        from ntm_tui.dialogs.backups import BackupsDialog

        def chosen(copy: Path | None) -> None:
            if copy is None:
                otherwise()
            else:
                self._restore(copy)

        self.push_screen(BackupsDialog(self.home), chosen)

    @work(group="open", exclusive=True)
    async def _restore(self, copy: Path) -> None:
        """Let go of the store, put a copy in its place and open it; what it replaces is kept."""
        await self.close_desk()
        try:
            await asyncio.to_thread(_put_back, self.home, copy)
        except Problem as problem:
            self.tell(problem)
        else:
            self.notify(
                f"Đã dùng lại bản sao lưu. Kho trước đó còn nguyên trong {self.home.replaced}.",
                title="Phục hồi",
                markup=False,
            )
        await self.open_desk()


def _choose_commune(desk: Desk, meant: str) -> Desk | None:
    """Give the desk with a commune in front; None when there is none."""
    from db.upper import communes_in

    if not meant and desk.commune.scope != desk.office_scope:
        return desk
    with desk.reading() as session:
        codes = communes_in(session)
    wanted = meant if meant in codes else next(iter(codes), "")
    if not wanted or wanted == desk.commune.scope:
        return desk if wanted else None
    return desk.at_commune(wanted)


def _for_profile(
    desk: Desk,
) -> tuple[tuple[CriteriaSet, ...], Place, Mapping[str, str], Mapping[int, int]]:
    from db import checklist, criteria_sets, drafts

    place = drafts.Place("commune", desk.commune.scope)
    with desk.reading() as session:
        findings = checklist.count_by_year(session, desk.sheet())
    return criteria_sets.available(desk.home), place, drafts.find(desk, place), findings


def _officers(desk: Desk) -> tuple[str, ...]:
    from db.communes import officers

    with desk.reading() as session:
        return officers(session, desk.office_scope)


def _put_back(home: Home, copy: Path) -> None:
    from db import backups
    from db.lock import StoreLock

    lock = StoreLock(home).acquire()
    try:
        backups.restore(home, copy)
    finally:
        lock.release()
