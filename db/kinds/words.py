"""Words, and dates that are kept as they were written."""

from typing import Any

from db.kinds.base import NO_NAMES, Kind, Names
from db.numbers import parse_date, show_date
from db.text import clean, shown, sort_key


class Line(Kind):
    """Words on one line."""

    def read(self, typed: str, names: Names = NO_NAMES) -> str:
        """Take the words, composed and without spaces to spare."""
        return " ".join(clean(typed).split())

    def show(self, value: Any, names: Names = NO_NAMES) -> str:
        """Show the words without characters that could hide what is read."""
        return shown(value)

    def entry(self, value: Any, names: Names = NO_NAMES) -> str:
        """Give the words back as they are."""
        return str(value)

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Order as a Vietnamese reader expects."""
        return sort_key(value)


class Paragraph(Line):
    """Words on several lines."""

    several_lines = True

    def read(self, typed: str, names: Names = NO_NAMES) -> str:
        """Take the words with their lines."""
        return clean(typed).strip()


class WrittenDate(Line):
    """A date as it stands on a paper, also when it is missing a part or impossible."""

    def echo(self, value: Any, names: Names = NO_NAMES) -> str:
        """Say the day that was understood, or what is strange about it."""
        written = parse_date(value)
        return written.warning or (show_date(written.date) if written.date else "")

    def order(self, value: Any, names: Names = NO_NAMES) -> Any:
        """Order by the day where there is one; others come first, by their words."""
        day = parse_date(value).date
        return (day is not None, day.toordinal() if day else 0, value)
