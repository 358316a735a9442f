"""Colours and shapes."""

from pathlib import Path

STYLE_SHEET = Path(__file__).with_name("app.tcss")
"""The shapes of the whole program, for `App.CSS_PATH`."""
