"""The cell that is being typed: it stays the same one, whatever the grid shows meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import drafts
from db.judging.entry import figure_text
from db.text import shown
from db.villages import CellPlace, by_status, read_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.checklist import IndicatorState
    from db.communes import VillageRecord
    from db.desk import Desk
    from db.drafts import Place
    from db.judging import Figure, Status
    from db.villages import Grid


@dataclass(frozen=True)
class Editing:
    """One cell with what stood in the line when it was come to, or was written last.

    The grid is the one that was shown then: a village that comes in, another criteria set or year
    must not send to another cell what was typed for this one.
    """

    grid: Grid
    place: CellPlace
    village: VillageRecord
    text: str

    @classmethod
    def of(cls, grid: Grid, place: CellPlace) -> Editing:
        """Come to a cell."""
        village = next(one for one in grid.villages if one.code == place.village)
        found, state = grid.findings.get(place), grid.by_number[place.number]
        stored = figure_text(found.figure) if found is not None and not by_status(state) else ""
        return cls(grid, place, village, stored)

    @property
    def state(self) -> IndicatorState:
        """The indicator."""
        return self.grid.by_number[self.place.number]

    @property
    def by_status(self) -> bool:
        """Whether the village is met here, or not."""
        return by_status(self.state)

    @property
    def where(self) -> str:
        """The name of the cell, before the line."""
        return f"{shown(self.village.name)} · {self.place.number}:"

    @property
    def draft(self) -> Place:
        """Where what is being typed is kept until it is written down."""
        return drafts.of_finding(self.grid.checklist.sheet, self.place.number, self.place.village)

    def is_new(self, typed: str) -> bool:
        """Whether something else stands in the line than what is written down."""
        return typed.strip() != self.text.strip()

    def read(self, typed: str) -> Figure | Status | None:
        """Understand what was typed; None when nothing stands in the line.

        Raises:
            FigureProblem: it cannot be understood, or cannot be.
        """
        return read_cell(self.state, typed, self.village) if typed.strip() else None


def find_drafts(desk: Desk, field: str) -> Mapping[CellPlace, str]:
    """Give the cells in which typing was broken off, each with its text. Runs in a thread.

    Args:
        desk: where one works.
        field: the name under which cells are kept.
    """
    sheet = desk.sheet()
    found: dict[CellPlace, str] = {}
    for row, text in drafts.texts(desk, "assessment", field).items():
        set_id, number, year, village = row.split("|")
        if (set_id, year) == (sheet.criteria_set.id, str(sheet.year)):
            found[CellPlace(village, number)] = text
    return found
