"""Older age keys of this person, which still open what was encrypted to them.

They lie in the configuration folder beside the identity files: brought in from a key file, or left
by a device that got a new identity.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db import identity_file
from db.canonical import dumps
from db.files import write_atomic
from db.identity_file import CANNOT_READ, CANNOT_WRITE, DamagedIdentity, IdentityProblem
from db.problems import system_words

_FORMAT = 1

_DAMAGED = (
    "Tệp giữ các khóa mở gói cũ ({path}) bị hỏng. Kho dữ liệu chưa bị thay đổi. "
    "Xin nhập lại tệp khóa đã cất bằng lệnh ntm keys import: tệp hỏng sẽ được giữ riêng."
)


@dataclass(frozen=True)
class KeptKey:
    """An age key, and the id of the device that it was made for; empty where nobody knows."""

    secret: str = field(repr=False)
    device: str = ""

    @property
    def recipient(self) -> str:
        """Its public half; empty where this program cannot use the key."""
        from db.sync.keys import KeyProblem
        from db.sync.opening_keys import OpeningKey

        try:
            return OpeningKey.from_text(self.secret).recipient
        except KeyProblem:
            return ""


def place() -> Path:
    """The file, whether it is there or not."""
    return identity_file.folder().parent / "opening-keys.json"


def read() -> tuple[KeptKey, ...]:
    """Give the older keys, the newest last.

    Raises:
        IdentityProblem: The file is damaged or cannot be read.
    """
    path = place()
    try:
        body = json.loads(path.read_bytes().decode("utf-8"))
        if body["format"] != _FORMAT:
            raise ValueError("not a file of keys")
        return tuple(KeptKey(str(one["key"]), str(one["device"])) for one in body["keys"])
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise IdentityProblem(
            CANNOT_READ.format(folder=path.parent, why=system_words(error))
        ) from error
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DamagedIdentity(_DAMAGED.format(path=path)) from None


def add(keys: Sequence[KeptKey]) -> int:
    """Keep some more keys; tells how many of them were new. A damaged file is put aside.

    Raises:
        IdentityProblem: The configuration folder cannot be written; nothing was changed.
    """
    try:
        known = read()
    except DamagedIdentity:
        identity_file.set_aside(place())
        known = ()
    secrets = {one.secret for one in known}
    new = {one.secret: one for one in keys if one.secret not in secrets}
    if new:
        _write((*known, *new.values()))
    return len(new)


def _write(keys: Sequence[KeptKey]) -> None:
    path = place()
    listed = [{"key": one.secret, "device": one.device} for one in keys]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = dumps({"format": _FORMAT, "keys": listed}).encode("utf-8")
        write_atomic(path, data, private=True)
    except OSError as error:
        raise IdentityProblem(
            CANNOT_WRITE.format(folder=path.parent, why=system_words(error))
        ) from error
