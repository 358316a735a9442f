"""Cells of registers: each read as the kind of its field declares, and never half guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.communes import village_code
from db.judging.spellings import is_mark
from db.kinds import (
    MILLION_DONG,
    THOUSAND_DONG,
    Choice,
    Choices,
    Count,
    Date,
    Kind,
    KindProblem,
    Line,
    Link,
    Links,
    Names,
    Percent,
    Quantity,
    Split,
    WrittenDate,
    Year,
    YesNo,
)
from db.kinds.links import NUMBERED, found_by
from db.numbers import plain_number, show_date, show_number
from db.registers.names import number_id
from db.registers.register import Column
from db.text import fold
from db.workbooks.cells import Cell
from db.workbooks.indicators import Finder
from db.workbooks.measures import (
    DayOrder,
    Habits,
    Meant,
    NumberStyle,
    read_day,
    read_number,
    without_unit,
)
from db.workbooks.table import words_meant

_NUMBERS = (Count, Year, Percent, Quantity)
_CHOSEN = (Choice, Choices, YesNo, Split)
_WORTH = {"đồng": Decimal(1), THOUSAND_DONG: Decimal(1000), MILLION_DONG: Decimal(1_000_000)}
_UNITS = (
    (re.compile(r"ty dong|\bty\b"), Decimal(1_000_000_000), "tỷ đồng"),
    (re.compile(r"trieu|\btrd\b|\btr\.?\s?d"), Decimal(1_000_000), MILLION_DONG),
    (re.compile(r"nghin|ngan|1\.?000\s?d"), Decimal(1000), THOUSAND_DONG),
    (re.compile(r"\bdong\b|\bvnd\b"), Decimal(1), "đồng"),
)


@dataclass(frozen=True)
class Typing:
    """How a cell is typed, as far as a person or its column says.

    `habits` are looked at where they matter. `unit` is the unit of money that the heading says;
    empty where it says none. What is `settled` means what it says: a person said so, or this
    program wrote it.
    """

    numbers: NumberStyle | None
    days: DayOrder | None
    habits: Callable[[], Habits]
    unit: str = ""
    settled: bool = False


def money_unit(text: str) -> str:
    """Give the unit of money that a heading says, in brackets or after "đơn vị"; empty for none."""
    said = fold(text)
    parts = re.findall(r"\(([^)]*)\)", said) or re.findall(
        r"(?:don vi(?: tinh)?|dvt)\s*:?\s*(.*)", said
    )
    for part in parts:
        for form, _, unit in _UNITS:
            if form.search(part):
                return unit
    return ""


def read_field(
    cell: Cell, column: Column, names: Names, typing: Typing, finder: Finder
) -> Meant[Any]:
    """Read a cell as a field of a register.

    Args:
        cell: something stands in it.
        column: the field.
        names: what fields can lead to.
        typing: how the cell is typed.
        finder: finds indicators.
    """
    kind = column.kind
    if cell.trouble:
        return Meant((), cell.trouble)
    if isinstance(kind, Date):
        return read_day(cell, typing.days, typing.habits())
    if isinstance(kind, WrittenDate) and not isinstance(cell.value, str):
        return _written(read_day(cell, typing.days, typing.habits()))
    if isinstance(kind, _NUMBERS):
        return _read_number(cell, column, typing)
    if isinstance(kind, _CHOSEN):
        return _read_choice(cell, kind, names)
    if isinstance(kind, Link):
        return _read_link(cell, kind, names, finder)
    if isinstance(kind, Line):
        return _read_words(cell, column, kind)
    return Meant((), "mục này không đưa vào từ Excel được")


def _written(meant: Meant[Any]) -> Meant[Any]:
    return Meant(tuple(map(show_date, meant.values)), meant.why, meant.doubtful)


def _read_number(cell: Cell, column: Column, typing: Typing) -> Meant[Any]:
    meant = _number(cell, column, typing)
    if not meant.values:
        return Meant((), meant.why or f"“{cell.text[:40]}” không phải là số")
    factor, note = _factor(column, typing.unit)
    found: list[Any] = []
    problem = ""
    for number in meant.values:
        try:
            found.append(_as_kind(column.kind, number * factor))
        except KindProblem as error:
            problem = str(error)
    if not found:
        return Meant((), problem)
    unclear = len(found) > 1 or meant.doubtful
    return Meant(tuple(found), meant.why if unclear else note or meant.why, meant.doubtful)


def _number(cell: Cell, column: Column, typing: Typing) -> Meant[Decimal]:
    if isinstance(cell.value, Decimal):
        percent = isinstance(column.kind, Percent)
        if cell.style.is_percent:
            return Meant((cell.value * 100,)) if percent else Meant((), f"ô ghi {cell.text}")
        if percent and 0 < cell.value <= 1 and not typing.settled:
            share = cell.value * 100
            shown = f"{show_number(cell.value)} có thể là {cell.text} % hoặc {show_number(share)} %"
            return Meant((share, cell.value), shown, doubtful=True)
        return Meant((cell.value,))
    if not isinstance(cell.value, str):
        return Meant()
    bare, _ = without_unit(cell.value, (column.unit, "%"))
    return read_number(bare, typing.numbers, typing.habits())


def _as_kind(kind: Kind, number: Decimal) -> Any:
    text = plain_number(number).replace(".", ",")
    return kind.read(text)


def _factor(column: Column, unit: str) -> tuple[Decimal, str]:
    """Give what a number is multiplied by where its heading says another unit of money."""
    own = _WORTH.get(column.unit)
    if own is None or not unit or unit == column.unit:
        return Decimal(1), ""
    worth = next(worth for _, worth, name in _UNITS if name == unit)
    return worth / own, f"đổi từ {unit} sang {column.unit}"


def _read_choice(cell: Cell, kind: Kind, names: Names) -> Meant[Any]:
    if isinstance(kind, YesNo) and (is_mark(cell.text) or isinstance(cell.value, bool)):
        return Meant((cell.value is not False,))
    found = Meant[Any]()
    if not (cell.is_number or cell.text.isdecimal() or isinstance(cell.value, bool)):
        found = _understood(cell, kind, names)
    if found.values or (found.why and isinstance(kind, Split)):
        return found
    labels = "; ".join(label for _, label in kind.offered(names))
    return Meant((), f"“{cell.text[:40]}” không phải là một trong: {labels}")


def _understood(cell: Cell, kind: Kind, names: Names) -> Meant[Any]:
    try:
        value = kind.read(cell.text, names)
    except KindProblem as problem:
        return Meant((), str(problem))
    shown = kind.show(value, names)
    return Meant((value,), "" if fold(shown) == fold(cell.text) else f"hiểu là {shown}")


def _read_link(cell: Cell, kind: Link, names: Names, finder: Finder) -> Meant[Any]:
    if kind.entity in NUMBERED:
        return _read_numbered(cell, kind, names, finder)
    if kind.entity == "village" and not isinstance(kind, Links):
        wanted = village_code(cell.text)
        if names.knows("village", wanted):
            return Meant((wanted,))
    meant = _understood(cell, kind, names)
    if not meant.values and not found_by(cell.text, kind.offered(names)):
        return Meant((), f"danh sách không có {kind.called} “{cell.text[:40]}”")
    return Meant(meant.values, meant.why, doubtful=bool(meant.why and meant.values))


def _read_numbered(cell: Cell, kind: Link, names: Names, finder: Finder) -> Meant[Any]:
    found = finder.by_number(cell) if kind.entity == "indicator" else Meant[str]()
    several = isinstance(cell.value, str) and re.search(r"[;\n]|,\s", cell.value)
    if found.values and not several:
        ids = [number_id(finder.criteria_set.id, one) for one in found.values]
        values = tuple([one] if isinstance(kind, Links) else one for one in ids)
        return Meant(values, "" if len(ids) == 1 else "Excel đã đổi số chỉ tiêu thành số thường")
    return _understood(cell, kind, names)


def _read_words(cell: Cell, column: Column, kind: Line) -> Meant[Any]:
    if isinstance(cell.value, Decimal):
        digits = plain_number(cell.value).replace(".", ",")
        if column.name == "phone" and len(digits) == 9:
            return Meant((f"0{digits}", digits), "Excel đã bỏ số 0 ở đầu số điện thoại", True)
        return Meant((digits,))
    meant = words_meant(cell)
    return Meant(tuple(kind.read(one) for one in meant.values), meant.why, meant.doubtful)


def same(kind: Kind, one: Any, other: Any) -> bool:
    """Tell whether two values of a field are the same."""
    if isinstance(kind, Split):
        return kind.amounts(one) == kind.amounts(other)
    return bool(one == other)
