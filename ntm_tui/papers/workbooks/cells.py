"""Values as Excel keeps them: real numbers and days, and texts that never become formulas."""

import unicodedata
from datetime import date
from decimal import Decimal

from db.numbers import show_date, show_number
from ntm_tui.papers.workbooks.table import Formula, Value, reckoned

_EXCEL_DIGITS = 15
_FIRST_YEAR = 1900
_LONGEST = 32_000
"""Characters that Excel keeps in a cell, and a few to spare."""

MOST_DECIMALS = 3
FORMULA_SIGNS = ("=", "+", "-", "@")
"""What a text begins with that a spreadsheet could take for a formula."""


def plain(value: Value) -> str | int | Decimal | date | None:
    """Give a value as it can be kept: what Excel would round or cannot reckon with is a text."""
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, Decimal) and not is_exact(value):
        return show_number(value)
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return show_date(value)
    return value.value if isinstance(value, Formula) else value


def is_exact(number: Decimal) -> bool:
    """Tell whether Excel keeps every digit of a number."""
    digits = number.normalize().as_tuple().digits
    return len(digits) <= _EXCEL_DIGITS


def text_of(text: str) -> str:
    """Give text without signs that could hide or reorder it, and not too long for a cell."""
    if text.replace("\n", "").isprintable() and len(text) <= _LONGEST:
        return text
    kept = "".join(
        char for char in text if char in "\n\t" or not unicodedata.category(char).startswith("C")
    )
    return kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST]}… (còn nữa)"


def comes_back(text: str) -> bool:
    """Tell whether a text would be read from the workbook as it is in the store."""
    lines = text.strip().splitlines()
    return text_of(text) == text == "\n".join(" ".join(line.split()) for line in lines)


def decimals_of(value: Value) -> int:
    """Count the decimals that a number shows."""
    if value is None or isinstance(value, str | date):
        return 0
    exponent = reckoned(value).normalize().as_tuple().exponent
    return min(-exponent, MOST_DECIMALS) if isinstance(exponent, int) and exponent < 0 else 0


def shown(value: Value, decimals: int) -> str:
    """Give a value as it will be seen, to measure it."""
    kept = plain(value)
    if isinstance(kept, date):
        return show_date(kept)
    if isinstance(kept, int | Decimal):
        return f"{kept:,.{decimals}f}"
    return kept or ""
