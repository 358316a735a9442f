"""Files of stores: copied whole, checked, kept, put in each other's place. No backup here."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from db import clock, files
from db.clock import VIETNAM


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
            return is_consistent(connection)
    except sqlite3.Error:
        return False


def is_consistent(connection: sqlite3.Connection) -> bool:
    """Tell whether an open file is a whole store."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    return bool(found == "ok") and "change" in tables


def copy_file(source: Path, target: Path) -> None:
    """Copy a file byte for byte; the copy gets its name when it is whole."""
    with source.open("rb") as read, files.new_file(target, check=lambda _written: None) as out:
        shutil.copyfileobj(read, out)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a store file; the copy gets its name when it is whole, or nothing of it stays."""
    partial = target.with_suffix(".part")
    try:
        copy_store(source, partial)
        must_be_sound(partial)
        swap_in(partial, target)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def swap_in(new: Path, store: Path) -> None:
    """Give a finished file the store's name; the old journal must not be played into it."""
    journal_of(store).unlink(missing_ok=True)
    files.replace_patiently(new, store)
    files.sync_folder(store.parent)


def journal_of(store: Path) -> Path:
    """Give the file in which SQLite keeps what a commit that was cut short must put back."""
    return store.with_name(store.name + "-journal")


def keep(store: Path, folder: Path, put: Callable[[Path, Path], object]) -> None:
    """Keep a store as it is, with its journal: without it, a store after a crash is not whole."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = free_name(folder)
    put(store, kept)
    if journal_of(store).exists():
        put(journal_of(store), journal_of(kept))


def free_name(folder: Path, why: str = "") -> Path:
    """Give a name that tells the moment and is not taken, also where the clock stands still."""
    moment = clock.now().astimezone(VIETNAM)
    while True:
        stamp = moment.strftime("%Y%m%d-%H%M%S-%f")[:-3]
        path = folder / f"ntm_{stamp}{why}.sqlite"
        if not path.exists():
            return path
        moment += timedelta(milliseconds=1)


def must_be_sound(path: Path) -> None:
    """Refuse a copy that cannot be read back.

    Raises:
        OSError: it cannot.
    """
    if not is_sound(path):
        raise OSError("the copy cannot be read back")
