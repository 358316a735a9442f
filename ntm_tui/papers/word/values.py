"""What a template can ask for, and what it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """A name that a template can use as `{{name}}`, and what it stands for.

    One with `columns` stands for the rows of a table, and is used as `{{name.column}}`: the line of
    the table in which it stands is repeated. One with `several` stands for paragraphs.
    """

    name: str
    meaning: str
    columns: Mapping[str, str] = field(default_factory=dict)
    several: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a table: column to text. A heading goes across the whole table."""

    cells: Mapping[str, str]
    heading: str = ""


Value = str | Sequence[str] | Sequence[Line]
"""A text, some paragraphs, or the rows of a table."""

Values = Mapping[str, Value]
