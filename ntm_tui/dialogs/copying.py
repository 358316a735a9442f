"""Taking a file into the store's folder, with word of how far it has come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.text import shown
from ntm_tui.dialogs.folder import show_size

if TYPE_CHECKING:
    from db.evidence import StoredFile
    from db.home import Home

CELLS = 20


class Copying:
    """One copy under way. `run` is for a thread; the rest may be asked from anywhere.

    Args:
        source: the file to keep.
    """

    def __init__(self, source: Path) -> None:
        self._source = source
        self._size = 0
        self._done = 0
        self._stopped = False

    def run(self, home: Home) -> StoredFile:
        """Copy; see `db.evidence.keep_file` for what can go wrong."""
        from db.evidence import keep_file

        if self._source.is_file():
            self._size = self._source.stat().st_size
        return keep_file(home, self._source, self._go_on)

    def stop(self) -> None:
        """Give the copy up; nothing of it stays."""
        self._stopped = True

    def _go_on(self, done: int) -> bool:
        self._done = done
        return not self._stopped

    @property
    def progress(self) -> str:
        """How far it has come."""
        filled = CELLS * self._done // max(1, self._size)
        bar = "█" * min(filled, CELLS) + "░" * max(0, CELLS - filled)
        what = f"{show_size(self._done)} / {show_size(self._size)}"
        return f"Đang chép {shown(self._source.name)}: {bar} {what} · Esc để dừng"
