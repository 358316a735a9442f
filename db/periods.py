"""The stretches of time that briefings and reports go by: a week, a month, a quarter and more."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.numbers import YEARS, show_date

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ROMAN = ("I", "II", "III", "IV")


class Cycle(StrEnum):
    """How often something comes back."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Cycle.WEEK: "Tuần",
    Cycle.MONTH: "Tháng",
    Cycle.QUARTER: "Quý",
    Cycle.HALF: "6 tháng",
    Cycle.YEAR: "Năm",
}


@dataclass(frozen=True, order=True)
class Period:
    """One week (Monday to Sunday), month, quarter, half-year or year."""

    first: date
    cycle: Cycle

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """The one that follows."""
        if self.cycle is Cycle.WEEK:
            return Period(self.first + timedelta(days=7), self.cycle)
        months = self.first.year * 12 + self.first.month - 1 + _MONTHS[self.cycle]
        return Period(date(months // 12, months % 12 + 1, 1), self.cycle)

    @property
    def key(self) -> str:
        """Its short name, the same on every machine: `2024-W38`, `2024-09`, `2024-Q3`."""
        year, place = self.first.year, self._place
        if self.cycle is Cycle.WEEK:
            iso = self.first.isocalendar()
            return f"{iso.year}-W{iso.week:02d}"
        named = {
            "month": f"-{place:02d}",
            "quarter": f"-Q{place}",
            "half": f"-H{place}",
            "year": "",
        }
        return f"{year:04d}{named[self.cycle]}"

    @property
    def label(self) -> str:
        """What people call it: "tuần 16/09 - 22/09/2024", "tháng 9/2024", "quý III/2024"."""
        year, place = self.first.year, self._place
        if self.cycle is Cycle.WEEK:
            return f"tuần {self.first:%d/%m} - {show_date(self.last)}"
        if self.cycle is Cycle.MONTH:
            return f"tháng {place}/{year}"
        if self.cycle is Cycle.QUARTER:
            return f"quý {_ROMAN[place - 1]}/{year}"
        half = "đầu" if place == 1 else "cuối"
        return f"6 tháng {half} năm {year}" if self.cycle is Cycle.HALF else f"năm {year}"

    @property
    def _place(self) -> int:
        return (self.first.month - 1) // _MONTHS.get(self.cycle, 1) + 1


def period_of(cycle: Cycle, day: date) -> Period:
    """Give the period that a day lies in."""
    if cycle is Cycle.WEEK:
        return Period(day - timedelta(days=day.weekday()), cycle)
    length = _MONTHS[cycle]
    return Period(date(day.year, (day.month - 1) // length * length + 1, 1), cycle)


def from_key(cycle: Cycle, key: str) -> Period | None:
    """Give the period of a key; None when it is none, as another machine may have written it."""
    year, _, rest = key.partition("-")
    if (
        not (year.isascii() and year.isdecimal() and YEARS.start - 1 <= int(year[:5]) < YEARS.stop)
        or len(rest) > 3
    ):
        return None
    try:
        if cycle is Cycle.WEEK:
            day = date.fromisocalendar(int(year), int(rest.removeprefix("W")), 1)
            found = period_of(cycle, day)
        else:
            place = int(rest.lstrip("QH") or 1)
            found = Period(date(int(year), (place - 1) * _MONTHS[cycle] + 1, 1), cycle)
    except ValueError:
        return None
    return found if found.key == key else None


def between(after: Period, before: Period) -> int:
    """Count the whole periods that lie between two of one cycle."""
    count, one = 0, after.next
    while one < before:
        count, one = count + 1, one.next
    return count
