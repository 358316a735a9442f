"""Cells by the names that people read at the edge of a sheet."""

import re
from functools import cache

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@cache
def column_letter(number: int) -> str:
    """Give the letters of a column, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """Give the number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """Give the name of a cell, such as B12."""
    return f"{column_letter(column)}{row}"


def is_address(text: str) -> bool:
    """Tell whether a text names a cell."""
    return _ADDRESS.fullmatch(text) is not None
