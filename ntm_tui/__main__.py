"""Runs the program as `python -m ntm_tui`."""

from ntm_tui.cli import main

main()
