"""What `ntm doctor` looks at; each check says what it found and what to do about it."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.home import Home
from db.problems import Problem, system_words
from ntm_tui.cli import VERSION_TEXT

_LEAST_FREE = 500_000_000
_OLDEST_BACKUP = timedelta(days=7)
_AHEAD = timedelta(minutes=5)
_FIRST_YEAR = 2024
_LEAST_SIZE = (80, 24)
_KILOBYTE, _MEGABYTE = 1_000, 1_000_000


@dataclass(frozen=True)
class Check:
    """One thing looked at; `advice` says what to do where it is not well."""

    name: str
    title: str
    ok: bool
    found: str
    advice: str = ""


def run_checks(home: Home) -> Iterator[Check]:
    """Look at everything that needs no person."""
    yield check_program()
    yield check_store(home)
    yield check_identity(home)
    yield check_backups(home)
    yield check_disk(home)
    yield check_clock(home)
    yield check_terminal()
    yield check_fonts()


def check_program() -> Check:
    """Say which program runs on what."""
    found = f"{VERSION_TEXT} · Python {platform.python_version()} · {platform.platform()}"
    return Check("program", "Chương trình", True, found)


def check_store(home: Home) -> Check:
    """Whether the store is there and whole. It is only looked at, never moved aside."""
    from db import store_copies, store_health
    from db.desk import Desk
    from db.journal.history import count_changes

    title = "Kho dữ liệu"
    if not home.store.exists():
        left = store_health.has_remains(home)
        advice = "Hãy dùng lại bản sao lưu: ntm restore." if left else "Hãy chạy ntm để tạo."
        found = "Tệp kho không còn, bản sao lưu hoặc tệp hỏng còn giữ" if left else "Chưa có"
        return Check("store", title, False, f"{found} trong {home.path}.", advice)
    if not store_copies.is_sound(home.store):
        advice = "Mở chương trình để cất giữ tệp hỏng, rồi dùng ntm restore."
        return Check("store", title, False, "Tệp kho không đọc được.", advice)
    try:
        with Desk.read(home) as desk, desk.reading() as session:
            changes = count_changes(session)
    except Problem as problem:
        return Check("store", title, False, str(problem))
    size = home.store.stat().st_size // _KILOBYTE
    practice = " (thực hành)" if desk.practice else ""
    found = f"{desk.commune.title}{practice} · {changes} thay đổi · {size} kB"
    return Check("store", title, True, found)


def check_identity(home: Home) -> Check:
    """Whether the machine's key for this home can be read."""
    from db import identity
    from db.sync.keys import show_fingerprint

    title = "Mã máy"
    try:
        found = identity.load(home.path)
    except Problem as problem:
        return Check("identity", title, False, str(problem))
    if found is None:
        advice = "Mở kho một lần, chương trình sẽ cấp mã cho máy." if home.store.exists() else ""
        return Check("identity", title, not advice, "Chưa có mã cho thư mục này.", advice)
    return Check("identity", title, True, show_fingerprint(found.device))


def check_backups(home: Home) -> Check:
    """Whether there is a fresh copy that can be read."""
    from db import backups, clock, store_health
    from db.clock import VIETNAM

    title = "Sao lưu"
    if not home.store.exists() and not store_health.has_remains(home):
        return Check("backups", title, True, "Chưa có gì để sao lưu.")
    newest = backups.newest_good(home)
    if newest is None:
        return Check("backups", title, False, "Chưa có bản nào.", "Hãy chạy ntm backup.")
    old = clock.now() - newest.made_at > _OLDEST_BACKUP
    advice = "Hãy chạy ntm backup." if old else ""
    when = f"{newest.made_at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
    return Check("backups", title, not old, f"Bản tốt gần nhất: {when}.", advice)


def check_disk(home: Home) -> Check:
    """Whether the disk is safe, has room and can be written."""
    from db.disks import DiskKind, disk_kind

    title = "Ổ đĩa"
    folder = next(one for one in (home.path, *home.path.parents) if one.is_dir())
    free = shutil.disk_usage(folder).free
    found = f"{folder} · còn trống {free // _MEGABYTE} MB"
    if disk_kind(home.path) is not DiskKind.FIXED and not home.any_disk.exists():
        advice = "Hãy chuyển kho sang ổ đĩa của máy; USB và ổ mạng dễ làm hỏng dữ liệu."
        return Check("disk", title, False, found, advice)
    if free < _LEAST_FREE:
        return Check("disk", title, False, found, "Hãy xóa bớt tệp không dùng.")
    if why := _write_problem(folder):
        return Check("disk", title, False, f"{found} · {why}", "Hãy kiểm tra quyền ghi.")
    return Check("disk", title, True, found)


def _write_problem(folder: Path) -> str:
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"ntm")
    except OSError as error:
        return system_words(error)
    return ""


def check_clock(home: Home) -> Check:
    """Whether the calendar is believable; what is written bears its time."""
    from db import clock
    from db.clock import VIETNAM

    title = "Đồng hồ"
    now = clock.now()
    found = f"{now.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y} giờ Việt Nam"
    advice = "Hãy chỉnh ngày giờ và múi giờ (UTC+7) của máy."
    if now.year < _FIRST_YEAR:
        return Check("clock", title, False, f"{found}: quá sớm.", advice)
    newest = _newest_reading(home)
    if newest and clock.moment(newest) > now + _AHEAD:
        return Check("clock", title, False, f"{found}: chậm hơn lần ghi gần nhất.", advice)
    if _local_offset() != VIETNAM.utcoffset(None):
        return Check("clock", title, False, f"{found}; múi giờ của máy không phải UTC+7.", advice)
    return Check("clock", title, True, found)


def _newest_reading(home: Home) -> str:
    from db import store_copies
    from db.journal.history import newest_reading
    from db.store import Store

    if not home.store.exists() or not store_copies.is_sound(home.store):
        return ""
    try:
        with Store.read(home) as store, store.reading() as session:
            return newest_reading(session)
    except Problem:  # told by the check of the store
        return ""


def _local_offset() -> timedelta | None:
    return datetime.now(UTC).astimezone().utcoffset()


def check_terminal() -> Check:
    """Whether the window is large enough, has colours and speaks UTF-8."""
    from rich.console import Console

    title = "Cửa sổ lệnh"
    encoding = (sys.stdout.encoding or "").lower()
    if not sys.stdout.isatty():
        return Check("terminal", title, True, f"Không chạy trong cửa sổ lệnh · {encoding}")
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    colours = Console(file=sys.stdout).color_system
    found = f"{columns}×{lines} · màu: {colours or 'không'} · {encoding}"
    if columns < _LEAST_SIZE[0] or lines < _LEAST_SIZE[1]:
        return Check("terminal", title, False, found, "Hãy mở rộng cửa sổ đến ít nhất 80×24.")
    if encoding != "utf-8":
        return Check(
            "terminal", title, False, found, "Hãy dùng Windows Terminal hoặc gõ chcp 65001."
        )
    return Check("terminal", title, True, found)


def check_fonts() -> Check:
    """Show every sign the screens use; only a person can see whether they come out."""
    from ntm_tui.widgets.marks import MARKS

    signs = "  ".join(mark.label for mark in MARKS.values())
    advice = (
        "Nếu có dấu hiện thành ô vuông hoặc dấu hỏi, hãy đổi phông sang Consolas hay Cascadia Mono."
    )
    return Check("fonts", "Phông chữ", True, f"{signs}  ► ● ┌─┐  ă â đ ê ô ơ ư ệ ỗ ự", advice)
