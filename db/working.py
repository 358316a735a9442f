"""Room for what must not outlive its use: a bundle before it is encrypted, or after decryption.

Each use has a folder of its own and holds a lock beside it; so what a crash left is told apart from
what another process works with, and the next start removes it.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from db.home import Home

_LOCK = ".lock"


@contextmanager
def private_folder(home: Home) -> Iterator[Path]:
    """Give an empty folder that only this person can look into, and remove it afterwards.

    Raises:
        OSError: it cannot be made.
    """
    sweep(home)
    folder = home.working / secrets.token_hex(8)
    home.working.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _lock_of(folder)
    lock.acquire()
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _let_go(lock)
        with suppress(OSError):  # another one is in use
            home.working.rmdir()


def sweep(home: Home) -> None:
    """Remove the folders whose users are no longer there."""
    try:
        left = {entry.with_suffix("") for entry in home.working.iterdir()}
    except OSError:
        return
    for folder in left:
        lock = _lock_of(folder)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):  # in use
            continue
        shutil.rmtree(folder, ignore_errors=True)
        _let_go(lock)
    with suppress(OSError):
        home.working.rmdir()


def _lock_of(folder: Path) -> FileLock:
    return FileLock(folder.with_suffix(_LOCK), thread_local=False)


def _let_go(lock: FileLock) -> None:
    lock.release()
    with suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)
