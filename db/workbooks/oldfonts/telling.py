"""In which code a text is written: by its font and by its words, which must agree."""

from dataclasses import dataclass, replace
from types import ModuleType

from db.text import nfc
from db.workbooks.oldfonts import tcvn3, vni
from db.workbooks.oldfonts.syllables import foreign_words, share

_CODES: tuple[ModuleType, ...] = (tcvn3, vni)
_ENOUGH_WORDS = 2
"""Words that cannot be Vietnamese as they stand, before a whole text is taken for an old code."""


@dataclass(frozen=True)
class Told:
    """A text in Unicode. `code` names what it was turned from; empty when nothing was turned.

    `doubt` says in Vietnamese why somebody should look; `otherwise` is then the other reading.
    """

    text: str
    code: str = ""
    doubt: str = ""
    otherwise: str = ""


def tell(text: str, font: str = "") -> Told:
    """Read a text of a cell.

    Args:
        text: what the cell holds.
        font: the name of its font; empty where it is not known.
    """
    if text.isascii():
        return _of_ascii(text, font)
    named = next((code for code in _CODES if code.is_font(font)), None)
    return _by_font(text, font, named) if named is not None else _by_words(text)


def _of_ascii(text: str, font: str) -> Told:
    """Only capitals could have been meant otherwise."""
    if tcvn3.is_capital_font(font) and text != text.upper():
        return Told(text.upper(), tcvn3.NAME)
    return Told(text)


def _by_font(text: str, font: str, code: ModuleType) -> Told:
    """Trust the font where the words are no worse for it."""
    as_it_is = nfc(text)
    if not code.can_hold(text):  # Unicode was typed into a cell that kept the old font
        return Told(as_it_is)
    turned = _turned(text, font, code)
    before, after = share(as_it_is) or 0.0, share(turned) or 0.0
    if turned == as_it_is or after < before:
        return Told(as_it_is)
    if after < 1:
        other = _by_words(text)
        if other.code not in ("", code.NAME) and share(other.text) == 1:
            return replace(other, doubt=f"phông {font}, mà chữ thì giống {other.code}")
    if after == before == 1:
        why = f"phông {font} là {code.NAME}, mà chữ đọc theo Unicode cũng có nghĩa"
        return Told(turned, code.NAME, why, as_it_is)
    return Told(turned, code.NAME)


def _by_words(text: str) -> Told:
    """Turn a text whose font says nothing where its words read better so."""
    as_it_is = nfc(text)
    best, best_share = Told(as_it_is), share(as_it_is)
    if best_share == 1:
        return best
    strange = foreign_words(as_it_is)
    for code in _CODES:
        turned = _turned(text, "", code) if code.can_hold(text) else as_it_is
        after = share(turned)
        if after is not None and after > (best_share or 0):
            sure = after == 1 and (best_share in (None, 0.0) or strange >= _ENOUGH_WORDS)
            doubt = "" if sure else f"phông không nói là {code.NAME}, chữ thì giống {code.NAME}"
            best, best_share = Told(turned, code.NAME, doubt, as_it_is if doubt else ""), after
    return best


def _turned(text: str, font: str, code: ModuleType) -> str:
    turned: str = nfc(code.convert(text))
    return turned.upper() if code is tcvn3 and tcvn3.is_capital_font(font) else turned
