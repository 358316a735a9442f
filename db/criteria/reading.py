"""Reading tables of a TOML file while collecting every problem, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from db.text import clean

Choice = TypeVar("Choice", bound=StrEnum)


class SourceText:
    """The text of the file, asked for line numbers only when something is wrong."""

    def __init__(self, text: str):
        self._text = text

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.splitlines()

    def line_of(self, header: str, index: int, name: str = "") -> int | None:
        """Return the line of a field in the index-th table with that header, or of the header."""
        starts = [i for i, line in enumerate(self._lines) if line.strip() == header]
        if header and index >= len(starts):
            return None
        start = starts[index] + 1 if header else 0
        for number, line in enumerate(self._lines[start:], start + 1):
            if line.startswith("["):
                break
            if name and re.match(rf"\s*{re.escape(name)}\s*=", line):
                return number
        return start or None


@dataclass
class TableReader:
    """Reads one table; a wrong field is reported and a harmless value returned in its place."""

    data: dict[str, Any]
    label: str
    problems: list[str]
    source: SourceText
    header: str = ""
    index: int = 0
    _used: set[str] = field(default_factory=set)

    def report(self, what: str, name: str = "") -> None:
        """Add a problem, with the line where it can be found."""
        line = self.source.line_of(self.header, self.index, name)
        place = f"dòng {line}, {self.label}" if line else self.label
        self.problems.append(f"{place[0].upper()}{place[1:]}: {what}")

    def has(self, name: str) -> bool:
        """Whether the field was written."""
        return name in self.data

    def _take(self, name: str, required: bool) -> object:
        self._used.add(name)
        if required and name not in self.data:
            self.report(f"thiếu mục “{name}”.")
        return self.data.get(name)

    def text(self, name: str, *, required: bool = True, default: str = "") -> str:
        """Read a text; a required one must not be empty."""
        value = self._take(name, required)
        if value is None:
            return default
        if not isinstance(value, str):
            self.report(f"mục “{name}” phải là chữ trong dấu ngoặc kép.", name)
            return default
        if required and not value.strip():
            self.report(f"mục “{name}” đang để trống.", name)
        return clean(value)

    def texts(self, name: str, *, required: bool = True) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self._take(name, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.report(f'mục “{name}” phải là danh sách chữ, ví dụ ["1", "2"].', name)
            return ()
        return tuple(clean(one) for one in value)

    def flag(self, name: str) -> bool:
        """Read true or false; false when not written."""
        value = self._take(name, required=False)
        if value is not None and not isinstance(value, bool):
            self.report(f"mục “{name}” chỉ nhận true hoặc false.", name)
        return value is True

    def choice(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        """Read one of the values of an enumeration."""
        value = self.text(name)
        named = {one.value: one for one in choices}
        if value and value not in named:
            self.report(f"mục “{name}” không nhận “{value}”, chỉ nhận: {', '.join(named)}.", name)
        return named.get(value, default)

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """Read one number or a list of numbers, none of them negative."""
        value = self._take(name, required=False)
        if value is None:
            return ()
        read = [_number(one) for one in (value if isinstance(value, list) else [value])]
        if not read or None in read:
            self.report(f"mục “{name}” phải là số không âm, viết như 70 hoặc 67.5.", name)
        return tuple(one for one in read if one is not None)

    def numbers_by_year(self, name: str) -> tuple[tuple[int, Decimal], ...]:
        """Read a table of amounts by year."""
        value = self._take(name, required=False)
        if value is None:
            return ()
        table = value if isinstance(value, dict) else {}
        read = {year: _number(amount) for year, amount in table.items()}
        if not read or None in read.values() or not all(re.fullmatch("[0-9]{4}", y) for y in read):
            self.report(f"mục “{name}” phải là bảng năm và số, ví dụ {{ 2024 = 45 }}.", name)
            return ()
        return tuple(
            sorted((int(year), number) for year, number in read.items() if number is not None)
        )

    def tables(self, name: str, header: str, label: str, count: int = 0) -> Iterator["TableReader"]:
        """Read a list of tables; `count` tables with that header came before in the file."""
        value = self._take(name, required=True)
        if value is None:
            return
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.report(f"mục “{name}” phải gồm các bảng mở đầu bằng {header}.", name)
            return
        for position, data in enumerate(value, count):
            number = data.get("number", data.get("id", f"thứ {position - count + 1}"))
            yield TableReader(
                data, f"{label} {number}", self.problems, self.source, header, position
            )

    def table(self, name: str, header: str, label: str) -> "TableReader":
        """Read a single table; an absent one reads as empty."""
        value = self._take(name, required=False)
        if value is not None and not isinstance(value, dict):
            self.report(f"mục “{name}” phải là một bảng mở đầu bằng {header}.", name)
        data = value if isinstance(value, dict) else {}
        return TableReader(data, label, self.problems, self.source, header)

    def finish(self) -> None:
        """Report the fields that nobody asked for."""
        for name in sorted(self.data.keys() - self._used):
            self.report(f"mục “{name}” không có trong mẫu.", name)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() and number >= 0 else None
