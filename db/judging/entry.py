"""Figures as a person types them, part by part."""

from db.criteria.definitions import Threshold
from db.judging.figures import Figure, FigureProblem, Quantity
from db.numbers import NumberProblem, parse_number, show_number
from db.text import fold


def parse_quantity(text: str) -> Quantity:
    """Read "67,5", "67,5 %" or "1011/1498".

    Raises:
        FigureProblem: with a Vietnamese sentence saying what was expected.
    """
    numerator, slash, denominator = text.partition("/")
    try:
        if not slash:
            return Quantity(parse_number(text))
        return Quantity(numerator=parse_number(numerator), denominator=parse_number(denominator))
    except NumberProblem as problem:
        raise FigureProblem(problem.message_vi) from problem


def parse_level(text: str, threshold: Threshold) -> Figure:
    """Read the name of a level, marks and case aside, or its number counted from the lowest.

    Raises:
        FigureProblem: there is no such level.
    """
    typed = fold(text)
    for place, name in enumerate(threshold.levels, 1):
        if typed in (fold(name), str(place)):
            return Figure(level=name)
    listed = "; ".join(f"{place} {name}" for place, name in enumerate(threshold.levels, 1))
    raise FigureProblem(f"Không có bậc “{text[:40]}”. Hãy gõ tên hoặc số của một bậc: {listed}.")


def entry_text(quantity: Quantity | None) -> str:
    """Give a quantity as it could be typed, to start a correction from."""
    if quantity is None:
        return ""
    if quantity.numerator is not None and quantity.denominator is not None:
        return f"{show_number(quantity.numerator)}/{show_number(quantity.denominator)}"
    return show_number(quantity.value) if quantity.value is not None else ""
