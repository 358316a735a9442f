"""Folders as a person looks through them for a file. No widget here."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from db.numbers import show_number
from db.text import matches, nfc, shown, sort_key

MOST = 2000
"""Entries of one folder that are listed; a folder with more is searched by typing a path."""

_USUAL = (("Documents", "Tài liệu"), ("Desktop", "Màn hình"), ("Downloads", "Tải về"))
_QUOTES = "\"'“”‘’"


@dataclass(frozen=True)
class Entry:
    """One line of a folder: where it leads, what it is called; `size` in bytes, for files only."""

    path: Path
    name: str
    size: int | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it can be gone into."""
        return self.size is None

    @property
    def line(self) -> str:
        """How it reads in the list."""
        return f"► {self.name}" if self.size is None else f"  {self.name}  ({show_size(self.size)})"


def places() -> tuple[Entry, ...]:
    """Where to begin: plugged-in disks first, then the usual folders of the person."""
    from db.disks import removable_disks

    disks = [Entry(disk.path, f"USB, thẻ nhớ: {disk.path}") for disk in removable_disks()]
    home = Path.home()
    usual = [Entry(home / name, words) for name, words in _USUAL if (home / name).is_dir()]
    return (*disks, *usual, Entry(home, f"Thư mục của tôi: {shown(home.name)}"))


def list_folder(folder: Path, suffix: str | tuple[str, ...] = "") -> tuple[Entry, ...]:
    """List a folder: the way up, folders, files, each in the Vietnamese order.

    Args:
        folder: which one.
        suffix: how the names of files to be listed end, in one or several ways; empty for all.

    Raises:
        OSError: it cannot be read.
    """
    entries = (entry for one in _visible(folder) if (entry := _entry(one)) is not None)
    found = [it for it in entries if it.is_folder or it.path.name.lower().endswith(suffix)]
    found.sort(key=lambda it: (not it.is_folder, sort_key(it.name)))
    up = [Entry(folder.parent, ".. (lên một cấp)")] if folder.parent != folder else []
    return (*up, *found)


def _visible(folder: Path) -> Iterable[Path]:
    return sorted(it for it in folder.iterdir() if not it.name.startswith((".", "~$")))[:MOST]


def _entry(path: Path) -> Entry | None:
    try:
        found = path.stat()
    except OSError:  # a broken link, or a file that is gone by now
        return None
    if stat.S_ISDIR(found.st_mode):
        return Entry(path, shown(path.name))
    return Entry(path, shown(path.name), found.st_size) if stat.S_ISREG(found.st_mode) else None


def narrowed(entries: Iterable[Entry], query: str) -> tuple[Entry, ...]:
    """Give the entries that answer what was typed, marks and case aside."""
    return tuple(it for it in entries if matches(query, it.name))


def typed_path(text: str) -> Path | None:
    """Read a typed or pasted path: quotes, `file://` and `~` are understood.

    Returns:
        The path; None when the text is only some words to look for.
    """
    bare = text.strip().strip(_QUOTES).strip()
    if bare.startswith("file:"):
        parts = urlsplit(bare)
        bare = unquote(parts.path)
        if bare[2:3] == ":":  # /C:/Users
            bare = bare[1:]
        if parts.netloc not in ("", "localhost"):
            bare = f"//{parts.netloc}{bare}"
    looks = bare.startswith("~") or "/" in bare or "\\" in bare or bare[1:2] == ":"
    return Path(bare).expanduser() if looks else None


def existing(path: Path) -> Path:
    """Give the file that is meant, also where the disk keeps its name with combining marks apart.

    What is typed or pasted is composed; a file that came from another system may not be.
    """
    if path.exists():
        return path
    try:
        same = (one for one in path.parent.iterdir() if nfc(one.name) == nfc(path.name))
        return next(same, path)
    except OSError:
        return path


def show_size(size: int) -> str:
    """Show a number of bytes as people say it."""
    from decimal import Decimal

    if size < 1024 * 1024:
        return f"{show_number(Decimal(max(1, size // 1024)))} KB"
    unit, name = (1 << 20, "MB") if size < 1 << 30 else (1 << 30, "GB")
    return f"{show_number(Decimal(size * 10 // unit) / 10)} {name}"
