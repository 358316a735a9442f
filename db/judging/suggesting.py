"""What a figure suggests about an indicator. It suggests; the officer decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from db.criteria.definitions import Indicator, Threshold, ThresholdKind
from db.judging.figures import Figure, Part, Quantity, check_figure, is_percent, parts_of
from db.judging.shortfalls import Shortfall, level_shortfall, shortfall
from db.judging.statuses import Status

_MISSING_PARTS = {
    Part.MEN: "cần số liệu riêng của nam và của nữ",
    Part.FIRST: "cần số liệu của cả hai phần",
    Part.SHARE: "cần cả tỷ lệ và số lượng",
    Part.WHOLE: "số liệu không đúng dạng của chỉ tiêu này",
}


@dataclass(frozen=True)
class Suggestion:
    """The suggested status, None when nothing can be said; `reason_vi` says why."""

    status: Status | None
    reason_vi: str
    shortfalls: tuple[Shortfall, ...] = ()


def suggest(
    indicator: Indicator,
    threshold: Threshold,
    figure: Figure | None,
    year: int,
    missing_villages: int = 0,
) -> Suggestion:
    """Compare a figure with the threshold, exactly as entered.

    Nothing is suggested against an unknown threshold, or while a figure that was added up from
    villages still lacks some of them and they could turn the result.
    """
    if threshold.kind == ThresholdKind.DAT:
        return Suggestion(None, "Chỉ tiêu này do cán bộ đánh giá, không tính từ số liệu.")
    if not threshold.known_in(year):
        return Suggestion(None, f"Mức đạt: {threshold.text(year)}. Chưa thể so với số liệu.")
    if figure is None:
        return Suggestion(None, "Chưa có số liệu.")
    problem = check_figure(indicator, threshold, figure)
    if problem:
        return Suggestion(None, f"Số liệu chưa đúng: {problem}")
    if threshold.kind == ThresholdKind.LEVEL:
        return _by_level(threshold, figure)
    found = _by_parts(indicator, threshold, figure, year)
    if missing_villages and not _is_certain(indicator, threshold, found, missing_villages):
        return Suggestion(
            None, f"Còn {missing_villages} thôn chưa có số liệu để cộng.", found.shortfalls
        )
    return found


def _is_certain(
    indicator: Indicator, threshold: Threshold, found: Suggestion, missing_villages: int
) -> bool:
    """Whether the villages still missing cannot turn it, because a count only grows."""
    if threshold.kind == ThresholdKind.PCT_GE and indicator.counted == "thôn":
        return all(one.amount > missing_villages for one in found.shortfalls)
    settled = {ThresholdKind.KHONG: Status.NOT_MET, ThresholdKind.COUNT_GE: Status.MET}
    return found.status is None or settled.get(threshold.kind) == found.status


def _by_level(threshold: Threshold, figure: Figure) -> Suggestion:
    if not figure.level:
        return Suggestion(None, f"Hãy chọn một bậc: {', '.join(threshold.levels)}.")
    required = threshold.text()
    if threshold.levels.index(figure.level) >= threshold.levels.index(threshold.level):
        return Suggestion(Status.MET, f"“{figure.level}” đạt yêu cầu {required}.")
    return Suggestion(
        Status.NOT_MET,
        f"“{figure.level}” chưa đạt yêu cầu {required}.",
        (level_shortfall(threshold, figure.level),),
    )


def _by_parts(indicator: Indicator, threshold: Threshold, figure: Figure, year: int) -> Suggestion:
    """All parts must reach their number; one part that fails is enough to know."""
    parts = parts_of(indicator, threshold)
    required = _required(threshold, year)
    lacking = tuple(
        shortfall(indicator, threshold, part, quantity, number)
        for part, quantity, number in _entered(figure, parts, required)
        if not _reaches(threshold, part, quantity, number)
    )
    if lacking:
        return Suggestion(
            Status.NOT_MET, f"Số liệu chưa đạt yêu cầu {threshold.text(year)}.", lacking
        )
    if any(figure.part(part) is None for part in parts):
        return Suggestion(None, f"Chưa đủ số liệu: {_MISSING_PARTS[parts[0]]}.")
    return Suggestion(Status.MET, f"Số liệu đạt yêu cầu {threshold.text(year)}.")


def _required(threshold: Threshold, year: int) -> tuple[Decimal, ...]:
    if threshold.kind == ThresholdKind.KHONG:
        return (Decimal(0),)
    return threshold.values_in(year)


def _entered(
    figure: Figure, parts: tuple[Part, ...], required: tuple[Decimal, ...]
) -> Iterator[tuple[Part, Quantity, Decimal]]:
    for position, part in enumerate(parts):
        quantity = figure.part(part)
        if quantity is not None:
            yield part, quantity, required[min(position, len(required) - 1)]


def _reaches(threshold: Threshold, part: Part, quantity: Quantity, required: Decimal) -> bool:
    found = quantity.percent if is_percent(threshold, part) else quantity.number
    if threshold.kind in (ThresholdKind.PCT_LE, ThresholdKind.KHONG):
        return found <= Fraction(required)
    return found >= Fraction(required)
