"""Registers: one screen for all of them, driven by what `db.registers` declares."""

from ntm_tui.screens.register.areas import (
    AgenciesScreen,
    CapitalScreen,
    ReportsScreen,
    UpperReportsScreen,
    UpperWorkScreen,
    WorkScreen,
)

__all__ = [
    "AgenciesScreen",
    "CapitalScreen",
    "ReportsScreen",
    "UpperReportsScreen",
    "UpperWorkScreen",
    "WorkScreen",
]
