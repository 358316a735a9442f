"""One store, one writer, safe pragmas, and plain words when something is wrong with the disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from db import backups, identity, migrations
from db.desk import Desk
from db.engine import PRAGMAS, make_engine
from db.home import Home, find_home
from db.problems import (
    DiskFailed,
    DiskRefused,
    Refused,
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    StoreTooNew,
)
from db.store import Store
from tests._helpers.stores import ANSWERS, dump_of, note_of, set_note

Partition = namedtuple("Partition", "device mountpoint fstype opts")


def answer(connection: object, name: str) -> object:
    return connection.execute(text(f"PRAGMA {name}")).scalar()  # type: ignore[attr-defined]


def test_every_connection_has_the_safe_pragmas(desk: Desk) -> None:
    engine = desk.store.engine
    with engine.connect() as one, engine.connect() as other, desk.store.writing() as writer:
        for connection in (one, other, writer):
            found = {name: answer(connection, name) for name in PRAGMAS}
            assert found == PRAGMAS
    assert PRAGMAS["journal_mode"] == "truncate"
    assert PRAGMAS["synchronous"] == 2


def test_one_reading_inside_another_is_refused(desk: Desk) -> None:
    with desk.reading(), pytest.raises(RuntimeError, match="inside another"), desk.reading():
        pass
    with desk.reading():  # and nothing is left behind
        pass


def test_a_pragma_that_does_not_hold_is_noticed(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "journal_mode", "nonesuch")
    with pytest.raises(DiskFailed, match="journal_mode"):
        Store.open(founded)


def test_every_table_is_strict_and_holds_only_text_whole_numbers_and_bytes(desk: Desk) -> None:
    with desk.reading() as session:
        connection = session.connection()
        tables = connection.execute(text("PRAGMA table_list")).all()
        for row in tables:
            if row.schema == "main" and row.type == "table" and not row.name.startswith("sqlite"):
                assert row.strict == 1 or row.name == "alembic_version", row.name
                columns = connection.execute(text(f'PRAGMA table_info("{row.name}")')).all()
                assert {one.type for one in columns} <= {"TEXT", "INTEGER", "BLOB", "VARCHAR(32)"}
                assert all(one.dflt_value is None for one in columns)
                keys = connection.execute(text(f'PRAGMA foreign_key_list("{row.name}")')).all()
                assert keys == []


@pytest.mark.parametrize("value", [1.5, "mười", b"\x00"])
def test_a_strict_table_refuses_another_kind_of_value(desk: Desk, value: object) -> None:
    with pytest.raises(DatabaseError), desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE village SET households = ?", (value,))


def test_a_reader_cannot_write(founded: Home) -> None:
    with Store.read(founded) as store:
        with pytest.raises(DiskFailed, match="không cho ghi"), store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM village")
        with pytest.raises(Refused, match="chỉ được mở để xem"), store.act("A"):
            pass


def test_one_reads_while_another_process_has_the_store_open(desk: Desk) -> None:
    set_note(desk, "1.1", "đang làm")
    with Desk.read(desk.home) as reader:
        assert note_of(reader, "1.1") == "đang làm"
        set_note(desk, "1.1", "tiếp")
        assert note_of(reader, "1.1") == "tiếp"


def test_a_missing_store_is_said_plainly(home: Home) -> None:
    for opening in (Store.open, Store.read, Desk.open, Desk.read):
        with pytest.raises(StoreMissing, match="ntm init"):
            opening(home)
    assert not home.path.exists()


def test_a_second_store_in_the_same_home_is_refused(founded: Home) -> None:
    before = founded.store.read_bytes()
    with pytest.raises(Refused, match="đã có kho dữ liệu"):
        Desk.found(founded, ANSWERS)
    assert founded.store.read_bytes() == before


def test_the_first_run_can_be_repeated_after_it_was_cut_short(home: Home) -> None:
    Store.create(home).close()  # and then the power went, before the answers were written
    with pytest.raises(StoreMissing):
        Desk.open(home)
    with Desk.found(home, ANSWERS) as desk:
        assert desk.commune.name == "Cai Kinh"


def test_of_two_who_create_at_once_one_is_refused_and_harms_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process was quicker between our first look and our lock."""
    from db import store_file

    other: list[str] = []

    def quicker(*_args: object, **_named: object) -> None:
        monkeypatch.undo()
        with Desk.found(home, ANSWERS) as desk:
            other.append(dump_of(desk))

    monkeypatch.setattr(store_file, "check_disk", quicker)
    with pytest.raises(Refused, match="đã có kho dữ liệu"):
        Store.create(home)
    with Desk.open(home) as desk:
        assert [dump_of(desk)] == other


def test_the_one_who_holds_the_store_is_named(desk: Desk) -> None:
    with pytest.raises(StoreBusy, match=f"tiến trình {os.getpid()}") as told:
        Store.open(desk.home)
    assert "Dữ liệu vẫn an toàn" in str(told.value)


def test_another_process_that_holds_the_store_is_named(founded: Home) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from db.home import Home\n"
            "from db.store import Store\n"
            f"with Store.open(Home(Path({str(founded.path)!r}))):\n"
            "    print('open', flush=True); sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy, match=f"tiến trình {holder.pid}"):
            Store.open(founded)
        holder.kill()
        holder.communicate()
    Store.open(founded).close()  # the killed one's lock is no obstacle


def test_a_lock_without_a_readable_note_still_says_something(desk: Desk) -> None:
    desk.home.lock.with_name("ntm.lock.json").write_text("[", encoding="utf-8")
    with pytest.raises(StoreBusy, match="một cửa sổ khác"):
        Store.open(desk.home)


def test_writers_in_several_threads_take_turns(desk: Desk) -> None:
    def work(number: int) -> None:
        for turn in range(5):
            set_note(desk, f"1.{number % 2 + 1}", f"{number} {turn}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.reading() as session:
        numbers = session.connection().execute(text("SELECT seq FROM change ORDER BY seq"))
        found = numbers.scalars().all()
    assert found == list(range(1, len(found) + 1))


@pytest.mark.parametrize("damage", [b"", b"no store at all" * 99, None])
def test_a_damaged_store_is_moved_aside_and_the_newest_good_copy_named(
    founded: Home, damage: bytes | None
) -> None:
    backups.backup(founded, backups.Why.MANUAL)
    if damage is None:  # flip the middle of a page
        data = bytearray(founded.store.read_bytes())
        data[100:3000] = bytes(2900)
        damage = bytes(data)
    founded.store.write_bytes(damage)
    with pytest.raises(StoreDamaged, match="ntm restore") as told:
        Store.open(founded)
    assert "không xóa gì" in str(told.value)
    kept = [path for path in founded.damaged.iterdir() if path.suffix == ".sqlite"]
    assert [path.read_bytes() for path in kept] == [damage]
    with pytest.raises(StoreDamaged, match="Bản sao lưu tốt gần nhất"):
        Store.open(founded)  # and it is said again, until something is done about it
    backups.restore(founded)
    with Desk.open(founded) as desk:
        assert desk.commune.name == "Cai Kinh"


def test_a_damaged_store_is_also_told_to_one_who_only_looks(founded: Home) -> None:
    founded.store.write_bytes(b"no store at all" * 99)
    with pytest.raises(StoreDamaged, match="ntm join"):
        Store.read(founded)


def test_a_store_that_another_program_holds_is_not_called_damaged(founded: Home) -> None:
    with closing(sqlite3.connect(founded.store, timeout=0)) as other:
        other.execute("BEGIN EXCLUSIVE")
        real = sqlite3.connect

        def impatient(*args: object, **named: object) -> sqlite3.Connection:
            return real(*args, **{**named, "timeout": 0})  # type: ignore[call-overload]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite3, "connect", impatient)
            with pytest.raises(DiskFailed, match="chưa bị đụng tới"):
                Store.open(founded)
        other.rollback()
    assert not founded.damaged.exists()
    Store.open(founded).close()


def test_a_newer_programs_store_is_refused_untouched(founded: Home) -> None:
    with closing(sqlite3.connect(founded.store)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = founded.store.read_bytes()
    for opening in (Store.open, Store.read):
        with pytest.raises(StoreTooNew, match="bản chương trình mới hơn"):
            opening(founded)
    assert founded.store.read_bytes() == before


@pytest.mark.parametrize(
    ("partition", "words"),
    [
        (Partition("E:", "{}", "FAT32", "rw,removable"), "USB"),
        (Partition("Z:", "{}", "NTFS", "rw,remote"), "ổ đĩa mạng"),
        (Partition("server:/x", "{}", "nfs4", "rw"), "ổ đĩa mạng"),
        (Partition("//server/x", "{}", "cifs", "rw"), "ổ đĩa mạng"),
    ],
)
def test_a_stick_or_network_disk_is_refused_unless_accepted(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, partition: Partition, words: str
) -> None:
    here = partition._replace(mountpoint=str(tmp_path))
    root = Partition("/dev/none", "/", "ext4", "rw")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_named: [root, here])
    with pytest.raises(DiskRefused, match=words):
        Desk.found(home, ANSWERS)
    assert not home.path.exists()
    Desk.found(home, ANSWERS, any_disk=True).close()
    with Desk.open(home) as desk:  # accepted once, accepted for good
        assert desk.commune.name == "Cai Kinh"
    home.any_disk.unlink()
    with pytest.raises(DiskRefused):
        Store.open(home)


def test_a_disk_that_ends_inside_a_longer_name_is_another_one(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = Partition("E:", str(tmp_path)[:-1], "vfat", "removable")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_named: [near])
    Desk.found(home, ANSWERS).close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte and a half; skipped where the test may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_on_a_full_disk_nothing_is_lost_and_work_goes_on_when_there_is_room(
    small_disk: Path,
) -> None:
    with Desk.found(Home(small_disk / "home"), ANSWERS) as desk:
        set_note(desk, "1.1", "trước")
        filler = small_disk / "filler"
        with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as out:
            while True:
                out.write(bytes(4096))
        before = dump_of(desk)
        with pytest.raises(DiskFailed, match="đã đầy"):
            for number in range(100):
                set_note(desk, "1.1", f"{number} " * 20_000)
        assert dump_of(desk) in (before, dump_of(desk))
        with pytest.raises(DiskFailed):
            backups.backup(desk.home, backups.Why.MANUAL)
        assert [path.name for path in desk.home.backups.iterdir()] == []
        last = dump_of(desk)
        filler.unlink()
        assert dump_of(desk) == last
        set_note(desk, "1.2", "sau")
        assert note_of(desk, "1.2") == "sau"
    with Desk.open(Home(small_disk / "home")) as desk:
        assert note_of(desk, "1.2") == "sau"


def test_a_full_store_says_so_and_keeps_what_was_there(desk: Desk) -> None:
    set_note(desk, "1.1", "trước")
    before = dump_of(desk)
    with pytest.raises(DiskFailed, match="đã đầy"), desk.act() as session:
        connection = session.connection()
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        from db.models import Village

        row = Village.keyed(desk.commune.scope, "x")
        row.name = "x" * 400_000
        session.add(row)
    assert dump_of(desk) == before


def test_a_store_is_not_made_where_it_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(DiskFailed, match="Không tạo được kho dữ liệu"):
        Desk.found(Home(tmp_path / "file" / "home"), ANSWERS)


def test_a_store_that_cannot_be_filled_for_lack_of_room_leaves_none(small_disk: Path) -> None:
    home = Home(small_disk / "home")
    filler = small_disk / "filler"
    filler.write_bytes(bytes(1_480_000))
    with pytest.raises(DiskFailed):
        Desk.found(home, ANSWERS)
    assert not home.store.exists()
    filler.unlink()
    Desk.found(home, ANSWERS).close()


def test_no_write_is_possible_before_the_store_is_recognised(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = founded.store.read_bytes()

    def unreadable(*_args: object) -> None:
        raise identity.IdentityProblem("x")

    monkeypatch.setattr(identity, "recognise", unreadable)
    with pytest.raises(identity.IdentityProblem):
        Store.open(founded)
    assert founded.store.read_bytes() == before
    monkeypatch.undo()
    Store.open(founded).close()  # the lock was given back


def test_the_home_is_the_one_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_HOME", str(tmp_path / "named"))
    assert find_home(tmp_path / "chosen").path == tmp_path / "chosen"
    assert find_home().path == tmp_path / "named"
    monkeypatch.delenv("NTM_HOME")
    assert find_home(name="thuc-hanh").path.name == "thuc-hanh"
    monkeypatch.chdir(tmp_path)
    assert find_home(Path("here")).path == tmp_path / "here"


def test_the_schema_is_at_the_newest_revision(founded: Home) -> None:
    assert migrations.revision_of(founded.store) == migrations.HEAD
    engine = make_engine(founded.store)
    engine.dispose()
