"""Tiêu chí: the checklist, where every finding of the commune is written down."""

from ntm_tui.screens.checklist.screen import ChecklistScreen

__all__ = ["ChecklistScreen"]
