"""Files encrypted with age to one or several recipients, and opened again, in pieces."""

import hashlib
import re
from collections.abc import Sequence
from typing import IO, Any

from db.sync.opening_keys import OpeningKey
from db.sync.problems import BundleProblem, Code, problem
from db.sync.watch import Watch

MAGIC = b"age-encryption.org/"
"""How every file of the stock age tool begins, unless it was turned into text."""

MAX_HEADER = 65_536
"""Bytes that name those who can open a file; some five hundred recipients."""

_VERSION = MAGIC + b"v1\n"
_STANZA = re.compile(rb"^-> (\S+)", re.MULTILINE)
_NO_KEY_FITS = "No matching keys found"
_STEP = 1 << 20  # bytes between two looks at whether to stop


class _Piped:
    """A file as the age library reads or writes it. It hashes, counts, and keeps what went wrong.

    The library passes on only the words of an exception, so the exception itself is kept here.
    """

    def __init__(self, file: IO[bytes] | None, watch: Watch | None = None) -> None:
        self._file = file
        self._watch = watch
        self._unsaid = 0
        self.digest = hashlib.sha256()
        self.failed: Exception | None = None

    def read(self, count: int = -1) -> bytes:
        """The next bytes, for the library."""
        try:
            piece = self._file.read(count) if self._file is not None else b""
            self._note(piece)
        except Exception as error:
            self.failed = error
            raise
        return piece

    def write(self, piece: bytes) -> int:
        """Take bytes from the library; without a file they are only hashed."""
        try:
            if self._file is not None:
                self._file.write(piece)
            self._note(piece)
        except Exception as error:
            self.failed = error
            raise
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def _note(self, piece: bytes) -> None:
        self.digest.update(piece)
        self._unsaid += len(piece)
        if self._watch is not None and (self._unsaid >= _STEP or not piece):
            self._watch.step(self._unsaid)
            self._unsaid = 0


def encrypt(source: IO[bytes], target: IO[bytes], recipients: Sequence[str], watch: Watch) -> str:
    """Encrypt one file to the owners of some keys; gives the SHA-256 of what it holds.

    Args:
        source: What is to be encrypted, from its beginning.
        target: Where to; written from where it stands.
        recipients: Public age keys, at least one.
        watch: Told the bytes read.

    Raises:
        OSError: One of the files cannot be read or written.
        BundleProblem: `cancelled`.
    """
    import pyrage

    into = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    reader, writer = _Piped(source, watch), _Piped(target)
    run: Any = pyrage.encrypt_io
    try:
        run(reader, writer, into)
    except Exception:
        _raise_kept(reader, writer)
        raise
    return reader.digest.hexdigest()


def decrypt(
    source: IO[bytes], target: IO[bytes] | None, keys: Sequence[OpeningKey], watch: Watch
) -> str:
    """Open a file with the first key that fits; gives the SHA-256 of what it holds.

    Args:
        source: The encrypted file, from its beginning.
        target: Where to; None to look only whether it can be opened.
        keys: Those that may fit.
        watch: Told the bytes read.

    Raises:
        OSError: `target` cannot be written.
        BundleProblem: `unreadable` where the file cannot be read; `truncated`, `damaged`,
            `passphrase`, `newer_format` or `too_large` for what it is; `not_for_this_machine`
            where no key fits; `cancelled`.
    """
    import pyrage

    reader, writer = _Piped(source, watch), _Piped(target)
    run: Any = pyrage.decrypt_io
    try:
        _check_header(reader.read(MAX_HEADER))
        source.seek(0)
        reader = _Piped(source, watch)
        run(reader, writer, [one.private for one in keys])
    except BundleProblem:
        raise
    except Exception as error:
        if isinstance(reader.failed, OSError):
            raise problem(Code.UNREADABLE) from error
        _raise_kept(reader, writer)
        raise _problem(error) from error
    return writer.digest.hexdigest()


def _raise_kept(*ends: _Piped) -> None:
    for end in ends:
        if end.failed is not None:
            raise end.failed


def _problem(error: Exception) -> BundleProblem:
    """What the library complained of; it tells apart only by words."""
    return problem(Code.NOT_FOR_THIS_MACHINE if str(error) == _NO_KEY_FITS else Code.DAMAGED)


def _check_header(head: bytes) -> None:
    """Say what the library has no words for, before it reads a header that has no end."""
    if not head.startswith(_VERSION):
        shorter = _VERSION.startswith(head)
        raise problem(Code.TRUNCATED if shorter else Code.NEWER_FORMAT)
    names, found, _ = head.partition(b"\n--- ")
    if not found:
        raise problem(Code.TOO_LARGE if len(head) == MAX_HEADER else Code.TRUNCATED)
    if b"scrypt" in _STANZA.findall(names):
        raise problem(Code.PASSPHRASE)
