"""Whether an archive is nothing but what its table of contents says.

Other programs read the headers before each file, skip to the first thing that looks like an
archive, or stop at a count. Where all of these agree, everyone sees the same files.
"""

import struct
import zipfile
from typing import IO

from db.sync.problems import Code, problem

LOCAL = struct.Struct("<4s5H3L2H")
"""The header before each file, without its name: see APPNOTE 4.3.7."""

_FLAGS = 0x0806  # how it was packed, and that its name is UTF-8
_ONLY_64 = 0xFFFFFFFF
_SIZES_64 = struct.Struct("<2H2Q")


def check_placing(source: IO[bytes], archive: zipfile.ZipFile) -> None:
    """Compare the header before each file with the table, and look for bytes that lie between.

    Raises:
        BundleProblem: `contradicts_itself`.
    """
    at = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset != at or not _is_plain(info):
            raise problem(Code.CONTRADICTS_ITSELF, info.filename)
        source.seek(at)
        at = _end_of(source, info)
    if at != archive.start_dir:
        raise problem(Code.CONTRADICTS_ITSELF)


def _is_plain(info: zipfile.ZipInfo) -> bool:
    stored = info.compress_type == zipfile.ZIP_STORED
    return not (
        info.flag_bits & ~_FLAGS
        or info.comment
        or (info.extra and not info.extra.startswith(b"\x01\0"))
        or (stored and info.compress_size != info.file_size)
    )


def _end_of(source: IO[bytes], info: zipfile.ZipInfo) -> int:
    """Give the place behind a file whose header says what the table says."""
    head = source.read(LOCAL.size)
    magic, _, flags, method, _, _, crc, packed, size, named, extra = LOCAL.unpack(head)
    name, more = source.read(named), source.read(extra)
    if (packed, size) == (_ONLY_64, _ONLY_64) and len(more) == _SIZES_64.size:
        kind, length, size, packed = _SIZES_64.unpack(more)
        more = b"" if (kind, length) == (1, 16) else more
    said = (magic, flags, method, crc, packed, size, name, more)
    told = (
        b"PK\x03\x04", info.flag_bits, info.compress_type, info.CRC, info.compress_size,
        info.file_size, info.orig_filename.encode("ascii"), b"",
    )  # fmt: skip
    if said != told:
        raise problem(Code.CONTRADICTS_ITSELF, info.filename)
    return source.tell() + info.compress_size
