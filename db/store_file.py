"""The store's file before it is opened: may it lie here, is it ours, is it of this revision?"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from db import backups, files, migrations, store_copies, store_health, working
from db.disk_trouble import cannot_create, cannot_migrate
from db.disks import DiskKind, disk_kind
from db.engine import make_engine, writing
from db.home import Home
from db.journal.replay import replay_all
from db.problems import DiskRefused, Refused, StoreMissing, StoreTooNew


def refuse_second(home: Home) -> None:
    """Refuse to make a store over one that somebody filled."""
    if not home.store.exists() and store_health.has_remains(home):
        require(home)
    if home.store.exists() and not store_health.is_blank(home.store):
        raise Refused(
            f"Thư mục {home.path} đã có kho dữ liệu. Kho đó còn nguyên. "
            "Hãy mở nó bằng lệnh ntm, hoặc chọn thư mục khác bằng --home."
        )


def require(home: Home) -> None:
    """Refuse to open what is not there.

    Raises:
        StoreMissing: there never was a store.
        StoreDamaged: it was moved aside and nothing took its place.
    """
    if home.store.exists():
        return
    if home.damaged.exists() and any(home.damaged.iterdir()):
        raise store_health.damaged_problem(home)
    if store_health.has_remains(home):
        raise store_health.lost_problem(home)
    raise StoreMissing(
        f"Chưa có kho dữ liệu trong {home.path}. Chưa có gì thay đổi. "
        "Hãy chạy ntm để trả lời vài câu hỏi lần đầu, hoặc dùng lệnh ntm init, ntm join."
    )


def check_disk(home: Home, *, accepted: bool) -> None:
    """Refuse a removable or network disk that nobody accepted."""
    kind = DiskKind.FIXED if accepted else disk_kind(home.path)
    if kind is DiskKind.FIXED:
        return
    where = "USB hoặc thẻ nhớ" if kind is DiskKind.REMOVABLE else "ổ đĩa mạng"
    raise DiskRefused(
        f"Thư mục {home.path} nằm trên {where}: rút ra hoặc mất mạng lúc đang ghi thì dễ hỏng dữ "
        "liệu. Chưa có gì bị ghi. Hãy chọn thư mục trên ổ đĩa của máy bằng --home; USB chỉ dùng "
        "để chuyển gói. Nếu đã hiểu và vẫn muốn dùng, thêm --any-disk khi tạo kho."
    )


def sweep(home: Home) -> None:
    """Remove what was half made when the program was killed. The caller holds the lock."""
    for folder, pattern in (
        (home.path, "*.migrating*"),
        (home.path, "*.new*"),
        (home.backups, "*.part*"),
        (home.replaced, ".*.tmp"),
        (home.evidence, "partial-*"),
        (home.evidence, "*/.*.tmp"),
        (home.criteria, ".*.tmp"),
    ):
        for left in folder.glob(pattern):
            with suppress(OSError):
                left.unlink()
    working.sweep(home)


def make(home: Home) -> None:
    """Make an empty store file."""
    partial = home.store.with_suffix(".new")
    try:
        files.write_atomic(partial, migrations.blank())
        store_copies.swap_in(partial, home.store)
    except (OSError, DatabaseError) as error:
        raise cannot_create(home.path, error) from error


def refuse_newer(home: Home) -> str | None:
    """Refuse a newer program's store; give the revision of any other."""
    revision = store_health.readable_revision(home)
    if migrations.is_newer(revision):
        raise StoreTooNew(
            "Kho dữ liệu do bản chương trình mới hơn tạo ra. Dữ liệu còn nguyên, chưa bị đụng tới. "
            "Hãy cài bản chương trình mới hơn rồi mở lại."
        )
    return revision


def migrate(home: Home) -> None:
    """Bring an older store to this revision: as a copy, which then takes its place."""
    revision = refuse_newer(home)
    if revision == migrations.HEAD:
        return
    backups.backup(home, backups.Why.MIGRATION)
    copy = home.store.with_suffix(".migrating")
    try:
        store_copies.copy_store(home.store, copy)
        migrations.upgrade(copy)
        _show_what_waited(copy)
        store_copies.swap_in(copy, home.store)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise cannot_migrate(error) from error
    finally:
        copy.unlink(missing_ok=True)


def _show_what_waited(copy: Path) -> None:
    """Let what a newer program had written, and the older one kept unread, take effect."""
    engine = make_engine(copy)
    try:
        with writing(engine).begin() as connection:
            replay_all(connection)
    finally:
        engine.dispose()
