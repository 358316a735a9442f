import errno
import functools
import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from db.sync import archive, layout
from db.sync.archive import Payload, write_bundle
from db.sync.problems import BundleProblem, Code
from db.sync.reading import open_bundle, verify
from db.sync.segments import hash_of
from tests._helpers.bundles import (
    EVIDENCE,
    KEY,
    OTHER_KEY,
    card_file,
    evidence_file,
    info,
    page,
    segment,
    segment_files,
    usual_payload,
    write,
)
from tests._helpers.tools import program


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as opened:
        opened.extractall(folder)
    return folder / info().name


def test_a_written_bundle_holds(tmp_path: Path) -> None:
    written = write(tmp_path)
    assert list(tmp_path.iterdir()) == [written.path]
    found = verify(written.path)
    assert found.valid
    assert found.problems == ()
    assert (found.info, found.code) == (written.info, written.code)
    assert written.size == written.path.stat().st_size
    assert written.info.counts.changes == 9
    assert written.info.counts.evidence == 1
    assert [(span.first, span.last) for span in written.info.feeds] == [(1, 9)]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert write(tmp_path / "a").path.read_bytes() == write(tmp_path / "b").path.read_bytes()


def test_the_comment_is_the_hash_of_everything_before_it(tmp_path: Path) -> None:
    data = write(tmp_path).path.read_bytes()
    assert hashlib.sha256(data[:-64]).hexdigest().encode() == data[-64:]
    assert zipfile.ZipFile(io.BytesIO(data)).comment == data[-64:]


def test_any_zip_program_finds_one_folder_with_a_page_and_no_damage(tmp_path: Path) -> None:
    written = write(tmp_path)
    with zipfile.ZipFile(written.path) as opened:
        assert opened.testzip() is None
        assert {name.split("/")[0] for name in opened.namelist()} == {written.info.name}
        shown = opened.read(f"{written.info.name}/index.html").decode("utf-8")
    assert written.code in shown


def test_stock_bagit_finds_it_valid(tmp_path: Path) -> None:
    folder = unpacked(write(tmp_path).path, tmp_path)
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (folder / "index.html").write_bytes(b"other")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


@pytest.mark.needs("openssl")
def test_stock_openssl_finds_the_signatures_right(tmp_path: Path) -> None:
    openssl = program("openssl")
    folder = unpacked(write(tmp_path).path, tmp_path)
    segments = sorted((folder / "data/segments").glob("*.jsonl"))
    for signed in (folder / layout.TAG_MANIFEST, *segments):
        command = [openssl, "pkeyutl", "-verify", "-rawin", "-pubin"]
        command += ["-inkey", str(folder / "device.pem"), "-sigfile", f"{signed}.sig"]
        command += ["-in", str(signed)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
        signed.write_bytes(signed.read_bytes() + b"\n")
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_evidence_from_a_file_travels_byte_by_byte(tmp_path: Path) -> None:
    data = bytes(range(256)) * 9_000
    source = tmp_path / "kept"
    source.write_bytes(data)
    name = layout.evidence_name(hashlib.sha256(data).hexdigest(), "jpg")
    written = write(tmp_path, [card_file(), Payload(name, source)])
    with open_bundle(written.path) as bundle:
        (evidence,) = bundle.evidence
        with evidence.open() as opened:
            assert b"".join(iter(lambda: opened.read(1000), b"")) == data
        assert (evidence.extension, evidence.size) == ("jpg", len(data))
    with zipfile.ZipFile(written.path) as opened_zip:
        kinds = {
            entry.filename.rsplit(".")[-1]: entry.compress_type for entry in opened_zip.infolist()
        }
    assert kinds["jpg"] == zipfile.ZIP_STORED
    assert kinds["json"] == zipfile.ZIP_DEFLATED


def test_evidence_that_is_missing_or_altered_is_named_and_blocks_nothing(tmp_path: Path) -> None:
    altered = tmp_path / "altered"
    altered.write_bytes(b"not what it was")
    payload = [
        card_file(),
        Payload(layout.evidence_name("a" * 64, "pdf"), tmp_path / "missing"),
        Payload(layout.evidence_name("b" * 64, "pdf"), altered),
        evidence_file(),
    ]
    written = write(tmp_path, payload)
    assert [(note.code, note.member) for note in written.notes] == [
        (Code.EVIDENCE_LEFT_OUT, payload[1].name),
        (Code.EVIDENCE_LEFT_OUT, payload[2].name),
    ]
    assert written.info.counts.evidence == 1
    assert verify(written.path).valid


def test_evidence_that_changes_while_it_is_copied_stops_the_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "kept"
    source.write_bytes(EVIDENCE)
    entry = archive._entry

    def meddle(*args: object) -> zipfile.ZipInfo:
        source.write_bytes(EVIDENCE[:-1] + b"?")
        return entry(*args)

    monkeypatch.setattr(archive, "_entry", meddle)
    name = evidence_file().name
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(BundleProblem) as raised:
        write(out, [card_file(), Payload(name, source)])
    assert raised.value.flaw.code is Code.EVIDENCE_CHANGED
    assert list(out.iterdir()) == []


def test_stopping_at_any_moment_leaves_nothing_behind(tmp_path: Path) -> None:
    asked = []
    target = tmp_path / "bundle.zip"
    write_bundle(
        target, usual_payload(), KEY, info(), page, cancelled=lambda: bool(asked.append(1))
    )
    target.unlink()
    assert len(asked) > 10
    for moment in range(len(asked)):
        answers = iter([False] * moment + [True])
        with pytest.raises(BundleProblem) as raised:
            write_bundle(
                target,
                usual_payload(),
                KEY,
                info(),
                page,
                cancelled=functools.partial(next, answers),
            )
        assert raised.value.flaw.code is Code.CANCELLED
        assert list(tmp_path.iterdir()) == []


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    write_bundle(
        tmp_path / "bundle.zip",
        [card_file(), *segment_files(segment(1, 2000))],
        KEY,
        info(),
        page,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert steps == sorted(steps)
    assert len({total for _, total in steps}) == 1
    assert steps[-1][0] > 0.7 * steps[-1][1]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, Code.DISK_FULL),
        (errno.EROFS, Code.DISK_READ_ONLY),
        (errno.EACCES, Code.DISK_READ_ONLY),
        (errno.EIO, Code.DISK_FAILED),
        (errno.EFBIG, Code.FILE_TOO_LARGE),
    ],
)
def test_a_disk_that_fails_is_said_plainly_and_keeps_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: Code
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(number, "disk")

    monkeypatch.setattr(archive, "_copy", fail)
    with pytest.raises(BundleProblem) as raised:
        write(tmp_path)
    assert raised.value.flaw.code is code
    assert "còn nguyên" in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(BundleProblem) as raised:
        write(tmp_path / "unplugged")
    assert raised.value.flaw.code is Code.DISK_FAILED


def test_a_bundle_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    written = write(tmp_path)
    before = written.path.read_bytes()
    with pytest.raises(BundleProblem) as raised:
        write(tmp_path)
    assert raised.value.flaw.code is Code.NAME_TAKEN
    assert written.path.read_bytes() == before


def test_a_disk_that_keeps_other_bytes_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = archive._write_archive

    def broken(out: IO[bytes], *args: object) -> None:
        honest(out, *args)
        out.seek(1000)
        byte = out.read(1)
        out.seek(1000)
        out.write(bytes([byte[0] ^ 1]))

    monkeypatch.setattr(archive, "_write_archive", broken)
    with pytest.raises(BundleProblem) as raised:
        write(tmp_path)
    assert raised.value.flaw.code is Code.NOT_AS_WRITTEN
    assert list(tmp_path.iterdir()) == []


def test_a_segment_that_went_bad_is_noted_and_the_others_travel(tmp_path: Path) -> None:
    good = segment(1, 5)
    bad = segment(6, 9, previous=hash_of(good))
    name, signature = segment_files(bad)
    payload = [card_file(), *segment_files(good), name, Payload(signature.name, b"0" * 64)]
    written = write(tmp_path, payload)
    assert [note.code for note in written.notes] == [Code.SEGMENT_SIGNATURE]
    assert not verify(written.path).valid


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ([], Code.NO_CARD),
        ([card_file(OTHER_KEY)], Code.NO_CARD),
        ([card_file(), Payload("fetch.txt", b"")], Code.UNKNOWN_MEMBER),
        ([card_file(), Payload(layout.DESCRIPTION, b"")], Code.UNKNOWN_MEMBER),
        ([card_file(), Payload(layout.PAGE, b"")], Code.UNKNOWN_MEMBER),
        ([card_file(), Payload(layout.RECEIPT, Path("missing"))], Code.MEMBER_MISSING),
    ],
)
def test_what_is_no_bundle_is_not_begun(tmp_path: Path, payload: list[Payload], code: Code) -> None:
    with pytest.raises(BundleProblem) as raised:
        write_bundle(tmp_path / "bundle.zip", payload, KEY, info(), page)
    assert raised.value.flaw.code is code
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_too_large_for_the_old_zip_format_holds_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1_000)
    written = write(tmp_path)
    assert b"PK\x06\x06" in written.path.read_bytes()
    assert verify(written.path).problems == ()


def test_a_clock_before_1980_does_not_stop_an_export(tmp_path: Path) -> None:
    early = datetime(1970, 1, 1, tzinfo=UTC)
    assert verify(write(tmp_path, created=early).path).valid
