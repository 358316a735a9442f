"""Kinds of field. A field declares its kind once; forms, lists and papers follow from it."""

from db.kinds.base import NO_NAMES, Composite, Kind, KindProblem, Labelled, Names
from db.kinds.choices import Choice, Choices, Split, YesNo
from db.kinds.days import Date
from db.kinds.links import Link, Links
from db.kinds.numbers import (
    MILLION_DONG,
    MONEY,
    THOUSAND_DONG,
    Count,
    Percent,
    Quantity,
    Year,
)
from db.kinds.words import Line, Paragraph, WrittenDate

__all__ = [
    "MILLION_DONG",
    "MONEY",
    "NO_NAMES",
    "THOUSAND_DONG",
    "Choice",
    "Choices",
    "Composite",
    "Count",
    "Date",
    "Kind",
    "KindProblem",
    "Labelled",
    "Line",
    "Link",
    "Links",
    "Names",
    "Paragraph",
    "Percent",
    "Quantity",
    "Split",
    "WrittenDate",
    "Year",
    "YesNo",
]
