"""A disk under SQLite that remembers every write and every flush, so that a power cut can be tried.

SQLite reaches the system through a table of functions (its VFS). This one is the system's own with
three functions exchanged: write, truncate and sync are noted down and then done.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_Pointer = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, _Pointer, _Pointer, _Pointer, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, _Pointer, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("following", _Pointer),
        ("name", ctypes.c_char_p),
        ("data", _Pointer),
        ("open", _Pointer),
        ("others", _Pointer * 15),
    )


class _Methods(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("close", _Pointer),
        ("read", _Pointer),
        ("write", _Pointer),
        ("truncate", _Pointer),
        ("sync", _Pointer),
        ("others", _Pointer * 13),
    )


@dataclass(frozen=True)
class Write:
    """Bytes put into a file; `data` is None for cutting it off at `offset`."""

    path: str
    offset: int
    data: bytes | None


@dataclass(frozen=True)
class Flush:
    """Everything written to this file so far has reached the disk."""

    path: str


@dataclass(frozen=True)
class Told:
    """A person was told that this is done."""

    what: object


@dataclass
class Disk:
    """What happened, in order."""

    events: list[Write | Flush | Told] = field(default_factory=list)
    start: dict[str, bytes] = field(default_factory=dict)

    def tell(self, what: object) -> None:
        self.events.append(Told(what))


def can_record() -> bool:
    """Whether this Python's SQLite can be reached."""
    try:
        return hasattr(ctypes.CDLL(_sqlite3.__file__), "sqlite3_vfs_register")
    except (AttributeError, OSError):
        return False


@contextmanager
def recording(folder: Path) -> Iterator[Disk]:
    """Note down what SQLite does to the files of a folder."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    usual = library.sqlite3_vfs_find(None)
    disk = Disk(start={str(path): path.read_bytes() for path in folder.glob("ntm.sqlite*")})
    kept: list[Any] = []  # what SQLite points at must stay alive
    paths: dict[int, str] = {}
    tables: dict[int, Any] = {}
    open_usual = _OPEN(usual.contents.open)

    def table_for(usual_methods: int) -> Any:
        if usual_methods not in tables:
            tables[usual_methods] = _methods(usual_methods, disk, paths, kept)
        return tables[usual_methods]

    def open_(vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        answer = int(open_usual(vfs, name, file, flags, out))
        methods = ctypes.cast(file, ctypes.POINTER(_Pointer))
        path = ctypes.string_at(name).decode() if name else ""
        if answer == 0 and methods[0] and path.startswith(str(folder)):
            paths[file] = path
            methods[0] = ctypes.addressof(table_for(methods[0]))
        return answer

    ours = _Vfs.from_buffer_copy(usual.contents)
    opener = _OPEN(open_)
    ours.name, ours.following = b"recording", None
    ours.open = ctypes.cast(opener, _Pointer).value
    kept += [ours, opener]
    library.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield disk
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(ours))
        library.sqlite3_vfs_register(usual, 1)


def _methods(usual: int, disk: Disk, paths: dict[int, str], kept: list[Any]) -> _Methods:
    table = _Methods.from_buffer_copy(_Methods.from_address(usual))
    do_write, do_cut = _WRITE(table.write), _TRUNCATE(table.truncate)
    do_flush = _SYNC(table.sync)

    def write(file: int, data: int, size: int, offset: int) -> int:
        disk.events.append(Write(paths[file], offset, ctypes.string_at(data, size)))
        return int(do_write(file, data, size, offset))

    def cut(file: int, size: int) -> int:
        disk.events.append(Write(paths[file], size, None))
        return int(do_cut(file, size))

    def flush(file: int, flags: int) -> int:
        answer = int(do_flush(file, flags))
        disk.events.append(Flush(paths[file]))
        return answer

    exchanged = (_WRITE(write), _TRUNCATE(cut), _SYNC(flush))
    table.write, table.truncate, table.sync = (
        ctypes.cast(one, _Pointer).value for one in exchanged
    )
    kept += [exchanged, table]
    return table


def put(files: dict[str, bytearray], write: Write) -> None:
    """Do a write to files held in memory."""
    content = files.setdefault(write.path, bytearray())
    if write.data is None:
        del content[write.offset :]
        return
    content.extend(bytes(max(0, write.offset - len(content))))
    content[write.offset : write.offset + len(write.data)] = write.data
