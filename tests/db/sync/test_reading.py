import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from db.sync import container, layout, parts, receipts
from db.sync.archive import Payload
from db.sync.problems import MESSAGES, BundleProblem, Code
from db.sync.reading import open_bundle, verify
from db.sync.receipts import Receipt
from db.sync.segments import hash_of
from tests._helpers.bundles import (
    INCARNATION,
    KEY,
    OTHER_KEY,
    SCOPE,
    card_file,
    changes,
    evidence_file,
    info,
    segment,
    segment_files,
    usual_payload,
    write,
)


def codes(path: Path) -> list[Code]:
    return [found.code for found in verify(path).problems]


def test_everything_that_was_packed_comes_out(tmp_path: Path) -> None:
    with open_bundle(write(tmp_path).path) as bundle:
        assert bundle.sender.device == KEY.id
        assert bundle.cards[KEY.id].data == card_file().source
        first, second = bundle.segments
        assert (first.read(), second.read()) == (
            segment(1, 5),
            segment(6, 9, previous=hash_of(segment(1, 5))),
        )
        assert first.parse().changes + second.parse().changes == tuple(changes(1, 9))
        assert [found.sha256 in evidence_file().name for found in bundle.evidence] == [True]
        assert bundle.receipt is not None
        assert bundle.receipt.have[0].device == OTHER_KEY.id
        assert bundle.receipt_data is not None
        assert receipts.read(bundle.receipt_data, bundle.sender) == bundle.receipt
        assert bundle.flaws == ()


def test_what_the_caller_raises_while_a_bundle_is_open_stays_what_it_is(tmp_path: Path) -> None:
    path = write(tmp_path).path
    with pytest.raises(ValueError, match="mine"), open_bundle(path):
        raise ValueError("mine")
    path.rename(tmp_path / "can be renamed, so it was closed.zip")


def test_a_bundle_under_another_file_name_is_still_the_bundle(tmp_path: Path) -> None:
    path = write(tmp_path).path.rename(tmp_path / "gói (1).zip")
    assert verify(path).valid


def test_each_kind_of_wrong_file_has_its_own_words(tmp_path: Path) -> None:
    good = write(tmp_path).path.read_bytes()
    zipped = tmp_path / "foreign"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("letter.txt", "hello")
    repacked = tmp_path / "repacked"
    with zipfile.ZipFile(repacked, "w") as archive:
        archive.writestr(f"{info().name}/bagit.txt", "hello")
    cases = {
        "empty": (b"", Code.EMPTY),
        "text": (b"hello", Code.NOT_ZIP),
        "picture": (b"\x89PNG" + bytes(500), Code.NOT_ZIP),
        "age": (b"age-encryption.org/v1\n-> X25519", Code.ENCRYPTED),
        "armour": (b"-----BEGIN AGE ENCRYPTED FILE-----\n", Code.ENCRYPTED),
        "foreign": (zipped.read_bytes(), Code.FOREIGN_ZIP),
        "repacked": (repacked.read_bytes(), Code.FOREIGN_ZIP),
        "no files": (b"PK\x05\x06" + bytes(18), Code.FOREIGN_ZIP),
        "half": (good[: len(good) // 2], Code.TRUNCATED),
        "short comment": (good[:-1], Code.TRUNCATED),
        "no comment": (good[:-64], Code.TRUNCATED),
        "short end": (good[:-70], Code.TRUNCATED),
        "longer": (good + b"\0", Code.DAMAGED),
        "flipped": (good[:500] + bytes([good[500] ^ 1]) + good[501:], Code.DAMAGED),
        "flipped start": (b"X" + good[1:], Code.DAMAGED),
        "flipped end": (good[:-86] + b"X" + good[-85:], Code.DAMAGED),
    }
    path = tmp_path / "case"
    for name, (data, code) in cases.items():
        path.write_bytes(data)
        assert (name, codes(path)) == (name, [code])
    assert codes(tmp_path) == [Code.FOLDER]
    assert codes(tmp_path / "missing.zip") == [Code.MISSING]
    assert codes(Path("nul\0byte")) == [Code.UNREADABLE]


def test_every_problem_says_what_happened_what_is_safe_and_what_to_do() -> None:
    assert set(MESSAGES) == set(Code)
    assert len(set(MESSAGES.values())) == len(MESSAGES)
    for sentence in MESSAGES.values():
        assert "Xin" in sentence or "Có thể" in sentence
        assert "{" not in sentence
        assert any(word in sentence for word in ("không bị", "còn nguyên", "vẫn đầy đủ"))


def test_a_segment_with_a_false_signature_does_not_block_the_others(tmp_path: Path) -> None:
    payload = usual_payload()
    payload[2] = Payload(payload[2].name, OTHER_KEY.sign(segment(1, 5)))
    path = write(tmp_path, payload).path
    with open_bundle(path) as bundle:
        found = [found.flaw.code if found.flaw else None for found in bundle.segments]
        assert found == [Code.SEGMENT_SIGNATURE, None]
        assert bundle.segments[1].parse().changes == tuple(changes(6, 9))
        assert bundle.segments[0].read() == segment(1, 5)
    assert codes(path) == [Code.SEGMENT_SIGNATURE]
    assert not verify(path).valid


def test_segments_of_other_devices_travel_with_their_cards(tmp_path: Path) -> None:
    data = segment(1, 5, key=OTHER_KEY)
    other = segment_files(data, OTHER_KEY)
    assert verify(write(tmp_path, [card_file(), card_file(OTHER_KEY), *other]).path).valid
    (tmp_path / "b").mkdir()
    assert codes(write(tmp_path / "b", [card_file(), *other]).path) == [Code.NO_CARD]


def test_another_communes_segment_is_told(tmp_path: Path) -> None:
    mine = segment(1, 5, scope="shared")
    theirs = segment(1, 5, scope="lang-son/huu-lung/son-ha")
    payload = [card_file(), *segment_files(mine), *segment_files(theirs)]
    path = write(tmp_path, payload).path
    assert codes(path) == [Code.WRONG_SCOPE]


def test_practice_data_in_a_real_bundle_is_told(tmp_path: Path) -> None:
    payload = [card_file(), *segment_files(segment(1, 5, practice=True))]
    assert codes(write(tmp_path, payload).path) == [Code.PRACTICE_MIXED]
    (tmp_path / "b").mkdir()
    assert codes(write(tmp_path / "b", payload, practice=True).path) == []


def test_a_segment_under_anothers_name_is_told(tmp_path: Path) -> None:
    data = segment(1, 5)
    name = segment_files(data)[0].name.replace("-1-5-", "-1-6-")
    payload = [card_file(), Payload(name, data), Payload(f"{name}.sig", KEY.sign(data))]
    assert codes(write(tmp_path, payload).path) == [Code.SEGMENT_NAME]


def test_a_segment_that_names_the_wrong_one_before_it_is_told(tmp_path: Path) -> None:
    first = segment(1, 5)
    third = segment(9, 12, previous=hash_of(first))
    payload = [card_file(), *segment_files(first), *segment_files(third)]
    with open_bundle(write(tmp_path, payload).path) as bundle:
        found = [found.flaw.code if found.flaw else None for found in bundle.segments]
        assert found == [None, Code.CHAIN_BROKEN]


def test_a_segment_that_follows_another_devices_is_told(tmp_path: Path) -> None:
    theirs = segment(1, 5, key=OTHER_KEY)
    mine = segment(6, 9, previous=hash_of(theirs))
    payload = [card_file(), card_file(OTHER_KEY)]
    payload += [*segment_files(theirs, OTHER_KEY), *segment_files(mine)]
    assert codes(write(tmp_path, payload).path) == [Code.CHAIN_BROKEN]


def test_a_fork_and_segments_without_the_one_before_are_in_order(tmp_path: Path) -> None:
    branch = segment(6, 7, previous="a" * 64)
    fork = segment(6, 9, previous="b" * 64)
    payload = [card_file(), *segment_files(branch), *segment_files(fork)]
    path = write(tmp_path, payload).path
    assert codes(path) == []


def test_changes_that_cannot_be_read_are_found_by_verifying(tmp_path: Path) -> None:
    data = segment(1, 5)
    broken = data.replace(b'"t":"', b'"t":"x', 1)
    name = segment_files(data)[0].name.replace(hash_of(data)[:16], hash_of(broken)[:16])
    payload = [card_file(), Payload(name, broken), Payload(f"{name}.sig", KEY.sign(broken))]
    path = write(tmp_path, payload).path
    assert [(found.code, found.member) for found in verify(path).problems] == [
        (Code.BAD_SEGMENT, name)
    ]
    with open_bundle(path) as bundle, pytest.raises(BundleProblem):
        bundle.segments[0].parse()


def test_a_segment_of_a_newer_program_is_kept_for_later_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = segment(1, 5, schema=2)
    files = segment_files(data, newest=2)
    from db.sync import archive

    read = archive.parse_header
    monkeypatch.setattr(archive, "parse_header", lambda data: read(data, 2))
    written = write(tmp_path, [card_file(), *files])
    found = verify(written.path)
    assert [flaw.code for flaw in found.problems] == [Code.NEWER_SCHEMA]
    assert found.valid
    with open_bundle(written.path) as bundle:
        assert bundle.segments[0].read() == data


def test_a_card_that_does_not_hold_leaves_the_rest(tmp_path: Path) -> None:
    other = card_file(OTHER_KEY)
    assert isinstance(other.source, bytes)
    forged = Payload(other.name, other.source.replace(b"Cai Kinh", b"Hoa Lac "))
    swapped = Payload(other.name, card_file().source)
    for number, wrong in enumerate((forged, swapped), 1):
        path = write(tmp_path, [*usual_payload(), wrong], number=number).path
        assert codes(path) == [Code.BAD_CARD]
        with open_bundle(path) as bundle:
            assert set(bundle.cards) == {KEY.id}


def test_a_receipt_of_another_device_is_left_out(tmp_path: Path) -> None:
    receipt = Receipt(OTHER_KEY.id, INCARNATION, 1, SCOPE, ())
    data = receipts.make(OTHER_KEY, receipt)
    path = write(tmp_path, [card_file(), Payload(layout.RECEIPT, data)]).path
    assert codes(path) == [Code.BAD_RECEIPT]
    with open_bundle(path) as bundle:
        assert bundle.receipt is None


def test_a_bundle_without_a_receipt_or_segments_is_a_bundle(tmp_path: Path) -> None:
    with open_bundle(write(tmp_path, [card_file()]).path) as bundle:
        assert bundle.receipt is None
        assert bundle.segments == ()


def test_a_file_exchanged_while_it_is_open_is_noticed(tmp_path: Path) -> None:
    with open_bundle(write(tmp_path).path) as bundle:
        altered = replace(bundle.segments[0], hash="0" * 64)
        with pytest.raises(BundleProblem) as raised:
            altered.read()
        assert raised.value.flaw.code is Code.DAMAGED


def test_checking_can_be_watched_and_stopped(tmp_path: Path) -> None:
    path = write(tmp_path).path
    steps: list[int] = []
    assert verify(path, progress=lambda done, _total: steps.append(done)).valid
    assert steps == sorted(steps)
    found = verify(path, cancelled=lambda: True)
    assert [flaw.code for flaw in found.problems] == [Code.CANCELLED]
    assert not found.valid


def test_a_member_larger_than_memory_allows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path).path
    monkeypatch.setattr(container, "MAX_IN_MEMORY", 300)
    assert codes(path) == [Code.TOO_LARGE]


def test_no_key_or_bytes_in_what_is_shown(tmp_path: Path) -> None:
    with open_bundle(write(tmp_path).path) as bundle:
        assert "container" not in repr(bundle.segments[0])
        json.dumps([flaw.code for flaw in bundle.flaws])
    assert parts.BundleSegment.__dataclass_fields__["container"].repr is False
