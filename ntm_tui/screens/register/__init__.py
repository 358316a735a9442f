"""Registers: one screen for all of them, driven by what `db.registers` declares."""

from ntm_tui.screens.register.areas import CapitalScreen, ReportsScreen, WorkScreen

__all__ = ["CapitalScreen", "ReportsScreen", "WorkScreen"]
