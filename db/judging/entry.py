"""Figures as a person types them, part by part."""

from db.criteria.definitions import Indicator, Threshold, ThresholdKind
from db.judging.figures import Figure, FigureProblem, Quantity, check_figure, part_label, parts_of
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


def parse_figure(text: str, indicator: Indicator, threshold: Threshold) -> Figure:
    """Read a whole figure from one line; its parts, where it has several, stand between ";".

    Raises:
        FigureProblem: it cannot be understood, or cannot be true for the indicator.
    """
    if threshold.kind is ThresholdKind.LEVEL:
        figure = parse_level(text, threshold)
    else:
        parts = parts_of(indicator, threshold)
        typed = text.split(";")
        if len(typed) != len(parts):
            names = "; ".join(part_label(indicator, part).lower() for part in parts)
            raise FigureProblem(
                f"Ô này cần {len(parts)} số, cách nhau bằng dấu chấm phẩy: {names}."
                if len(parts) > 1
                else "Ô này chỉ nhận một số, hoặc tử số/mẫu số."
            )
        read = {part.value: parse_quantity(it) for part, it in zip(parts, typed, strict=True)}
        figure = Figure.of(**read)
    told = check_figure(indicator, threshold, figure)
    if told:
        raise FigureProblem(told)
    return figure


def figure_text(figure: Figure | None) -> str:
    """Give a whole figure as it could be typed in one line."""
    if figure is None or figure.level:
        return figure.level if figure else ""
    return "; ".join(entry_text(quantity) for _, quantity in figure.parts)
