"""Ends of archives: tables of contents that lie, cut and lengthened files, false comments."""

from __future__ import annotations

import hashlib
import random
import struct

import pyrage

from db.sync.problems import Code
from tests._helpers.bundles import with_comment
from tests._helpers.hostile.archives import sound_entries
from tests._helpers.hostile.family import Archives, family
from tests._helpers.hostile.world import TOP, sound
from tests._helpers.zips import STORED, Entry, pack

_END = 22 + 64


@family(Code.CONTRADICTS_ITSELF, Code.HOSTILE, says="bị từ chối")
def end_records_that_lie() -> Archives:
    files = sound_entries()
    count = len(files)
    for lie in (count - 1, count + 1, 0, 1, 20_000):
        yield f"{lie} files", pack(files, end={"count": lie})
        yield f"{lie} files on this disk", pack(files, end={"count_here": lie})
    for disk in (1, 7, 65_535):
        yield f"disk {disk}", pack(files, end={"disk": disk})
        yield f"the table is on disk {disk}", pack(files, end={"start_disk": disk})
    length = sum(len(one.central_header(0)) for one in files)
    start = len(sound()) - _END - length
    for by in (1, -1, 46, -46, length, -start):
        yield f"the table starts {by} later", pack(files, end={"start": start + by})
    for by in (1, -1, 46, -46, -length):
        yield f"the table is {by} longer", pack(files, end={"length": length + by})


@family(Code.TOO_LARGE, says="lớn bất thường")
def tables_out_of_all_proportion() -> Archives:
    files = sound_entries()
    for lie in (20_001, 65_535):
        yield f"{lie} files", pack(files, end={"count": lie, "count_here": lie})
    for lie in (8_000_001, 2**31, 2**32 - 1):
        yield f"{lie} bytes", pack(files, end={"length": lie})
    for lie in (20_001, 65_535, 10**6, 2**63):
        yield f"64 bits: {lie} files", pack(files, end_64={"count": lie, "count_here": lie})
        yield f"64 bits: {lie} files here", pack(files, end_64={"count_here": lie})
    for lie in (8_000_001, 2**40, 2**64 - 1):
        yield f"64 bits: {lie} bytes", pack(files, end_64={"length": lie})
    many = [Entry(f"{TOP}/{number:x}", b"", STORED) for number in range(20_001)]
    yield "many short names", pack(many)


@family(Code.CONTRADICTS_ITSELF, Code.HOSTILE, says="bị từ chối")
def end_records_of_64_bits_that_lie() -> Archives:
    files = sound_entries()
    for what in ("count", "count_here", "length", "start", "own_length", "disk"):
        for lie in (1, 2, 40, 1000):
            yield f"{what} {lie}", pack(files, end_64={what: lie})
    for what, lie in (("at", 0), ("at", 1), ("at", 2**40), ("disks", 0), ("disks", 2)):
        yield f"leads to {what} {lie}", pack(files, end_64={}, locator={what: lie})
    for junk in (b"\0", b"x" * 20, b"PK\x06\x06" + bytes(52)):
        yield f"{junk[:4]!r} behind it", pack(files, end_64={}, behind_64=junk)
    for short in ("count", "length", "start"):
        yield f"another {short} in the short one", pack(files, end={short: 5}, end_64={})


@family(Code.TRUNCATED, Code.EMPTY, says="Xin chép lại gói từ máy gửi")
def files_that_were_cut_off() -> Archives:
    whole = sound()
    steps = [*range(0, len(whole) - _END, len(whole) // 60), *range(len(whole) - 88, len(whole), 4)]
    for end in steps:
        yield f"the first {end} bytes", whole[:end]
    for end in (1_000, len(whole) // 2, len(whole)):
        yield f"the first {end} bytes, then nothing but zeros", whole[:end] + bytes(80_000)


@family(Code.DAMAGED, says="Gói bị hỏng")
def files_with_bytes_behind_the_end() -> Archives:
    whole, chance = sound(), random.Random(5)
    for length in (*range(1, 40), 64, 65, 100, 1_000):
        yield f"{length} zeros", whole + bytes(length)
    for length in (1, 22, 64, 86, 500):
        yield f"{length} by chance", whole + chance.randbytes(length)
    yield "the same again", whole + whole


@family(Code.DAMAGED, says="Gói bị hỏng")
def files_with_a_flipped_bit() -> Archives:
    whole, chance = sound(), random.Random(6)
    for _ in range(100):
        place = chance.randrange(len(whole))
        flipped = whole[place] ^ 1 << chance.randrange(8)
        yield f"at {place}", whole[:place] + bytes([flipped]) + whole[place + 1 :]


@family(Code.DAMAGED, Code.FOREIGN_ZIP, Code.TRUNCATED, says="không bị thay đổi")
def comments_that_lie() -> Archives:
    whole = sound()
    body, digest = whole[:-64], whole[-64:]
    for comment in (b"0" * 64, digest[::-1], hashlib.sha256(whole).hexdigest().encode()):
        yield f"another hash {comment[:6]!r}", body + comment
    yield "in capitals", body + digest.upper()
    yield "not hex", body + b"g" * 64
    for comment in (b"", digest[:63], digest + b"\n", b" " + digest, digest * 2, b"x" * 65_535):
        length = struct.pack("<H", len(comment))
        yield f"{len(comment)} bytes long", body[:-2] + length + comment
    end = b"PK\x05\x06" + bytes(16) + struct.pack("<H", 64)
    yield "an end record in the comment", body[:-2] + struct.pack("<H", 150) + end + digest + end
    tail = body[-22:]
    yield "two end records", with_comment(body + tail + b"0" * 64)[:-64] + b"0" * 64


@family(Code.TRUNCATED, Code.DAMAGED, Code.ENCRYPTED, says="không bị thay đổi")
def files_that_only_begin_like_locked_ones() -> Archives:
    for head in (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n"):
        for rest in (b"", b"-> X25519 abc\n", bytes(1000), sound()[:-64]):
            yield f"{head[:8]!r} {len(rest)}", head + rest


@family(Code.NOT_FOR_THIS_MACHINE, says="máy khác")
def files_that_are_locked_for_somebody_else() -> Archives:
    other = pyrage.x25519.Identity.generate().to_public()
    for place in range(5):
        yield f"{place} bytes longer", pyrage.encrypt(sound() + bytes(place), [other])


@family(Code.PASSPHRASE, says="mật khẩu")
def files_that_are_locked_by_a_passphrase() -> Archives:
    yield "one", pyrage.passphrase.encrypt(sound(), "một mật khẩu")


@family(Code.NOT_ZIP, Code.FOREIGN_ZIP, says="không phải gói")
def files_of_another_kind() -> Archives:
    kinds = {
        "pdf": b"%PDF-1.7\n", "png": b"\x89PNG\r\n\x1a\n", "exe": b"MZ\x90", "7z": b"7z\xbc\xaf",
        "rar": b"Rar!\x1a\x07", "gzip": b"\x1f\x8b\x08", "sqlite": b"SQLite format 3\0",
        "toml": b'id = "x"\n', "csv": "mã;tên\r\n=cmd|' /C calc'!A0;x\r\n".encode(),
        "csv with BOM": b"\xef\xbb\xbfa,b\n", "json": b'{"format": 1}',
        "utf-16": "Gói".encode("utf-16"),
        "tar": bytes(257) + b"ustar", "html": b"<html>", "text": "Kính gửi".encode(),
    }  # fmt: skip
    for kind, head in kinds.items():
        yield kind, head
        yield f"{kind}, long", head + bytes(80_000)
    yield "an archive of other things", pack([Entry("thu.txt", b"hello", STORED)])
    yield "an archive of other things, plain", pack([Entry("thu.txt", b"x", STORED)])[:-64]
    yield "the bundle in an archive", pack([Entry("goi.zip", sound(), STORED)])
    yield "only an end record", b"PK\x05\x06" + bytes(18)
