"""Opens the screens; kept apart so that they paint before the command line is ever imported."""

from pathlib import Path

from db.home import find_home
from ntm_tui.console.outcome import told


def open_app(chosen: Path | None) -> None:
    """Open the program on a home: the one chosen, else the usual one."""
    home = find_home(chosen)
    with told(home):
        from ntm_tui.app import run

        run(home)
