"""Figures typed on the command line: which options make which figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.criteria.definitions import Indicator, Threshold, ThresholdKind
from db.judging import Figure, FigureProblem, Part, Quantity, parts_of
from db.judging.entry import parse_level
from db.numbers import NumberProblem, parse_number
from db.problems import Refused
from ntm_tui.console.outcome import WrongUsage

_WAYS = {
    (Part.WHOLE,): "--value SỐ, hoặc --numerator TỬ-SỐ --denominator MẪU-SỐ",
    (Part.MEN, Part.WOMEN): "--men … --women … (mỗi mục là một số, hoặc tử/mẫu như 10/20)",
    (Part.FIRST, Part.SECOND): "--part … --part … (phần thứ nhất rồi phần thứ hai)",
    (Part.SHARE, Part.COUNT): "--part … --part … (tỷ lệ rồi số lượng)",
}


@dataclass(frozen=True)
class TypedFigure:
    """What was typed after the figure's options; None where an option was not used."""

    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    men: str | None = None
    women: str | None = None
    parts: Sequence[str] = ()


def read_figure(typed: TypedFigure, indicator: Indicator, threshold: Threshold) -> Figure | None:
    """Read the figure of an indicator; None when none was typed.

    Raises:
        WrongUsage: the options do not fit the indicator, or a number cannot be understood.
        Refused: a figure like that cannot be.
    """
    ways = _ways(typed)
    if not ways:
        return None
    if ways > 1:
        raise WrongUsage(f"Chỉ dùng một cách ghi số liệu. {_expected(indicator, threshold)}")
    if threshold.kind is ThresholdKind.LEVEL:
        return _level(typed, indicator, threshold)
    given = dict(_given(typed, indicator, threshold))
    wanted = parts_of(indicator, threshold)
    if not given or not given.keys() <= set(wanted):
        raise WrongUsage(_expected(indicator, threshold))
    try:
        return Figure.of(**{part.value: _quantity(part, text) for part, text in given.items()})
    except FigureProblem as problem:
        raise Refused(f"Chỉ tiêu {indicator.number}: {problem} Chưa có gì thay đổi.") from problem


def _ways(typed: TypedFigure) -> int:
    groups: tuple[Sequence[str | None], ...] = (
        (typed.value,),
        (typed.numerator, typed.denominator),
        (typed.men, typed.women),
        typed.parts,
    )
    return sum(any(text is not None for text in group) for group in groups)


def _level(typed: TypedFigure, indicator: Indicator, threshold: Threshold) -> Figure:
    try:
        return parse_level(typed.value or "", threshold)
    except FigureProblem as problem:
        raise WrongUsage(_expected(indicator, threshold)) from problem


def _given(
    typed: TypedFigure, indicator: Indicator, threshold: Threshold
) -> Iterator[tuple[Part, str]]:
    """Pair what was typed with the parts it is meant for."""
    if typed.value is not None:
        yield Part.WHOLE, typed.value
    if typed.numerator is not None and typed.denominator is not None:
        yield Part.WHOLE, f"{typed.numerator}/{typed.denominator}"
    if typed.men is not None:
        yield Part.MEN, typed.men
    if typed.women is not None:
        yield Part.WOMEN, typed.women
    wanted = parts_of(indicator, threshold)
    if typed.parts and len(typed.parts) == len(wanted) == 2:
        yield from zip(wanted, typed.parts, strict=True)


def _quantity(part: Part, text: str) -> Quantity:
    numbers = text.split("/", 1)
    try:
        read = [parse_number(number) for number in numbers]
    except NumberProblem as problem:
        named = f"{part.label}: " if part.label else ""
        raise WrongUsage(f"{named}{problem.message_vi}") from problem
    if len(read) == 1:
        return Quantity(read[0])
    return Quantity(numerator=read[0], denominator=read[1])


def _expected(indicator: Indicator, threshold: Threshold) -> str:
    number = indicator.number
    if threshold.kind is ThresholdKind.LEVEL:
        return f"Chỉ tiêu {number} nhận --value với một bậc: {', '.join(threshold.levels)}."
    wanted = parts_of(indicator, threshold)
    if not wanted:
        return f"Chỉ tiêu {number} không tính từ số liệu, chỉ cần ghi trạng thái."
    return f"Chỉ tiêu {number} nhận số liệu bằng {_WAYS[wanted]}."
