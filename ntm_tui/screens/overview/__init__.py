"""Các xã, the upper level's first screen: the communes side by side, and what they wait for."""

from ntm_tui.screens.overview.screen import OverviewScreen

__all__ = ["OverviewScreen"]
