"""Telling words that no Vietnamese wrote: each word must be built as Vietnamese syllables are."""

from __future__ import annotations

import re
import unicodedata

_ONSET = "b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x"
_RHYME = (
    "ai?|am|ang?|anh|ao|au|ay|e|em|eng?|enh|eo|eu|ia?|i?em|i?eng?|i?eu|im|in|inh|iu|o|oai?|oam|oang?"
    "|oanh|oao|oay|oen?|oeo|oi|om|oo?ng?|ua?|uang?|uay|ue|uenh|ui|um|ung?|uoi?|uom|uong?|uou|uu|uya?"
    "|uyen|uyn|uynh|uyu|y|yem|yeng?|yeu|ym|yn|ynh"
)
_SYLLABLE = re.compile(f"({_ONSET})?({_RHYME})")
"""A syllable that may stand without any mark. One that ends in a stop (c, ch, p, t) always bears a
tone, so "top", "quit" or "submit" can be told by that alone."""

_LOOKALIKES = frozenset({"the", "on", "go", "by", "you", "run"})
"""English words that are built like Vietnamese syllables and mean nothing in it."""

_KEYS = {
    "ctrl",
    "enter",
    "esc",
    "tab",
    "delete",
    "backspace",
    "home",
    "end",
    "pgup",
    "pgdn",
    "shift",
}
_TAKEN_OVER = {
    "camera",
    "internet",
    "wifi",
    "excel",
    "word",
    "zip",
    "ntm",
    "email",
    "age",
    "receipt",
}
_UNITS = {"km", "ha", "kb", "mb", "kg", "m"}
_ALLOWED = frozenset(_KEYS | _TAKEN_OVER | _UNITS)

_CUT = re.compile(r"\S*…|\S*[│┌┐└┘]\S*")
"""Words that an ellipsis or the edge of a box cuts off."""
_FILE = re.compile(r".+\.(csv|docx?|html|jpe?g|pdf|png|toml|txt|xlsx?|zip)")
_CODE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+){2,}")
"""A commune's code."""
_COMMAND = re.compile(r"\bntm [a-z]+ [a-z]+ TỆP")
"""A command to be typed, on a line of its own."""
_TOKEN = re.compile(r"[^\s,;:!?()\[\]“”\"'·|…]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def strange_words(text: str) -> set[str]:
    """Give the words that are neither Vietnamese nor agreed on; file names and codes aside."""
    found: set[str] = set()
    plain = _COMMAND.sub(" ", _CUT.sub(" ", unicodedata.normalize("NFC", text)))
    for token in _TOKEN.findall(plain):
        if _is_name(token):
            continue
        found |= {word for word in _LETTERS.findall(token) if _is_strange(word)}
    return found


def _is_name(token: str) -> bool:
    """Whether it is a path, a file or a code, which nobody translates."""
    if "_" in token or token.startswith(("/", "~")):
        return True
    return any(kind.fullmatch(token) for kind in (_FILE, _CODE))


def _is_strange(word: str) -> bool:
    if not word.isascii() or word.isupper():  # marks, or an abbreviation such as UBND
        return False
    small = word.lower()
    if small in _ALLOWED:
        return False
    return small in _LOOKALIKES or _SYLLABLE.fullmatch(small) is None
