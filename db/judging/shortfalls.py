"""How far a figure is from what is required, in numbers a person can act on."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from db.criteria.definitions import Indicator, Threshold, ThresholdKind
from db.judging.figures import Part, Quantity, is_percent, part_label
from db.numbers import show_number

_SHOWN_DECIMALS = 2


@dataclass(frozen=True)
class Shortfall:
    """The distance of one part: the exact amount, its unit, and the sentence to show."""

    part: Part
    amount: Fraction
    unit: str
    text: str


def shortfall(
    indicator: Indicator, threshold: Threshold, part: Part, quantity: Quantity, required: Decimal
) -> Shortfall:
    """Tell what is still lacking, or in excess where less is better.

    With numerator and denominator it is the number of units still to be won, never rounded to
    less than is needed; with a typed percentage it is in percentage points.
    """
    upper = threshold.kind in (ThresholdKind.PCT_LE, ThresholdKind.KHONG)
    target = Fraction(required)
    if not is_percent(threshold, part):
        unit = threshold.unit(1 if part == Part.COUNT else 0)
        distance = abs(target - quantity.number)
    elif quantity.numerator is None or quantity.denominator is None:
        unit, distance = "điểm %", abs(target - quantity.percent)
    else:
        unit = indicator.counted or "đơn vị"
        distance = abs(target * Fraction(quantity.denominator) / 100 - Fraction(quantity.numerator))
        if _counts_whole(indicator, quantity):
            distance = Fraction(ceil(distance))
    words = _words(threshold, upper, f"{show_number(_upwards(distance))} {unit}".rstrip())
    label = part_label(indicator, part)
    return Shortfall(part, distance, unit, f"{label}: {words}" if label else words)


def level_shortfall(threshold: Threshold, level: str) -> Shortfall:
    """Tell how many steps a level is below the required one."""
    steps = threshold.levels.index(threshold.level) - threshold.levels.index(level)
    text = f"còn thiếu {steps} bậc, từ “{level}” lên “{threshold.level}”"
    return Shortfall(Part.WHOLE, Fraction(steps), "bậc", text)


def _words(threshold: Threshold, upper: bool, distance: str) -> str:
    if threshold.kind == ThresholdKind.KHONG:
        return f"còn {distance}, yêu cầu là không còn"
    return f"cần giảm {distance}" if upper else f"còn thiếu {distance}"


def _counts_whole(indicator: Indicator, quantity: Quantity) -> bool:
    """Whole units are counted where the indicator says so, or the entered numbers are whole."""
    if indicator.counted:
        return indicator.counts_whole
    return all(
        number == number.to_integral_value()
        for number in (quantity.numerator, quantity.denominator)
        if number is not None
    )


def _upwards(distance: Fraction) -> Decimal:
    """Return a short decimal that is never below the distance; exact where it is short itself."""
    exact = Decimal(distance.numerator) / Decimal(distance.denominator)
    if Fraction(exact) == distance:
        return exact
    scale = 10**_SHOWN_DECIMALS
    return Decimal(ceil(distance * scale)) / Decimal(scale)
