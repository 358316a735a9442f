"""Age keys put by in a file for safekeeping, and taken out of one again on another machine.

The file is what the stock age tool makes of an identity file and a passphrase, so that a bundle can
be opened without this program too. The signing key never leaves the machine.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from db import identity, kept_keys
from db.files import write_atomic
from db.home import Home
from db.kept_keys import KeptKey
from db.problems import Problem, Refused
from db.sync.encryption import MAGIC
from db.sync.keys import DEVICE_ID, show_fingerprint
from db.text import nfc

SHORTEST = 10
"""Characters of a passphrase; a file of keys can be tried for as long as somebody likes."""

MAX_FILE = 65_536
"""Bytes of a file of keys or of a card; what is longer is neither."""

_DEVICE = "# device: "
_UNTOUCHED = "Chưa có gì thay đổi."
_HEAD = """\
# Khóa mở gói của chương trình ntm-tui: ai có tệp này đều mở được gói đã mã hóa cho máy dưới đây.
# Mở gói bằng công cụ age: age --decrypt -i TỆP-NÀY -o goi.zip NTM_….zip.age
"""


class KeyFileProblem(Problem):
    """A file of keys that cannot be used."""

    code = "key_file"


class KeyFileKind(StrEnum):
    """What a file given as a file of keys holds."""

    LOCKED = "locked"
    OPEN = "open"
    CARD = "card"


@dataclass(frozen=True)
class Imported:
    """Age keys that came in: those that are `new`, and how many were `known`."""

    new: int
    known: int


def export_keys(home: Home, path: Path, passphrase: str) -> int:
    """Write all age keys of this machine to a new file under a passphrase; tells how many.

    Raises:
        Refused: the file is there already, or the passphrase is too short.
        IdentityProblem: the keys cannot be read.
        OSError: the file cannot be written.
    """
    from pyrage import passphrase as locking

    locked = locking.encrypt(_file_text(home).encode("utf-8"), checked_passphrase(passphrase))
    write_new(path, locked)
    return len(_all_keys(home))


def checked_passphrase(text: str) -> str:
    """Give a passphrase in the one form that every keyboard makes of it.

    Raises:
        Refused: it is too short.
    """
    if len(text) < SHORTEST:
        raise Refused(
            f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Chưa có gì được ghi. Hãy chọn mật khẩu dài "
            "hơn, chẳng hạn vài từ dễ nhớ."
        )
    return nfc(text)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that only this person can read, never over another one.

    Raises:
        Refused: there is a file of that name.
        OSError: it cannot be written.
    """
    if path.exists():
        raise Refused(
            f"Đã có tệp {path}. Tệp ấy còn nguyên, chưa có gì được ghi. Hãy chọn tên khác."
        )
    write_atomic(path, data, private=True)


def _all_keys(home: Home) -> tuple[KeptKey, ...]:
    """Give our own key first, then the older ones."""
    own = identity.load(home.path)
    first = [KeptKey(own.age_key, own.device)] if own is not None and own.age_key else []
    found = {one.secret: one for one in (*first, *kept_keys.read())}
    if not found:
        raise Refused(
            "Máy này chưa có khóa mở gói nào để cất. Chưa có gì được ghi. Hãy mở chương trình một "
            "lần để tạo kho dữ liệu và khóa."
        )
    return tuple(found.values())


def _file_text(home: Home) -> str:
    lines = [_HEAD]
    for one in _all_keys(home):
        if one.device:
            lines.append(f"{_DEVICE}{show_fingerprint(one.device)}\n")
        lines.append(f"# public key: {one.recipient}\n{one.secret}\n")
    return "".join(lines)


def read_file(path: Path) -> bytes:
    """Give the bytes of a file of keys or of a card.

    Raises:
        KeyFileProblem: it is too long for either.
        OSError: it cannot be read.
    """
    with path.open("rb") as source:
        data = source.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise KeyFileProblem(
            f"Tệp này quá lớn, không phải tệp khóa hay thẻ máy. {_UNTOUCHED} "
            "Nếu là gói, hãy dùng lệnh ntm import."
        )
    return data


def kind_of(data: bytes) -> KeyFileKind:
    """Say what a file holds, by its bytes.

    Raises:
        KeyFileProblem: neither keys nor a card.
    """
    if data.startswith(MAGIC) and b"\n-> scrypt " in data:
        return KeyFileKind.LOCKED
    if data.lstrip().startswith(b"{"):
        return KeyFileKind.CARD
    if re.search(rb"^AGE-SECRET-KEY-1", data, re.MULTILINE):
        return KeyFileKind.OPEN
    raise KeyFileProblem(
        f"Tệp này không phải tệp khóa hay thẻ máy. {_UNTOUCHED} Hãy chọn tệp do lệnh ntm keys "
        "export ghi ra; nếu là gói, hãy dùng lệnh ntm import."
    )


def import_keys(home: Home, data: bytes, passphrase: Callable[[], str]) -> Imported:
    """Keep the age keys of a file, so that they open bundles here. The signing key stays.

    Args:
        home: whose own key is known already; it need not hold a store.
        data: the file's bytes.
        passphrase: asked for the passphrase where the file is locked.

    Raises:
        KeyFileProblem: wrong passphrase, damaged, or no keys in it.
        IdentityProblem: the configuration folder cannot be written.
    """
    if kind_of(data) is KeyFileKind.LOCKED:
        data = _unlocked(data, passphrase())
    keys, own = _keys_in(data), identity.load(home.path)
    new = kept_keys.add([one for one in keys if own is None or one.secret != own.age_key])
    return Imported(new, len(keys) - new)


def _unlocked(data: bytes, passphrase: str) -> bytes:
    from pyrage import DecryptError
    from pyrage import passphrase as locking

    try:
        return locking.decrypt(data, nfc(passphrase))
    except (DecryptError, OSError):
        raise KeyFileProblem(
            f"Không mở được tệp khóa: mật khẩu chưa đúng hoặc tệp bị hỏng. {_UNTOUCHED} "
            "Hãy gõ lại mật khẩu, hoặc dùng bản cất khác."
        ) from None


def _keys_in(data: bytes) -> list[KeptKey]:
    found: list[KeptKey] = []
    device = ""
    for line in data.decode("utf-8", "replace").splitlines():
        if line.startswith(_DEVICE):
            named = line.removeprefix(_DEVICE).replace("-", "").strip()
            device = named if DEVICE_ID.fullmatch(named) else ""
        elif (key := KeptKey(line.strip(), device)).recipient:
            found.append(key)
            device = ""
    if not found:
        raise KeyFileProblem(
            f"Trong tệp không có khóa mở gói nào dùng được. {_UNTOUCHED} Hãy dùng bản cất khác."
        )
    return found
