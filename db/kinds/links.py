"""Fields that lead to other rows: a village, a person, an indicator."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from db.columns import Several, Text, WireType
from db.kinds.base import NO_NAMES, Kind, KindProblem, Names
from db.text import fold, rank, shown, sort_key

MOST_NAMED = 4
"""Names that an echo lists before it only counts."""

NUMBERED = ("indicator", "criterion")
"""What is called by its number, with its name behind it."""

_ONLY_NUMBERS = re.compile(r"[0-9., ]+")


def found_by(typed: str, options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the rows that a text may mean, the best answers only.

    A name's first word alone is enough where names begin with a number, as indicators do.
    """
    text = fold(typed)
    exact = [it for it in options if text in (fold(it[1]), fold(it[1].partition(" ")[0]))]
    if exact:
        return exact
    ranked = [(step, it) for it in options if (step := rank(typed, it[1])) is not None]
    best = min((step for step, _ in ranked), default=0)
    return [it for step, it in ranked if step == best]


@dataclass(frozen=True)
class Link(Kind):
    """One row of another table.

    Args:
        entity: the table, or `indicator` and `criterion` for those of the commune's set.
        called: what people call such a row.
    """

    entity: str
    called: str
    column: ClassVar[type[WireType]] = Text

    def read(self, typed: str, names: Names = NO_NAMES) -> str:
        """Find the row that is meant, by its name or a part of it."""
        return self._one(typed, names)

    def _one(self, typed: str, names: Names) -> str:
        options = self.offered(names)
        found = found_by(typed, options)
        if len(found) == 1:
            return found[0][0]
        what = f"“{shown(typed)[:40]}”"
        if not options:
            raise KindProblem(f"Chưa có {self.called} nào để chọn. Hãy thêm {self.called} trước.")
        if not found:
            raise KindProblem(f"Không có {self.called} {what}. Hãy gõ một phần tên.")
        some = "; ".join(name for _, name in found[:MOST_NAMED])
        more = f" và {len(found) - MOST_NAMED} tên nữa" if len(found) > MOST_NAMED else ""
        raise KindProblem(f"{what} có thể là: {some}{more}. Hãy gõ thêm.")

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Give the row's name."""
        return shown(names.name(self.entity, value))

    def entry(self, value: Any, names: Names = NO_NAMES) -> str:
        """Give its name to be typed over; its number alone where it has one."""
        name = shown(names.name(self.entity, value))
        return name.partition(" ")[0] if self.entity in NUMBERED else name

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say which row was understood."""
        return self.show(value, names)

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Order by name."""
        return sort_key(names.name(self.entity, value))

    def offered(self, names: Names = NO_NAMES) -> Sequence[tuple[str, str]]:
        """Give the rows that are there."""
        return list(names.of(self.entity).items())


class Links(Link):
    """Some rows of another table, typed with semicolons between."""

    column = Several

    def read(self, typed: str, names: Names = NO_NAMES) -> Any:
        """Find the rows that are meant."""
        apart = (
            typed.replace(",", " ").split() if _ONLY_NUMBERS.fullmatch(typed) else typed.split(";")
        )
        return list(dict.fromkeys(self._one(part, names) for part in apart if part.strip()))

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Give their names."""
        return "; ".join(shown(names.name(self.entity, one)) for one in value)

    def entry(self, value: Any, names: Names = NO_NAMES) -> str:
        """Give their names, or their numbers, to be typed over."""
        return "; ".join(super(Links, self).entry(one, names) for one in value)

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Order by the names."""
        return sort_key(self.show(value, names))
