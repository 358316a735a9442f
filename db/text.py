"""Vietnamese text: what is stored, searched, sorted and shown."""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_WEIGHT = {letter: weight for weight, letter in enumerate(ALPHABET)}
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")

Weight = tuple[int, int, str]
SortKey = tuple[tuple[Weight, ...], tuple[int, ...], str]


def nfc(text: str) -> str:
    """Return the composed form, the only one that is kept or compared."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    r"""Return text fit for storing: NFC, one kind of line end, no control character but \n and \t.

    Halves of surrogate pairs go too: they cannot be written as UTF-8.
    """
    if text.isprintable():  # as nearly all is: neither controls nor line ends
        return nfc(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return nfc(_UNSTORABLE.sub("", lines))


def fold(text: str) -> str:
    """Return the form used for searching: no case, no marks, đ as d, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return " ".join(spread.translate(_BARE).split())


class _Bare(dict[int, int | None]):
    """What each character is without marks, found when it is first met; None for a mark."""

    def __missing__(self, code: int) -> int | None:
        is_mark = unicodedata.category(chr(code)) in ("Mn", "Cf")
        self[code] = None if is_mark else code
        return self[code]


_BARE = _Bare({ord("đ"): ord("d")})


def _folded_case(text: str) -> str:
    return " ".join(nfc(nfc(text).casefold()).split())


def rank(query: str, text: str) -> int | None:
    """Tell how well the text answers the query; smaller is better, None is no answer.

    0 and 1 keep the marks that were typed (whole phrase, all words); 2 and 3 ignore them.
    """
    for step, form in ((0, _folded_case), (2, fold)):
        wanted, searched = form(query), form(text)
        if wanted in searched:
            return step
        if all(word in searched for word in wanted.split()):
            return step + 1
    return None


def matches(query: str, text: str) -> bool:
    """Tell whether every word of the query stands in the text, marks and case aside."""
    searched = fold(text)
    return all(word in searched for word in fold(query).split())


def sort_key(text: str) -> SortKey:
    """Return a key that sorts as a Vietnamese reader expects.

    Letters of the whole text count first (a ă â b c d đ …), numbers by their size, then tones
    (ngang, huyền, hỏi, ngã, sắc, nặng), and the text itself when all else is equal.
    """
    letters = _letters(text)
    weights = tuple(_weight(letter) for letter, _ in letters)
    return weights, tuple(tone for _, tone in letters), nfc(text)


def _letters(text: str) -> list[tuple[str, int]]:
    """Split into letters without tone, each with its tone; a run of digits stays together."""
    found: list[tuple[str, int]] = []
    for char in unicodedata.normalize("NFD", " ".join(text.casefold().split())):
        letter, tone = found[-1] if found else ("", 0)
        if letter.isdecimal() and char.isdecimal():
            found[-1] = (letter + char, 0)
        elif not found or unicodedata.category(char) != "Mn":
            found.append((char, 0))
        elif nfc(letter + char) in _LETTER_WEIGHT:
            found[-1] = (nfc(letter + char), tone)
        else:
            found[-1] = (letter, _TONES.get(char, tone))
    return found


def _weight(letter: str) -> Weight:
    if letter == " ":
        return (0, 0, "")
    if letter.isdecimal():
        # Compared by length, then digit by digit: int() refuses very long runs.
        digits = "".join(str(unicodedata.digit(c)) for c in letter).lstrip("0")
        return (2, len(digits), digits)
    if letter in _LETTER_WEIGHT:
        return (3, _LETTER_WEIGHT[letter], "")
    return (4 if letter.isalpha() else 1, ord(letter), "")


def shown(text: str) -> str:
    """Return the text on one line, without characters that could hide or reorder what is read."""
    if text.isprintable():
        return " ".join(nfc(text).split())
    visible = (
        " " if c.isspace() else c
        for c in nfc(text)
        if c.isspace() or not unicodedata.category(c).startswith("C")
    )
    return " ".join("".join(visible).split())


def slug(text: str) -> str:
    """Return an ASCII name such as "cai-kinh"; empty when nothing of the text can be kept."""
    return _NOT_IN_SLUG.sub("-", fold(text)).strip("-")
