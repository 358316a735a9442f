"""Calendar days that the program reckons with."""

import re
from typing import Any

from db.columns import Day
from db.kinds.base import NO_NAMES, Kind, KindProblem, Names
from db.numbers import parse_date, show_date

_WITHOUT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}")


class Date(Kind):
    """A day that exists."""

    column = Day

    def read(self, typed: str, names: Names = NO_NAMES) -> Any:
        """Read a day."""
        written = parse_date(typed)
        if _WITHOUT_YEAR.fullmatch(typed.strip()):
            raise KindProblem(
                f"“{typed.strip()}” thiếu năm. Hãy gõ đủ, ví dụ {typed.strip()}/2024."
            )
        if written.date is None or written.warning:
            raise KindProblem(
                f"“{typed.strip()[:40]}” không phải là ngày có thật. "
                "Hãy gõ ngày/tháng/năm, ví dụ 30/09/2024."
            )
        return written.date

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Show it as dd/mm/yyyy."""
        return show_date(value)

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say which day was understood."""
        return show_date(value)
