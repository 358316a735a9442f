"""Figures as they are entered and carried: one number, a fraction, or several parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from db.criteria.definitions import Indicator, Threshold, ThresholdKind
from db.numbers import NumberProblem, number_from_plain, plain_number


class FigureProblem(ValueError):
    """A figure cannot be understood or cannot be true; the text is Vietnamese."""


class Part(StrEnum):
    """Which part of a figure a number belongs to."""

    WHOLE = "whole"
    MEN = "men"
    WOMEN = "women"
    FIRST = "first"
    SECOND = "second"
    SHARE = "share"
    COUNT = "count"

    @property
    def label(self) -> str:
        """What a person reads; empty for a figure without parts."""
        return _PART_LABELS[self]


_PART_LABELS = {
    Part.WHOLE: "",
    Part.MEN: "Nam",
    Part.WOMEN: "Nữ",
    Part.FIRST: "Phần thứ nhất",
    Part.SECOND: "Phần thứ hai",
    Part.SHARE: "Tỷ lệ",
    Part.COUNT: "Số lượng",
}
_PARTS_TOGETHER = (
    (Part.WHOLE,),
    (Part.MEN, Part.WOMEN),
    (Part.FIRST, Part.SECOND),
    (Part.SHARE, Part.COUNT),
)
_COUNTED_KINDS = (
    ThresholdKind.KHONG,
    ThresholdKind.COUNT_GE,
    ThresholdKind.PCT_GE_AND_COUNT_GE,
)
_WRONG_SHAPE = "Số liệu ghi không đúng dạng lưu trữ."


@dataclass(frozen=True)
class Quantity:
    """Either a typed value, or a numerator and a denominator above zero.

    Raises:
        FigureProblem: when it is neither, so that a quantity can always be compared.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def __post_init__(self) -> None:
        pair = (self.numerator, self.denominator)
        if (None in pair) != (pair == (None, None)):
            raise FigureProblem("Cần cả tử số và mẫu số.")
        if (self.value is None) == (self.numerator is None):
            raise FigureProblem("Cần một số, hoặc tử số và mẫu số.")
        if self.denominator is not None and self.denominator <= 0:
            raise FigureProblem("Mẫu số phải lớn hơn 0.")

    @property
    def number(self) -> Fraction:
        """The exact number: the value, or numerator over denominator."""
        if self.numerator is not None and self.denominator is not None:
            return Fraction(self.numerator) / Fraction(self.denominator)
        return Fraction(self.value or 0)

    @property
    def percent(self) -> Fraction:
        """The exact percentage: the value as typed, or the fraction in hundredths."""
        return self.number if self.numerator is None else self.number * 100

    def to_wire(self) -> dict[str, str]:
        """Return the stored form."""
        named = {n: getattr(self, n) for n in ("value", "numerator", "denominator")}
        return {name: plain_number(number) for name, number in named.items() if number is not None}

    @classmethod
    def from_wire(cls, wire: object) -> "Quantity":
        """Read the stored form; FigureProblem when it is anything else."""
        if not isinstance(wire, Mapping) or not wire.keys() <= {*cls.__dataclass_fields__}:
            raise FigureProblem(_WRONG_SHAPE)
        if not all(isinstance(number, str) for number in wire.values()):
            raise FigureProblem(_WRONG_SHAPE)
        try:
            return cls(**{name: number_from_plain(number) for name, number in wire.items()})
        except NumberProblem as problem:
            raise FigureProblem(problem.message_vi) from problem


@dataclass(frozen=True)
class Figure:
    """One entered figure: quantities by part, or the name of a level.

    Raises:
        FigureProblem: when it is empty or mixes parts that do not belong together.
    """

    parts: tuple[tuple[Part, Quantity], ...] = ()
    level: str = ""

    def __post_init__(self) -> None:
        named = [part for part, _ in self.parts]
        fits = any(named == [p for p in together if p in named] for together in _PARTS_TOGETHER)
        if bool(self.parts) == bool(self.level) or not fits:
            raise FigureProblem(_WRONG_SHAPE)

    @classmethod
    def of(cls, **parts: Quantity) -> "Figure":
        """Make a figure from quantities named by part, such as `men=…, women=…`."""
        named = {Part(name): quantity for name, quantity in parts.items()}
        return cls(tuple((part, named[part]) for part in Part if part in named))

    def part(self, part: Part) -> Quantity | None:
        """The quantity of a part, None when it was not entered."""
        return dict(self.parts).get(part)

    def to_wire(self) -> dict[str, Any]:
        """Return the stored form, one for each figure."""
        if self.level:
            return {"level": self.level}
        whole = self.part(Part.WHOLE)
        if whole is not None:
            return dict(whole.to_wire())
        return {part.value: quantity.to_wire() for part, quantity in self.parts}

    @classmethod
    def from_wire(cls, wire: object) -> "Figure":
        """Read the stored form.

        Raises:
            FigureProblem: when it is anything else, or a part of it is.
        """
        if not isinstance(wire, Mapping) or not wire:
            raise FigureProblem(_WRONG_SHAPE)
        if wire.keys() == {"level"}:
            if not isinstance(wire["level"], str) or not wire["level"].strip():
                raise FigureProblem(_WRONG_SHAPE)
            return cls(level=wire["level"])
        if wire.keys() <= {"value", "numerator", "denominator"}:
            return cls(((Part.WHOLE, Quantity.from_wire(wire)),))
        for together in _PARTS_TOGETHER[1:]:
            if wire.keys() <= {part.value for part in together}:
                return cls(tuple((p, _part(p, wire)) for p in together if p.value in wire))
        raise FigureProblem(_WRONG_SHAPE)


def _part(part: Part, wire: Mapping[str, object]) -> Quantity:
    try:
        return Quantity.from_wire(wire[part.value])
    except FigureProblem as problem:
        raise FigureProblem(f"{part.label}: {problem}") from problem


def parts_of(indicator: Indicator, threshold: Threshold) -> tuple[Part, ...]:
    """The parts a figure of this indicator has; none where only a person or a level decides."""
    if threshold.kind in (ThresholdKind.DAT, ThresholdKind.LEVEL):
        return ()
    if threshold.kind == ThresholdKind.PCT_GE_TWO_PART:
        return (Part.FIRST, Part.SECOND)
    if threshold.kind == ThresholdKind.PCT_GE_AND_COUNT_GE:
        return (Part.SHARE, Part.COUNT)
    return (Part.MEN, Part.WOMEN) if indicator.men_women else (Part.WHOLE,)


def part_label(indicator: Indicator, part: Part) -> str:
    """Give what people call a part of an indicator's figure; empty for a figure without parts."""
    if indicator.parts and part in (Part.FIRST, Part.SECOND):
        return indicator.parts[(Part.FIRST, Part.SECOND).index(part)]
    return part.label


def is_percent(threshold: Threshold, part: Part) -> bool:
    """Whether that part is a percentage."""
    return threshold.unit(1 if part == Part.COUNT else 0) == "%"


def check_figure(indicator: Indicator, threshold: Threshold, figure: Figure) -> str | None:
    """Tell in Vietnamese what in a figure cannot be true for this indicator; None when all can."""
    if figure.level:
        if threshold.kind == ThresholdKind.LEVEL and figure.level not in threshold.levels:
            return f"Không có bậc “{figure.level}”. Các bậc: {', '.join(threshold.levels)}."
        return None
    for part, quantity in figure.parts:
        problem = _range_problem(indicator, threshold, part, quantity)
        if problem:
            label = part_label(indicator, part)
            return f"{label}: {problem}" if label else problem
    return None


def _range_problem(
    indicator: Indicator, threshold: Threshold, part: Part, quantity: Quantity
) -> str | None:
    entered = (quantity.value, quantity.numerator, quantity.denominator)
    if any(number is not None and number < 0 for number in entered):
        return "Số liệu không được âm."
    if is_percent(threshold, part):
        return _share_problem(indicator, quantity)
    if threshold.kind in _COUNTED_KINDS and (quantity.value is None or not _all_whole(entered)):
        return "Số đếm phải là một số nguyên, không phải phân số."
    return None


def _share_problem(indicator: Indicator, quantity: Quantity) -> str | None:
    if quantity.numerator is None:
        return "Tỷ lệ phải từ 0 đến 100 %." if quantity.percent > 100 else None
    if indicator.counts_whole and not _all_whole((quantity.numerator, quantity.denominator)):
        return f"Số {indicator.counted} phải là số nguyên."
    return "Tử số không được lớn hơn mẫu số." if quantity.percent > 100 else None


def _all_whole(numbers: tuple[Decimal | None, ...]) -> bool:
    return all(one is None or one == one.to_integral_value() for one in numbers)
