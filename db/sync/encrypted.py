"""Writing an encrypted bundle: made in the home's own folder, then encrypted onto the disk."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from db import working
from db.files import new_file
from db.home import Home
from db.sync import layout
from db.sync.archive import Page, Payload, Results, Written, disk_problems, write_bundle
from db.sync.encryption import decrypt, encrypt
from db.sync.info import BundleInfo
from db.sync.keys import DeviceKey
from db.sync.opening import here
from db.sync.opening_keys import OpeningKey
from db.sync.problems import BundleProblem, Code, problem
from db.sync.readers import Reader
from db.sync.watch import Cancelled, Progress, Watch

_OWN_DISK = {Code.DISK_FULL, Code.DISK_READ_ONLY, Code.DISK_FAILED, Code.FILE_TOO_LARGE}
_PASSES = 2  # encrypting, and opening it again to check


def write_encrypted(
    target: Path,
    payload: Sequence[Payload],
    key: DeviceKey,
    info: BundleInfo,
    page: Page,
    *,
    home: Home,
    readers: Sequence[Reader],
    own: OpeningKey,
    results: Results | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Written:
    """Write, sign and check a bundle that only some machines can open.

    What is not encrypted never touches the disk of `target`.

    Args:
        target: The final name, which must not exist yet.
        payload: As for `write_bundle`.
        key: The sending device's.
        info: As for `write_bundle`.
        page: Makes `index.html`.
        home: Where the bundle is made before it is encrypted.
        readers: The machines that can open it, at least one.
        results: As for `write_bundle`.
        own: The sender's age key: the sender can open it too, and so it is checked.
        progress: Called with the bytes done and the bytes in all.
        cancelled: Asked whether to stop.

    Raises:
        BundleProblem: Nothing bears the final name, and nothing else was changed.
    """
    if target.exists():
        raise problem(Code.NAME_TAKEN)
    shares = _Shares(progress)
    with here(), working.private_folder(home) as folder:
        try:
            plain = write_bundle(
                folder / f"{info.name}{layout.SUFFIX}",
                payload,
                key,
                info,
                page,
                results=results,
                progress=shares.first,
                cancelled=cancelled,
            )
        except BundleProblem as error:
            if error.flaw.code in _OWN_DISK:
                raise problem(Code.NO_ROOM_HERE) from error
            raise
        watch = Watch(shares.second, cancelled, _PASSES * plain.size)
        recipients = dict.fromkeys([own.recipient, *(one.recipient for one in readers)])
        _encrypt(plain.path, target, list(recipients), own, watch)
    size = target.stat().st_size
    return replace(plain, path=target, size=size, readers=tuple(readers))


class _Shares:
    """Turns the progress of two pieces of work, one after the other, into one."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._first = 0

    def first(self, done: int, total: int) -> None:
        """The first piece, which is taken for two thirds of all."""
        self._first = total
        self._tell(done, total + total // 2)

    def second(self, done: int, total: int) -> None:
        """The second piece, whatever its own measure."""
        share = self._first // 2
        self._tell(self._first + share * done // max(total, 1), self._first + share)

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)


def _encrypt(
    plain: Path, target: Path, recipients: Sequence[str], own: OpeningKey, watch: Watch
) -> None:
    """Encrypt a file under a new name, provided that it can be opened again."""
    wanted = ""

    def check(written: Path) -> None:
        with written.open("rb") as source:
            try:
                found = decrypt(source, None, [own], watch)
            except BundleProblem as error:
                if error.flaw.code is Code.CANCELLED:
                    raise
                raise problem(Code.NOT_AS_WRITTEN) from error
        if found != wanted:
            raise problem(Code.NOT_AS_WRITTEN)

    with disk_problems(), new_file(target, check=check) as out, plain.open("rb") as source:
        wanted = encrypt(source, out, recipients, watch)
