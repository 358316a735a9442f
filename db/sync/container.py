"""The archive of a bundle: which files it holds, and that it is no trap.

Nothing is ever extracted. A container that passed gives its files by their names below the top
folder; it says nothing yet about who made them.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

from db.sync import layout
from db.sync.info import is_newer
from db.sync.outside import check_directory, check_whole
from db.sync.placing import LOCAL, check_placing
from db.sync.problems import Code, problem
from db.sync.segments import MAX_BYTES
from db.sync.watch import Watch

MAX_IN_MEMORY = MAX_BYTES
"""Bytes of a file that is read as a whole; evidence is not."""

MAX_RATIO = 200
"""How many times its packed form a file above MAX_IN_MEMORY may be."""

MAX_GROWTH = 20
"""How many times the archive all files together may be, beyond a fixed allowance."""

_ALLOWANCE = 256_000_000
_ENCRYPTED = 0x2041
_IS_FOLDER = 0x18  # DOS: a folder, the name of a disk
_FORBIDDEN_IN_NAMES = ("\\", ":", "\x00", "//")
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What Python's zipfile raises on archives that were made to confuse it."""


@contextmanager
def _zip_errors(name: str = "") -> Iterator[None]:
    try:
        yield
    except _ZIP_ERRORS as error:
        raise problem(Code.CONTRADICTS_ITSELF if name else Code.HOSTILE, name) from error
    except OSError as error:
        raise problem(Code.UNREADABLE, name) from error


class MemberReader:
    """One file of a container, read in pieces; a context manager.

    Raises:
        BundleProblem: When reading: `contradicts_itself` where size or check sum are not those of
            the archive's own table, `unreadable` where the disk fails.
    """

    def __init__(self, source: IO[bytes], name: str, size: int) -> None:
        self._source = source
        self._name = name
        self._left = size

    def read(self, count: int = -1) -> bytes:
        """The next bytes, at most `count`; empty at the end."""
        with _zip_errors(self._name):
            piece = self._source.read(count)
        self._left -= len(piece)
        if self._left and (count < 0 or (count and not piece)):
            raise problem(Code.CONTRADICTS_ITSELF, self._name)
        return piece

    def __enter__(self) -> "MemberReader":
        return self

    def __exit__(self, *_: object) -> None:
        self._source.close()


class Container:
    """A bundle's archive, open, after the checks from outside; a context manager.

    Raises:
        BundleProblem: On opening, with a code of its own for each way of being no bundle.
    """

    def __init__(self, path: Path, watch: Watch | None = None) -> None:
        self._file = _open(path)
        try:
            with _zip_errors():
                watch = watch or Watch()
                check_whole(self._file, watch)
                count = check_directory(self._file)
                self._archive = zipfile.ZipFile(self._file)
                if len(self._archive.infolist()) != count:
                    raise problem(Code.CONTRADICTS_ITSELF)
                self.top = _check_members(self._archive)
            start = len(self.top) + 1
            self._infos = {info.filename[start:]: info for info in self._archive.infolist()}
            self._check_names()
            with _zip_errors():
                check_placing(self._file, self._archive)
        except BaseException:
            self._file.close()
            raise

    @property
    def names(self) -> Collection[str]:
        """Every file, by its name below the top folder."""
        return self._infos.keys()

    @property
    def seal(self) -> str:
        """The SHA-256 of everything in the archive, with which its file ends."""
        return self._archive.comment.decode("ascii")

    def size(self, name: str) -> int:
        """The bytes of a file, as the archive's table states them."""
        return self._infos[name].file_size

    def open(self, name: str) -> MemberReader:
        """A file, to be read in pieces."""
        info = self._infos[name]
        with _zip_errors(name):
            return MemberReader(self._archive.open(info), name, info.file_size)

    def read(self, name: str) -> bytes:
        """All bytes of a file that is not evidence.

        Raises:
            BundleProblem: `too_large`, or as `MemberReader`.
        """
        if self.size(name) > MAX_IN_MEMORY:
            raise problem(Code.TOO_LARGE, name)
        with self.open(name) as source:
            return source.read()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> "Container":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_names(self) -> None:
        """Refuse names that the format does not have; but let a newer format say so first."""
        if layout.DESCRIPTION in self._infos and is_newer(self.read(layout.DESCRIPTION)):
            raise problem(Code.NEWER_FORMAT)
        for name in self._infos:
            if layout.member_of(name) is None:
                raise problem(Code.UNKNOWN_MEMBER, name)
            if self.size(name) > MAX_IN_MEMORY and not layout.is_evidence(name):
                raise problem(Code.TOO_LARGE, name)
        for name in layout.REQUIRED:
            if name not in self._infos:
                raise problem(Code.MEMBER_MISSING, name)


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise problem(Code.MISSING) from None
    except (OSError, ValueError) as error:
        raise problem(Code.FOLDER if path.is_dir() else Code.UNREADABLE) from error


def _check_members(archive: zipfile.ZipFile) -> str:
    """Check the archive's table of contents; the name of the one folder that holds everything."""
    infos = archive.infolist()
    tops = {info.filename.split("/", 1)[0] for info in infos}
    for info in infos:
        _check_member(info)
    if len({info.filename.casefold() for info in infos}) != len(infos):
        raise problem(Code.REPEATED_NAME)
    top = min(tops, default="")
    if len(tops) != 1 or not layout.TOP.fullmatch(top):
        raise problem(Code.FOREIGN_ZIP)
    _check_sizes(archive)
    return top


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    parts = name.split("/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    code: Code | None = None
    if (
        any(odd in name for odd in _FORBIDDEN_IN_NAMES)
        or name.startswith("/")
        or not {".", ".."}.isdisjoint(parts)
    ):
        code = Code.DANGEROUS_NAME
    elif kind not in (0, stat.S_IFREG) or info.external_attr & _IS_FOLDER:
        code = Code.NOT_A_FILE
    elif info.flag_bits & _ENCRYPTED:
        code = Code.LOCKED_FILE
    elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        code = Code.UNKNOWN_PACKING
    if code is not None:
        raise problem(code, name)


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse files that lie over one another, and sizes out of all proportion."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [info.header_offset for info in infos[1:]] + [archive.start_dir]
    for info, end in zip(infos, ends, strict=True):
        if info.header_offset + LOCAL.size + len(info.filename) + info.compress_size > end:
            raise problem(Code.CONTRADICTS_ITSELF, info.filename)
        large = info.file_size > MAX_IN_MEMORY
        if large and info.file_size > MAX_RATIO * info.compress_size:
            raise problem(Code.TOO_LARGE, info.filename)
    total = sum(info.file_size for info in infos)
    if total > _ALLOWANCE + MAX_GROWTH * archive.start_dir:
        raise problem(Code.TOO_LARGE)
