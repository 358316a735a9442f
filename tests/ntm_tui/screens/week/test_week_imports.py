"""The first screen paints before anything of the store or of the judging is loaded."""

from __future__ import annotations

import subprocess
import sys

LATER = ("sqlalchemy", "sqlmodel", "cryptography", "db.judging", "db.week", "db.desk")
LOOK = """
import sys
import ntm_tui.app, ntm_tui.screens.week
print([name for name in sys.modules if name.startswith({later})])
"""


def test_what_the_first_screen_needs_is_light() -> None:
    later = (*LATER, "ntm_tui.screens.checklist", "ntm_tui.screens.thresholds")
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(later=later)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "[]"
