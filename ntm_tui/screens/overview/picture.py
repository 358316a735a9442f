"""What the screen reads from the store. Read in threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.clock import now

if TYPE_CHECKING:
    from db.desk import Desk
    from db.overview import FieldRow, Overview


@dataclass(frozen=True)
class Picture:
    """The communes, and the agencies with what they answer for."""

    overview: Overview
    fields: tuple[FieldRow, ...]

    def agency_of(self, criterion: str) -> str:
        """Name the agency that answers for a criterion; empty when none does."""
        return next((it.name for it in self.fields if criterion in it.criteria), "")


def take_picture(desk: Desk) -> Picture:
    """Read how all communes stand."""
    from db.overview import fields_of, read_overview

    overview = read_overview(desk, now())
    return Picture(overview, fields_of(desk, overview))
