"""A bundle as a file that can be read: an encrypted one is opened into the home for that long."""

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from db import identity, kept_keys, working
from db.home import Home
from db.sync.encryption import MAGIC, decrypt
from db.sync.finding import sender_in
from db.sync.keys import show_fingerprint
from db.sync.opening_keys import OpeningKey
from db.sync.problems import BundleProblem, Code, problem
from db.sync.watch import Watch

_SPARE = 32_000_000
"""Bytes of the disk that are left free for the store itself."""


def is_encrypted(path: Path) -> bool:
    """Whether a file was encrypted with age, by its first bytes, whatever its name."""
    try:
        with path.open("rb") as source:
            return source.read(len(MAGIC)) == MAGIC
    except (OSError, ValueError):  # said when it is to be read
        return False


def opening_keys(home: Home) -> tuple[OpeningKey, ...]:
    """Give the keys of this machine that may open a bundle: its own first, then older ones.

    Raises:
        IdentityProblem: A file of keys is damaged or cannot be read.
    """
    own = identity.load(home.path)
    first = [own.opening_key()] if own is not None and own.age_key else []
    older = [OpeningKey.from_text(one.secret) for one in kept_keys.read() if one.recipient]
    return (*first, *older)


@contextmanager
def readable(path: Path, home: Home | None, watch: Watch) -> Iterator[Path]:
    """Give a file that holds the bundle itself.

    Args:
        path: The bundle, encrypted or not.
        home: Whose keys open it, and where it lies meanwhile; None to open nothing.
        watch: Told the bytes read.

    Raises:
        BundleProblem: It is encrypted and cannot be opened here.
        IdentityProblem: A file of keys is damaged or cannot be read.
    """
    if home is None or not is_encrypted(path):
        yield path
        return
    keys = opening_keys(home)
    if not keys:
        raise problem(Code.NO_OPENING_KEY)
    with ExitStack() as stack:
        with here():
            folder = stack.enter_context(working.private_folder(home))
        plain = folder / "bundle.zip"
        _open(path, plain, keys, home, watch)
        yield plain


@contextmanager
def here() -> Iterator[None]:
    """Say in plain words what is wrong with this machine's own disk."""
    try:
        yield
    except OSError as error:
        raise problem(Code.NO_ROOM_HERE) from error


def _open(path: Path, plain: Path, keys: Sequence[OpeningKey], home: Home, watch: Watch) -> None:
    with _source(path) as source, here(), plain.open("xb") as target:
        size = os.fstat(source.fileno()).st_size
        if shutil.disk_usage(plain.parent).free < size + _SPARE:
            raise OSError(errno.ENOSPC, "too large for this disk")
        watch.expect(size)
        try:
            decrypt(source, target, keys, watch)
        except BundleProblem as found:
            if found.flaw.code is Code.NOT_FOR_THIS_MACHINE:
                raise _not_for_this_machine(path, home) from found
            raise


def _source(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise problem(Code.UNREADABLE) from error


def _not_for_this_machine(path: Path, home: Home) -> BundleProblem:
    """Say whom to ask; a bundle of our own can be read by us, unless the key is gone."""
    sender, own = sender_in(path.name), identity.load(home.path)
    if sender and own is not None and own.device.startswith(sender):
        return problem(Code.OWN_KEY_LOST)
    asked = f"hỏi máy có mã bắt đầu bằng {show_fingerprint(sender)}" if sender else ""
    return problem(Code.NOT_FOR_THIS_MACHINE, detail=asked)
