"""Starts this version: its own library comes first, and nothing of another Python is looked at."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

# The pointer names the folder of shared data in plain ASCII, see kit/installing/pointer.py.
if shared := os.environ.pop("NTM_SHARED", ""):
    os.environ["NTM_DATA"] = shared.encode("ascii").decode("unicode_escape")

from ntm_tui.cli import main

main()
