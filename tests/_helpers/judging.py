"""Small indicators, thresholds and figures for tests of judging."""

from decimal import Decimal

from db.criteria.definitions import (
    CriteriaSet,
    Criterion,
    CriterionGroup,
    Indicator,
    SourceStatus,
    Threshold,
    ThresholdKind,
    Tier,
)
from db.judging import Figure, Judgement, Quantity, Status

UNITS = {
    ThresholdKind.PCT_GE: ("%",),
    ThresholdKind.PCT_LE: ("%",),
    ThresholdKind.PCT_GE_TWO_PART: ("%",),
    ThresholdKind.PCT_GE_AND_COUNT_GE: ("%", "trường"),
    ThresholdKind.COUNT_GE: ("mô hình",),
    ThresholdKind.KHONG: ("hộ",),
    ThresholdKind.AMOUNT_GE: ("m2/người",),
    ThresholdKind.AMOUNT_GE_BY_YEAR: ("triệu đồng/người/năm",),
}


def threshold(kind: str, *values: str, **more) -> Threshold:
    chosen = ThresholdKind(kind)
    source = SourceStatus(more.pop("source", "documented"))
    numbers = tuple(Decimal(value) for value in values)
    return Threshold(chosen, numbers, units=UNITS.get(chosen, ()), source=source, **more)


def indicator(kind: str, *values: str, **more) -> Indicator:
    flags = {
        name: more.pop(name) for name in ("levels", "level", "by_year", "source") if name in more
    }
    return Indicator("1.1", "Chỉ tiêu thử", threshold(kind, *values, **flags), **more)


def typed(value: str) -> Quantity:
    return Quantity(value=Decimal(value))


def share(numerator: str, denominator: str) -> Quantity:
    return Quantity(numerator=Decimal(numerator), denominator=Decimal(denominator))


def whole(value: str, denominator: str | None = None) -> Figure:
    return Figure.of(whole=share(value, denominator) if denominator else typed(value))


def criteria_set(count: int, keys: int = 0, indicators: int = 1) -> CriteriaSet:
    """A set of `count` criteria, the first `keys` of which count for withdrawal."""
    criteria = tuple(
        Criterion(
            number=str(place),
            name=f"Tiêu chí {place}",
            indicators=tuple(
                Indicator(f"{place}.{i}", "Chỉ tiêu", threshold("dat"), may_be_na=True)
                for i in range(1, indicators + 1)
            ),
            withdrawal_key=place <= keys,
        )
        for place in range(1, count + 1)
    )
    groups = (CriterionGroup("I", "Nhóm", criteria),)
    return CriteriaSet("bo", "Bộ", "Bộ", Tier.NTM, "QĐ", "", (2021, 2025), groups)


def judged(number: str, status: Status) -> Judgement:
    return Judgement(number, status, None, "", "", False, False, False)
