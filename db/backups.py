"""Copies of the store: made daily and before anything large, in rotation, checked, restored.

Copies are made with SQLite's backup API, so they are whole also while the store is written.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from db import clock, files, identity, migrations
from db.clock import VIETNAM
from db.home import Home
from db.problems import DiskFailed, NotFound, Refused, StoreDamaged, system_words


class Why(StrEnum):
    """What a copy was made for; it is part of the copy's name."""

    DAILY = "hang-ngay"
    IMPORT = "truoc-khi-nhan"
    RESTORE = "truoc-phuc-hoi"
    MIGRATION = "truoc-nang-cap"
    MANUAL = "theo-yeu-cau"


KEPT = {Why.DAILY: 14, Why.IMPORT: 10, Why.RESTORE: 10, Why.MIGRATION: 5, Why.MANUAL: 30}
"""How many copies of each sort stay."""


@dataclass(frozen=True)
class Backup:
    """One copy. `made_at` is in UTC+7; `size` in bytes."""

    path: Path
    why: Why
    made_at: datetime
    size: int


def list_backups(home: Home) -> tuple[Backup, ...]:
    """Give the copies in a home, newest first."""
    return _copies_in(home.backups)


def _copies_in(folder: Path) -> tuple[Backup, ...]:
    """Give the copies in a folder; those dated ahead of the calendar come last.

    They were made while the calendar was wrong and would be the newest for years.
    """
    found = [_read_name(path) for path in folder.glob("ntm_*.sqlite")]
    ahead = clock.now() + timedelta(days=1)
    return tuple(
        sorted(
            filter(None, found),
            key=lambda copy: (copy.made_at <= ahead, copy.made_at, copy.path.name),
            reverse=True,
        )
    )


def second_folder(home: Home) -> Path | None:
    """Give the folder on another disk that gets the daily copy too, if one is set."""
    try:
        said = home.second_backup.read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return Path(said) if said else None


def set_second_folder(home: Home, folder: Path | None) -> None:
    """Let a folder on another disk get each daily copy too, from now on; None ends that.

    Raises:
        Refused: there is no such folder.
        DiskFailed: the setting could not be written.
    """
    if folder is not None and not folder.is_dir():
        raise Refused(
            f"Không có thư mục {folder}. Chưa có gì thay đổi. "
            "Hãy cắm ổ đĩa thứ hai, tạo thư mục rồi làm lại."
        )
    try:
        files.write_atomic(home.second_backup, str(folder.absolute() if folder else "").encode())
    except OSError as error:
        raise DiskFailed(
            f"Không ghi được lựa chọn này ({system_words(error)}). Chưa có gì thay đổi."
        ) from error


def backup(home: Home, why: Why, *, second: Path | None = None) -> Path:
    """Make a copy of the store and let the oldest copies of its sort go.

    Args:
        home: whose store.
        why: what for.
        second: another folder, on another disk, that gets the copy too.

    Raises:
        StoreDamaged: the store cannot be read whole; no copy takes the place of a good one.
        DiskFailed: it could not be written; the store is untouched.
    """
    target = _free_name(home.backups, f"_{why}")
    try:
        home.backups.mkdir(parents=True, exist_ok=True)
        _copy_to(home.store, target)
    except (OSError, sqlite3.Error) as error:
        if home.store.exists() and not is_sound(home.store):
            raise unreadable_problem(home) from error
        raise DiskFailed(
            f"Không ghi được bản sao lưu ({system_words(error)}). Kho dữ liệu còn nguyên. "
            "Hãy kiểm tra chỗ trống và quyền ghi rồi làm lại."
        ) from error
    _rotate(home.backups, why, target)
    if second is not None:
        _copy_to_second(target, second, why)
    return target


def _copy_to_second(made: Path, second: Path, why: Why) -> None:
    also = second / made.name
    try:
        with made.open("rb") as source, files.new_file(also, check=_must_be_sound) as out:
            shutil.copyfileobj(source, out)
    except OSError as error:
        raise DiskFailed(
            f"Đã sao lưu trên máy này, nhưng chưa chép được sang {second} "
            f"({system_words(error)}). Kho dữ liệu còn nguyên. Hãy cắm lại ổ đĩa đó rồi làm lại."
        ) from error
    _rotate(second, why, also)


def backup_daily(home: Home) -> Path | None:
    """Make today's copy, unless there is one; on a second disk too if one is set."""
    today = clock.today()
    made = (copy.made_at.date() for copy in list_backups(home) if copy.why is Why.DAILY)
    return None if today in made else backup(home, Why.DAILY, second=second_folder(home))


def copy_store(source: Path, target: Path) -> None:
    """Copy a store file whole, flushed to the disk."""
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        new.execute("PRAGMA synchronous = FULL")
        old.backup(new)
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def is_sound(store: Path) -> bool:
    """Tell whether a store file can be read and is consistent."""
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            return _is_consistent(connection)
    except sqlite3.Error:
        return False


def _is_consistent(connection: sqlite3.Connection) -> bool:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    return bool(found == "ok") and "change" in tables


def quick_check(home: Home) -> None:
    """Check the store at start; move it aside when it cannot be read.

    Raises:
        StoreDamaged: it was moved aside; the newest good copy is named.
    """
    try:
        with closing(sqlite3.connect(home.store)) as connection:  # plays back a hot journal
            sound = _is_consistent(connection)
    except sqlite3.OperationalError as error:
        raise DiskFailed(
            f"Chưa mở được kho dữ liệu ({system_words(error)}). Dữ liệu chưa bị đụng tới. "
            "Hãy kiểm tra quyền đọc ghi của thư mục rồi mở lại."
        ) from error
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        _set_aside(home)
        raise damaged_problem(home)


def damaged_problem(home: Home) -> StoreDamaged:
    """Say that the store was damaged, where it is kept, and which copy can take its place."""
    good = newest_good(home)
    offer = (
        f"{_best(good)} Chạy ntm restore để dùng lại bản đó."
        if good
        else "Chưa có bản sao lưu nào. Hãy lấy lại từ gói đã gửi bằng lệnh ntm join."
    )
    return StoreDamaged(
        f"Kho dữ liệu bị hỏng, không đọc được. Tệp hỏng đã được cất nguyên vẹn trong "
        f"{home.damaged}, không xóa gì. {offer}"
    )


def lost_problem(home: Home) -> StoreDamaged:
    """Say that the store's file is gone while copies of it are there."""
    good = newest_good(home)
    offer = f"{_best(good)} " if good else ""
    return StoreDamaged(
        f"Không thấy tệp kho {home.store}, nhưng thư mục này còn bản sao lưu của nó. Chưa có gì "
        f"thay đổi. {offer}Chạy ntm restore để dùng lại bản sao lưu; muốn lập kho mới thì chọn "
        "thư mục khác bằng --home."
    )


def _best(copy: Backup) -> str:
    return f"Bản sao lưu tốt gần nhất: {copy.made_at:%H:%M ngày %d/%m/%Y}."


def has_remains(home: Home) -> bool:
    """Tell whether a home without a store holds what is left of one."""
    return any(any(folder.glob("ntm_*.sqlite")) for folder in (home.damaged, home.backups))


def unreadable_problem(home: Home) -> StoreDamaged:
    """Say that a part of the store cannot be read while it is in use."""
    good = newest_good(home)
    offer = (
        f"Chạy ntm restore để dùng lại bản sao lưu {good.made_at:%H:%M ngày %d/%m/%Y}; "
        "tệp hỏng vẫn được giữ."
        if good
        else "Chưa có bản sao lưu nào. Hãy lấy lại từ gói đã gửi bằng lệnh ntm join."
    )
    return StoreDamaged(
        f"Kho dữ liệu bị hỏng một phần, không đọc được hết. Tệp kho còn nguyên ở {home.store}, "
        f"chưa xóa gì. {offer}"
    )


def newest_good(home: Home) -> Backup | None:
    """Give the newest copy that can be read."""
    return next((copy for copy in list_backups(home) if is_sound(copy.path)), None)


def restore(home: Home, chosen: Path | None = None) -> Path:
    """Put a copy in the store's place and keep what it replaces. The caller holds the lock.

    Args:
        home: whose store.
        chosen: the copy to use; the newest good one when not given.

    Returns:
        The copy that was used.

    Raises:
        NotFound: there is no copy that can be read.
        Refused: the chosen file is no sound store of this program, or is another commune's.
    """
    if chosen is None:
        good = newest_good(home)
        if good is None:
            raise NotFound("Chưa có bản sao lưu nào đọc được. Kho hiện tại còn nguyên.")
        chosen = good.path
    chosen = chosen.absolute()
    if not chosen.is_file() or not is_sound(chosen):
        raise Refused(
            f"{chosen} không phải là bản sao lưu đọc được. Kho hiện tại còn nguyên. "
            "Hãy chọn một tệp trong thư mục backups."
        )
    if migrations.is_newer(migrations.revision_of(chosen)):
        raise Refused(
            f"{chosen} do bản chương trình mới hơn tạo ra. Kho hiện tại còn nguyên. "
            "Hãy cài bản chương trình mới hơn, hoặc chọn bản sao lưu khác."
        )
    _check_same_commune(home.store, chosen)
    try:
        if home.store.exists():
            _keep(home.store, home.replaced, _copy_file)
        _copy_to(chosen, home.store)
        identity.note_restored(home.path)
    except (OSError, sqlite3.Error) as error:
        raise DiskFailed(
            f"Không phục hồi được ({system_words(error)}). Kho hiện tại còn nguyên. "
            "Hãy kiểm tra chỗ trống và quyền ghi rồi làm lại."
        ) from error
    return chosen


def _check_same_commune(store: Path, chosen: Path) -> None:
    """Refuse to put another commune's data, or practice data, in the place of a commune's."""
    here, there = _whose(store), _whose(chosen)
    if here is not None and there is not None and here != there:
        raise Refused(
            f"{chosen} là kho của xã khác hoặc của xã thực hành. Kho hiện tại còn nguyên. "
            "Hãy chọn bản sao lưu của chính xã này."
        )


def _whose(store: Path) -> tuple[str, bool] | None:
    """Give the commune's code and whether it is for practice; None when the file cannot tell."""
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            commune = connection.execute("SELECT id FROM commune").fetchone()
            mark = connection.execute("SELECT value FROM meta WHERE key = 'practice'").fetchone()
    except sqlite3.Error:
        return None
    return (str(commune[0]), mark is not None and mark[0] == "1") if commune else None


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file byte for byte; the copy gets its name when it is whole."""
    with source.open("rb") as read, files.new_file(target, check=lambda _written: None) as out:
        shutil.copyfileobj(read, out)


def _copy_to(source: Path, target: Path) -> None:
    """Copy a store file; the copy gets its name when it is whole, or nothing of it stays."""
    partial = target.with_suffix(".part")
    try:
        copy_store(source, partial)
        _must_be_sound(partial)
        swap_in(partial, target)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def swap_in(new: Path, store: Path) -> None:
    """Give a finished file the store's name; the old journal must not be played into it."""
    _journal_of(store).unlink(missing_ok=True)
    files.replace_patiently(new, store)
    files.sync_folder(store.parent)


def is_blank(store: Path) -> bool:
    """Tell whether a store was made and never filled, as by a program that was stopped at once."""
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT 1 FROM change UNION ALL SELECT 1 FROM segment")
            return found.fetchone() is None
    except sqlite3.Error:
        return False


def readable_revision(home: Home) -> str | None:
    """Give the store's revision, None when the file cannot tell."""
    try:
        return migrations.revision_of(home.store)
    except sqlite3.Error:
        return None


def _set_aside(home: Home) -> None:
    _keep(home.store, home.damaged, files.replace_patiently)


def _journal_of(store: Path) -> Path:
    """Give the file in which SQLite keeps what a commit that was cut short must put back."""
    return store.with_name(store.name + "-journal")


def _keep(store: Path, folder: Path, put: Callable[[Path, Path], object]) -> None:
    """Keep a store as it is, with its journal: without it, a store after a crash is not whole."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = _free_name(folder)
    put(store, kept)
    if _journal_of(store).exists():
        put(_journal_of(store), _journal_of(kept))


def _free_name(folder: Path, why: str = "") -> Path:
    """Give a name that tells the moment and is not taken, also where the clock stands still."""
    moment = clock.now().astimezone(VIETNAM)
    while True:
        stamp = moment.strftime("%Y%m%d-%H%M%S-%f")[:-3]
        path = folder / f"ntm_{stamp}{why}.sqlite"
        if not path.exists():
            return path
        moment += timedelta(milliseconds=1)


def _must_be_sound(path: Path) -> None:
    if not is_sound(path):
        raise OSError("the copy cannot be read back")


def _rotate(folder: Path, why: Why, made: Path) -> None:
    """Let the oldest copies go, but never the one just made: calendars can be wrong."""
    same = [copy for copy in _copies_in(folder) if copy.why is why and copy.path != made]
    for old in same[KEPT[why] - 1 :]:
        with suppress(OSError):  # a copy that is open elsewhere goes next time
            old.path.unlink()


def _read_name(path: Path) -> Backup | None:
    try:
        _, stamp, why = path.stem.split("_")
        made = datetime.strptime(stamp, "%Y%m%d-%H%M%S-%f").replace(tzinfo=VIETNAM)
        return Backup(path, Why(why), made, path.stat().st_size)
    except (ValueError, OSError):
        return None
