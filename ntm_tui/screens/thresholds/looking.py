"""What of the thresholds is being looked at: a filter and a search over a picture of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.text import fold, rank
from ntm_tui.screens.thresholds.picture import Picture, Standing, standing_of

if TYPE_CHECKING:
    from db.sheet.thresholds import ThresholdState


FILTERS: tuple[Standing | None, ...] = (None, *Standing)
"""The filters, in the order in which one key goes through them; None shows all."""

NO_ANSWER = 9


class Looking:
    """Chooses the rows.

    Which rows belong to a filter is settled when it is chosen: a row that is confirmed meanwhile
    stays where it is, so that the list never moves under somebody's fingers.
    """

    def __init__(self) -> None:
        self.filter: Standing | None = None
        self.query = ""
        self._members: frozenset[str] | None = None

    def choose(self, standing: Standing | None) -> None:
        """Look at the rows of a filter, as they are now."""
        self.filter = standing
        self._members = None

    def choose_next(self) -> None:
        """Look through the next filter."""
        self.choose(FILTERS[(FILTERS.index(self.filter) + 1) % len(FILTERS)])

    def everything(self) -> None:
        """Look at all rows."""
        self.query = ""
        self.choose(None)

    def numbers(self, picture: Picture) -> list[str]:
        """The numbers of the indicators to show, in the order of the set."""
        if self._members is None:
            self._members = frozenset(
                number
                for number, state in picture.states.items()
                if self.filter in (None, standing_of(state))
            )
        return [
            number
            for number, state in picture.states.items()
            if number in self._members and _fit(self.query, number, state) < NO_ANSWER
        ]

    def best(self, picture: Picture) -> str:
        """The number that answers the search best; empty without a search or an answer."""
        if not self.query:
            return ""
        numbers = self.numbers(picture)
        return min(numbers, key=lambda it: _fit(self.query, it, picture.states[it]), default="")


def _fit(query: str, number: str, state: ThresholdState) -> int:
    """How well an indicator answers, by its number or its name; smaller is better."""
    if number.startswith(fold(query)):
        return -1
    step = rank(query, state.indicator.name)
    return NO_ANSWER if step is None else step
