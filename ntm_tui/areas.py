"""The work areas, and the ways to them."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.screen import Screen

from db.owner import Owner
from ntm_tui.commands import (
    COMMANDS,
    GoAgencies,
    GoCapital,
    GoChecklist,
    GoOverview,
    GoReports,
    GoSync,
    GoThresholds,
    GoVillages,
    GoWeek,
    GoWork,
    bindings,
)
from ntm_tui.keeper import Keeper
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


def _overview() -> Screen[Any]:
    from ntm_tui.screens.overview import OverviewScreen

    return OverviewScreen()


def _agencies() -> Screen[Any]:
    from ntm_tui.screens.register import AgenciesScreen

    return AgenciesScreen()


def _upper_work() -> Screen[Any]:
    from ntm_tui.screens.register import UpperWorkScreen

    return UpperWorkScreen()


def _upper_reports() -> Screen[Any]:
    from ntm_tui.screens.register import UpperReportsScreen

    return UpperReportsScreen()


def _sync() -> Screen[Any]:
    from ntm_tui.screens.sync import SyncScreen

    return SyncScreen()


UPPER_MODES = {
    "week": "overview",
    "villages": "agencies",
    "work": "upper_work",
    "reports": "upper_reports",
}
"""Where the same key leads at the upper level, if elsewhere."""

OF_ONE_COMMUNE = frozenset({"checklist", "upper_work", "capital", "upper_reports"})
"""The work areas that at the upper level show the commune in front."""


class Areas(Keeper):
    """An app of work areas; each is a mode, made when one first goes there."""

    BINDINGS = bindings(
        *(GoWeek, GoOverview, GoChecklist, GoVillages, GoAgencies),
        *(GoWork, GoCapital, GoReports, GoSync, GoThresholds),
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
        "overview": _overview,
        "agencies": _agencies,
        "upper_work": _upper_work,
        "upper_reports": _upper_reports,
    }
    DEFAULT_MODE = "week"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what a commune, or its upper level, has."""
        command = COMMANDS.get(action)
        if command is not None and not command.given_by(self.owner):
            return False
        return super().check_action(action, parameters)

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
        from ntm_tui.screens.register.areas import mode_of
        from ntm_tui.screens.register.screen import RegisterScreen

        await self.switch_mode(mode_of(name, self.owner))
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
        await self.go("week")

    async def action_go_overview(self) -> None:
        """Go to the communes side by side."""
        await self.go("week")

    async def action_go_checklist(self) -> None:
        """Go to the checklist."""
        await self.go("checklist")

    async def action_go_villages(self) -> None:
        """Go to the grid of villages."""
        await self.go("villages")

    async def action_go_agencies(self) -> None:
        """Go to the registers of the agencies."""
        await self.go("villages")

    async def action_go_work(self) -> None:
        """Go to the registers of the work."""
        await self.go("work")

    async def action_go_capital(self) -> None:
        """Go to the registers of works and money."""
        await self.go("capital")

    async def action_go_reports(self) -> None:
        """Go to the plan, the reports and the dossier."""
        await self.go("reports")

    async def action_go_thresholds(self) -> None:
        """Go to threshold confirmation."""
        await self.go("thresholds")

    async def action_go_sync(self) -> None:
        """Go to the bundles."""
        await self.go("sync")

    async def go(self, mode: str) -> None:
        """Change the work area, also while the store is still opening; not under a dialog."""
        if not isinstance(self.screen, AreaScreen):
            return
        if self.owner is Owner.UPPER:
            mode = UPPER_MODES.get(mode, mode)
            if mode in OF_ONE_COMMUNE and not await self.take_commune():
                return
        await self.switch_mode(mode)
