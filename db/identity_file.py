"""The identity files of this person on this machine: one JSON file for each home."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from db.canonical import dumps
from db.files import write_atomic
from db.problems import Problem, system_words

Seals = dict[str, tuple[int, str]]
"""By scope: the last sealed number of the present incarnation, and the hash of its segment."""

_FORMAT = 1
_INCARNATION = re.compile(r"[0-9]{4}[0-9a-f]{8}")

CANNOT_WRITE = (
    "Không ghi được tệp khóa của máy vào thư mục {folder} ({why}). Kho dữ liệu chưa bị thay đổi. "
    "Xin kiểm tra quyền ghi và chỗ trống của thư mục ấy rồi mở lại chương trình."
)
CANNOT_READ = (
    "Không đọc được tệp khóa của máy trong thư mục {folder} ({why}). Kho dữ liệu chưa bị thay đổi. "
    "Xin kiểm tra quyền đọc của thư mục ấy rồi mở lại chương trình."
)
DAMAGED = (
    "Tệp khóa của máy ({folder}) bị hỏng. Kho dữ liệu chưa bị thay đổi. "
    "Xin mở chương trình: tệp hỏng sẽ được giữ riêng và máy nhận một mã mới."
)
WRONG_KEY = (
    "Khóa trong tệp khóa của máy không phải là khóa của máy này. Kho dữ liệu chưa bị thay đổi. "
    "Xin đóng và mở lại chương trình; nếu vẫn thế, xin báo người hỗ trợ."
)


class IdentityProblem(Problem):
    """The identity cannot be read or kept."""

    code = "identity"


class DamagedIdentity(IdentityProblem):
    """An identity file that holds something else than it should."""


@dataclass(frozen=True)
class Stored:
    """What one identity file holds."""

    home: str
    machine: str
    device: str
    incarnation: str
    sealed: Seals
    pending: Seals | None
    private_key: str = field(repr=False)
    opening_key: str = field(repr=False, default="")
    """The age key; empty in a file that an older program wrote."""


def folder() -> Path:
    """Where identity files lie: `NTM_CONFIG`, beside shared data, or with the person's settings.

    Accounts that share their data (`NTM_DATA`) are one device to the others, so they share its key.
    """
    if chosen := os.environ.get("NTM_CONFIG"):
        return Path(chosen) / "identities"
    if shared := os.environ.get("NTM_DATA"):
        return Path(shared).expanduser().absolute() / "config" / "identities"
    return platformdirs.user_config_path("ntm-tui", appauthor=False) / "identities"


def place_of(home: Path) -> Path:
    """The identity file that belongs to a home, whether it is there or not."""
    path = os.path.normcase(str(home.resolve()))
    return folder() / f"{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()}.json"


def read(path: Path) -> Stored | None:
    """What the file holds, or None where there is none.

    Raises:
        DamagedIdentity: It holds something else.
        IdentityProblem: It cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _problem(CANNOT_READ, path.parent, error) from error
    try:
        return _stored(json.loads(data.decode("utf-8")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise DamagedIdentity(DAMAGED.format(folder=path)) from None


def write(path: Path, stored: Stored) -> None:
    """Replace the file as a whole.

    Raises:
        IdentityProblem: The folder cannot be written; the file is as it was.
    """
    body = {
        "format": _FORMAT,
        "home": stored.home,
        "machine": stored.machine,
        "device": stored.device,
        "incarnation": stored.incarnation,
        "private_key": stored.private_key,
        "sealed": _seals_out(stored.sealed),
    }
    if stored.opening_key:
        body["opening_key"] = stored.opening_key
    if stored.pending is not None:
        body["pending"] = _seals_out(stored.pending)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, dumps(body).encode("utf-8"), private=True)
    except OSError as error:
        raise _problem(CANNOT_WRITE, path.parent, error) from error


def set_aside(path: Path) -> Path | None:
    """Give a file a name under which nothing looks for it; its new path, or None without one."""
    number = 1
    while (aside := path.with_suffix(f".old-{number}")).exists():
        number += 1
    try:
        return path.rename(aside)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _problem(CANNOT_WRITE, path.parent, error) from error


def set_aside_if_damaged(path: Path) -> Path | None:
    """Put a damaged file aside; its new path, or None where there was no need."""
    try:
        read(path)
    except DamagedIdentity:
        return set_aside(path)
    return None


def remove(path: Path) -> None:
    """Take away the file of a home that moved."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _problem(CANNOT_WRITE, path.parent, error) from error


def all_readable() -> Iterator[tuple[Path, Stored]]:
    """Every identity file of this person that can be understood, in a fixed order."""
    for path in sorted(folder().glob("*.json")):
        try:
            stored = read(path)
        except IdentityProblem:
            continue
        if stored is not None:
            yield path, stored


def _stored(body: Any) -> Stored:
    """Take the fields out of the file's JSON; raises what a wrong shape makes Python raise."""
    texts = [body[name] for name in ("home", "machine", "device", "incarnation", "private_key")]
    if body["format"] != _FORMAT or not all(isinstance(text, str) and text for text in texts):
        raise ValueError("not an identity file")
    home, machine, device, incarnation, private_key = texts
    if not _INCARNATION.fullmatch(incarnation):
        raise ValueError("not an incarnation")
    pending, opening_key = body.get("pending"), body.get("opening_key", "")
    if not isinstance(opening_key, str):
        raise ValueError("not an age key")
    return Stored(
        home=home,
        machine=machine,
        device=device,
        incarnation=incarnation,
        private_key=private_key,
        opening_key=opening_key,
        sealed=_seals_in(body["sealed"]),
        pending=None if pending is None else _seals_in(pending),
    )


def _seals_in(body: Any) -> Seals:
    return {str(scope): (int(seal["last"]), str(seal["hash"])) for scope, seal in body.items()}


def _seals_out(seals: Seals) -> dict[str, dict[str, int | str]]:
    return {scope: {"last": last, "hash": hash_} for scope, (last, hash_) in seals.items()}


def _problem(sentence: str, where: Path, error: OSError) -> IdentityProblem:
    return IdentityProblem(sentence.format(folder=where, why=system_words(error)))
