"""Starts this version: its own library comes first, and nothing of another Python is looked at."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from ntm_tui.cli import main

main()
