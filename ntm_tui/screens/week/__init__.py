"""Tuần này, the first thing seen: the standing, what blocks it, what is due."""

from ntm_tui.screens.week.screen import WeekScreen

__all__ = ["WeekScreen"]
