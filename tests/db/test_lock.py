"""One process writes; the others are told who does, in the time of Vietnam."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest
from filelock import FileLock

from db import clock
from db.home import Home
from db.lock import StoreLock
from db.problems import DiskFailed, StoreBusy, system_words


def test_the_second_one_is_told_who_holds_the_store_and_since_when(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.path.mkdir()
    monkeypatch.setattr(clock, "wall_ms", lambda: 1_720_000_000_000)  # 09:46:40 UTC, 03/07/2024
    first = StoreLock(home).acquire()
    with pytest.raises(StoreBusy, match=r"tiến trình \d+, từ 16:46 ngày 03/07/2024") as told:
        StoreLock(home).acquire()
    assert "máy " in str(told.value)
    first.release()
    StoreLock(home).acquire().release()


@pytest.mark.parametrize("note", ["", "{", "[]", '{"machine": "a"}', '{"since": 5}'])
def test_a_lock_without_a_readable_note_is_a_lock_all_the_same(home: Home, note: str) -> None:
    home.path.mkdir()
    first = StoreLock(home).acquire()
    home.lock.with_name("ntm.lock.json").write_text(note, encoding="utf-8")
    with pytest.raises(StoreBusy, match="một cửa sổ khác"):
        StoreLock(home).acquire()
    first.release()


def test_a_folder_that_cannot_be_written_is_said_plainly(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(home.lock))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(DiskFailed, match="không có quyền đọc hoặc ghi") as told:
        StoreLock(home).acquire()
    assert not re.search("denied|Errno", str(told.value))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ổ đĩa đã đầy"),
        (OSError(99999, "Something new"), "mã lỗi 99999"),
        (ValueError("unable to open database file"), "ổ đĩa không đọc ghi được"),
    ],
)
def test_what_the_system_says_is_put_into_vietnamese(error: Exception, words: str) -> None:
    assert system_words(error) == words


def test_a_file_open_in_another_program_is_said_so(tmp_path: Path) -> None:
    error = PermissionError(errno.EACCES, "used by another process", str(tmp_path))
    error.winerror = 32  # type: ignore[attr-defined]
    assert system_words(error) == "chương trình khác đang mở tệp"
