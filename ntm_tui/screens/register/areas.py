"""The work areas made of registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntm_tui.commands import GoCapital, GoReports, GoWork
from ntm_tui.screens.register.screen import RegisterScreen

if TYPE_CHECKING:
    from db.registers import Register


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
