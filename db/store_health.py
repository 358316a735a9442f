"""Whether a store's file can be opened, and what to say when it cannot."""

import sqlite3
from contextlib import closing
from pathlib import Path

from db import files, migrations
from db.backups import best_words, newest_good
from db.home import Home
from db.problems import DiskFailed, StoreDamaged, system_words
from db.store_copies import is_consistent, keep


def quick_check(home: Home) -> None:
    """Check the store at start; move it aside when it cannot be read.

    Raises:
        StoreDamaged: it was moved aside; the newest good copy is named.
    """
    try:
        with closing(sqlite3.connect(home.store)) as connection:  # plays back a hot journal
            sound = is_consistent(connection)
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
        f"{best_words(good)} Chạy ntm restore để dùng lại bản đó."
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
    offer = f"{best_words(good)} " if good else ""
    return StoreDamaged(
        f"Không thấy tệp kho {home.store}, nhưng thư mục này còn bản sao lưu của nó. Chưa có gì "
        f"thay đổi. {offer}Chạy ntm restore để dùng lại bản sao lưu; muốn lập kho mới thì chọn "
        "thư mục khác bằng --home."
    )


def has_remains(home: Home) -> bool:
    """Tell whether a home without a store holds what is left of one."""
    return any(any(folder.glob("ntm_*.sqlite")) for folder in (home.damaged, home.backups))


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
    keep(home.store, home.damaged, files.replace_patiently)
