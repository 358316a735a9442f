"""The work area of villages: what each of them has for what depends on people."""

from ntm_tui.screens.villages.screen import VillagesScreen

__all__ = ["VillagesScreen"]
