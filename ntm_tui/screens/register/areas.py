"""The work areas made of registers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.owner import Owner
from ntm_tui.commands import (
    GoAgencies,
    GoCapital,
    GoReports,
    GoWork,
    IssueToCommunes,
    bindings,
)
from ntm_tui.screens.register.screen import RegisterScreen

if TYPE_CHECKING:
    from db.registers import Register
    from db.registers.reading import Page
    from db.registers.register import Record


class WorkScreen(RegisterScreen):
    """Sổ việc: what is to be done, by whom, by when, and what stands in the way."""

    area = GoWork

    def registers(self) -> Sequence[Register]:
        """Tasks and all that they come from, then people."""
        from db.registers import OF_WORK

        return OF_WORK


class CapitalScreen(RegisterScreen):
    """Vốn: works, money and what people give."""

    area = GoCapital

    def registers(self) -> Sequence[Register]:
        """Works, then money."""
        from db.registers import OF_CAPITAL

        return OF_CAPITAL


class ReportsScreen(RegisterScreen):
    """Báo cáo: the year's plan, the reports that are due, the way to recognition."""

    area = GoReports

    def registers(self) -> Sequence[Register]:
        """The plan, the reports and their rules, the dossier."""
        from db.registers import OF_REPORTS

        return OF_REPORTS


class UpperWorkScreen(RegisterScreen):
    """Sổ việc at the upper level: what the commune in front asks, and what is asked of it."""

    area = GoWork
    BINDINGS = bindings(IssueToCommunes)

    def registers(self) -> Sequence[Register]:
        """What waits for the upper level, then what it gave, then the commune's own."""
        from db.registers import OF_UPPER_WORK

        return OF_UPPER_WORK

    async def action_issue_to_communes(self) -> None:
        """Give the request under the cursor to other communes too."""
        from db.registers.upper import REQUESTS

        row, page, desk = self.table.current, self.page, self.ntm.desk
        if row is None or page is None or desk is None or page.register is not REQUESTS:
            self.say(f"Chọn một dòng ở sổ {REQUESTS.title} rồi bấm lại.")
            return
        from db.issuing import addressees
        from ntm_tui.dialogs.several import SeveralDialog

        found = await asyncio.to_thread(addressees, desk, row.key)
        given = [place for place, it in enumerate(found) if it.given]
        names = [f"Xã {it.name}" for it in found]

        def chosen(places: tuple[int, ...] | None) -> None:
            scopes = [found[place].scope for place in places or ()]
            if scopes:
                self.run_worker(self._issue(page, row.record, scopes), group="issue")

        await self.app.push_screen(
            SeveralDialog("Giao cho những xã nào?", names, range(len(names)), given), chosen
        )

    async def _issue(self, page: Page, record: Record, scopes: Sequence[str]) -> None:
        from db.issuing import issue

        count = await self.write(
            lambda desk: issue(desk, page.context, record.id, record.values, scopes)
        )
        if count is not None:
            name = page.register.called_by(record, page.context)
            self.say(f"Đã giao “{name}” cho {count} xã nữa. Nhầm thì Ctrl+Z.")


class UpperReportsScreen(RegisterScreen):
    """Báo cáo at the upper level: the way of the commune in front to its title."""

    area = GoReports

    def registers(self) -> Sequence[Register]:
        """The appraisal, then the commune's plan, reports and dossier."""
        from db.registers import OF_UPPER_REPORTS

        return OF_UPPER_REPORTS


class AgenciesScreen(RegisterScreen):
    """Cơ quan: who answers for which field and commune, and what is told to all communes."""

    area = GoAgencies

    def registers(self) -> Sequence[Register]:
        """Agencies, people, guidance."""
        from db.registers import OF_AGENCIES

        return OF_AGENCIES


def mode_of(name: str, owner: Owner) -> str:
    """Give the work area in which an office finds a register."""
    from db import registers

    upper = {
        "upper_work": registers.OF_UPPER_WORK,
        "upper_reports": registers.OF_UPPER_REPORTS,
        "agencies": registers.OF_AGENCIES,
        "capital": registers.OF_CAPITAL,
    }
    commune = {
        "work": registers.OF_WORK,
        "capital": registers.OF_CAPITAL,
        "reports": registers.OF_REPORTS,
    }
    areas = upper if owner is Owner.UPPER else commune
    return next(mode for mode, some in areas.items() if any(it.name == name for it in some))
