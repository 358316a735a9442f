"""Numbers and days in cells: every way in which they can be meant, and never a silent guess."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from db.numbers import MOST_DIGITS, parse_date, show_date, show_number
from db.text import fold
from db.workbooks.cells import Cell

T = TypeVar("T")


class NumberStyle(StrEnum):
    """How numbers were typed as text."""

    VIETNAMESE = "1.234,5"
    ENGLISH = "1,234.5"


class DayOrder(StrEnum):
    """What days are that Excel keeps as days."""

    AS_STORED = "ngày/tháng"
    SWAPPED = "tháng/ngày"


_SIGN = r"(?P<sign>[+-]?)"
_FORMS = {
    NumberStyle.VIETNAMESE: re.compile(
        _SIGN + r"(?P<n>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<f>\d+))?"
    ),
    NumberStyle.ENGLISH: re.compile(_SIGN + r"(?P<n>[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(?P<f>\d+))?"),
}
_DIGIT = re.compile(r"\d")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's count, as it works out from March 1900 on."""

_SERIALS = range(36_526, 73_415)
"""Days of the years 2000 to 2100 as Excel counts them."""


@dataclass(frozen=True)
class Meant(Generic[T]):
    """What a cell can mean: one value where that is sure, several to choose from, or none.

    `why` says what is to be seen: the doubt, or how the one value was understood. One that is
    `doubtful` is left to a person even where there is only one value.
    """

    values: tuple[T, ...] = ()
    why: str = ""
    doubtful: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it means one thing without doubt."""
        return len(self.values) == 1 and not self.doubtful


def number_forms(text: str) -> dict[NumberStyle, Decimal]:
    """Give what a text is as a number in each way of writing in which it is one."""
    bare = _SPACED.sub("", text.replace("\u2212", "-").strip())
    found = {}
    for style, form in _FORMS.items():
        match = form.fullmatch(bare)
        if match and len(bare) <= MOST_DIGITS:
            whole = re.sub(r"[.,]", "", match["n"])
            sign = match["sign"].replace("+", "")
            found[style] = Decimal(f"{sign}{whole}.{match['f'] or '0'}").normalize()
    return {style: Decimal(format(number, "f")) for style, number in found.items()}


@dataclass(frozen=True)
class Habits:
    """How the cells of some columns are typed, seen by those that leave no doubt."""

    styles: frozenset[NumberStyle] = frozenset()
    has_late_days: bool = False
    has_text_days: bool = False
    has_month_first: bool = False

    @property
    def style(self) -> NumberStyle | None:
        """The one way in which numbers are written; None where both or neither is seen."""
        return next(iter(self.styles)) if len(self.styles) == 1 else None


def habits_of(cells: Iterable[Cell]) -> Habits:
    """See how some cells are typed."""
    styles: set[NumberStyle] = set()
    late = texts = month_first = False
    for cell in cells:
        if isinstance(cell.value, str):
            if _DIGIT.search(cell.value) is None:
                continue
            styles |= _style_of(cell.value)
            day = parse_date(cell.value)
            texts |= day.date is not None
            month_first |= _is_month_first(cell.value)
        elif isinstance(cell.value, date):
            late |= cell.value.day > 12
    return Habits(frozenset(styles), late, texts, month_first)


@lru_cache(maxsize=1024)
def _style_of(text: str) -> frozenset[NumberStyle]:
    """Give the way in which a text is surely written; nothing where it tells none."""
    found: set[NumberStyle] = set()
    for part in re.split(r"[/;]", text):
        forms = number_forms(part.strip().removesuffix("%"))
        if len(forms) == 1:
            found |= forms.keys()
    return frozenset(found)


def read_number(text: str, style: NumberStyle | None, habits: Habits) -> Meant[Decimal]:
    """Read a number typed as text.

    Args:
        text: without a sign for percent or a unit.
        style: the way a person said numbers are written; None for none.
        habits: how the column is typed otherwise.
    """
    forms = number_forms(text)
    values = tuple(dict.fromkeys(forms.values()))
    if len(values) < 2:
        return Meant(values)
    chosen = style or habits.style
    if chosen is not None:
        note = "" if style else f"đọc theo cách viết {chosen.value} của các ô khác cùng cột"
        return Meant((forms[chosen],), note)
    shown = " hoặc ".join(show_number(one) for one in values)
    return Meant(values, f"“{text.strip()}” có thể là {shown}")


def read_day(cell: Cell, order: DayOrder | None, habits: Habits) -> Meant[date]:
    """Read a day: one that Excel keeps as a day, a text, or Excel's bare count of days."""
    value = cell.value
    if isinstance(value, date):
        return _stored_day(value, order, habits)
    if isinstance(value, Decimal):
        return _counted_day(value)
    if isinstance(value, str):
        return _written_day(value, order, habits)
    return Meant((), f"“{cell.text}” không phải là ngày")


def _stored_day(day: date, order: DayOrder | None, habits: Habits) -> Meant[date]:
    swapped = _swapped(day)
    if swapped is None or swapped == day:
        return Meant((day,))
    if order is DayOrder.AS_STORED:
        return Meant((day,))
    if order is DayOrder.SWAPPED:
        return Meant((swapped,), f"đảo ngày với tháng: Excel giữ {show_date(day)}")
    if habits.has_late_days and not habits.has_text_days:
        return Meant((day,))
    why = (
        "cột này lẫn ngày dạng chữ, Excel có thể đã đảo ngày với tháng"
        if habits.has_text_days
        else "không rõ Excel có đảo ngày với tháng không"
    )
    return Meant((day, swapped), f"{show_date(day)} hay {show_date(swapped)}: {why}")


def _swapped(day: date) -> date | None:
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def _counted_day(number: Decimal) -> Meant[date]:
    if number != number.to_integral_value() or int(number) not in _SERIALS:
        return Meant((), f"“{show_number(number)}” không phải là ngày")
    day = _FIRST_DAY + timedelta(days=int(number))
    why = f"{show_number(number)} là {show_date(day)} nếu là ngày theo cách Excel đếm"
    return Meant((day,), why, doubtful=True)


def _written_day(text: str, order: DayOrder | None, habits: Habits) -> Meant[date]:
    written = parse_date(text)
    if written.date is None or written.warning:
        return Meant((), written.warning or "")
    swapped = _swapped(written.date)
    if order is None and habits.has_month_first and swapped not in (None, written.date):
        assert swapped is not None
        shown = f"{show_date(written.date)} hay {show_date(swapped)}"
        return Meant((written.date, swapped), f"{shown}: cột này có ô ghi tháng trước")
    return Meant((written.date,))


def _is_month_first(text: str) -> bool:
    """Tell whether a text is a day only when its month comes first."""
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip())
    return found is not None and int(found[1]) <= 12 < int(found[2]) <= 31


def without_unit(text: str, units: Sequence[str]) -> tuple[str, str]:
    """Part a number from the unit behind it, where that is one of those expected."""
    bare = text.strip()
    for unit in sorted(filter(None, units), key=len, reverse=True):
        head = bare[: len(bare) - len(unit)]
        if fold(bare[len(head) :]) == fold(unit) and head.strip()[-1:].isdigit():
            return head.strip(), unit
    return bare, ""
