"""The file itself: read whole, told apart from everything that is no .xlsx, and kept to bounds.

Two readers look at the same bytes (this program at how cells look, python-calamine at what they
hold), so the file is read once and closed: Excel can go on with it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from db.workbooks import problems

MOST_BYTES = 64 << 20
"""Bytes of a file; the workbooks of a whole district are smaller."""

MOST_MEMBER = 400 << 20
"""Bytes of one unpacked part: a million formatted rows stay below it."""

MOST_MEMBERS = 5_000
MOST_RATIO = 300
"""Times that a part may grow when it is unpacked; sheets of real work stay below 60."""

_RATIO_COUNTS_FROM = 8 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_WORKBOOK = "xl/workbook.xml"
_OTHER_KINDS = (
    ("xl/workbook.bin", "sổ Excel nhị phân (.xlsb)", True),
    ("word/document.xml", "văn bản Word", False),
    ("ppt/presentation.xml", "bài trình chiếu", False),
)


@dataclass(frozen=True)
class Container:
    """The bytes of an .xlsx file, opened as the archive that it is."""

    name: str
    data: bytes
    archive: zipfile.ZipFile
    open_elsewhere: bool = False

    def has(self, member: str) -> bool:
        """Tell whether there is such a part."""
        return member in self.archive.NameToInfo

    def size(self, member: str) -> int:
        """Give the bytes of an unpacked part."""
        return self.archive.getinfo(member).file_size

    @contextmanager
    def part(self, member: str) -> Iterator[IO[bytes]]:
        """Open one part for reading.

        Raises:
            WorkbookProblem: it is damaged, or beyond all bounds.
        """
        try:
            info = self.archive.getinfo(member)
            self._check(info)
            with self.archive.open(info) as stream:
                yield stream
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise problems.damaged(self.name, member) from error
        except RuntimeError as error:  # the archive's own encryption
            raise problems.with_password(self.name) from error

    def _check(self, info: zipfile.ZipInfo) -> None:
        grown = info.file_size > MOST_RATIO * max(info.compress_size, 1)
        if info.file_size > MOST_MEMBER or (grown and info.file_size > _RATIO_COUNTS_FROM):
            raise problems.too_big(
                self.name, f"phần {info.filename} bung ra {info.file_size >> 20} MB"
            )


def open_container(path: Path) -> Container:
    """Read a file and make sure that it is an .xlsx or .xlsm.

    Raises:
        WorkbookProblem: it cannot be read, or is something else; the text says what.
    """
    data = _read(path)
    _check_kind(path.name, data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise problems.damaged(path.name) from error
    names = archive.NameToInfo
    if len(names) > MOST_MEMBERS:
        raise problems.too_big(path.name, f"{len(names)} phần")
    _check_members(path.name, archive)
    return Container(path.name, data, archive, _is_open_elsewhere(path))


def _read(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise problems.owner_file(path.name)
    try:
        if path.is_dir():
            raise problems.foreign(path.name, "thư mục")
        if path.stat().st_size > MOST_BYTES:
            raise problems.too_big(path.name, f"{path.stat().st_size >> 20} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise problems.missing(path.name) from error
    except PermissionError as error:
        raise problems.locked(path.name) from error


def _check_kind(name: str, data: bytes) -> None:
    """Name what begins like something else than a zip archive."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise problems.with_password(name)
        raise problems.old_form(name, "sổ Excel đời cũ (.xls, Excel 97-2003)")
    if data.startswith(b"PK"):
        return
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<workbook")):
        raise problems.old_form(name, "trang web hoặc XML mang tên Excel")
    if data.startswith(b"%PDF"):
        raise problems.foreign(name, "tệp PDF")
    if data and not _NO_TEXT.search(data[:512]):
        raise problems.old_form(name, "tệp chữ (CSV)")
    raise problems.damaged(name)


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    """Name an archive that holds something else than a workbook."""
    if _WORKBOOK in archive.NameToInfo:
        return
    for member, kind, is_workbook in _OTHER_KINDS:
        if member in archive.NameToInfo:
            raise problems.old_form(name, kind) if is_workbook else problems.foreign(name, kind)
    if "mimetype" in archive.NameToInfo:
        raise problems.old_form(name, "tệp LibreOffice (.ods)")
    raise problems.foreign(name, "tệp nén .zip")


def _is_open_elsewhere(path: Path) -> bool:
    """Tell whether Excel has it open: it lays an owner file beside it."""
    return path.with_name(f"~${path.name}").exists()
