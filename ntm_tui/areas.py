"""The work areas, and the ways to them."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import App
from textual.screen import Screen

from ntm_tui.commands import (
    GoCapital,
    GoChecklist,
    GoReports,
    GoSync,
    GoThresholds,
    GoVillages,
    GoWeek,
    GoWork,
    bindings,
)
from ntm_tui.screens.area import AreaScreen


def _week() -> Screen[Any]:
    from ntm_tui.screens.week import WeekScreen

    return WeekScreen()


def _checklist() -> Screen[Any]:
    from ntm_tui.screens.checklist import ChecklistScreen

    return ChecklistScreen()


def _thresholds() -> Screen[Any]:
    from ntm_tui.screens.thresholds import ThresholdsScreen

    return ThresholdsScreen()


def _villages() -> Screen[Any]:
    from ntm_tui.screens.villages import VillagesScreen

    return VillagesScreen()


def _work() -> Screen[Any]:
    from ntm_tui.screens.register import WorkScreen

    return WorkScreen()


def _capital() -> Screen[Any]:
    from ntm_tui.screens.register import CapitalScreen

    return CapitalScreen()


def _reports() -> Screen[Any]:
    from ntm_tui.screens.register import ReportsScreen

    return ReportsScreen()


def _sync() -> Screen[Any]:
    from ntm_tui.screens.sync import SyncScreen

    return SyncScreen()


class Areas(App[None]):
    """An app of work areas; each is a mode, made when one first goes there."""

    BINDINGS = bindings(
        GoWeek, GoChecklist, GoVillages, GoWork, GoCapital, GoReports, GoSync, GoThresholds
    )
    MODES: ClassVar[dict[str, Any]] = {
        "week": _week,
        "checklist": _checklist,
        "villages": _villages,
        "work": _work,
        "capital": _capital,
        "reports": _reports,
        "thresholds": _thresholds,
        "sync": _sync,
    }
    DEFAULT_MODE = "week"

    async def open_indicator(self, number: str) -> None:
        """Go to an indicator in the checklist."""
        from ntm_tui.screens.checklist import ChecklistScreen

        await self.switch_mode("checklist")
        if isinstance(self.screen, ChecklistScreen):
            self.screen.go_to(number)

    async def open_filter(self, name: str) -> None:
        """Go to the checklist and show the rows of a filter."""
        from ntm_tui.screens.checklist import ChecklistScreen

        await self.switch_mode("checklist")
        if isinstance(self.screen, ChecklistScreen):
            self.screen.show_filter(name)

    async def open_register(self, name: str, row: str = "") -> None:
        """Go to a register, and in it to a row."""
        from db.registers import OF_CAPITAL, OF_REPORTS, OF_WORK
        from ntm_tui.screens.register.screen import RegisterScreen

        areas = {"work": OF_WORK, "capital": OF_CAPITAL, "reports": OF_REPORTS}
        await self.switch_mode(
            next(mode for mode, some in areas.items() if any(it.name == name for it in some))
        )
        if isinstance(self.screen, RegisterScreen):
            await self.screen.go_to_row(name, row)

    async def open_sync(self, part: str) -> None:
        """Go to a part of the work area of the bundles."""
        from ntm_tui.screens.sync import SyncScreen

        await self.switch_mode("sync")
        if isinstance(self.screen, SyncScreen):
            self.screen.open_part(part)

    async def action_go_week(self) -> None:
        """Go to the work area of the week."""
        await self._go("week")

    async def action_go_checklist(self) -> None:
        """Go to the checklist."""
        await self._go("checklist")

    async def action_go_villages(self) -> None:
        """Go to the grid of villages."""
        await self._go("villages")

    async def action_go_work(self) -> None:
        """Go to the registers of the work."""
        await self._go("work")

    async def action_go_capital(self) -> None:
        """Go to the registers of works and money."""
        await self._go("capital")

    async def action_go_reports(self) -> None:
        """Go to the plan, the reports and the dossier."""
        await self._go("reports")

    async def action_go_thresholds(self) -> None:
        """Go to threshold confirmation."""
        await self._go("thresholds")

    async def action_go_sync(self) -> None:
        """Go to the bundles."""
        await self._go("sync")

    async def _go(self, mode: str) -> None:
        """Change the work area, also while the store is still opening; not under a dialog."""
        if isinstance(self.screen, AreaScreen):
            await self.switch_mode(mode)
