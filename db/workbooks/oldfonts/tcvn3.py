"""TCVN 5712:1993 VN3 ("ABC"), the code of the .Vn… fonts.

One byte a letter; spreadsheets kept the bytes as the Latin letters of the same number. Capitals
with a tone have no code: in fonts whose name ends in H every letter looks like a capital.
"""

from db.workbooks.oldfonts.signs import NEUTRAL

NAME = "TCVN3"

_CODES = {
    "ĂÂÊÔƠƯĐăâêôơưđ": (0xA1, *range(0xA2, 0xAF)),
    "àảãáạ": range(0xB5, 0xBA),
    "ằẳẵắặ": (*range(0xBB, 0xBF), 0xC6),
    "ầẩẫấậ": range(0xC7, 0xCC),
    "èẻẽéẹ": (0xCC, *range(0xCE, 0xD2)),
    "ềểễếệ": range(0xD2, 0xD7),
    "ìỉĩíị": (0xD7, 0xD8, *range(0xDC, 0xDF)),
    "òỏõóọ": (0xDF, *range(0xE1, 0xE5)),
    "ồổỗốộ": range(0xE5, 0xEA),
    "ờởỡớợ": range(0xEA, 0xEF),
    "ùủũúụ": (0xEF, *range(0xF1, 0xF5)),
    "ừửữứự": range(0xF5, 0xFA),
    "ỳỷỹýỵ": range(0xFA, 0xFF),
}
LETTERS = {
    chr(code): letter
    for letters, codes in _CODES.items()
    for letter, code in zip(letters, codes, strict=True)
}
"""The sign that a spreadsheet holds, to the letter that was meant."""

_TABLE = str.maketrans(LETTERS)


def is_font(name: str) -> bool:
    """Tell whether a font shows this code."""
    return name.lstrip().lower().startswith(".vn")


def is_capital_font(name: str) -> bool:
    """Tell whether a font shows every letter as a capital."""
    return is_font(name) and name.rstrip().endswith("H")


def can_hold(text: str) -> bool:
    """Tell whether every letter of a text can be one of this code."""
    return all(sign.isascii() or sign in LETTERS or sign in NEUTRAL for sign in text)


def convert(text: str) -> str:
    """Give the letters that were meant."""
    return text.translate(_TABLE)
