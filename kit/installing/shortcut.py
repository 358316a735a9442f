"""A way to the program from the desktop and the menu of programs."""

import os
import sys
from pathlib import Path

_DESKTOP_ENTRY = """[Desktop Entry]
Type=Application
Name=Sổ tay nông thôn mới
Exec="{launcher}"
Terminal=true
Categories=Office;
"""


def places() -> list[Path]:
    """Give the shortcuts of this account, whether they are there or not."""
    if sys.platform == "win32":
        from kit.installing.windows import known_folders

        return [folder / "NTM.lnk" for folder in known_folders()]
    home = Path(os.environ.get("HOME") or Path.home())
    shared = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [shared / "applications" / "ntm-tui.desktop"]


def make(root: Path) -> list[Path]:
    """Make the shortcuts; gives those that were made.

    One that cannot be made is no reason to fail: the launcher itself is there.
    """
    made = []
    for place in places():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _make_one(place, root)
        except OSError:
            continue
        made.append(place)
    return made


def remove() -> None:
    """Take the shortcuts away."""
    for place in places():
        place.unlink(missing_ok=True)


def _make_one(place: Path, root: Path) -> None:
    if sys.platform == "win32":
        from kit.installing.windows import save_link

        save_link(place, root / "NTM.cmd")
    else:
        launcher = str(root / "ntm").replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
        place.write_text(_DESKTOP_ENTRY.format(launcher=launcher), encoding="utf-8")
