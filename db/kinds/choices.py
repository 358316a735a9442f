"""Fields where one, or some, of few values are chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from db.columns import Flag, Several, Structured, Text
from db.kinds.base import NO_NAMES, Kind, KindProblem, Labelled, Names
from db.kinds.numbers import MILLION_DONG, read_number
from db.numbers import NumberProblem, number_from_plain, plain_number, show_number
from db.text import fold, shown


def listed(options: Sequence[tuple[Any, str]]) -> str:
    """Name what can be chosen, each with the number that chooses it."""
    return "; ".join(f"{place} {label}" for place, (_, label) in enumerate(options, 1))


def pick(typed: str, options: Sequence[tuple[Any, str]]) -> Any:
    """Find what is meant: by its number, its words, or a part of them.

    Raises:
        KindProblem: none of them, or several.
    """
    text = fold(typed)
    if text.isdecimal() and 1 <= int(text) <= len(options):
        return options[int(text) - 1][0]
    exact = [value for value, label in options if fold(label) == text]
    found = exact or [value for value, label in options if text and text in fold(label)]
    if len(found) != 1:
        raise KindProblem(f"Hãy gõ một số: {listed(options)}.")
    return found[0]


@dataclass(frozen=True)
class Choice(Kind):
    """One of few values.

    Args:
        values: what can be chosen.
    """

    values: type[Labelled]
    column = Text

    def read(self, typed: str, names: Names = NO_NAMES) -> str:
        """Find the value that is meant."""
        return str(pick(typed, self.offered()))

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Give its words; a value of a newer program is shown as it is."""
        return next((one.label for one in self.values if one == value), shown(str(value)))

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say what was chosen."""
        return self.show(value)

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Order as declared."""
        known = [one.value for one in self.values]
        return known.index(value) if value in known else len(known)

    def offered(self, names: Names = NO_NAMES) -> Sequence[tuple[str, str]]:
        """Give all of them."""
        return [(one.value, one.label) for one in self.values]


@dataclass(frozen=True)
class Choices(Kind):
    """Some of few values, typed as their numbers or words with commas between.

    Args:
        values: what can be chosen.
    """

    values: type[Labelled]
    column = Several

    def read(self, typed: str, names: Names = NO_NAMES) -> list[str]:
        """Find the values that are meant, in the declared order."""
        parts = [part for part in typed.replace(";", ",").split(",") if part.strip()]
        chosen = {str(pick(part, self.offered())) for part in parts}
        return [one.value for one in self.values if one.value in chosen]

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Give their words."""
        words = {one.value: one.label for one in self.values}
        return ", ".join(words.get(one, shown(str(one))) for one in value)

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say what was chosen."""
        return self.show(value)

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Order by the first one."""
        return self.show(value)

    def offered(self, names: Names = NO_NAMES) -> Sequence[tuple[str, str]]:
        """Give all of them."""
        return [(one.value, one.label) for one in self.values]


_YES_OR_NO = ((True, "Có"), (False, "Không"))


class YesNo(Kind):
    """Yes or no."""

    column = Flag

    def read(self, typed: str, names: Names = NO_NAMES) -> bool:
        """Find which is meant."""
        return bool(pick(typed, _YES_OR_NO))

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say yes or no."""
        return dict(_YES_OR_NO)[bool(value)]

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say what was chosen."""
        return self.show(value)

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Yes first."""
        return not value

    def offered(self, names: Names = NO_NAMES) -> Sequence[tuple[bool, str]]:
        """Give both."""
        return _YES_OR_NO


@dataclass(frozen=True)
class Split(Kind):
    """An amount of money split among sources, typed as `NSTW 500; xã 20`, in million đồng.

    Args:
        values: the sources.
    """

    values: type[Labelled]
    column = Structured
    is_number: ClassVar[bool] = True

    def read(self, typed: str, names: Names = NO_NAMES) -> dict[str, str]:
        """Understand pairs of a source and its amount."""
        found: dict[str, Decimal] = {}
        for pair in filter(str.strip, typed.split(";")):
            words, _, number = pair.strip().rpartition(" ")
            if not words:
                raise KindProblem(
                    f"“{pair.strip()[:40]}” cần cả tên nguồn và số tiền, cách nhau dấu chấm phẩy, "
                    f"ví dụ: 1 500; 4 20. Các nguồn: {listed(self.offered())}."
                )
            source = str(pick(words, self.offered()))
            found[source] = found.get(source, Decimal(0)) + read_number(number)
        return {
            source: plain_number(found[source]) for source, _ in self.offered() if source in found
        }

    def amounts(self, value: Any) -> Mapping[str, Decimal]:
        """Give the amounts by source; what only a newer program understands is left out."""
        found: dict[str, Decimal] = {}
        for source, number in (value or {}).items():
            try:
                found[source] = number_from_plain(number)
            except (NumberProblem, TypeError):
                continue
        return found

    def total(self, value: Any) -> Decimal:
        """Add the amounts up."""
        return sum(self.amounts(value).values(), Decimal(0))

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Show the sum, then what it is made of."""
        words = {one.value: one.label for one in self.values}
        parts = [
            f"{words.get(source, source)} {show_number(number)}"
            for source, number in self.amounts(value).items()
        ]
        return f"{show_number(self.total(value))} ({'; '.join(parts)})" if parts else "0"

    def entry(self, value: Any, names: Names = NO_NAMES) -> str:
        """Write the pairs as they could be typed."""
        words = {one.value: one.label for one in self.values}
        return "; ".join(
            f"{words.get(source, source)} {show_number(number)}"
            for source, number in self.amounts(value).items()
        )

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Repeat how it was understood, with its sum."""
        return f"{self.show(value)} {MILLION_DONG}"

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Order by the sum."""
        return self.total(value)

    def offered(self, names: Names = NO_NAMES) -> Sequence[tuple[str, str]]:
        """Give the sources."""
        return [(one.value, one.label) for one in self.values]
