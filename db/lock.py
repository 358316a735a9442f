"""One process writes: the lock names who holds the store."""

import json
import os
from contextlib import suppress
from datetime import datetime
from typing import Self

from filelock import FileLock, Timeout

from db import clock, machine
from db.clock import VIETNAM
from db.columns import show_instant
from db.home import Home
from db.problems import DiskFailed, StoreBusy, system_words


class StoreLock:
    """The right to write in a home, held by one process at a time."""

    def __init__(self, home: Home) -> None:
        self._lock = FileLock(home.lock, thread_local=False)
        self._note = home.lock.with_name("ntm.lock.json")

    def acquire(self) -> Self:
        """Take the lock.

        Raises:
            StoreBusy: another process holds it; its name and start are told.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreBusy(
                f"Kho dữ liệu đang mở ở nơi khác: {self.holder()}. Dữ liệu vẫn an toàn. "
                "Hãy dùng cửa sổ đang mở, hoặc thoát nó rồi mở lại."
            ) from error
        except OSError as error:
            raise DiskFailed(
                f"Không ghi được vào thư mục dữ liệu ({system_words(error)}). "
                "Dữ liệu cũ còn nguyên. Hãy kiểm tra quyền ghi của thư mục "
                "hoặc chọn thư mục khác bằng --home."
            ) from error
        held = {
            "pid": os.getpid(),
            "machine": machine.machine_name(),
            "since": show_instant(clock.now()),
        }
        with suppress(OSError):  # the note is a courtesy; the lock itself is what counts
            self._note.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        return self

    def release(self) -> None:
        """Give the lock back."""
        with suppress(OSError):
            self._note.unlink(missing_ok=True)
        self._lock.release()

    def holder(self) -> str:
        """Name the process that holds the lock, as far as it left a note."""
        try:
            held = json.loads(self._note.read_text(encoding="utf-8"))
            since = datetime.fromisoformat(held["since"]).astimezone(VIETNAM)
            told = f"máy {held['machine']}, tiến trình {held['pid']}"
            return f"{told}, từ {since:%H:%M ngày %d/%m/%Y}"
        except (OSError, ValueError, KeyError, TypeError):
            return "một cửa sổ khác của chương trình"


def holder(home: Home) -> str:
    """Name who holds a home's store now, without waiting; empty when nobody does."""
    if not home.lock.exists():
        return ""
    lock = StoreLock(home)
    try:
        lock.acquire().release()
    except StoreBusy:
        return lock.holder()
    return ""
