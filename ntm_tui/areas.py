"""The work areas, and the ways to them."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import App
from textual.screen import Screen

from ntm_tui.commands import GoChecklist, GoSync, GoThresholds, GoWeek, bindings
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


def _sync() -> Screen[Any]:
    from ntm_tui.screens.sync import SyncScreen

    return SyncScreen()


class Areas(App[None]):
    """An app of work areas; each is a mode, made when one first goes there."""

    BINDINGS = bindings(GoWeek, GoChecklist, GoSync, GoThresholds)
    MODES: ClassVar[dict[str, Any]] = {
        "week": _week,
        "checklist": _checklist,
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

    async def action_go_week(self) -> None:
        """Go to the work area of the week."""
        await self._go("week")

    async def action_go_checklist(self) -> None:
        """Go to the checklist."""
        await self._go("checklist")

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
