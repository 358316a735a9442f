"""Archives whose headers lie: about sizes, places, check sums, and what kind of thing a file is."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from db.sync import layout
from db.sync.problems import Code
from tests._helpers.hostile.family import Archives, family
from tests._helpers.hostile.world import TOP, bagged, base_payload, entries
from tests._helpers.zips import DEFLATED, STORED, Entry, pack

_LIES = "không khớp với những gì nằm trong đó"


def sound_entries() -> list[Entry]:
    return entries(bagged(base_payload()))


def spoilt(spoil: Callable[[Entry], Entry], places: slice = slice(None)) -> Archives:
    """The sound bundle with each file in turn spoilt."""
    sound = sound_entries()
    for place in range(*places.indices(len(sound))):
        one = [*sound]
        one[place] = spoil(sound[place])
        yield sound[place].name, pack(one)


def _saying(where: str, **said: int) -> Callable[[Entry], Entry]:
    return lambda one: replace(one, **{where: {**getattr(one, where), **said}})


def _off_by(where: str, what: str, by: int) -> Callable[[Entry], Entry]:
    return lambda one: _saying(where, **{what: max(0, one.facts[what] + by)})(one)


def _named(archives: Archives, what: str) -> Archives:
    return ((f"{what}: {name}", data) for name, data in archives)


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def sizes_that_lie_in_the_table() -> Archives:
    for by in (1, -1, 1000):
        yield from _named(spoilt(_off_by("central", "packed", by)), f"packed {by}")
        yield from _named(spoilt(_off_by("central", "size", by), slice(0, 8)), f"size {by}")
    yield from _named(spoilt(_saying("central", size=0), slice(0, 8)), "no size")
    yield from _named(spoilt(_saying("central", packed=0), slice(0, 8)), "nothing packed")


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def headers_before_the_files_that_lie() -> Archives:
    for what, by in (("packed", 1), ("packed", -1), ("size", 1), ("size", -1), ("crc", 1)):
        yield from _named(spoilt(_off_by("local", what, by), slice(0, 12)), f"{what} {by}")
    for what, value in (("method", STORED), ("flags", 8), ("flags", 1), ("signature", 0x02014B50)):
        made = spoilt(_saying("local", **{what: value}), slice(0, 5))
        yield from _named(made, f"{what} {value}")
    huge = _saying("local", size=0xFFFFFFFF, packed=0xFFFFFFFF)
    yield from _named(spoilt(huge, slice(0, 5)), "64 bits")


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def names_that_differ_before_the_files() -> Archives:
    for name in ("x", "../../x", f"{TOP}/autorun.inf", f"{TOP}/bagit.txt", "C:\\x", "/x", ""):
        yield from _named(spoilt(_called(name), slice(1, 5)), name)


def _called(name: str) -> Callable[[Entry], Entry]:
    return lambda one: replace(one, local_name=f"{name}_" if one.name == name else name)


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def check_sums_that_are_wrong() -> Archives:
    def both(one: Entry) -> Entry:
        wrong = one.facts["crc"] ^ 1
        return replace(one, local={"crc": wrong}, central={"crc": wrong})

    yield from spoilt(both)
    yield from _named(spoilt(_off_by("central", "crc", 1), slice(0, 6)), "in the table only")


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def bytes_that_do_not_unpack() -> Archives:
    for junk in (b"", b"\xff" * 50, b"\x06", b"\x00\x05\x00\xfa\xffab"):
        yield from _named(spoilt(_packed_as(junk), slice(0, 5)), repr(junk))


def _packed_as(junk: bytes) -> Callable[[Entry], Entry]:
    return lambda one: replace(one, packed=junk, method=DEFLATED)


@family(Code.TOO_LARGE, says="lớn bất thường")
def bombs() -> Archives:
    """Files that say they unpack to far more than the archive holds; nothing is unpacked."""
    small = zlib.compress(bytes(1_000_000), 9)[2:-4]
    for size in (64_000_001, 100_000_000, 2_000_000_000, 4_294_967_294):
        for name in ("data/evidence/" + "a" * 64 + ".txt", layout.RECEIPT):
            yield f"{size} {name}", pack([*_others(name), _bomb(f"{TOP}/{name}", small, size)])
    for count in (5, 50, 500):
        many = [
            _bomb(f"{TOP}/data/evidence/{number:064x}.txt", small, 63_999_999)
            for number in range(count)
        ]
        yield f"{count} together", pack([*sound_entries(), *many])
    for name in (layout.DESCRIPTION, layout.MANIFEST, layout.BAGIT, layout.DEVICE_KEY):
        yield (
            f"far too long: {name}",
            pack([*_others(name), _bomb(f"{TOP}/{name}", small * 400, 64_000_001)]),
        )


def _others(name: str) -> list[Entry]:
    return [one for one in sound_entries() if one.name != f"{TOP}/{name}"]


def _bomb(name: str, packed: bytes, size: int) -> Entry:
    said = {"size": size}
    return Entry(name, b"", DEFLATED, local=said, central=said, packed=packed)


@family(Code.LOCKED_FILE, says="khóa bằng mật khẩu")
def locked_files() -> Archives:
    for flags in (0x1, 0x41, 0x2001, 0x2000, 0x809, 0x40):
        lie = {"flags": flags}

        def lock(one: Entry, lie: Any = lie) -> Entry:
            return replace(one, local=lie, central=lie)

        yield from _named(spoilt(lock, slice(0, 6)), f"flags {flags:x}")


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def files_with_flags_that_are_never_set() -> Archives:
    for flags in (0x8, 0x10, 0x20, 0x80, 0x1000, 0x4000, 0x8000):
        lie = {"flags": flags}

        def mark(one: Entry, lie: Any = lie) -> Entry:
            return replace(one, local=lie, central=lie)

        codes = spoilt(mark, slice(0, 4))
        yield from _named(codes, f"flags {flags:x}")


@family(Code.UNKNOWN_PACKING, says="nén theo cách")
def files_packed_in_other_ways() -> Archives:
    for method in (1, 6, 9, 12, 14, 93, 95, 98, 99, 65535):
        lie = {"method": method}

        def pack_so(one: Entry, lie: Any = lie) -> Entry:
            return replace(one, local=lie, central=lie)

        yield from _named(spoilt(pack_so, slice(2, 6)), f"method {method}")


@family(Code.NOT_A_FILE, says="liên kết, thư mục")
def links_and_other_things() -> Archives:
    for mode in (0o120777, 0o040755, 0o020666, 0o060660, 0o010644, 0o140755, 0o160000):
        made = spoilt(_saying("central", mode=mode << 16), slice(0, 18, 4))
        yield from _named(made, f"mode {mode:o}")
    for dos in (0x10, 0x08, 0x18):
        yield from _named(spoilt(_saying("central", mode=dos), slice(0, 6, 2)), f"DOS {dos:x}")
    link = {"mode": 0o120777 << 16}
    for target in (b"../../../etc/passwd", b"C:\\ntm.sqlite"):
        name = f"{TOP}/{layout.RECEIPT}"
        yield repr(target), pack([*_others(layout.RECEIPT), Entry(name, target, central=link)])


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def files_that_lie_over_one_another() -> Archives:
    sound = sound_entries()
    starts = list(_starts(sound))
    for place, start in enumerate(starts):
        others = [other for other in (0, start + 1, start - 1, starts[-1]) if other != start]
        for other in others[: 2 if place else 1]:
            one = [*sound]
            one[place] = replace(sound[place], central={"offset": max(0, other)})
            yield f"{sound[place].name} at {other}", pack(one)
    for place in (0, 5):
        one = [*sound]
        one[place] = replace(sound[place], central={"offset": 2**31})
        yield f"{place} far beyond the end", pack(one)


def _starts(sound: list[Entry]) -> Iterator[int]:
    at = 0
    for one in sound:
        yield at
        at += len(one.local_header() + one.bytes_in_archive)


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def bytes_that_lie_between() -> Archives:
    sound = sound_entries()
    for junk in (b"\0", b"MZ" + bytes(60), pack([Entry("an/x", b"hidden")])):
        yield f"{len(junk)} before the table", pack(sound, between=junk)
        yield f"{len(junk)} before all", pack(sound, before=junk)
        for place in range(0, len(sound), 3):
            one = [*sound]
            one[place] = replace(sound[place], after=junk)
            yield f"{len(junk)} behind {sound[place].name}", pack(one)


@family(Code.CONTRADICTS_ITSELF, says=_LIES)
def fields_that_are_never_there() -> Archives:
    unicode_path = struct.pack("<2HBL", 0x7075, 14, 1, 0) + b"data/xxxx"
    extras = (unicode_path, struct.pack("<2H", 0x5455, 0), struct.pack("<2HL", 0x9901, 4, 0))
    for extra in extras:
        both = spoilt(_with_extra(extra), slice(0, 6, 2))
        yield from _named(both, f"extra {extra[:2].hex()}")
    for extra in (*extras, struct.pack("<2H2Q", 1, 16, 5, 5)):
        made = spoilt(_with_local_extra(extra), slice(0, 6, 2))
        yield from _named(made, f"extra before the file {extra[:2].hex()}")
    for comment in (b"x", b"PK\x05\x06" + bytes(18)):
        made = spoilt(_with_comment(comment), slice(0, 6, 2))
        yield from _named(made, f"comment {len(comment)}")


def _with_extra(extra: bytes) -> Callable[[Entry], Entry]:
    return lambda one: replace(one, local_extra=extra, central_extra=extra)


def _with_local_extra(extra: bytes) -> Callable[[Entry], Entry]:
    return lambda one: replace(one, local_extra=extra)


def _with_comment(comment: bytes) -> Callable[[Entry], Entry]:
    return lambda one: replace(one, comment=comment)
