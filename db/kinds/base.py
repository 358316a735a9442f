"""What every kind of field can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Self

from db.columns import Structured, Text, WireType

GONE = " (đã xóa)"
UNKNOWN = "(không có trên máy này)"


class KindProblem(ValueError):
    """What was typed is not what the field asks for; the text is Vietnamese and says what is."""


class Labelled(StrEnum):
    """One of few values; each is declared with the words that people read."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Keep the words beside the value."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        return made


@dataclass(frozen=True)
class Names:
    """How rows are called that a field can lead to: entity to id to name.

    `gone` names rows that were deleted, so that what led to them can still be read;
    `elsewhere` those that are there and not offered here: indicators of another criteria set.
    """

    present: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    gone: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    elsewhere: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, entity: str) -> Mapping[str, str]:
        """Give the names of the rows that are there."""
        return self.present.get(entity, {})

    def name(self, entity: str, row: str) -> str:
        """Give the name of a row, also of one that was deleted."""
        found = self.of(entity).get(row) or self.elsewhere.get(entity, {}).get(row)
        if found is not None:
            return found
        gone = self.gone.get(entity, {}).get(row)
        return f"{gone}{GONE}" if gone else UNKNOWN

    def knows(self, entity: str, row: str) -> bool:
        """Tell whether a row is there."""
        return row in self.of(entity) or row in self.elsewhere.get(entity, {})


NO_NAMES = Names()


class Kind:
    """How the values of a field are stored, typed, understood, shown and put in order."""

    column: ClassVar[type[WireType]] = Text
    several_lines: ClassVar[bool] = False
    is_number: ClassVar[bool] = False
    """Whether values stand at the right of their column."""

    def read(self, typed: str, names: Names = NO_NAMES) -> Any:
        """Understand what was typed; the text is not empty.

        Raises:
            KindProblem: it cannot be understood, or cannot be so.
        """
        raise NotImplementedError

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Write a value for people, on one line."""
        return str(value)

    def entry(self, value: Any, names: Names = NO_NAMES) -> str:
        """Write a value as it could be typed."""
        return self.show(value, names)

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say how a text was understood; empty where that goes without saying."""
        return ""

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Give what values are sorted by."""
        return value

    def offered(self, names: Names = NO_NAMES) -> Sequence[tuple[Any, str]]:
        """Give what can be chosen, value and words; nothing where it is typed freely."""
        return ()


class Composite(Kind):
    """Several values that have meaning only together; its subject knows how they are shown."""

    column = Structured

    def read(self, typed: str, names: Names = NO_NAMES) -> Any:
        """Refuse: a use case of the subject writes it."""
        raise KindProblem("Mục này không gõ trực tiếp ở đây.")
