"""Which indicator a row is about: by its number however typed, and by its name; both must agree."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from db.criteria.definitions import CriteriaSet
from db.text import fold
from db.workbooks.cells import Cell
from db.workbooks.measures import Meant

_NUMBERED = re.compile(
    r"(?:(?:chi tieu|tieu chi|ct|tc|muc|so)\s*(?:so\s*)?)?"
    r"(\d{1,2})\s*[.,]\s*(\d{1,2})(?!\d)[.,)]?\s*[-–:.]?\s*(.*)",
    re.DOTALL,
)
_WORD = re.compile(r"\w+")
_ALIKE = 0.6
"""From here on two names are taken for the same, if no other comes near."""

_AHEAD = 0.12
_FAR_AHEAD = 0.25
"""By so much another name must be the likelier one before the number beside it is doubted."""


@dataclass(frozen=True)
class Finder:
    """Finds indicators of one set."""

    criteria_set: CriteriaSet

    def by_number(self, cell: Cell) -> Meant[str]:
        """Read a cell as the number of an indicator.

        Excel turns 17.10 into the number 17.1; both are given then, unless its format tells.
        """
        if isinstance(cell.value, Decimal):
            return self._of_number(cell.value, cell.style.decimals)
        if not isinstance(cell.value, str):
            return Meant()
        text = fold(cell.value)
        found = _NUMBERED.match(text)
        if found is not None:
            return self._known(f"{int(found[1])}.{int(found[2])}")
        bare = text.removeprefix("tieu chi ").removeprefix("chi tieu ").rstrip(".) ")
        return self._only_one(bare) if bare.isdecimal() and len(bare) < 3 else Meant()

    def name_beside(self, cell: Cell) -> str:
        """Give the words behind a number in the same cell."""
        found = _NUMBERED.match(fold(cell.text)) if isinstance(cell.value, str) else None
        return found[3] if found is not None else ""

    def by_name(self, text: str) -> Meant[str]:
        """Read a text as the name of an indicator: one that is like no other."""
        ranked = self.ranked(text)
        if not ranked or ranked[0][0] < _ALIKE:
            return Meant()
        near = [number for likeness, number in ranked if ranked[0][0] - likeness < _AHEAD]
        return Meant(tuple(near), "" if len(near) == 1 else _several(text, near))

    def ranked(self, text: str) -> Sequence[tuple[float, str]]:
        """Give the indicators by how like their names are to a text, the likest first."""
        words = _words(text)
        if len(words) < 2:
            return []
        found = [(_likeness(words, known), number) for number, known in self._names.items()]
        return sorted(found, key=lambda it: -it[0])

    def both(self, number: Meant[str], name: str) -> Meant[str]:
        """Bring a number and a name together; what they disagree about is left to a person."""
        if not number.values:
            return self.by_name(name)
        ranked = self.ranked(name)
        if not ranked:
            if len(number.values) == 1:
                return number
            return Meant(number.values, _several("", number.values), doubtful=True)
        likeness = {known: like for like, known in ranked}
        best = max(number.values, key=lambda one: likeness[one])
        first_like, first = ranked[0]
        worst = min(likeness[one] for one in number.values)
        if len(number.values) > 1 and likeness[best] - worst < _AHEAD:
            return Meant(number.values, _several("", number.values), doubtful=True)
        if first_like >= _ALIKE and first_like - likeness[best] > _FAR_AHEAD:
            why = f"số ghi {best} mà nội dung giống chỉ tiêu {first}"
            return Meant((best, first), why, doubtful=True)
        return Meant((best,))

    def _of_number(self, value: Decimal, decimals: int) -> Meant[str]:
        whole, _, rest = format(value, "f").partition(".")
        if not rest:
            return self._only_one(whole) if not decimals else Meant()
        longer = f"{whole}.{rest}0"
        several = [one for one in (f"{whole}.{rest}", longer) if one in self._names]
        return Meant(tuple(several[:1] if decimals == 1 else several))

    def _known(self, number: str) -> Meant[str]:
        return Meant((number,)) if number in self._names else Meant()

    def _only_one(self, criterion: str) -> Meant[str]:
        """A criterion with a single indicator is often written by its own number."""
        for one in self.criteria_set.criteria:
            if one.number == criterion.lstrip("0") and len(one.indicators) == 1:
                return Meant((one.indicators[0].number,))
        return Meant()

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        return {one.number: _words(one.name) for one in self.criteria_set.indicators}


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _several(text: str, numbers: Sequence[str]) -> str:
    what = f"“{text[:30]}” " if text else ""
    return f"{what}có thể là chỉ tiêu {' hoặc '.join(numbers)}"
