"""Is this file a whole bundle? Looks at its bytes only, before anything in it is interpreted."""

import hashlib
import os
import re
import struct
import zipfile
from typing import IO

from db.sync import layout
from db.sync.problems import Code, problem
from db.sync.watch import Watch

COMMENT = 64
"""Bytes of the archive's comment: the SHA-256 in hex of all that comes before it."""

MAX_MEMBERS = 20_000
MAX_DIRECTORY = 8_000_000

_CHUNK = 1 << 20
_TAIL = 70_000
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_HEX = re.compile(rb"[0-9a-f]{64}")
_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


def hash_before_comment(source: IO[bytes], watch: Watch | None = None) -> str:
    """The SHA-256 in hex of all bytes but the comment at the end."""
    left = source.seek(0, os.SEEK_END) - COMMENT
    source.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (piece := source.read(min(_CHUNK, left))):
        digest.update(piece)
        left -= len(piece)
        if watch is not None:
            watch.step(len(piece))
    return digest.hexdigest()


def check_whole(source: IO[bytes], watch: Watch) -> None:
    """Compare the comment with the bytes before it.

    Raises:
        BundleProblem: `empty`, `encrypted`, `not_zip`, `foreign_zip`, `truncated`, `damaged`.
    """
    size = source.seek(0, os.SEEK_END)
    if size == 0:
        raise problem(Code.EMPTY)
    watch.expect(size - COMMENT)
    source.seek(max(0, size - _TAIL))
    tail = source.read(_TAIL)
    if not _ends_with_comment(tail):
        raise problem(_what_it_is(source, tail))
    if hash_before_comment(source, watch).encode("ascii") != tail[-COMMENT:]:
        raise problem(Code.DAMAGED)


def check_directory(source: IO[bytes]) -> int:
    """Refuse a table of contents that would take long to read, before reading it.

    Returns:
        How many files the archive says it has.

    Raises:
        BundleProblem: `too_large`, or `contradicts_itself` where the archive contradicts itself.
    """
    end = source.seek(-COMMENT - _END.size, os.SEEK_END)
    _, *disks, count_here, count, directory, start, _ = _END.unpack(source.read(_END.size))
    said = (count, directory, start)
    truth = _end_64(source, end) or said
    if max(count, truth[0]) > MAX_MEMBERS or max(directory, truth[1]) > MAX_DIRECTORY:
        raise problem(Code.TOO_LARGE)
    shortened = tuple(map(min, truth, (0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)))
    if disks != [0, 0] or count_here != count or said != shortened:
        raise problem(Code.CONTRADICTS_ITSELF)
    return truth[0]


def _end_64(source: IO[bytes], end: int) -> tuple[int, int, int] | None:
    """Read the 64-bit end record, where there is one: count, length and start of the table."""
    at = end - _LOCATOR.size - _END_64.size
    if at < 0:
        return None
    source.seek(at)
    magic, length, _, _, *disks, here, count, directory, start = _END_64.unpack(
        source.read(_END_64.size)
    )
    sign, _, place, count_of_disks = _LOCATOR.unpack(source.read(_LOCATOR.size))
    if sign != b"PK\x06\x07":
        return None
    if max(count, here) > MAX_MEMBERS or directory > MAX_DIRECTORY:
        raise problem(Code.TOO_LARGE)
    plain = (b"PK\x06\x06", _END_64.size - 12, [0, 0], count, at, 1)
    if (magic, length, disks, here, place, count_of_disks) != plain:
        raise problem(Code.CONTRADICTS_ITSELF)
    return count, directory, start


def _ends_with_comment(tail: bytes) -> bool:
    """Whether the file ends as a bundle does: the end record, then a comment of 64 hex digits."""
    end = tail[-COMMENT - _END.size : -COMMENT]
    return (
        len(end) == _END.size
        and end.startswith(b"PK\x05\x06")
        and _END.unpack(end)[7] == COMMENT
        and _HEX.fullmatch(tail[-COMMENT:]) is not None
    )


def _what_it_is(source: IO[bytes], tail: bytes) -> Code:
    """The name of a file that does not end as a bundle does."""
    source.seek(0)
    head = source.read(_LOCAL.size + 100)
    if head.startswith(_AGE):
        return Code.ENCRYPTED
    if not head.startswith(b"PK"):
        return Code.DAMAGED if _HEX.fullmatch(tail[-COMMENT:]) else Code.NOT_ZIP
    if not _begins_with_top_folder(head):
        return Code.FOREIGN_ZIP
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        return Code.DAMAGED if _HEX.fullmatch(tail[-COMMENT:]) else Code.TRUNCATED
    if len(tail) - end < _END.size + COMMENT:
        return Code.FOREIGN_ZIP if _is_zip(source, tail, end) else Code.TRUNCATED
    return Code.DAMAGED


def _begins_with_top_folder(head: bytes) -> bool:
    if len(head) < _LOCAL.size:
        return False
    length = _LOCAL.unpack(head[: _LOCAL.size])[9]
    name = head[_LOCAL.size : _LOCAL.size + length].decode("ascii", "replace")
    return layout.TOP.fullmatch(name.split("/", 1)[0]) is not None


def _is_zip(source: IO[bytes], tail: bytes, end: int) -> bool:
    """Whether the archive is whole as an archive: packed anew by another program."""
    complete = len(tail) - end >= _END.size
    return (
        complete
        and _END.unpack(tail[end : end + _END.size])[7] != COMMENT
        and (zipfile.is_zipfile(source))
    )
