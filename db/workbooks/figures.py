"""Figures in cells: one number, a fraction, several parts in one cell or in several."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from db.criteria.definitions import Indicator, Threshold, ThresholdKind
from db.judging import Figure, FigureProblem, Part, Quantity, check_figure, parts_of
from db.judging.entry import figure_text, parse_figure, parse_level
from db.judging.figures import is_percent
from db.numbers import show_number
from db.workbooks.cells import Cell
from db.workbooks.measures import (
    Habits,
    Meant,
    NumberStyle,
    number_forms,
    read_number,
    without_unit,
)

MOST_READINGS = 4
_BOTH = tuple(
    re.compile(form)
    for form in (
        r"(?P<one>[^()]+)\((?P<other>[^()]+)\)",
        r"(?P<one>[^=]+)=(?P<other>[^=]+)",
        r"(?P<one>.*\S)\s+(?=(?:đạt|bằng|chiếm)\s)(?P<other>\S+\s[\d.,]+\s*%)",
    )
)
"""A fraction and its percentage: "67/100 (67 %)", "67 % = 67/100", "67/100 hộ đạt 67 %"."""

_BEFORE_A_SHARE = re.compile(r"^(?:đạt|bằng|chiếm|tỷ lệ|tỉ lệ)\s*:?\s*", re.IGNORECASE)
_LABELS = {part.label.lower(): part for part in (Part.MEN, Part.WOMEN)}
_LABELLED = re.compile(rf"\s*({'|'.join(_LABELS)})\s*:?\s*(.+)", re.IGNORECASE | re.DOTALL)
_NEAR = Decimal("0.06")
"""Percentage points by which a rounded percentage may be off its fraction."""


@dataclass(frozen=True)
class Asked:
    """Which figure is asked for, and how the cells that hold it are typed.

    `settled` cells mean what they say: a person said so, or this program wrote them.
    """

    indicator: Indicator
    threshold: Threshold
    numbers: NumberStyle | None
    habits: Habits
    settled: bool = False

    @property
    def units(self) -> Sequence[str]:
        """What may stand behind a number."""
        return (*self.threshold.units, self.indicator.counted, "%")


def read_figure(cells: Mapping[str, Cell], asked: Asked, *, answered: str = "") -> Meant[Figure]:
    """Read the cells of one figure.

    Args:
        cells: by part: "" for a whole figure, else numerator, denominator, men, women …
        asked: which figure is asked for.
        answered: what a person said it is, as it is typed; empty for nothing.
    """
    if answered:
        return _answered(answered, asked)
    if asked.threshold.kind is ThresholdKind.LEVEL:
        return _level(cells, asked)
    if asked.threshold.kind is ThresholdKind.KHONG and _is_none(cells.get("")):
        return Meant((Figure.of(whole=Quantity(Decimal(0))),), "hiểu là 0")
    wanted = parts_of(asked.indicator, asked.threshold)
    if not wanted:
        return Meant((), "chỉ tiêu này không tính bằng số, chỉ có đạt hay chưa đạt")
    return _only_possible(_parts(cells, wanted, asked), asked)


def _is_none(cell: Cell | None) -> bool:
    """Tell whether a cell says that there is nothing of what must not be there."""
    return cell is not None and cell.folded in ("khong", "khong co", "khong con")


def _answered(text: str, asked: Asked) -> Meant[Figure]:
    try:
        return Meant((parse_figure(text, asked.indicator, asked.threshold),))
    except FigureProblem as problem:
        return Meant((), str(problem))


def _level(cells: Mapping[str, Cell], asked: Asked) -> Meant[Figure]:
    cell = next(iter(cells.values()))
    if cell.is_number:
        return Meant((), f"cần tên một bậc: {', '.join(asked.threshold.levels)}")
    try:
        return Meant((parse_level(cell.text, asked.threshold),))
    except FigureProblem as problem:
        return Meant((), str(problem))


Parts = dict[str, Meant[Quantity]]


def _parts(cells: Mapping[str, Cell], wanted: Sequence[Part], asked: Asked) -> Parts:
    """Read every part on its own."""
    found: Parts = {}
    for part in wanted:
        cell = cells.get(part.value)
        if cell is not None:
            found[part.value] = read_quantity(cell, part, asked)
    if found:
        return found
    if "numerator" in cells:
        return {wanted[0].value: _fraction(cells, asked)} if len(wanted) == 1 else {}
    whole = cells.get("")
    if whole is None:
        return {}
    if len(wanted) == 1 or whole.trouble:
        return {wanted[0].value: read_quantity(whole, wanted[0], asked)}
    pieces = _pieces(whole.text, wanted) if not whole.is_number else {}
    return {part.value: _read_text(text, part, asked) for part, text in pieces.items()}


def _pieces(text: str, wanted: Sequence[Part]) -> Mapping[Part, str]:
    """Part a text such as "72 %; 70 %" or "Nam: 72 %; Nữ: 70 %"; nothing where it is another."""
    typed = text.split(";")
    if len(typed) != len(wanted):
        return {}
    labelled = [_LABELLED.fullmatch(it) for it in typed]
    named = {_LABELS[it[1].lower()]: it[2] for it in labelled if it is not None}
    if not named:
        return dict(zip(wanted, typed, strict=True))
    return named if set(named) == set(wanted) else {}


def _only_possible(parts: Parts, asked: Asked) -> Meant[Figure]:
    """Put parts together in every way, and keep what can be true of the indicator."""
    empty = next((meant.why for meant in parts.values() if not meant.values), None)
    if not parts or empty is not None:
        return Meant((), empty or "số liệu của chỉ tiêu này có nhiều phần, ô không ghi đủ các phần")
    possible, problem = [], ""
    ways = product(*(meant.values for meant in parts.values()))
    for way in islice(ways, MOST_READINGS * MOST_READINGS):
        figure = Figure.of(**dict(zip(parts, way, strict=True)))
        told = check_figure(asked.indicator, asked.threshold, figure)
        if told is None:
            possible.append(figure)
        problem = problem or told or ""
    whys = "; ".join(meant.why for meant in parts.values() if meant.why)
    doubtful = any(meant.doubtful for meant in parts.values())
    if not possible:
        return Meant((), problem)
    if len(possible) == 1 and not doubtful:
        unclear = any(len(meant.values) > 1 for meant in parts.values())
        told = f"hiểu là {figure_text(possible[0])}: cách đọc kia không thể đúng"
        return Meant((possible[0],), told if unclear else whys)
    return Meant(tuple(possible[:MOST_READINGS]), whys, doubtful=True)


def read_quantity(cell: Cell, part: Part, asked: Asked) -> Meant[Quantity]:
    """Read a cell as one part of a figure."""
    if cell.trouble:
        return Meant((), cell.trouble)
    if isinstance(cell.value, Decimal):
        return _read_stored(cell, part, asked)
    if isinstance(cell.value, str):
        return _read_text(cell.value, part, asked)
    return Meant((), f"“{cell.text}” không phải là số; Excel có thể đã đổi số thành ngày")


def _read_stored(cell: Cell, part: Part, asked: Asked) -> Meant[Quantity]:
    assert isinstance(cell.value, Decimal)
    percent = is_percent(asked.threshold, part)
    if cell.style.is_percent:
        if not percent:
            return Meant((), f"ô ghi {cell.text} mà số liệu này không phải là tỷ lệ")
        return Meant((Quantity(cell.value * 100),))
    return _perhaps_share(cell.value, percent, asked)


def _perhaps_share(number: Decimal, percent: bool, asked: Asked) -> Meant[Quantity]:
    """A percentage below one may have been meant as a share of one."""
    if percent and 0 < number <= 1 and not asked.settled:
        share = number * 100
        why = f"{show_number(number)} có thể là {show_number(number)} % hoặc {show_number(share)} %"
        return Meant((Quantity(share), Quantity(number)), why, doubtful=True)
    return Meant((Quantity(number),))


def _read_text(text: str, part: Part, asked: Asked) -> Meant[Quantity]:
    both = next((found for form in _BOTH if (found := form.fullmatch(text.strip()))), None)
    if both is not None:
        return _read_both(both["one"], both["other"], part, asked)
    bare, unit = without_unit(text, asked.units)
    if "/" in bare:
        return _read_fraction(bare, asked)
    meant = read_number(bare, asked.numbers, asked.habits)
    if not meant.values:
        return Meant((), f"“{text[:40]}” không phải là số")
    percent = is_percent(asked.threshold, part)
    if unit == "%" and not percent:
        return Meant((), f"ô ghi {text[:40]} mà số liệu này không phải là tỷ lệ")
    if len(meant.values) == 1 and percent and unit != "%":
        return _perhaps_share(meant.values[0], percent, asked)
    return Meant(tuple(map(Quantity, meant.values)), meant.why)


def _read_fraction(text: str, asked: Asked) -> Meant[Quantity]:
    """Read a fraction; both of its numbers are written in the same way."""
    first, _, second = (it.strip() for it in text.partition("/"))
    first, _ = without_unit(first, asked.units)
    one, other = number_forms(first), number_forms(second)
    styles = [style for style in NumberStyle if style in one and style in other]
    if asked.numbers is not None and len(styles) > 1:
        styles = [asked.numbers]
    pairs = dict.fromkeys((one[style], other[style]) for style in styles)
    made = [quantity for pair in pairs if (quantity := _pair(*pair)) is not None]
    if not made:
        return Meant((), f"“{text[:40]}” không phải là tử số/mẫu số")
    return Meant(tuple(made), "" if len(made) == 1 else f"“{text[:40]}” đọc được hai cách")


def _pair(numerator: Decimal, denominator: Decimal) -> Quantity | None:
    try:
        return Quantity(numerator=numerator, denominator=denominator)
    except FigureProblem:
        return None


def _read_both(one: str, other: str, part: Part, asked: Asked) -> Meant[Quantity]:
    """Read a fraction with its percentage behind it, or the other way round."""
    fraction, share = (one, other) if "/" in one else (other, one)
    share = _BEFORE_A_SHARE.sub("", share.strip())
    meant = _read_text(fraction.strip(), part, asked)
    said = number_forms(share.strip().removesuffix("%").strip())
    if "/" not in fraction or not meant.values or not said:
        return Meant((), f"“{one.strip()[:20]} ({other[:20]})” không phải là số")
    return agreeing(meant, tuple(said.values()))


def agreeing(meant: Meant[Quantity], shares: Sequence[Decimal]) -> Meant[Quantity]:
    """Check fractions against the percentage that was written beside them."""
    for quantity in meant.values:
        percent = Decimal(quantity.percent.numerator) / Decimal(quantity.percent.denominator)
        if any(abs(percent - share) <= _NEAR for share in shares):
            return Meant((quantity,), meant.why if len(meant.values) == 1 else "")
    first = meant.values[0]
    percent = Decimal(first.percent.numerator) / Decimal(first.percent.denominator)
    said = " hoặc ".join(map(show_number, shares))
    why = f"tử số/mẫu số ra {show_number(round(percent, 2))} % mà ô tỷ lệ ghi {said} %"
    return Meant((*meant.values, *map(Quantity, shares)), why, doubtful=True)


def _fraction(cells: Mapping[str, Cell], asked: Asked) -> Meant[Quantity]:
    """Put numerator and denominator from two cells together."""
    numerator, denominator = cells["numerator"], cells.get("denominator")
    if denominator is None:
        return Meant((), "có tử số mà thiếu mẫu số")
    upper, lower = _plain_number(numerator, asked), _plain_number(denominator, asked)
    for meant in (upper, lower):
        if not meant.values:
            return Meant((), meant.why)
    made = [
        quantity
        for pair in product(upper.values, lower.values)
        if (quantity := _pair(*pair)) is not None
    ]
    if not made:
        return Meant((), "mẫu số phải lớn hơn 0")
    found = Meant(tuple(made), "; ".join(filter(None, (upper.why, lower.why))))
    share = cells.get("")
    if share is None or share.trouble:
        return found
    beside = read_quantity(share, Part.WHOLE, asked)
    values = [one.value for one in beside.values if one.value is not None]
    return agreeing(found, values) if values else found


def _plain_number(cell: Cell, asked: Asked) -> Meant[Decimal]:
    if cell.trouble:
        return Meant((), cell.trouble)
    if isinstance(cell.value, Decimal):
        return Meant((cell.value,))
    bare, _ = without_unit(cell.text, asked.units)
    meant = read_number(bare, asked.numbers, asked.habits)
    return meant if meant.values else Meant((), f"“{cell.text[:40]}” không phải là số")
