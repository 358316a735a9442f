"""Text files as they come from offices: in which code they are written."""

import codecs

from db.text import nfc
from db.workbooks.oldfonts.syllables import share

_MOST_WORDS = 0.8
"""The share of words that must be Vietnamese before an old code page is believed."""


def decoded(raw: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16, or Windows' code page 1258.

    The code page takes any bytes, so it is believed only where they turn into Vietnamese: those of
    TCVN3 or VNI would become other words.

    Raises:
        UnicodeDecodeError: it is none of them; `start` is where UTF-8 ends.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = nfc(raw.decode("cp1258", errors="replace"))
        if "\ufffd" not in text and (share(text) or 0) >= _MOST_WORDS:
            return text
        raise
