"""Numbers: counts, years, money, quantities and percentages, all exact."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from db.columns import Amount, Whole
from db.kinds.base import NO_NAMES, Kind, KindProblem, Names
from db.numbers import YEARS, NumberProblem, parse_number, show_number

MILLION_DONG = "triệu đồng"
THOUSAND_DONG = "nghìn đồng"


def read_number(typed: str) -> Decimal:
    """Read a number that may not be below zero.

    Raises:
        KindProblem: it is none, or is below zero.
    """
    try:
        number = parse_number(typed)
    except NumberProblem as problem:
        raise KindProblem(problem.message_vi) from problem
    if number < 0:
        raise KindProblem("Số ở đây không được âm. Hãy kiểm tra lại số vừa gõ.")
    return number


class Count(Kind):
    """A whole number of things, from zero on."""

    column = Whole
    is_number: ClassVar[bool] = True

    def read(self, typed: str, names: Names = NO_NAMES) -> int:
        """Read a count."""
        number = read_number(typed)
        if number != number.to_integral_value():
            raise KindProblem("Số đếm phải là số nguyên, ví dụ 120.")
        return int(number)

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Show it as 1.234."""
        return show_number(Decimal(value))


class Year(Kind):
    """A calendar year."""

    column = Whole
    is_number: ClassVar[bool] = True

    def read(self, typed: str, names: Names = NO_NAMES) -> int:
        """Read a year of four digits."""
        text = typed.strip()
        if not (text.isascii() and text.isdigit() and int(text) in YEARS):
            raise KindProblem(f"Hãy gõ năm từ {YEARS[0]} đến {YEARS[-1]}, ví dụ 2024.")
        return int(text)


@dataclass(frozen=True)
class Quantity(Kind):
    """An exact amount of something, from zero on.

    Args:
        unit: what is counted, for the echo; empty where a field of the row says it.
    """

    unit: str = ""
    column = Amount
    is_number: ClassVar[bool] = True

    def read(self, typed: str, names: Names = NO_NAMES) -> Decimal:
        """Read an amount."""
        return read_number(typed)

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Show it as 1.234,5."""
        return show_number(value)

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Repeat the number with its unit: a misread separator is seen at once."""
        return f"{show_number(value)} {self.unit}".strip()


MONEY = Quantity(MILLION_DONG)
"""Money as the programme's tables count it, in million đồng."""


class Percent(Quantity):
    """A percentage from 0 to 100."""

    def __init__(self) -> None:
        super().__init__("%")

    def read(self, typed: str, names: Names = NO_NAMES) -> Decimal:
        """Read a percentage."""
        number = read_number(typed)
        if number > 100:
            raise KindProblem("Tỷ lệ phải từ 0 đến 100 %.")
        return number
