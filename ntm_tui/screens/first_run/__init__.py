"""The first-run questions: found a commune, join one, or practise."""

from ntm_tui.screens.first_run.screen import FirstRunScreen

__all__ = ["FirstRunScreen"]
