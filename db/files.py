"""Files that are either whole or not there: written aside, read back, then given their name.

Errors leave this module as `OSError`; those who call it know what to tell the person.
"""

import errno
import hashlib
import os
import re
import secrets
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 20
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between tries of a rename that another program blocks: about three in all."""

_BLOCKED_BY_ANOTHER_PROGRAM = {5, 32, 33}
"""Windows error numbers: access denied, sharing violation, lock violation."""

_FOLDER_CANNOT_BE_SYNCED = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF}
"""What file systems of memory sticks answer when a folder, not a file, is to be flushed."""

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def write_atomic(target: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` under `target`, replacing what was there, or leave everything as it was.

    Args:
        target: The final name; its folder must exist.
        data: All bytes of the file.
        private: Readable by the present user only, where the system knows such a thing.

    Raises:
        OSError: Nothing was changed under the final name.
    """
    wanted = hashlib.sha256(data).hexdigest()

    def check(written: Path) -> None:
        if sha256_of(written) != wanted:
            raise OSError(errno.EIO, "what was read back differs from what was written")

    with new_file(target, check=check, private=private) as out:
        out.write(data)


@contextmanager
def new_file(
    target: Path, *, check: Callable[[Path], None], private: bool = False
) -> Iterator[BinaryIO]:
    """A file to fill (readable and seekable) that receives its name only when `check` passed.

    `check` is given the temporary file after it was flushed to the disk; what it raises, and
    whatever goes wrong before, removes the temporary file and leaves `target` untouched.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        temporary.touch(mode=0o600 if private else 0o666, exist_ok=False)
        with temporary.open("r+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
            _forget_cached(out)
        check(temporary)
        replace_patiently(temporary, target)
    except BaseException:
        _remove_quietly(temporary)
        raise
    sync_folder(target.parent)


def replace_patiently(source: Path, target: Path, pauses: Sequence[float] = _PAUSES) -> None:
    """Rename `source` to `target`, waiting a little where a virus scanner or viewer holds it.

    Raises:
        OSError: The rename failed for another reason, or was still blocked after the last try.
    """
    for pause in pauses:
        try:
            source.replace(target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _BLOCKED_BY_ANOTHER_PROGRAM:
                raise
            time.sleep(pause)
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system offers that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FOLDER_CANNOT_BE_SYNCED:
            raise
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hex, read in pieces."""
    with path.open("rb") as source:
        return sha256_of_stream(source)


def sha256_of_stream(source: BinaryIO) -> str:
    """The SHA-256 in hex of what is left to read in `source`."""
    digest = hashlib.sha256()
    while piece := source.read(_CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def safe_name(text: str, otherwise: str = "khong-ten") -> str:
    """A file name from any text that every system and every archive accepts: ASCII, no spaces.

    Letters keep their case and lose their marks; `otherwise` is used where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    plain = plain.encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-. ")[:80].rstrip("-. ")
    if not name:
        return otherwise
    return f"_{name}" if is_reserved(name) else name


def is_reserved(name: str) -> bool:
    """Whether Windows keeps this name for a device, such as `CON`, `nul.txt` or `COM1`."""
    return _RESERVED.fullmatch(name.split(".", 1)[0].rstrip(" ")) is not None


def _forget_cached(out: BinaryIO) -> None:
    """Have the next read come from the disk itself, so that checking it means something."""
    if sys.platform == "linux":
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _remove_quietly(temporary: Path) -> None:
    """Remove a half-written file; a disk that is gone has taken it along anyway."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return
