"""In which code a text is written: by its font and by its words, which must agree."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType, ModuleType

from db.text import nfc
from db.workbooks.oldfonts import tcvn3, vni
from db.workbooks.oldfonts.syllables import foreign_words, share

_CODES: tuple[ModuleType, ...] = (tcvn3, vni)
_ENOUGH = 3
"""Texts that only one code makes Vietnamese, before all of their font is taken for it."""

_BY_CHANCE = 10
"""Texts of one old code for each that only looks like another."""

_ENOUGH_WORDS = 2
"""Words that cannot be Vietnamese as they stand, before a whole text is taken for an old code."""

UNICODE = "Unicode"

Settled = Mapping[str, str]
"""Fonts of a page in which all is of one code, with its name; others are left to each text."""


@dataclass(frozen=True)
class Told:
    """A text in Unicode. `code` names what it was turned from; empty when nothing was turned.

    `doubt` says in Vietnamese why somebody should look; `otherwise` is then the other reading.
    """

    text: str
    code: str = ""
    doubt: str = ""
    otherwise: str = ""


UNTURNED = Told("")
"""What is no text."""


def settle(texts: Iterable[tuple[str, str]]) -> Settled:
    """See in which code each font of a page is written, by the texts that leave no doubt.

    Args:
        texts: pairs of a text and its font.
    """
    seen: dict[str, Counter[str]] = {}
    for text, font in texts:
        counted = seen.setdefault(font, Counter())
        if text.isascii() or (counted[UNICODE] and not _holders(text)):
            continue  # says nothing, or could only say the same once more
        code = _plain_code(text)
        if code:
            counted[code] += 1
    codes = {font: _one_code(counted) for font, counted in seen.items()}
    return {font: code for font, code in codes.items() if code}


def _one_code(counted: Counter[str]) -> str:
    """Give the code of a font; empty where that is not clear.

    A few texts that look like another old code do not count: short ones do so by chance.
    """
    if not counted:
        return ""
    (code, most), *others = counted.most_common()
    if others and (code == UNICODE or counted[UNICODE]):
        return ""
    if any(count * _BY_CHANCE > most for _, count in others):
        return ""
    return code if code == UNICODE or most >= _ENOUGH else ""


def _holders(text: str) -> list[ModuleType]:
    return [code for code in _CODES if code.can_hold(text)]


def _plain_code(text: str) -> str:
    """Give the only code in which a text can be Vietnamese; empty where several, or none, can."""
    holders = _holders(text)
    if not holders:
        return UNICODE if share(nfc(text)) else ""
    able = [code.NAME for code in holders if share(nfc(code.convert(text))) == 1]
    if share(nfc(text)) == 1:
        able.append(UNICODE)
    return able[0] if len(able) == 1 else ""


def tell(text: str, font: str = "", settled: Settled = MappingProxyType({})) -> Told:
    """Read a text of a cell.

    Args:
        text: what the cell holds.
        font: the name of its font; empty where it is not known.
        settled: what is known of the fonts of its page.
    """
    if text.isascii():
        return _of_ascii(text, font)
    holders = _holders(text)
    if not holders:  # Unicode, whatever the font
        return Told(nfc(text))
    known = settled.get(font)
    if known == UNICODE and share(nfc(text)) == 1:
        return Told(nfc(text))
    for code in holders:
        if known == code.NAME:
            return _of_code(text, font, code)
    named = next((code for code in holders if code.is_font(font)), None)
    return _by_font(text, font, named) if named is not None else _by_words(text, holders)


def _of_ascii(text: str, font: str) -> Told:
    """Only capitals could have been meant otherwise."""
    if tcvn3.is_capital_font(font) and text != text.upper():
        return Told(text.upper(), tcvn3.NAME)
    return Told(text)


def _of_code(text: str, font: str, code: ModuleType) -> Told:
    """Turn a text whose page is all of one code."""
    as_it_is, turned = nfc(text), _turned(text, font, code)
    if turned == as_it_is or (share(turned) or 0.0) < (share(as_it_is) or 0.0):
        return Told(as_it_is)
    return Told(turned, code.NAME)


def _by_font(text: str, font: str, code: ModuleType) -> Told:
    """Trust the font where the words are no worse for it."""
    found = _of_code(text, font, code)
    if not found.code:
        return found
    before, after = share(nfc(text)), share(found.text)
    if after is not None and after < 1:
        other = _by_words(text, _holders(text))
        if other.code not in ("", code.NAME) and share(other.text) == 1:
            return replace(other, doubt=f"phông {font}, mà chữ thì giống {other.code}")
    if after == before == 1:
        why = f"phông {font} là {code.NAME}, mà chữ đọc theo Unicode cũng có nghĩa"
        return replace(found, doubt=why, otherwise=nfc(text))
    return found


def _by_words(text: str, holders: Iterable[ModuleType]) -> Told:
    """Turn a text whose font says nothing where its words read better so."""
    as_it_is = nfc(text)
    best, best_share = Told(as_it_is), share(as_it_is)
    if best_share == 1:
        return best
    strange = foreign_words(as_it_is)
    for code in holders:
        turned = _turned(text, "", code)
        after = share(turned)
        if after is not None and after > (best_share or 0):
            sure = after == 1 and (best_share in (None, 0.0) or strange >= _ENOUGH_WORDS)
            doubt = "" if sure else f"phông không nói là {code.NAME}, chữ thì giống {code.NAME}"
            best, best_share = Told(turned, code.NAME, doubt, as_it_is if doubt else ""), after
    return best


def _turned(text: str, font: str, code: ModuleType) -> str:
    turned: str = nfc(code.convert(text))
    return turned.upper() if code is tcvn3 and tcvn3.is_capital_font(font) else turned
