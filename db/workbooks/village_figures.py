"""Figures of one village: only what can be added to those of the others is taken."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from db.communes import VillageRecord
from db.judging import Figure, Part, Quantity
from db.judging.figures import is_percent
from db.judging.villages import VillageResult, addable
from db.sheet.records import IndicatorState
from db.workbooks.cells import Cell
from db.workbooks.measures import Meant
from db.workbooks.styles import PLAIN

_HOUSEHOLDS = "hộ"


def with_households(
    parts: Mapping[str, Cell], state: IndicatorState, village: VillageRecord
) -> Mapping[str, Cell]:
    """Take the village's households where only a numerator was written."""
    counted = state.indicator.counted == _HOUSEHOLDS and village.households is not None
    if not counted:
        return parts
    whole = Decimal(village.households or 0)
    numerator = parts.get("numerator")
    if numerator is not None and "denominator" not in parts:
        return {**parts, "denominator": replace(numerator, value=whole, style=PLAIN)}
    cell = parts.get("")
    if cell is not None and isinstance(cell.value, str) and cell.value.endswith("/"):
        return {**parts, "": replace(cell, value=f"{cell.value}{village.households}")}
    return parts


def bare_count(
    parts: Mapping[str, Cell], state: IndicatorState, village: VillageRecord
) -> Meant[Figure] | None:
    """Read a bare number where a share of households is asked for: of how many, a person says."""
    cell = parts.get("")
    percent = is_percent(state.threshold.effective, Part.WHOLE)
    if cell is None or "numerator" in parts or cell.style.is_percent or not percent:
        return None
    number = cell.value if isinstance(cell.value, Decimal) else None
    if number is None and cell.text.isdecimal():
        number = Decimal(cell.text)
    households = village.households
    if number is None or state.indicator.counted != _HOUSEHOLDS or households is None:
        return None
    if number != number.to_integral_value() or not 0 <= number <= households:
        return None
    share = Quantity(numerator=number, denominator=Decimal(households))
    why = f"{cell.text} hộ trên {households} hộ của thôn?"
    return Meant((Figure.of(whole=share),), why, doubtful=True)


def that_can_be_added(
    meant: Meant[Figure], state: IndicatorState, village: VillageRecord
) -> Meant[Figure]:
    """Leave out readings that no sum of villages can take in."""
    values = tuple(one for one in meant.values if _can_be_added(one, state))
    if values or not meant.values:
        return Meant(values, meant.why, meant.doubtful)
    example = f"67/{village.households or 120}"
    return Meant(
        (),
        f"tỷ lệ, số bình quân của từng thôn không cộng được; hãy ghi tử số/mẫu số, ví dụ {example}",
    )


def _can_be_added(figure: Figure, state: IndicatorState) -> bool:
    one = VillageResult(figure=figure)
    return all(addable(state.indicator, one, part) is not None for part, _ in figure.parts)
