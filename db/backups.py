"""Copies of the store: made daily and before anything large, in rotation, checked, restored.

Copies are made with SQLite's backup API, so they are whole also while the store is written.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from db import clock, files, identity, migrations
from db.clock import VIETNAM
from db.home import Home
from db.problems import DiskFailed, NotFound, Refused, StoreDamaged, system_words
from db.store_copies import copy_file, copy_whole, free_name, is_sound, keep, must_be_sound


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
    target = free_name(home.backups, f"_{why}")
    try:
        home.backups.mkdir(parents=True, exist_ok=True)
        copy_whole(home.store, target)
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
        with made.open("rb") as source, files.new_file(also, check=must_be_sound) as out:
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


def best_words(copy: Backup) -> str:
    """Name a copy that can take the store's place."""
    return f"Bản sao lưu tốt gần nhất: {copy.made_at:%H:%M ngày %d/%m/%Y}."


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
            keep(home.store, home.replaced, copy_file)
        copy_whole(chosen, home.store)
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
