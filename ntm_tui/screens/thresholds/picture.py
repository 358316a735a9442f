"""What the area reads from the store, and what it writes. Runs in threads; touches no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.checklist import Sheet
    from db.criteria.definitions import Threshold
    from db.desk import Desk
    from db.sheet.thresholds import ThresholdState


class Standing(Enum):
    """How far a threshold is known; `sign` and words are what a person reads."""

    UNCONFIRMED = ("□", "chưa đối chiếu", "status-not-assessed")
    UNKNOWN = ("?", "chưa rõ mức", "status-in-progress")
    CONFIRMED = ("√", "đã đối chiếu", "status-met")

    def __init__(self, sign: str, words: str, variable: str) -> None:
        self.sign = sign
        self.words = words
        self.variable = variable


def standing_of(state: ThresholdState) -> Standing:
    """Tell how far a threshold is known."""
    if state.confirmed:
        return Standing.CONFIRMED
    return Standing.UNCONFIRMED if state.effective.known else Standing.UNKNOWN


@dataclass(frozen=True)
class Picture:
    """Everything that the area shows."""

    sheet: Sheet
    states: Mapping[str, ThresholdState]
    paper: str

    @property
    def confirmed(self) -> int:
        """How many have been checked against the paper."""
        return sum(state.confirmed for state in self.states.values())

    def count(self, standing: Standing | None) -> int:
        """How many a filter holds; None stands for all."""
        if standing is None:
            return len(self.states)
        return sum(standing_of(state) is standing for state in self.states.values())


def take_picture(desk: Desk) -> Picture:
    """Read every threshold as it counts now, and the paper that was named."""
    from db.threshold_paper import paper_of
    from db.thresholds import threshold_states

    sheet = desk.office_sheet()
    with desk.reading() as session:
        states = threshold_states(session, sheet.scope, sheet.criteria_set)
        return Picture(sheet, states, paper_of(session, sheet.criteria_set))


def confirmed(desk: Desk, picture: Picture, number: str, said: Threshold | None) -> Picture:
    """Confirm a threshold as it stands, or as the paper has it."""
    from db.thresholds import confirm

    sheet = picture.sheet
    with desk.act() as session:
        confirm(
            session,
            sheet.scope,
            sheet.criteria_set,
            number,
            threshold=said,
            document=picture.paper,
        )
    return _again(desk, picture)


def forgotten(desk: Desk, picture: Picture, number: str) -> Picture:
    """Take a confirmation back."""
    from db.thresholds import forget

    with desk.act() as session:
        forget(session, picture.sheet.scope, picture.sheet.criteria_set, number)
    return _again(desk, picture)


def named(desk: Desk, picture: Picture, typed: str) -> Picture:
    """Name the paper that lies beside the keyboard."""
    from db.threshold_paper import remember_paper

    return replace(picture, paper=remember_paper(desk.store, picture.sheet.criteria_set, typed))


def _again(desk: Desk, picture: Picture) -> Picture:
    from db.thresholds import threshold_states

    sheet = picture.sheet
    with desk.reading() as session:
        states = threshold_states(session, sheet.scope, sheet.criteria_set)
    return replace(picture, states=states)
