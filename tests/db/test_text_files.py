"""Text files of offices, in whichever code they were saved."""

from __future__ import annotations

import unicodedata

import pytest

from db.text_files import decoded


def as_windows_writes(text: str) -> bytes:
    """Page 1258: letters with their hats as one, tones behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = ""
    for char in text:
        spread = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(c for c in spread if c not in tones))
        found += letter + "".join(c for c in spread if c in tones)
    return found.encode("cp1258")


@pytest.mark.parametrize("text", ["Thôn Đồng Mỏ;120", "Lân Gạt “cũ” – 85 hộ", "plain"])
def test_text_files_of_offices_are_read_in_any_of_their_codes(text: str) -> None:
    for raw in (
        text.encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        as_windows_writes(text),
    ):
        assert decoded(raw) == text


@pytest.mark.parametrize(
    "raw", [b"Th\xabn \xa7\xe5ng M\xe1", b"Tho\xe2n \xd1o\xe0ng", b"\x89PNG\xff\x00"]
)
def test_bytes_of_old_fonts_are_not_taken_for_words(raw: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(raw)
