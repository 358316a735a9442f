"""Archives made by hand to do harm: refused before anything in them is used."""

import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db.sync import layout
from db.sync.problems import Code
from db.sync.reading import verify
from tests._helpers.bundles import (
    hand_made,
    info,
    with_comment,
    write,
)

TOP = info().name


def codes(path: Path) -> list[Code]:
    return [found.code for found in verify(path).problems]


def plain(archive: zipfile.ZipFile) -> None:
    """The required files, so that only the addition is at fault."""
    for name in layout.REQUIRED:
        archive.writestr(f"{TOP}/{name}", b"{}")


def entry(name: str, **fields: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def added(made: "zipfile.ZipInfo | str", data: bytes = b"x") -> Callable[[zipfile.ZipFile], None]:
    def fill(archive: zipfile.ZipFile) -> None:
        plain(archive)
        archive.writestr(made, data)

    return fill


@pytest.mark.parametrize(
    ("fill", "code"),
    [
        (added("/etc/passwd"), Code.DANGEROUS_NAME),
        (added(f"{TOP}/../../etc/passwd"), Code.DANGEROUS_NAME),
        (added(f"{TOP}/./bagit.txt"), Code.DANGEROUS_NAME),
        (added(f"{TOP}//bagit.txt"), Code.DANGEROUS_NAME),
        (added(f"{TOP}\\data\\x"), Code.DANGEROUS_NAME),
        (added("C:/Windows/x"), Code.DANGEROUS_NAME),
        (added(f"{TOP}/data/x\x01y"), Code.UNKNOWN_MEMBER),
        (added(entry(f"{TOP}/{layout.RECEIPT}", external_attr=0o120777 << 16)), Code.NOT_A_FILE),
        (added(entry(f"{TOP}/{layout.RECEIPT}", external_attr=0o020666 << 16)), Code.NOT_A_FILE),
        (
            added(entry(f"{TOP}/{layout.RECEIPT}", compress_type=zipfile.ZIP_BZIP2)),
            Code.UNKNOWN_PACKING,
        ),
        (
            added(entry(f"{TOP}/{layout.RECEIPT}", compress_type=zipfile.ZIP_LZMA)),
            Code.UNKNOWN_PACKING,
        ),
        (added(f"{TOP}/BAGIT.txt"), Code.REPEATED_NAME),
        (added(f"{TOP}/fetch.txt"), Code.UNKNOWN_MEMBER),
        (added(f"{TOP}/data/"), Code.NOT_A_FILE),
        (added(f"{TOP}/data/evidence/{'a' * 64}.exe"), Code.UNKNOWN_MEMBER),
        (added(f"{TOP}/autorun.inf"), Code.UNKNOWN_MEMBER),
        (added("other/bagit.txt"), Code.FOREIGN_ZIP),
        (lambda archive: archive.writestr("x/y", b""), Code.FOREIGN_ZIP),
        (lambda archive: None, Code.FOREIGN_ZIP),
        (lambda archive: archive.writestr(f"{TOP}/bagit.txt", b""), Code.MEMBER_MISSING),
        (plain, Code.BAG_FORM),
    ],
)
def test_traps_are_refused(
    tmp_path: Path, fill: Callable[[zipfile.ZipFile], None], code: Code
) -> None:
    assert codes(hand_made(tmp_path / "trap.zip", fill)) == [code]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    fill = added(f"{TOP}/bagit.txt")
    assert codes(hand_made(tmp_path / "trap.zip", fill)) == [Code.REPEATED_NAME]


def test_a_name_with_a_hidden_end_is_refused(tmp_path: Path) -> None:
    path = hand_made(tmp_path / "trap.zip", added(f"{TOP}/data/receipt.json_.exe"))
    data = path.read_bytes().replace(b"receipt.json_", b"receipt.json\0")
    path.write_bytes(with_comment(data))
    assert codes(path) == [Code.DANGEROUS_NAME]


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = hand_made(tmp_path / "trap.zip", plain)
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    path.write_bytes(with_comment(bytes(data)))
    assert codes(path) == [Code.LOCKED_FILE]


def bomb(size: int, count: int) -> Callable[[zipfile.ZipFile], None]:
    def fill(archive: zipfile.ZipFile) -> None:
        plain(archive)
        for number in range(count):
            made = entry(f"{TOP}/data/evidence/{number:064x}.txt", compress_type=8)
            with archive.open(made, "w") as member:
                for _ in range(size // 1_000_000):
                    member.write(bytes(1_000_000))

    return fill


def test_a_bomb_of_one_file_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    path = hand_made(tmp_path / "bomb.zip", bomb(100_000_000, 1))
    start = time.process_time()
    assert codes(path) == [Code.TOO_LARGE]
    assert time.process_time() - start < 0.1


def test_a_bomb_of_many_files_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    path = hand_made(tmp_path / "bomb.zip", bomb(30_000_000, 10))
    start = time.process_time()
    assert codes(path) == [Code.TOO_LARGE]
    assert time.process_time() - start < 0.1


def test_100_000_members_are_refused_without_reading_their_names(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(100_000):
            archive.writestr(f"{TOP}/data/evidence/{number:064x}.txt", b"")

    path = hand_made(tmp_path / "many.zip", fill)
    start = time.process_time()
    assert codes(path) == [Code.TOO_LARGE]
    assert time.process_time() - start < 0.5


def test_30_000_members_with_short_names_are_refused_too(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(30_000):
            archive.writestr(f"{number:x}", b"")

    assert codes(hand_made(tmp_path / "many.zip", fill)) == [Code.TOO_LARGE]


@pytest.mark.parametrize(("count", "length"), [(10**6, 0), (0, 10**8)])
def test_a_table_of_contents_that_hides_its_length_is_refused(
    tmp_path: Path, count: int, length: int
) -> None:
    """The end record names few members, the 64-bit one before it names many."""
    path = hand_made(tmp_path / "trap.zip", plain)
    data = path.read_bytes()
    body, end = data[:-86], data[-86:]
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(body), 1)
    path.write_bytes(with_comment(body + large + locator + end))
    assert codes(path) == [Code.TOO_LARGE]


@pytest.mark.parametrize(("offset", "size"), [(20, 1), (24, 1), (24, 2**31), (20, 2**31)])
def test_sizes_that_lie_are_found_out(tmp_path: Path, offset: int, size: int) -> None:
    """The first member's packed (20) or true (24) size in the table of contents is wrong."""
    path = write(tmp_path).path
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, place + offset, size)
    path.write_bytes(with_comment(bytes(data)))
    assert codes(path)[0] in (Code.CONTRADICTS_ITSELF, Code.TOO_LARGE)


def test_a_file_that_ends_before_its_stated_size_is_found_out(tmp_path: Path) -> None:
    path = write(tmp_path).path
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02") + 24
    struct.pack_into("<L", data, place, struct.unpack_from("<L", data, place)[0] + 1)
    path.write_bytes(with_comment(bytes(data)))
    assert codes(path) == [Code.CONTRADICTS_ITSELF]


def test_files_that_lie_over_one_another_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path).path
    data = bytearray(path.read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    struct.pack_into("<L", data, second + 42, 0)
    path.write_bytes(with_comment(bytes(data)))
    assert codes(path) == [Code.CONTRADICTS_ITSELF]


def test_a_newer_container_says_that_a_newer_program_is_needed(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr(f"{TOP}/data/bundle.json", b'{"format":2,"something":"else"}')
        archive.writestr(f"{TOP}/data/novelty.bin", b"new")

    path = hand_made(tmp_path / "newer.zip", fill)
    before = path.read_bytes()
    found = verify(path)
    assert [flaw.code for flaw in found.problems] == [Code.NEWER_FORMAT]
    assert "cần bản mới hơn" in found.problems[0].message
    assert path.read_bytes() == before
