"""`ntm dump`, `ntm backup`, `ntm restore`."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import migrations, store_copies
from db.home import Home
from db.lock import StoreLock
from tests._helpers.cli import call_cli, run_cli
from tests._helpers.newer_program import HEAD, newer_program, scripts_in


def status_of_first() -> str:
    return str(call_cli("status", "--json").json["by_criterion"][0]["met"])


def test_a_dump_is_the_same_bytes_for_the_same_state(founded: Home) -> None:
    call_cli("set", "1.1", "met", "--note", "Ghi chú")
    first, again = call_cli("dump"), run_cli("dump")
    assert first.code == 0
    assert first.out == again.out
    assert first.json["lang-son/huu-lung/cai-kinh"]["assessment"]
    call_cli("set", "1.1", "met", "--note", "Khác")
    assert call_cli("dump").out != first.out


def test_a_copy_is_made_here_and_on_a_second_disk(founded: Home, tmp_path: Path) -> None:
    second = tmp_path / "o-dia-khac"
    second.mkdir()
    said = call_cli("backup", "--second", second, "--json").json
    assert store_copies.is_sound(Path(said["path"]))
    assert store_copies.is_sound(Path(said["second"]))
    assert Path(said["path"]).parent == founded.backups
    ran = call_cli("backup")
    assert (ran.code, "Đã sao lưu vào" in ran.out) == (0, True)


def test_a_copy_can_be_made_while_the_program_runs(founded: Home) -> None:
    lock = StoreLock(founded).acquire()
    assert call_cli("backup").code == 0
    lock.release()


def test_a_copy_before_an_upgrade_stays_in_the_older_form(founded: Home, tmp_path: Path) -> None:
    scripts_in(tmp_path / "scripts")
    with newer_program(tmp_path / "scripts"):
        made = Path(call_cli("backup", "--before-upgrade", "--json").json["path"])
    assert [migrations.revision_of(it) for it in (made, founded.store)] == [HEAD, HEAD]
    assert "truoc-nang-cap" in made.name
    lock = StoreLock(founded).acquire()
    refused = call_cli("backup", "--before-upgrade", "--json")
    lock.release()
    assert refused.json["error"]["code"] == "store_busy"


def test_an_older_program_refuses_a_newer_store_in_plain_words(founded: Home) -> None:
    with closing(sqlite3.connect(founded.store)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = founded.store.read_bytes()
    for command in (["status"], ["backup"], ["backup", "--before-upgrade"], ["set", "1.1", "met"]):
        ran = call_cli(*command)
        assert (ran.code, ran.out) == (1, "")
        assert "bản chương trình mới hơn" in ran.err
        assert "Dữ liệu còn nguyên" in ran.err
        assert "Hãy cài bản chương trình mới hơn" in ran.err
    assert call_cli("status", "--json").json["error"]["code"] == "store_too_new"
    assert founded.store.read_bytes() == before


def test_a_copy_that_cannot_be_written_is_said_plainly(
    founded: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = call_cli("backup", "--second", tmp_path / "da-rut", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, "disk_failed")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_copies, "copy_store", full)
    ran = call_cli("backup")
    assert ran.code == 1
    assert "ổ đĩa đã đầy" in ran.err
    assert "space" not in ran.err


def test_restoring_brings_the_newest_copy_back_and_keeps_what_it_replaces(founded: Home) -> None:
    call_cli("backup")
    call_cli("set", "1.1", "met")
    assert status_of_first() == "1"
    ran = call_cli("restore")
    assert ran.code == 0
    kept = next(founded.replaced.glob("*.sqlite"))
    assert str(kept) in ran.out
    assert str(founded.backups) in ran.out
    assert status_of_first() == "0"
    ran = call_cli("restore", kept, "--json")
    assert ran.json["restored"] == str(kept)
    assert Path(ran.json["replaced"]).parent == founded.replaced
    assert status_of_first() == "1"


def test_the_next_opening_says_that_the_store_was_restored(founded: Home) -> None:
    call_cli("set", "1.1", "met")
    call_cli("backup")
    call_cli("undo")
    call_cli("restore")
    assert call_cli("set", "1.2", "met").code == 0
    assert status_of_first() == "2"


def test_a_damaged_store_is_kept_aside_and_the_copy_takes_its_place(founded: Home) -> None:
    call_cli("backup")
    founded.store.write_bytes(b"\0" * 5000)
    ran = call_cli("restore")
    assert ran.code == 0
    assert any(founded.damaged.iterdir())
    assert call_cli("status").code == 0


def test_a_file_that_is_no_copy_is_refused(founded: Home, tmp_path: Path) -> None:
    wrong = tmp_path / "thu.sqlite"
    wrong.write_bytes(b"khong phai")
    before = founded.store.read_bytes()
    for file in (wrong, tmp_path / "khong-co.sqlite"):
        ran = call_cli("restore", file, "--json")
        assert (ran.code, ran.json["error"]["code"]) == (1, "refused")
    assert founded.store.read_bytes() == before


def test_without_any_copy_there_is_nothing_to_restore(founded: Home, tmp_path: Path) -> None:
    assert call_cli("restore", "--json").json["error"]["code"] == "not_found"
    ran = call_cli("restore", "--home", tmp_path / "nowhere", "--json")
    assert ran.json["error"]["code"] == "store_missing"
    assert not (tmp_path / "nowhere").exists()


def test_nothing_is_restored_under_a_running_program(founded: Home) -> None:
    call_cli("backup")
    lock = StoreLock(founded).acquire()
    ran = call_cli("restore", "--json")
    lock.release()
    assert ran.json["error"]["code"] == "store_busy"
    assert not founded.replaced.exists()
