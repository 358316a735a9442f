"""The list of what machines wrote differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_tui.console.sides import who_settles
from ntm_tui.widgets.lines import BASE, QUIET, WARNING, Piece, fit
from ntm_tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from db.conflicts import Board, Conflict

MARK = "! "
"""Stands before what decides whether the commune meets its criteria."""


@dataclass(frozen=True)
class ConflictRow:
    """One conflict."""

    conflict: Conflict

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Its field."""
        return self.conflict.key


class ConflictTable(RowTable[ConflictRow]):
    """A line for each conflict; only those that are seen are put in words."""

    DEFAULT_CSS = """
    ConflictTable {
        border: solid $border-blurred;
        border-title-style: bold;
        &:focus { border: solid $border; border-title-color: $primary; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="conflicts")
        self._board: Board | None = None

    def show(self, board: Board, conflicts: Sequence[Conflict]) -> None:
        """Show conflicts of a board in this order; the cursor stays on its own or near it."""
        self._board = board
        place, key = self.cursor, self.current.key if self.current else None
        self.put(tuple(map(ConflictRow, conflicts)))
        if self.current is not None and self.current.key != key:
            self.set_cursor(place)
        self.refresh()

    def pieces(self, row: ConflictRow, width: int) -> Sequence[Piece]:
        """Say where it is and in which field; what others must settle is quiet."""
        if self._board is None:
            return []
        conflict = row.conflict
        words = f"{self._board.place(conflict)} · {conflict.label}"
        if others := who_settles(conflict):
            return [(fit(f"  {words} ({others})", width), QUIET)]
        first = conflict.importance == 1
        return [
            (MARK if first else "  ", WARNING),
            (fit(words, max(0, width - len(MARK))), BASE),
        ]
