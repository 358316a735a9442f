"""age files, byte by byte: what opens them, and what each way of being none is called."""

from __future__ import annotations

import errno
import hashlib
import io
import tracemalloc
from pathlib import Path
from typing import IO

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.sync.encryption import MAGIC, MAX_HEADER, decrypt, encrypt
from db.sync.keys import KeyProblem
from db.sync.opening_keys import OpeningKey, is_recipient
from db.sync.problems import BundleProblem, Code
from db.sync.watch import Watch

KEY, OTHER, STRANGER = (OpeningKey.generate() for _ in range(3))
TEXT = b"PK\x03\x04" + bytes(range(256)) * 1000


def locked(data: bytes = TEXT, *keys: OpeningKey) -> bytes:
    out = io.BytesIO()
    recipients = [one.recipient for one in keys or (KEY,)]
    assert encrypt(io.BytesIO(data), out, recipients, Watch()) == hashlib.sha256(data).hexdigest()
    return out.getvalue()


FILE = locked()
HEAD = FILE.index(b"\n--- ")


def opened(data: bytes, *keys: OpeningKey) -> bytes:
    out = io.BytesIO()
    found = decrypt(io.BytesIO(data), out, keys or (KEY,), Watch())
    assert found == hashlib.sha256(out.getvalue()).hexdigest()
    return out.getvalue()


def code_of(data: bytes, *keys: OpeningKey) -> Code:
    with pytest.raises(BundleProblem) as raised:
        opened(data, *keys)
    return raised.value.flaw.code


def test_each_of_several_receivers_opens_it() -> None:
    data = locked(TEXT, KEY, OTHER)
    assert opened(data, KEY) == opened(data, OTHER) == opened(data, STRANGER, OTHER) == TEXT


def test_an_empty_file_stays_one() -> None:
    assert opened(locked(b"")) == b""


def test_nobody_else_opens_it() -> None:
    assert code_of(FILE, STRANGER) is Code.NOT_FOR_THIS_MACHINE


def test_without_a_target_it_is_only_looked_at() -> None:
    assert decrypt(io.BytesIO(FILE), None, [KEY], Watch()) == hashlib.sha256(TEXT).hexdigest()


NO_FILES = {
    "the last byte is missing": (FILE[:-1], Code.DAMAGED),
    "the second half is missing": (FILE[: len(FILE) // 2], Code.DAMAGED),
    "a byte too many": (FILE + b"x", Code.DAMAGED),
    "cut in the list of receivers": (FILE[: HEAD - 20], Code.TRUNCATED),
    "cut after the first line": (FILE[:22], Code.TRUNCATED),
    "cut in the first line": (FILE[:20], Code.TRUNCATED),
    "cut right after the list": (FILE[: HEAD + 10], Code.DAMAGED),
    "another version": (MAGIC + b"v2\n-> X25519 AAAA\n--- AAAA\n", Code.NEWER_FORMAT),
    "a list without end": (MAGIC + b"v1\n-> X25519 " + b"A" * MAX_HEADER, Code.TOO_LARGE),
    "no receiver": (MAGIC + b"v1\n--- AAAA\n", Code.DAMAGED),
    "a receiver that is none": (MAGIC + b"v1\n-> X25519 AAA\nAAA\n--- AAAA\n", Code.DAMAGED),
    "nonsense": (MAGIC + b"v1\n-> ssh-ed25519 AA BB\nCC\n--- AAAA\n", Code.DAMAGED),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_each_way_of_being_no_whole_file_has_its_own_name(name: str) -> None:
    data, code = NO_FILES[name]
    assert code_of(data) is code


def test_a_file_locked_with_a_passphrase_is_told_apart() -> None:
    data = MAGIC + b"v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAA\n--- AAAA\n"
    assert code_of(data) is Code.PASSPHRASE


def test_a_passphrase_never_costs_a_minute_of_work() -> None:
    """The work that such a file asks for is decided by whoever made it."""
    stanza = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 62\n" + b"A" * 43 + b"\n"
    assert code_of(MAGIC + b"v1\n" + stanza + b"--- " + b"A" * 43 + b"\n") is Code.PASSPHRASE


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.integers(0, 7))
def test_no_flipped_bit_goes_through(place: int, bit: int) -> None:
    data = bytearray(FILE)
    data[place] ^= 1 << bit
    assert code_of(bytes(data)) in {
        Code.DAMAGED,
        Code.NOT_FOR_THIS_MACHINE,
        Code.TRUNCATED,
        Code.TOO_LARGE,
        Code.NEWER_FORMAT,
    }


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_crash(junk: bytes) -> None:
    code_of(MAGIC + b"v1\n" + junk)


class Fails(io.BytesIO):
    """A file on a disk that fails after some bytes."""

    def __init__(self, data: bytes = b"", after: int = 0) -> None:
        super().__init__(data)
        self._left = after

    def read(self, count: int | None = -1) -> bytes:
        piece = super().read(count)
        self._left -= len(piece)
        if self._left < 0:
            raise OSError(errno.EIO, "fails")
        return piece

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize("after", [0, MAX_HEADER, MAX_HEADER + 100_000])
def test_a_stick_that_is_pulled_while_reading_is_not_called_damage(after: int) -> None:
    with pytest.raises(BundleProblem) as raised:
        decrypt(Fails(FILE, after), None, [KEY], Watch())
    assert raised.value.flaw.code is Code.UNREADABLE


@pytest.mark.parametrize("encrypting", [True, False])
def test_a_full_disk_is_told_as_what_it_is(encrypting: bool) -> None:
    with pytest.raises(OSError, match="full") as raised:
        if encrypting:
            encrypt(io.BytesIO(TEXT), Fails(), [KEY.recipient], Watch())
        else:
            decrypt(io.BytesIO(FILE), Fails(), [KEY], Watch())
    assert raised.value.errno == errno.ENOSPC


@pytest.mark.parametrize("encrypting", [True, False])
def test_a_person_can_stop_it(encrypting: bool) -> None:
    stopped = Watch(cancelled=lambda: True)
    with pytest.raises(BundleProblem) as raised:
        if encrypting:
            encrypt(io.BytesIO(TEXT), io.BytesIO(), [KEY.recipient], stopped)
        else:
            decrypt(io.BytesIO(FILE), io.BytesIO(), [KEY], stopped)
    assert raised.value.flaw.code is Code.CANCELLED


def peak_of(work: IO[bytes], out: Path) -> int:
    """The most bytes that Python held while a file was encrypted and opened again."""
    tracemalloc.start()
    try:
        with out.open("w+b") as target:
            encrypt(work, target, [KEY.recipient], Watch())
            target.seek(0)
            decrypt(target, None, [KEY], Watch())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    for name, size in (("small", 1 << 20), ("large", 24 << 20)):
        with (tmp_path / name).open("wb") as out:
            out.truncate(size)
    peaks = []
    for name in ("small", "large"):
        with (tmp_path / name).open("rb") as source:
            peaks.append(peak_of(source, tmp_path / "out"))
    assert peaks[1] < peaks[0] + (1 << 19)


def test_a_mistyped_recipient_is_none() -> None:
    assert is_recipient(KEY.recipient)
    flipped = KEY.recipient[:-1] + ("q" if KEY.recipient[-1] != "q" else "p")
    assert not any(map(is_recipient, (flipped, "", "age1", KEY.secret_text())))


def test_a_key_is_read_back_from_its_text_and_from_no_other() -> None:
    assert OpeningKey.from_text(KEY.secret_text()).recipient == KEY.recipient
    for wrong in ("", KEY.recipient, KEY.secret_text()[:-1], "no key"):
        with pytest.raises(KeyProblem):
            OpeningKey.from_text(wrong)


def test_the_library_says_no_key_fits_in_the_words_that_are_looked_for() -> None:
    """It tells apart only by words; a release that says it otherwise must be noticed."""
    with pytest.raises(pyrage.DecryptError, match=r"^No matching keys found$"):
        pyrage.decrypt(FILE, [STRANGER.private])
