"""Copies of the store: daily, before anything large, in rotation, checked, restored."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import backups, clock, files, store_copies
from db.backups import Why
from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.problems import DiskFailed, NotFound, Refused, StoreDamaged
from tests._helpers.stores import dump_of, incarnation, note_of, set_note

START = datetime(2024, 7, 1, 2, tzinfo=UTC)
On = Callable[[int], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Set the calendar so many days after the first of July 2024."""

    def day(number: int) -> None:
        moment = START + timedelta(days=number)
        monkeypatch.setattr(clock, "wall_ms", lambda: int(moment.timestamp() * 1000))

    return day


def names(home: Home) -> set[str]:
    return {path.name for path in home.backups.iterdir()}


def test_a_daily_copy_is_made_once_a_day(desk: Desk, on: On) -> None:
    on(0)
    first = backups.backup_daily(desk.home)
    assert first is not None
    assert store_copies.is_sound(first)
    assert backups.backup_daily(desk.home) is None
    on(1)
    assert backups.backup_daily(desk.home) is not None
    assert len(backups.list_backups(desk.home)) == 2


def test_a_day_begins_at_midnight_in_vietnam(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime(2024, 7, 1, 16, 59, tzinfo=UTC)
    monkeypatch.setattr(clock, "wall_ms", lambda: int(evening.timestamp() * 1000))
    assert backups.backup_daily(desk.home) is not None
    monkeypatch.setattr(clock, "wall_ms", lambda: int(evening.timestamp() * 1000) + 120_000)
    assert backups.backup_daily(desk.home) is not None


def test_the_oldest_copies_of_a_sort_go_and_other_sorts_stay(desk: Desk, on: On) -> None:
    on(0)
    kept = backups.backup(desk.home, Why.IMPORT)
    for day in range(backups.KEPT[Why.DAILY] + 3):
        on(day)
        backups.backup_daily(desk.home)
    found = backups.list_backups(desk.home)
    daily = [copy for copy in found if copy.why is Why.DAILY]
    assert len(daily) == backups.KEPT[Why.DAILY]
    assert daily[0].made_at.day == 17
    assert daily[-1].made_at.day == 4
    assert kept in [copy.path for copy in found]


def test_a_calendar_that_fell_back_does_not_throw_the_newest_copy_away(desk: Desk, on: On) -> None:
    for day in range(backups.KEPT[Why.DAILY]):
        on(day)
        backups.backup_daily(desk.home)
    on(-8000)  # the battery of the clock is empty: 2002
    made = backups.backup_daily(desk.home)
    assert made is not None
    assert made.exists()
    assert backups.backup_daily(desk.home) is None


def test_a_copy_is_whole_while_somebody_writes(desk: Desk, tmp_path: Path) -> None:
    set_note(desk, "1.1", "trước")
    with desk.act() as session:
        session.connection().exec_driver_sql("UPDATE village SET households = 1")
        made = backups.backup(desk.home, Why.MANUAL)
    home = Home(tmp_path / "copy")
    home.path.mkdir()
    shutil.copy(made, home.store)
    with Desk.open(home) as copied:
        assert note_of(copied, "1.1") == "trước"


def test_a_second_folder_gets_the_copy_too(desk: Desk, tmp_path: Path) -> None:
    second = tmp_path / "second disk"
    second.mkdir()
    made = backups.backup(desk.home, Why.MANUAL, second=second)
    assert (second / made.name).read_bytes() == made.read_bytes()


def test_a_second_folder_that_is_gone_is_said_and_the_first_copy_is_there(
    desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(DiskFailed, match="còn nguyên"):
        backups.backup(desk.home, Why.MANUAL, second=tmp_path / "gone")
    (copy,) = backups.list_backups(desk.home)
    assert store_copies.is_sound(copy.path)


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "replace_patiently", full)
    with pytest.raises(DiskFailed, match="ổ đĩa đã đầy"):
        backups.backup(desk.home, Why.MANUAL)
    assert names(desk.home) == set()


def test_other_files_in_the_folder_are_left_alone(desk: Desk) -> None:
    desk.home.backups.mkdir()
    for name in ("ntm_x.sqlite", "ntm_20240701-020000-000_khac.sqlite", "ghi chú.txt"):
        (desk.home.backups / name).write_text("", encoding="utf-8")
    assert backups.list_backups(desk.home) == ()
    for _ in range(backups.KEPT[Why.MIGRATION] + 2):
        backups.backup(desk.home, Why.MIGRATION)
    assert "ghi chú.txt" in names(desk.home)


def test_a_restore_takes_the_newest_copy_that_can_be_read(desk: Desk, on: On) -> None:
    on(0)
    set_note(desk, "1.1", "tốt")
    good = backups.backup(desk.home, Why.MANUAL)
    on(1)
    set_note(desk, "1.1", "mới hơn")
    backups.backup(desk.home, Why.MANUAL).write_bytes(b"rubbish")
    home = desk.home
    desk.close()
    assert backups.restore(home) == good
    with Desk.open(home) as again:
        assert note_of(again, "1.1") == "tốt"


def test_a_restore_keeps_what_it_replaces(desk: Desk) -> None:
    set_note(desk, "1.1", "cũ")
    backups.backup(desk.home, Why.MANUAL)
    set_note(desk, "1.1", "mới")
    home, before = desk.home, dump_of(desk)
    desk.close()
    backups.restore(home)
    (kept,) = home.replaced.glob("*.sqlite")
    with Desk.open(home) as restored:
        assert note_of(restored, "1.1") == "cũ"
    backups.restore(home, kept)  # and back again
    with Desk.open(home) as again:
        assert dump_of(again) == before


def test_a_restore_over_a_store_that_a_crash_left_unfinished_keeps_it_whole(
    desk: Desk, tmp_path: Path
) -> None:
    """The journal of a commit that was cut short belongs to the store that is replaced."""
    set_note(desk, "1.1", "đã ghi")
    made = backups.backup(desk.home, Why.MANUAL)
    home, before = desk.home, dump_of(desk)
    desk.close()
    cut_short(home, tmp_path)
    backups.restore(home, made)
    (kept,) = home.replaced.glob("*.sqlite")
    assert kept.with_name(kept.name + "-journal").stat().st_size > 0
    with Desk.open(home) as restored:
        assert note_of(restored, "1.1") == "đã ghi"
    back = Home(tmp_path / "back")
    back.path.mkdir()
    for path in home.replaced.iterdir():
        shutil.copy(path, back.path / path.name.replace(kept.name, home.store.name))
    with Desk.open(back) as again:
        assert dump_of(again) == before


def cut_short(home: Home, folder: Path) -> None:
    """Leave the store as a power cut in the middle of a commit does."""
    with closing(sqlite3.connect(home.store, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE change SET officer = hex(zeroblob(3000))")
        journal = home.store.with_name(home.store.name + "-journal")
        copies = [(path, folder / path.name) for path in (home.store, journal)]
        for path, copy in copies:
            shutil.copy(path, copy)
        connection.execute("ROLLBACK")
    for path, copy in copies:
        shutil.copy(copy, path)


def test_what_a_crash_left_unfinished_is_put_back_when_opening(desk: Desk, tmp_path: Path) -> None:
    set_note(desk, "1.1", "đã ghi")
    home, before = desk.home, dump_of(desk)
    desk.close()
    cut_short(home, tmp_path)
    with Desk.read(home) as reader:
        assert dump_of(reader) == before
    cut_short(home, tmp_path)
    with Desk.open(home) as again:
        assert dump_of(again) == before


def test_nothing_to_restore_from_is_said(founded: Home) -> None:
    before = founded.store.read_bytes()
    with pytest.raises(NotFound, match="còn nguyên"):
        backups.restore(founded)
    assert founded.store.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"rubbish", None])
def test_a_file_that_is_no_store_is_refused(
    founded: Home, tmp_path: Path, content: bytes | None
) -> None:
    chosen = tmp_path / "chosen.sqlite"
    if content is not None:
        chosen.write_bytes(content)
    before = founded.store.read_bytes()
    with pytest.raises(Refused, match="Kho hiện tại còn nguyên"):
        backups.restore(founded, chosen)
    assert founded.store.read_bytes() == before


def test_a_newer_programs_copy_is_refused(founded: Home) -> None:
    chosen = backups.backup(founded, Why.MANUAL)
    with closing(sqlite3.connect(chosen)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = founded.store.read_bytes()
    with pytest.raises(Refused, match="mới hơn"):
        backups.restore(founded, chosen)
    assert founded.store.read_bytes() == before


def test_a_copy_named_by_a_relative_path_is_found(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.backup(founded, Why.MANUAL)
    monkeypatch.chdir(made.parent)
    assert backups.restore(founded, Path(made.name)) == made


def test_a_restore_that_fails_leaves_the_store(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.backup(founded, Why.MANUAL)
    before = founded.store.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_copies, "copy_store", full)
    with pytest.raises(DiskFailed, match="còn nguyên"):
        backups.restore(founded)
    assert founded.store.read_bytes() == before
    assert not [path for path in founded.path.iterdir() if path.suffix == ".part"]


def test_a_restored_store_goes_on_under_a_new_incarnation(desk: Desk) -> None:
    before = incarnation(desk)
    backups.backup(desk.home, Why.MANUAL)
    home = desk.home
    desk.close()
    backups.restore(home)
    with Desk.open(home) as again:
        assert incarnation(again)[:4] == "0002" > before[:4]
        assert "khôi phục" in again.store.notice
    with Desk.open(home) as later:  # once is enough
        assert incarnation(later)[:4] == "0002"
        assert later.store.notice == ""


def test_a_copy_from_the_future_is_not_taken_for_the_newest(desk: Desk, on: On) -> None:
    on(27_000)
    set_note(desk, "1.1", "đồng hồ chạy trước")
    backups.backup(desk.home, Why.MANUAL)
    on(3)
    set_note(desk, "1.1", "đồng hồ đúng")
    right = backups.backup(desk.home, Why.MANUAL)
    newest = backups.newest_good(desk.home)
    assert newest is not None and newest.path == right


def test_a_store_that_is_partly_unreadable_takes_no_place_of_a_good_copy(founded: Home) -> None:
    good = backups.backup(founded, Why.MANUAL)
    spoil(founded.store, "change")
    with pytest.raises(StoreDamaged, match=r"hỏng một phần.*ntm restore"):
        backups.backup(founded, Why.MANUAL)
    assert [copy.path for copy in backups.list_backups(founded)] == [good]
    with Desk.read(founded) as desk, pytest.raises(StoreDamaged, match="chưa xóa gì"):
        dump_of(desk)


def spoil(store: Path, table: str) -> None:
    """Write over the root page of a table."""
    with closing(sqlite3.connect(store)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
    with store.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xa5" * size)


def test_a_lost_store_is_not_replaced_while_there_are_copies_of_it(
    founded: Home, founding: Founding
) -> None:
    backups.backup(founded, Why.MANUAL)
    founded.store.unlink()
    with pytest.raises(StoreDamaged, match="ntm restore"):
        Desk.open(founded)
    with pytest.raises(StoreDamaged, match="ntm restore"):
        Desk.found(founded, founding)
    backups.restore(founded)
    Desk.open(founded).close()


def test_the_daily_copy_goes_to_a_second_disk_too_once_one_is_set(
    desk: Desk, on: On, tmp_path: Path
) -> None:
    other = tmp_path / "second disk"
    with pytest.raises(Refused, match="Không có thư mục"):
        backups.set_second_folder(desk.home, other)
    other.mkdir()
    backups.set_second_folder(desk.home, other)
    for day in range(backups.KEPT[Why.DAILY] + 2):
        on(day)
        made = backups.backup_daily(desk.home)
        assert made is not None and store_copies.is_sound(other / made.name)
    assert len(list(other.iterdir())) == backups.KEPT[Why.DAILY]
    on(40)
    shutil.rmtree(other)
    with pytest.raises(DiskFailed, match="Đã sao lưu trên máy này"):
        backups.backup_daily(desk.home)
    assert backups.list_backups(desk.home)[0].made_at.date() == (START + timedelta(days=40)).date()
    backups.set_second_folder(desk.home, None)
    on(41)
    assert backups.backup_daily(desk.home) is not None


def test_what_a_killed_program_left_half_made_is_swept_away(desk: Desk) -> None:
    home = desk.home
    desk.close()
    left = [
        home.backups / "ntm_20240701-090000-000_hang-ngay.part",
        home.path / "ntm.migrating",
        home.evidence / "partial-12-ab",
        home.evidence / "ab" / ".abcd.0011.tmp",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    Desk.open(home).close()
    assert not any(path.exists() for path in left)
