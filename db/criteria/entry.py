"""Quick entry of a threshold while going through the set with the paper in hand."""

import re
from dataclasses import replace
from decimal import Decimal

from db.criteria.thresholds import (
    SourceStatus,
    Threshold,
    ThresholdKind,
    ThresholdProblem,
    with_unit,
)
from db.numbers import NumberProblem, parse_number, show_number
from db.text import clean, fold

LADDERS = (("Mức độ 1", "Mức độ 2", "Mức độ 3"), ("Trung bình", "Khá", "Tốt"))
_NUMBER = re.compile(
    r"(?P<sign>≥|>=|≤|<=|=<|=>)?\s*(?P<number>[0-9][0-9.,]*(?: [0-9]{3})*)\s*(?P<unit>\D.*)?"
)
_YEAR = re.compile(r"(?P<year>20[0-9]{2})\s*[:=]\s*(?P<amount>.+)")
_NO_UNIT = re.compile(r"(?<![^\W\d_])\d|.%|%.")  # a number of its own; m2 is a unit
_LOW_SIGNS = ("≤", "<=", "=<")


def parse_entry(text: str, threshold: Threshold) -> Threshold:
    """Read what a person typed from the paper into a threshold.

    Accepts "80", "≥ 80 %", "<= 13", "80; 50", "100 %; 1 trường", "2024: 45; 2025: 48", "Đạt",
    "Không", "Khá trở lên". A bare number keeps the kind; words and signs may change it, since
    printings differ. The result is `confirmed`; the caller adds the document it was read from.

    Raises:
        ThresholdProblem: with a Vietnamese sentence saying what was expected.
    """
    typed = " ".join(clean(text).split())
    fresh = Threshold(
        kind=threshold.kind,
        units=threshold.units,
        levels=threshold.levels,
        source=SourceStatus.CONFIRMED,
    )
    if fold(typed) in ("dat", "khong"):
        return replace(fresh, kind=ThresholdKind(fold(typed)), levels=())
    level = _level(typed, threshold)
    if level:
        return replace(fresh, kind=ThresholdKind.LEVEL, level=level[0], levels=level[1])
    parts = [part.strip() for part in re.split(r";| và ", typed) if part.strip()]
    if parts and all(_YEAR.fullmatch(part) for part in parts):
        return _by_year(parts, fresh)
    if len(parts) == 2:
        return _two_numbers(parts, fresh)
    if len(parts) == 1:
        return _one_number(parts[0], fresh)
    raise ThresholdProblem(f"Chưa hiểu “{typed[:40]}”. {_expected(threshold)}")


def entry_text(threshold: Threshold) -> str:
    """Return a known threshold as it could be typed, to start a correction from."""
    if threshold.kind == ThresholdKind.AMOUNT_GE_BY_YEAR:
        return "; ".join(f"{year}: {show_number(amount)}" for year, amount in threshold.by_year)
    if threshold.kind == ThresholdKind.LEVEL:
        return threshold.level
    if not threshold.known or not threshold.values:
        return threshold.text() if threshold.known else ""
    return "; ".join(
        with_unit(value, threshold.unit(part)) for part, value in enumerate(threshold.values)
    )


def _level(typed: str, threshold: Threshold) -> tuple[str, tuple[str, ...]] | None:
    wanted = fold(typed).removesuffix("tro len").strip()
    for ladder in (threshold.levels, *LADDERS):
        for name in ladder:
            if fold(name) == wanted:
                return name, ladder
    return None


def _by_year(parts: list[str], fresh: Threshold) -> Threshold:
    table: dict[int, Decimal] = {}
    unit = fresh.unit()
    for part in parts:
        found = _YEAR.fullmatch(part)
        if found is None:
            raise ThresholdProblem(_expected(fresh))
        _, table[int(found["year"])], typed_unit = _number(found["amount"], fresh)
        unit = typed_unit or unit
    if not unit:
        raise ThresholdProblem("Hãy ghi kèm đơn vị tính, ví dụ: 2024: 45 triệu đồng/người/năm.")
    return replace(
        fresh,
        kind=ThresholdKind.AMOUNT_GE_BY_YEAR,
        by_year=tuple(sorted(table.items())),
        units=(unit,),
        levels=(),
    )


def _two_numbers(parts: list[str], fresh: Threshold) -> Threshold:
    read = [_number(part, fresh) for part in parts]
    unit = read[1][2]
    counted = fresh.kind == ThresholdKind.PCT_GE_AND_COUNT_GE
    if unit not in ("", "%") or (counted and not unit):
        kind = ThresholdKind.PCT_GE_AND_COUNT_GE
        units: tuple[str, ...] = ("%", unit or fresh.unit(1))
    else:
        kind, units = ThresholdKind.PCT_GE_TWO_PART, ("%",)
    if any(sign in _LOW_SIGNS for sign, _, _ in read):
        raise ThresholdProblem("Yêu cầu gồm hai phần chỉ nhận mức “từ … trở lên” (≥).")
    made = replace(fresh, kind=kind, units=units, levels=(), values=(read[0][1], read[1][1]))
    return _checked(made)


def _one_number(part: str, fresh: Threshold) -> Threshold:
    sign, value, unit = _number(part, fresh)
    unit = unit or fresh.unit()
    if fresh.kind in (ThresholdKind.PCT_GE_TWO_PART, ThresholdKind.PCT_GE_AND_COUNT_GE):
        raise ThresholdProblem(_expected(fresh))
    if fresh.kind == ThresholdKind.AMOUNT_GE_BY_YEAR and not sign:
        raise ThresholdProblem(_expected(fresh))
    if not unit:
        raise ThresholdProblem("Hãy ghi kèm đơn vị tính, ví dụ: 80 % hoặc 1 mô hình.")
    kind = _kind_of_number(sign, unit, fresh.kind, value)
    return _checked(replace(fresh, kind=kind, values=(value,), units=(unit,), levels=()))


def _kind_of_number(sign: str, unit: str, kind: ThresholdKind, value: Decimal) -> ThresholdKind:
    if unit == "%":
        keeps_low = kind == ThresholdKind.PCT_LE and not sign
        return ThresholdKind.PCT_LE if sign in _LOW_SIGNS or keeps_low else ThresholdKind.PCT_GE
    if sign in _LOW_SIGNS:
        raise ThresholdProblem("Mức “không quá” (≤) chỉ dùng cho tỷ lệ phần trăm.")
    if kind in (ThresholdKind.AMOUNT_GE, ThresholdKind.COUNT_GE):
        return kind
    is_count = value == value.to_integral_value() and "/" not in unit
    return ThresholdKind.COUNT_GE if is_count else ThresholdKind.AMOUNT_GE


def _number(part: str, fresh: Threshold) -> tuple[str, Decimal, str]:
    found = _NUMBER.fullmatch(part)
    if found is None:
        raise ThresholdProblem(f"Chưa hiểu “{part[:40]}”. {_expected(fresh)}")
    unit = (found["unit"] or "").strip()
    if _NO_UNIT.search(unit):
        raise ThresholdProblem(
            f"Chưa hiểu “{part[:40]}”: sau số chỉ ghi đơn vị. {_expected(fresh)}"
        )
    try:
        return found["sign"] or "", parse_number(found["number"]), unit
    except NumberProblem as problem:
        raise ThresholdProblem(problem.message_vi) from problem


def _checked(threshold: Threshold) -> Threshold:
    for part, value in enumerate(threshold.values):
        if threshold.unit(part) == "%" and value > 100:
            raise ThresholdProblem("Tỷ lệ phần trăm không thể quá 100. Hãy xem lại số vừa gõ.")
    return threshold


def _expected(threshold: Threshold) -> str:
    examples = {
        ThresholdKind.DAT: "Đạt",
        ThresholdKind.KHONG: "Không",
        ThresholdKind.PCT_GE_TWO_PART: "80; 50",
        ThresholdKind.PCT_GE_AND_COUNT_GE: "100; 1",
        ThresholdKind.AMOUNT_GE_BY_YEAR: "2024: 45; 2025: 48",
        ThresholdKind.LEVEL: " hoặc ".join(threshold.levels),
        ThresholdKind.TINH: "80 % hoặc Đạt",
    }
    return f"Hãy gõ như: {examples.get(threshold.kind, '80')}."
