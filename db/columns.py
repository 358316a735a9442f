"""The one module of column types, used by models and migrations alike.

Every type is TEXT, INTEGER or BLOB, as STRICT tables ask. Decimals and dates are TEXT: SQLite's
NUMERIC would turn 29,999999999999999 into 30 and flip a verdict.

Each type knows two forms besides the Python one: *stored* (in the table) and *wire* (in the
journal and in bundles).
"""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from db.canonical import Json, clean_deep, dumps
from db.numbers import number_from_plain
from db.text import clean

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WireType(TypeDecorator[Any]):
    """A column type whose wire form is, unless said otherwise, its stored form."""

    impl: Any = sa.Text
    cache_ok = True
    wire_python: type = str

    def __init_subclass__(cls) -> None:
        """Allow statements with this type to be cached; SQLAlchemy asks each class anew."""
        cls.cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Store the value as it is."""
        return value

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Read the value as it is."""
        return value

    def to_wire(self, value: Any) -> Json:
        """Turn a Python value into its wire form."""
        return self.process_bind_param(value, None)

    def from_wire(self, wire: Json) -> Any:
        """Turn a wire value into its stored form.

        Raises:
            ValueError: when the value is not of this type (a newer program wrote it).
        """
        if wire is None:
            return None
        if type(wire) is not self.wire_python:
            raise ValueError(f"{type(wire).__name__} is not {self.wire_python.__name__}")
        self.process_result_value(wire, None)
        return wire

    def read_wire(self, wire: Json) -> Any:
        """Turn a wire value into a Python one; None for one that only a newer program reads."""
        try:
            return self.process_result_value(self.from_wire(wire), None)
        except ValueError:
            return None


class Raw(WireType):
    """Text exactly as given: names, marks and JSON that the program itself makes."""


class Text(WireType):
    """Text, composed (NFC) and without control characters at this very door."""

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Clean text on its way in."""
        return None if value is None else clean(str(value))


class Amount(WireType):
    """An exact decimal, kept as plain digits."""

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Write the decimal without exponent."""
        return None if value is None else format(Decimal(value), "f")

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Read the decimal back exactly; what is no plain number (NaN, 1e999) is no amount."""
        return None if value is None else number_from_plain(value)


class Day(WireType):
    """A calendar day as ISO text."""

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Write the day as yyyy-mm-dd."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Read the day back."""
        return None if value is None else date.fromisoformat(value)


class Instant(WireType):
    """A moment in UTC with milliseconds, as text that sorts in order of time."""

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Write the moment as yyyy-mm-ddThh:mm:ss.mmmZ."""
        return None if value is None else show_instant(value)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Read the moment back, aware of its zone."""
        return None if value is None else datetime.fromisoformat(value)


class Whole(WireType):
    """A whole number."""

    impl: Any = sa.Integer
    wire_python = int

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Write the number."""
        return None if value is None else int(value)


class Flag(WireType):
    """Yes or no; 1 or 0 in the table, true or false on the wire."""

    impl: Any = sa.Integer
    wire_python = bool

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Write 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Read yes or no."""
        return None if value is None else bool(value)

    def to_wire(self, value: Any) -> Json:
        """Say true or false."""
        return None if value is None else bool(value)

    def from_wire(self, wire: Json) -> Any:
        """Store 1 or 0."""
        checked = super().from_wire(wire)
        return None if checked is None else int(checked)


class JsonText(WireType):
    """Several things in one value, kept as canonical JSON."""

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Write canonical JSON."""
        return None if value is None else dumps(clean_deep(value))

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Read it back."""
        return None if value is None else json.loads(value)

    def to_wire(self, value: Any) -> Json:
        """Clean the text inside and pass it on."""
        return None if value is None else clean_deep(value)


class Structured(JsonText):
    """What has meaning only together (a figure, a status with its reason): one JSON object."""

    wire_python = dict

    def from_wire(self, wire: Json) -> Any:
        """Store canonical JSON."""
        if wire is not None and type(wire) is not dict:
            raise ValueError(f"{type(wire).__name__} is not an object")
        return None if wire is None else dumps(wire)


class Several(JsonText):
    """Several short texts in one value (ids, chosen words): one JSON list."""

    wire_python = list

    def from_wire(self, wire: Json) -> Any:
        """Store canonical JSON."""
        if wire is None:
            return None
        if type(wire) is not list or not all(isinstance(one, str) for one in wire):
            raise ValueError(f"{type(wire).__name__} is not a list of texts")
        return dumps(wire)


def show_instant(moment: datetime) -> str:
    """Write a moment as UTC text with milliseconds."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


@lru_cache(maxsize=16)  # what is written as one comes many to a millisecond
def show_milliseconds(milliseconds: int) -> str:
    """Write Unix milliseconds as `show_instant` does; by hand, for every change."""
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{_day(days)}T{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}Z"


@lru_cache(maxsize=1_000)
def _day(days: int) -> str:
    return (_EPOCH + timedelta(days=days)).date().isoformat()
