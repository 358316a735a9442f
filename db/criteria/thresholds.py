"""What an indicator must reach, and how that is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.numbers import NumberProblem, number_from_plain, plain_number, show_number

UNKNOWN_TEXT = "chưa rõ"
PROVINCE_TEXT = "tỉnh quy định, chưa rõ"
_WRONG_SHAPE = "Yêu cầu đạt chuẩn ghi không đúng dạng lưu trữ."


class ThresholdProblem(ValueError):
    """A threshold that was typed or received cannot be understood; the text is Vietnamese."""


class ThresholdKind(StrEnum):
    """How a threshold is compared."""

    DAT = "dat"
    KHONG = "khong"
    PCT_GE = "pct_ge"
    PCT_LE = "pct_le"
    PCT_GE_TWO_PART = "pct_ge_two_part"
    PCT_GE_AND_COUNT_GE = "pct_ge_and_count_ge"
    AMOUNT_GE = "amount_ge"
    AMOUNT_GE_BY_YEAR = "amount_ge_by_year"
    COUNT_GE = "count_ge"
    LEVEL = "level"
    TINH = "tinh"


VALUES_OF_KIND = {
    ThresholdKind.PCT_GE: 1,
    ThresholdKind.PCT_LE: 1,
    ThresholdKind.PCT_GE_TWO_PART: 2,
    ThresholdKind.PCT_GE_AND_COUNT_GE: 2,
    ThresholdKind.AMOUNT_GE: 1,
    ThresholdKind.COUNT_GE: 1,
}


class SourceStatus(StrEnum):
    """How a threshold is known; only a person's confirmation makes it confirmed."""

    DOCUMENTED = "documented"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _SOURCE_LABELS[self]


_SOURCE_LABELS = {
    SourceStatus.DOCUMENTED: "theo nguồn đã công bố",
    SourceStatus.UNCONFIRMED: "chưa đối chiếu",
    SourceStatus.UNKNOWN: "chưa rõ mức",
    SourceStatus.CONFIRMED: "đã đối chiếu",
}


@dataclass(frozen=True)
class Threshold:
    """A threshold: `values` holds one number, or two for the kinds with two parts.

    `levels` are ordered names, lowest first. `by_year` are (year, amount) pairs in order of year.
    `document` names the paper that a person confirmed it from; shipped thresholds leave it empty.
    """

    kind: ThresholdKind
    values: tuple[Decimal, ...] = ()
    level: str = ""
    levels: tuple[str, ...] = ()
    by_year: tuple[tuple[int, Decimal], ...] = ()
    units: tuple[str, ...] = ()
    source: SourceStatus = SourceStatus.UNKNOWN
    document: str = ""

    @property
    def known(self) -> bool:
        """Whether there is anything to judge against."""
        if self.source == SourceStatus.UNKNOWN or self.kind == ThresholdKind.TINH:
            return False
        if self.kind == ThresholdKind.LEVEL:
            return self.level in self.levels
        if self.kind == ThresholdKind.AMOUNT_GE_BY_YEAR:
            return bool(self.by_year)
        return len(self.values) == VALUES_OF_KIND.get(self.kind, 0)

    def known_in(self, year: int) -> bool:
        """Whether it is known for that year; a year outside the table is not."""
        if self.kind != ThresholdKind.AMOUNT_GE_BY_YEAR:
            return self.known
        return self.known and any(listed == year for listed, _ in self.by_year)

    def values_in(self, year: int) -> tuple[Decimal, ...]:
        """The numbers to reach in that year; empty when unknown or when there are none."""
        if not self.known_in(year):
            return ()
        if self.kind == ThresholdKind.AMOUNT_GE_BY_YEAR:
            return tuple(amount for listed, amount in self.by_year if listed == year)
        return self.values

    def unit(self, part: int = 0) -> str:
        """The unit of a part; when one unit is given it is that of every part."""
        return self.units[min(part, len(self.units) - 1)] if self.units else ""

    def text(self, year: int | None = None) -> str:
        """What is required, as a person reads it; without a year all years of a table."""
        if self.kind == ThresholdKind.AMOUNT_GE_BY_YEAR and self.known:
            return self._text_by_year(year)
        if not self.known:
            return PROVINCE_TEXT if self.kind == ThresholdKind.TINH else UNKNOWN_TEXT
        if self.kind == ThresholdKind.DAT:
            return "Đạt"
        if self.kind == ThresholdKind.KHONG:
            return "Không"
        if self.kind == ThresholdKind.LEVEL:
            return self.level if self.level == self.levels[-1] else f"{self.level} trở lên"
        sign = "≤" if self.kind == ThresholdKind.PCT_LE else "≥"
        parts = (
            f"{sign} {with_unit(value, self.unit(part))}" for part, value in enumerate(self.values)
        )
        return " và ".join(parts)

    def _text_by_year(self, year: int | None) -> str:
        if year is None:
            listed = "; ".join(f"{when}: {show_number(amount)}" for when, amount in self.by_year)
            return f"≥ {self.unit()} theo năm ({listed})"
        for amount in self.values_in(year):
            return f"≥ {with_unit(amount, self.unit())} ({year})"
        return f"{UNKNOWN_TEXT} cho năm {year}"

    def to_wire(self) -> dict[str, Any]:
        """Return the one form in which it is stored and carried; what is empty is left out."""
        wire: dict[str, Any] = {"kind": self.kind.value, "source": self.source.value}
        if self.values:
            wire["values"] = [plain_number(value) for value in self.values]
        if self.by_year:
            wire["by_year"] = {str(year): plain_number(amount) for year, amount in self.by_year}
        for name in ("level", "document"):
            if getattr(self, name):
                wire[name] = getattr(self, name)
        for name in ("levels", "units"):
            if getattr(self, name):
                wire[name] = list(getattr(self, name))
        return wire

    @classmethod
    def from_wire(cls, wire: object) -> "Threshold":
        """Read the stored form.

        Raises:
            ThresholdProblem: when a field is unknown, missing or of the wrong shape.
        """
        if not isinstance(wire, Mapping):
            raise ThresholdProblem(_WRONG_SHAPE)
        strange = wire.keys() - {*cls.__dataclass_fields__}
        if strange:
            raise ThresholdProblem(f"Yêu cầu đạt chuẩn có mục lạ: {', '.join(sorted(strange))}.")
        try:
            return cls(
                kind=ThresholdKind(wire["kind"]),
                values=tuple(number_from_plain(value) for value in _texts(wire.get("values", ()))),
                level=_text(wire.get("level", "")),
                levels=_texts(wire.get("levels", ())),
                by_year=tuple(
                    sorted(
                        (int(year), number_from_plain(amount))
                        for year, amount in wire.get("by_year", {}).items()
                    )
                ),
                units=_texts(wire.get("units", ())),
                source=SourceStatus(wire["source"]),
                document=_text(wire.get("document", "")),
            )
        except (KeyError, ValueError, TypeError, AttributeError, NumberProblem) as problem:
            raise ThresholdProblem(_WRONG_SHAPE) from problem


def with_unit(value: Decimal, unit: str) -> str:
    """Show a number and its unit."""
    return f"{show_number(value)} {unit}".rstrip()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list | tuple):
        raise TypeError(values)
    return tuple(_text(value) for value in values)
