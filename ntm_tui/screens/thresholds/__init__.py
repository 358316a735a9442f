"""Đối chiếu: thresholds checked one by one against the printed decision."""

from ntm_tui.screens.thresholds.screen import ThresholdsScreen

__all__ = ["ThresholdsScreen"]
