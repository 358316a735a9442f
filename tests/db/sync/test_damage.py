"""Every flipped, cut or added byte is seen; nothing that is in a file makes checking crash."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db.sync.problems import Code
from db.sync.reading import verify
from tests._helpers.bundles import info, usual_payload, with_comment, write

EACH = 334
Harm = Callable[[bytes, random.Random], bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write(tmp_path_factory.mktemp("good")).path.read_bytes()


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    length = chance.choice([1, 2, 64, chance.randrange(1, len(data))])
    return data[:start] + data[start + length :]


def add(data: bytes, chance: random.Random) -> bytes:
    place = chance.choice([0, len(data), chance.randrange(len(data))])
    return data[:place] + chance.randbytes(chance.choice([1, 2, 64, 500])) + data[place:]


@pytest.mark.parametrize("harm", [flip, cut, add])
def test_1000_harmed_bundles_are_all_found_out(tmp_path: Path, good: bytes, harm: Harm) -> None:
    chance = random.Random(2024)
    path = tmp_path / "harmed.zip"
    seen = set()
    for _ in range(EACH):
        harmed = harm(good, chance)
        path.write_bytes(harmed)
        found = verify(path)
        assert not found.valid
        seen.update(flaw.code for flaw in found.problems)
    expected = {Code.DAMAGED, Code.TRUNCATED, Code.FOREIGN_ZIP, Code.NOT_ZIP, Code.EMPTY}
    assert seen <= expected


@pytest.mark.parametrize("harm", [flip, cut, add])
def test_harm_that_a_forger_covered_up_never_crashes_nor_changes_the_content(
    tmp_path: Path, good: bytes, harm: Harm
) -> None:
    chance = random.Random(2025)
    path = tmp_path / "forged.zip"
    path.write_bytes(good)
    honest = verify(path)
    for _ in range(EACH):
        path.write_bytes(with_comment(harm(good[:-64], chance) + good[-64:]))
        found = verify(path)
        assert not found.valid or found == honest


def test_a_forger_who_packs_other_bytes_is_found_out_by_hash_and_signature(
    tmp_path: Path, good: bytes
) -> None:
    """Each member in turn is given other bytes inside a perfectly sound archive."""
    (tmp_path / "good.zip").write_bytes(good)
    with zipfile.ZipFile(tmp_path / "good.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert len(members) == len(usual_payload()) + 8
    path = tmp_path / "forged.zip"
    codes = {}
    for harmed in members:
        with zipfile.ZipFile(path, "w") as archive:
            archive.comment = b"0" * 64
            for name, data in members.items():
                archive.writestr(name, data + b" " if name == harmed else data)
        path.write_bytes(with_comment(path.read_bytes()))
        found = verify(path)
        assert not found.valid, harmed
        codes[harmed.removeprefix(f"{info().name}/")] = found.problems[0].code
    assert codes.pop("bagit.txt") is Code.BAG_FORM
    assert codes.pop("tagmanifest-sha256.txt") is Code.BAG_SIGNATURE
    assert codes.pop("tagmanifest-sha256.txt.sig") is Code.BAG_SIGNATURE
    tags = {name: codes.pop(name) for name in ("index.html", "bag-info.txt", "device.pem")}
    assert set(tags.values()) == {Code.HASH_MISMATCH}
    assert codes.pop("manifest-sha256.txt") is Code.HASH_MISMATCH
    assert set(codes.values()) <= {Code.HASH_MISMATCH, Code.BAG_FORM}
