"""Which words can be Vietnamese: the way to see whether a text was read in the right code."""

import re
import unicodedata
from functools import lru_cache

from db.text import nfc

_INITIALS = "ngh ng nh kh gh gi ph th tr ch qu b c d đ g h k l m n p r s t v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êng êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om
on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
"""
_OF_GI = "gi gin giêc giêng giêt gip git gich gim"
_SYLLABLES = frozenset(
    initial + rhyme for initial in ("", *_INITIALS.split()) for rhyme in _RHYMES.split()
) | frozenset(_OF_GI.split())
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "p", "t")
_VOWELS = frozenset("aeiouy")
_HIGH_TONES = frozenset("\u0300\u0303\u0309")


def share(text: str) -> float | None:
    """Give the share of words with Vietnamese letters that can be Vietnamese.

    None where no word has such letters: there is nothing to judge by. Words with digits in them,
    capitals without a vowel as in "QĐ", and single signs say nothing.
    """
    told = [is_syllable(word) for word in _words(text)]
    return sum(told) / len(told) if told else None


def foreign_words(text: str) -> int:
    """Count the words with letters beyond ASCII that cannot be Vietnamese."""
    return sum(not is_syllable(word) for word in _words(text))


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable: its letters, and its one tone."""
    spread = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in spread if sign in _TONES]
    bare = nfc("".join(sign for sign in spread if sign not in _TONES))
    if len(tones) > 1 or bare not in _SYLLABLES:
        return False
    return not (tones and tones[0] in _HIGH_TONES and bare.endswith(_STOPPED))


def _words(text: str) -> list[str]:
    parts = re.split(r"[\s/,.;:()\"“”‘’…–\-+&\[\]]+", nfc(text))
    return [word for word in parts if len(word) > 1 and not word.isascii() and _can_be_said(word)]


def _can_be_said(word: str) -> bool:
    """Tell words from codes with digits and from abbreviations, capitals without a vowel."""
    if any(sign.isdigit() for sign in word):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    return not (word.isupper() and _VOWELS.isdisjoint(letters))
