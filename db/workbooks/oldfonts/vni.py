"""VNI for Windows, the code of the VNI-… fonts: a base letter, then a sign for its marks."""

import re

from db.workbooks.oldfonts.signs import NEUTRAL

NAME = "VNI"

_TONES = "ùøûõï"
_TONED = {"a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹ"}
_HATS = {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"}
_HAT_SIGNS = "âáàåãä"
_BREVES = dict(zip("êéèúüë", "ăắằẳẵặ", strict=True))
_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_HORNED = {"ô": "ớờởỡợ", "ö": "ứừửữự"}


def _lower_codes() -> dict[str, str]:
    codes = dict(_SINGLE)
    for base, toned in {**_TONED, **_HORNED}.items():
        codes |= {base + sign: letter for sign, letter in zip(_TONES, toned, strict=False)}
    for base, hatted in _HATS.items():
        codes |= {base + sign: letter for sign, letter in zip(_HAT_SIGNS, hatted, strict=True)}
    return codes | {f"a{sign}": letter for sign, letter in _BREVES.items()}


def _all_codes() -> dict[str, str]:
    """Add the capitals; their signs stand in either case."""
    lower = _lower_codes()
    upper = {code.upper(): letter.upper() for code, letter in lower.items()}
    mixed = {code.capitalize(): letter.upper() for code, letter in lower.items()}
    return {**mixed, **upper, **lower}


CODES = _all_codes()
"""What a spreadsheet holds, one or two signs, to the letter that was meant."""

_SIGNS = frozenset("".join(CODES))
_CODE = re.compile("|".join(sorted(map(re.escape, CODES), key=len, reverse=True)))


def is_font(name: str) -> bool:
    """Tell whether a font shows this code."""
    return name.lstrip().lower().startswith(("vni-", "vni "))


def can_hold(text: str) -> bool:
    """Tell whether every letter of a text can be one of this code."""
    return all(sign.isascii() or sign in _SIGNS or sign in NEUTRAL for sign in text)


def convert(text: str) -> str:
    """Give the letters that were meant."""
    return _CODE.sub(lambda found: CODES[found[0]], text)
