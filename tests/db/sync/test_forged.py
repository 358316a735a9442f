"""Bundles that their own sender listed and signed, and that still contradict themselves."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from db.sync import bag, layout
from db.sync.info import write_info
from db.sync.problems import Code
from db.sync.reading import verify
from tests._helpers.bundles import (
    KEY,
    OTHER_KEY,
    card_file,
    hand_made,
    info,
    usual_payload,
    write,
)

TOP = info().name


def codes(path: Path) -> list[Code]:
    return [found.code for found in verify(path).problems]


Edit = Callable[[dict[str, bytes]], None]


def forged(folder: Path, change: Edit, *, top: str = TOP, afterwards: Edit | None = None) -> Path:
    """A usual bundle, altered and then listed and signed anew by its own sender.

    `afterwards` alters it between listing and signing.
    """
    path = write(folder).path
    with zipfile.ZipFile(path) as archive:
        files = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    change(files)
    payload = [name for name in files if name.startswith("data/")]
    total = sum(len(files[name]) for name in payload)
    files[layout.MANIFEST] = listed(files, payload)
    files[layout.BAG_INFO] = bag.write_bag_info(info(), "x", total, len(payload))
    files[layout.TAG_MANIFEST] = listed(files, layout.SIGNED_TAGS)
    if afterwards:
        afterwards(files)
    files[layout.BAG_SIGNATURE] = KEY.sign(files[layout.TAG_MANIFEST])

    def fill(archive: zipfile.ZipFile) -> None:
        for name, data in files.items():
            archive.writestr(f"{top}/{name}", data)

    return hand_made(path, fill)


def listed(files: dict[str, bytes], names: Iterable[str]) -> bytes:
    return bag.write_manifest({name: hashlib.sha256(files[name]).hexdigest() for name in names})


def test_a_bundle_listed_and_signed_anew_is_a_bundle(tmp_path: Path) -> None:
    assert codes(forged(tmp_path, lambda files: None)) == []


def edit(name: str, data: bytes) -> Edit:
    return lambda files: files.update({name: data})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (edit(layout.DESCRIPTION, write_info(info())), Code.BAD_DESCRIPTION),
        (edit(layout.DESCRIPTION, write_info(info(number=2))), Code.BAD_DESCRIPTION),
        (edit(layout.DESCRIPTION, b"{}"), Code.BAD_DESCRIPTION),
        (edit(layout.DEVICE_KEY, OTHER_KEY.public_pem), Code.BAG_SIGNATURE),
        (edit(layout.DEVICE_KEY, b"no key"), Code.SENDER_KEY),
        (lambda files: files.pop(card_file().name), Code.BAD_DESCRIPTION),
        (lambda files: files.update({usual_payload()[5].name: b"other"}), Code.BAD_DESCRIPTION),
    ],
)
def test_a_sender_who_contradicts_itself_is_found_out(
    tmp_path: Path, change: Edit, code: Code
) -> None:
    assert codes(forged(tmp_path, change)) == [code]


def test_evidence_under_a_false_hash_is_found_out(tmp_path: Path) -> None:
    name = usual_payload()[5].name

    def exchange(files: dict[str, bytes]) -> None:
        files[name] = files[name][::-1]

    assert codes(forged(tmp_path, exchange)) == [Code.HASH_MISMATCH]


def test_another_device_cannot_pose_as_the_sender(tmp_path: Path) -> None:
    """A bag signed with another key, whose description names a device that did not sign."""

    def pose(files: dict[str, bytes]) -> None:
        card = card_file(OTHER_KEY)
        assert isinstance(card.source, bytes)
        files[card.name] = card.source
        described = info(sender=OTHER_KEY.id)
        size = sum(len(data) for name, data in files.items() if name.startswith("data/"))
        size -= len(files[layout.DESCRIPTION])
        counts = replace(described.counts, changes=9, evidence=1, bytes=size)
        files[layout.DESCRIPTION] = write_info(replace(described, counts=counts))

    top = info(sender=OTHER_KEY.id).name
    assert codes(forged(tmp_path, pose, top=top)) == [Code.SENDER_KEY]
    (tmp_path / "b").mkdir()
    assert codes(forged(tmp_path / "b", pose)) == [Code.BAD_DESCRIPTION]


def test_a_sum_that_does_not_fit_the_payload_is_found_out(tmp_path: Path) -> None:
    def miscount(files: dict[str, bytes]) -> None:
        files[layout.BAG_INFO] = bag.write_bag_info(info(), "x", 1, 1)
        files[layout.TAG_MANIFEST] = listed(files, layout.SIGNED_TAGS)

    path = forged(tmp_path, lambda files: None, afterwards=miscount)
    assert codes(path) == [Code.BAG_FORM]


def test_a_workbook_that_nobody_signed_is_found_out(tmp_path: Path) -> None:
    path = forged(tmp_path, edit(layout.RESULTS, b"PK"))
    assert codes(path) == [Code.BAG_FORM]


def test_a_workbook_that_is_signed_and_not_there_is_found_out(tmp_path: Path) -> None:
    def claim(files: dict[str, bytes]) -> None:
        listing = bag.write_manifest({layout.RESULTS: "0" * 64}) + files[layout.TAG_MANIFEST]
        files[layout.TAG_MANIFEST] = listing

    path = forged(tmp_path, lambda files: None, afterwards=claim)
    assert codes(path) == [Code.BAG_FORM]


def test_a_page_that_nobody_signed_is_found_out(tmp_path: Path) -> None:
    def unlist(files: dict[str, bytes]) -> None:
        signed = [name for name in layout.SIGNED_TAGS if name != layout.PAGE]
        files[layout.TAG_MANIFEST] = listed(files, signed)
        files[layout.PAGE] = b"<script>"

    path = forged(tmp_path, lambda files: None, afterwards=unlist)
    assert codes(path) == [Code.BAG_FORM]
