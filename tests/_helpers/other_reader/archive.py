"""Section 1 of the document: the archive, looked at from outside and then unpacked in memory."""

import hashlib
import re
import stat
import struct
import zlib
from dataclasses import dataclass

TOP = re.compile(r"NTM_[a-z0-9][a-z0-9-]{0,59}_[0-9A-Z]{8}_[0-9]{8}_[1-9][0-9]{0,5}")
MOST_FILES, MOST_TABLE, MOST_PLAIN = 20_000, 8_000_000, 64_000_000
_HEX = re.compile(rb"[0-9a-f]{64}")
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


class Unsound(Exception):
    """The bundle cannot be used at all; `code` says why."""

    def __init__(self, code: str, member: str = "") -> None:
        super().__init__(f"{code} {member}".strip())
        self.code, self.member = code, member


@dataclass(frozen=True)
class _File:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int


def unpack(data: bytes) -> tuple[str, dict[str, bytes]]:
    """Give the top folder and the files below it; 64-bit archives are not read here."""
    files, table = _table(data)
    tops = {file.name.split("/", 1)[0] for file in files}
    if len(tops) != 1 or not TOP.fullmatch(top := tops.pop()):
        raise Unsound("foreign_zip")
    _check_sizes(files, table)
    found, at = {}, 0
    for file in sorted(files, key=lambda one: one.start):
        if file.start != at:
            raise Unsound("contradicts_itself", file.name)
        found[file.name[len(top) + 1 :]], at = _unpacked(data, file)
    if at != table:
        raise Unsound("contradicts_itself")
    return top, found


def _table(data: bytes) -> tuple[list[_File], int]:
    end = len(data) - 64 - _END.size
    if end < 0 or data[end : end + 4] != b"PK\5\6" or not _HEX.fullmatch(data[-64:]):
        raise Unsound("damaged" if data else "empty")
    _, disk, start_disk, here, count, length, start, comment = _END.unpack_from(data, end)
    if comment != 64 or hashlib.sha256(data[:-64]).hexdigest().encode() != data[-64:]:
        raise Unsound("damaged")
    if count > MOST_FILES or length > MOST_TABLE:
        raise Unsound("too_large")
    if disk or start_disk or here != count or start + length != end:
        raise Unsound("contradicts_itself")
    files, at = [], start
    for _ in range(count):
        file, at = _entry(data, at, end)
        files.append(file)
    if at != end:
        raise Unsound("contradicts_itself")
    if len({file.name.casefold() for file in files}) != len(files):
        raise Unsound("repeated_name")
    return files, start


def _entry(data: bytes, at: int, end: int) -> tuple[_File, int]:
    if at + _CENTRAL.size > end:
        raise Unsound("contradicts_itself")
    (magic, _, _, flags, method, _, _, crc, packed, size, named, extra, comment, disk, _, mode,
     start) = _CENTRAL.unpack_from(data, at)  # fmt: skip
    at += _CENTRAL.size
    name = data[at : at + named].decode("utf-8", "replace")
    if magic != b"PK\1\2" or extra or comment or disk:
        raise Unsound("contradicts_itself", name)
    if re.search(r"[\\:\0]|//|^/", name) or {".", ".."} & set(name.split("/")):
        raise Unsound("dangerous_name", name)
    if stat.S_IFMT(mode >> 16) not in (0, stat.S_IFREG) or mode & 0x18:
        raise Unsound("not_a_file", name)
    if flags & 0x2041:
        raise Unsound("locked_file", name)
    if method not in (0, 8):
        raise Unsound("unknown_packing", name)
    if flags & ~0x806 or (method == 0 and packed != size):
        raise Unsound("contradicts_itself", name)
    return _File(name, flags, method, crc, packed, size, start), at + named


def _check_sizes(files: list[_File], table: int) -> None:
    for file in files:
        evidence = "/data/evidence/" in file.name and file.size <= 200 * file.packed
        if file.size > MOST_PLAIN and not evidence:
            raise Unsound("too_large", file.name)
    if sum(file.size for file in files) > 256_000_000 + 20 * table:
        raise Unsound("too_large")


def _unpacked(data: bytes, file: _File) -> tuple[bytes, int]:
    head = data[file.start : file.start + _LOCAL.size]
    if len(head) != _LOCAL.size:
        raise Unsound("contradicts_itself", file.name)
    magic, _, flags, method, _, _, crc, packed, size, named, extra = _LOCAL.unpack(head)
    start = file.start + _LOCAL.size + named
    name = data[start - named : start].decode("utf-8", "replace")
    said = (magic, flags, method, crc, packed, size, name, extra)
    told = (b"PK\3\4", file.flags, file.method, file.crc, file.packed, file.size, file.name, 0)
    if said != told:
        raise Unsound("contradicts_itself", file.name)
    plain = _inflated(data[start : start + packed], file)
    if len(plain) != file.size or zlib.crc32(plain) != file.crc:
        raise Unsound("contradicts_itself", file.name)
    return plain, start + packed


def _inflated(packed: bytes, file: _File) -> bytes:
    if file.method == 0:
        return packed
    unpacker = zlib.decompressobj(-15)
    try:
        return unpacker.decompress(packed, file.size + 1)
    except zlib.error:
        raise Unsound("contradicts_itself", file.name) from None
