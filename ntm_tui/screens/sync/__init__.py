"""The work area of the bundles."""

from ntm_tui.screens.sync.screen import SyncScreen

__all__ = ["SyncScreen"]
