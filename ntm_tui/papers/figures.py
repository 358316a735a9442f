"""Figures as people read them: `67,5 % = 1.011/1.498 hộ`."""

from decimal import Decimal
from fractions import Fraction

from db.criteria.definitions import Indicator, Threshold
from db.judging import Figure, Part, Quantity
from db.judging.figures import part_label
from db.numbers import show_number


def show_figure(figure: Figure | None, indicator: Indicator, threshold: Threshold) -> str:
    """Write a figure with its units; empty when there is none."""
    if figure is None:
        return ""
    if figure.level:
        return figure.level
    return "; ".join(
        _labelled(part_label(indicator, part), show_quantity(quantity, indicator, threshold, part))
        for part, quantity in figure.parts
    )


def show_quantity(
    quantity: Quantity, indicator: Indicator, threshold: Threshold, part: Part = Part.WHOLE
) -> str:
    """Write one number with its unit, and the fraction it comes from."""
    unit = threshold.unit(1 if part is Part.COUNT else 0)
    if quantity.numerator is None or quantity.denominator is None:
        return f"{show_number(quantity.value or Decimal(0))} {unit}".rstrip()
    counted = f"{show_number(quantity.numerator)}/{show_number(quantity.denominator)}"
    number = quantity.percent if unit == "%" else quantity.number
    return f"{rounded_down(number)} {unit} = {counted} {indicator.counted}".strip()


def rounded_down(number: Fraction, decimals: int = 2) -> str:
    """Some decimals, cut and not rounded up: 69,999 must not read as 70."""
    scale = 10**decimals
    return show_number(Decimal(int(number * scale)) / scale)


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if label else text
