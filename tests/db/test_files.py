import errno
import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import files


def test_a_written_file_holds_every_byte_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    files.write_atomic(target, b"one")
    files.write_atomic(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_private_file_is_for_its_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "key.json"
    files.write_atomic(target, b"secret", private=True)
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_gives_back_other_bytes_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"before")
    monkeypatch.setattr(files, "sha256_of", lambda _path: "0" * 64)
    with pytest.raises(OSError, match="read back"):
        files.write_atomic(target, b"after")
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_while_writing_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"before")
    with (
        pytest.raises(KeyboardInterrupt),
        files.new_file(target, check=lambda _path: None) as out,
    ):
        out.write(b"half")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_what_fails_its_check_never_gets_the_name(tmp_path: Path) -> None:
    def refuse(written: Path) -> None:
        assert written.read_bytes() == b"whole"
        raise ValueError("refused")

    with (
        pytest.raises(ValueError, match="refused"),
        files.new_file(tmp_path / "a.zip", check=refuse) as out,
    ):
        out.write(b"whole")
    assert list(tmp_path.iterdir()) == []


def test_bytes_reach_the_disk_before_the_name_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = []
    flush, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        events.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        flush(handle)

    def replace(self: Path, to: Path) -> Path:
        events.append("name")
        return rename(self, to)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    files.write_atomic(tmp_path / "a", b"x")
    assert events == ["file", "name"] + ["folder"] * (os.name != "nt")


def sharing_violation() -> PermissionError:
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32  # type: ignore[attr-defined]
    return error


def test_a_rename_that_a_virus_scanner_blocks_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"x")
    blocked = [sharing_violation(), sharing_violation()]
    rename = Path.replace

    def replace(self: Path, to: Path) -> Path:
        if blocked:
            raise blocked.pop()
        return rename(self, to)

    monkeypatch.setattr(Path, "replace", replace)
    files.replace_patiently(source, target, pauses=[0, 0, 0])
    assert target.read_bytes() == b"x"


def test_a_rename_that_stays_blocked_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def replace(self: Path, to: Path) -> Path:
        tries.append(to)
        raise sharing_violation()

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        files.replace_patiently(tmp_path / "a", tmp_path / "b", pauses=[0, 0])
    assert len(tries) == 3


def test_a_missing_permission_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def replace(self: Path, to: Path) -> Path:
        tries.append(to)
        raise PermissionError(errno.EACCES, "not allowed")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        files.replace_patiently(tmp_path / "a", tmp_path / "b")
    assert len(tries) == 1


@pytest.mark.parametrize(("number", "raises"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_stick_that_cannot_flush_folders_is_fine_but_a_broken_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, raises: bool
) -> None:
    if os.name == "nt":
        files.sync_folder(tmp_path)
        return

    def fsync(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fsync)
    if raises:
        with pytest.raises(OSError, match="no"):
            files.sync_folder(tmp_path)
    else:
        files.sync_folder(tmp_path)


def test_a_large_file_is_hashed_in_pieces(tmp_path: Path) -> None:
    data = bytes(range(256)) * 10_000
    (tmp_path / "a").write_bytes(data)
    assert files.sha256_of(tmp_path / "a") == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Biên bản họp thôn Đồng Mỏ.pdf", "Bien-ban-hop-thon-Dong-Mo.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("console", "console"),
        ("...", "khong-ten"),
        ("文書", "khong-ten"),
    ],
)
def test_names_that_every_system_accepts(text: str, name: str) -> None:
    assert files.safe_name(text) == name


@given(st.text())
def test_any_text_gives_a_safe_name(text: str) -> None:
    name = files.safe_name(text)
    assert name
    assert name.isascii()
    assert len(name) <= 81
    assert not set(name) & set('<>:"/\\|?* ')
    assert name[-1] not in ". "
    assert not files.is_reserved(name)
    assert files.safe_name(name) == name
