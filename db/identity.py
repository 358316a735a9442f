"""Who writes in a store: keys, device and incarnation, kept outside it.

The file lies in the person's configuration folder, bound to the home's path and the machine. A
store that was copied, moved, restored or rolled back no longer fits its file; it then goes on
under a new incarnation or a new key, so that no number of a feed is ever given out twice.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from db import identity_file, kept_keys
from db.home import Home
from db.identity_file import DamagedIdentity, IdentityProblem, Seals, Stored, place_of
from db.kept_keys import KeptKey
from db.machine import machine_id

if TYPE_CHECKING:
    from db.sync.keys import DeviceKey
    from db.sync.opening_keys import OpeningKey

__all__ = [
    "Identity",
    "IdentityProblem",
    "Reason",
    "Recognition",
    "Seals",
    "StoreMark",
    "create",
    "load",
    "note_pending",
    "note_sealed",
    "place_of",
    "recognise",
]


_RESTORED = "restored"
"""A feed that no store has; its presence tells that a copy was put in the store's place."""


class Reason(StrEnum):
    """Why a store goes on under something new; the sentence says what happened and what is safe."""

    FIRST = "first"
    RESTORED_OR_ROLLED_BACK = "restored_or_rolled_back"
    COPIED = "copied"
    MOVED = "moved"
    OTHER_MACHINE = "other_machine"
    IDENTITY_LOST = "identity_lost"

    @property
    def sentence(self) -> str:
        """The plain Vietnamese words for the person at this machine."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.FIRST: (
        "Kho dữ liệu mới đã được tạo trên máy này và máy đã có mã riêng. "
        "Xin cứ làm việc bình thường."
    ),
    Reason.RESTORED_OR_ROLLED_BACK: (
        "Kho dữ liệu này đã được khôi phục từ một bản trước. Mọi số liệu trong bản đó còn nguyên; "
        "từ nay chương trình ghi tiếp theo một lượt đánh số mới để không lẫn với phần đã gửi. "
        "Những gì đã gửi sau bản đó có thể lấy lại từ gói của cấp trên hoặc của máy khác."
    ),
    Reason.COPIED: (
        "Kho dữ liệu này được chép từ một thư mục khác vẫn đang dùng trên máy này. Số liệu ở cả "
        "hai nơi còn nguyên; bản này được coi là một máy mới, có mã riêng. "
        "Xin cho cấp trên biết mã mới khi gửi gói lần đầu."
    ),
    Reason.MOVED: (
        "Kho dữ liệu đã được chuyển sang thư mục khác. Số liệu còn nguyên, mã máy giữ như cũ. "
        "Xin cứ làm việc bình thường."
    ),
    Reason.OTHER_MACHINE: (
        "Kho dữ liệu này được mang từ một máy khác sang. Số liệu còn nguyên; máy này đã nhận một "
        "mã riêng. Xin cho cấp trên biết mã mới khi gửi gói lần đầu."
    ),
    Reason.IDENTITY_LOST: (
        "Không tìm thấy khóa của kho dữ liệu này trên máy (kho được chép từ nơi khác, hoặc tệp "
        "khóa bị mất, bị hỏng). Số liệu còn nguyên; máy đã nhận một mã mới. "
        "Xin cho cấp trên biết mã mới khi gửi gói lần đầu."
    ),
}


@dataclass(frozen=True)
class Identity:
    """Who writes in one home. `sealed`: the last number and hash of each of its feeds.

    `pending` is what a sealing that has not been confirmed would make of some of them.
    """

    home: Path
    machine: str
    device: str
    ordinal: int
    incarnation: str
    sealed: Seals
    pending: Seals | None = None
    key_pem: str = field(default="", repr=False)
    age_key: str = field(default="", repr=False)

    def key(self) -> "DeviceKey":
        """The device's key, ready to sign.

        Raises:
            IdentityProblem: The key in the file is not the one of this device.
        """
        from db.sync.keys import DeviceKey, KeyProblem

        try:
            key = DeviceKey.from_pem(self.key_pem)
        except KeyProblem:
            raise IdentityProblem(identity_file.WRONG_KEY) from None
        if key.id != self.device:
            raise IdentityProblem(identity_file.WRONG_KEY)
        return key

    def opening_key(self) -> "OpeningKey":
        """The device's age key, ready to open what was encrypted to it.

        Raises:
            IdentityProblem: There is none in the file, or something else.
        """
        from db.sync.keys import KeyProblem
        from db.sync.opening_keys import OpeningKey

        try:
            return OpeningKey.from_text(self.age_key)
        except KeyProblem:
            raise IdentityProblem(identity_file.WRONG_KEY) from None


@dataclass(frozen=True)
class StoreMark:
    """What a store itself says about who writes in it, and how far it has sealed."""

    device: str
    incarnation: str
    sealed: Seals


@dataclass(frozen=True)
class Recognition:
    """Under whom a store goes on. `fresh`: the store must take over the new incarnation.

    `kept_aside` is where a damaged identity file was put.
    """

    identity: Identity
    fresh: bool
    reason: Reason | None
    kept_aside: Path | None = None


def load(home: Path) -> Identity | None:
    """The identity of a home as its file tells it, or None where there is none.

    Raises:
        IdentityProblem: The file is damaged or cannot be read.
    """
    stored = identity_file.read(place_of(home))
    return None if stored is None else _identity(stored)


def create(home: Path) -> Identity:
    """Give a home new keys and its first incarnation; an older file for it is kept aside.

    Raises:
        IdentityProblem: The configuration folder cannot be written.
    """
    from db.sync.keys import DeviceKey
    from db.sync.opening_keys import OpeningKey

    key = DeviceKey.generate()
    identity = Identity(
        home=home.resolve(),
        machine=machine_id(),
        device=key.id,
        ordinal=1,
        incarnation=_incarnation(1),
        sealed={},
        key_pem=key.private_pem(),
        age_key=OpeningKey.generate().secret_text(),
    )
    _put_aside(place_of(home))
    return _save(identity)


def forget(home: Path) -> None:
    """Remove the identity of a home whose store was never filled."""
    identity_file.remove(place_of(home))


def recognise(home: Path, mark: StoreMark | None) -> Recognition:
    """Compare a store with the identity files of this machine, before the first write in it.

    Args:
        home: The folder that holds the store.
        mark: What the store says; None for a new store.

    Raises:
        IdentityProblem: The configuration folder cannot be read or written.
    """
    if mark is None:
        return Recognition(create(home), fresh=True, reason=Reason.FIRST)
    aside = identity_file.set_aside_if_damaged(place_of(home))
    own = load(home)
    if own is not None and own.machine != machine_id():
        found = _with_new_key(home, Reason.OTHER_MACHINE)
    elif own is not None and own.device == mark.device:
        found = _of_same_device(own, mark)
    else:
        found = _from_elsewhere(home, mark)
    return replace(found, identity=_with_opening_key(found.identity), kept_aside=aside)


def note_pending(identity: Identity, sealed: Mapping[str, tuple[int, str]]) -> Identity:
    """Write down what a sealing is about to do, before the store commits it."""
    return _save(replace(identity, pending=dict(sealed)))


def note_sealed(identity: Identity, sealed: Mapping[str, tuple[int, str]]) -> Identity:
    """Write down what a sealing has done, after the store committed it."""
    return _save(replace(identity, sealed={**identity.sealed, **sealed}, pending=None))


def note_restored(home: Path) -> None:
    """Let the store of a home go on under a new incarnation: a copy was put in its place."""
    with suppress(IdentityProblem):  # without a readable file it goes on under a new one anyway
        own = load(home)
        if own is not None:
            _save(replace(own, pending=None, sealed={**own.sealed, _RESTORED: (0, "")}))


def _of_same_device(own: Identity, mark: StoreMark) -> Recognition:
    """The store of this home, unless it is not in the state in which it was left."""
    own_feeds = mark.incarnation == own.incarnation
    if own_feeds and own.pending is not None:
        intended = {**own.sealed, **own.pending}
        if mark.sealed == intended:
            return Recognition(note_sealed(own, own.pending), fresh=False, reason=None)
    if own_feeds and mark.sealed == own.sealed:
        settled = own if own.pending is None else _save(replace(own, pending=None))
        return Recognition(settled, fresh=False, reason=None)
    return Recognition(_reborn(own, mark), fresh=True, reason=Reason.RESTORED_OR_ROLLED_BACK)


def _from_elsewhere(home: Path, mark: StoreMark) -> Recognition:
    """A store that came to this home from another one, of this machine or not."""
    others = [
        (path, _identity(stored))
        for path, stored in identity_file.all_readable()
        if stored.device == mark.device and path != place_of(home)
    ]
    here = [(path, other) for path, other in others if other.machine == machine_id()]
    if any(_holds_store(other.home) for _, other in here):
        return _with_new_key(home, Reason.COPIED)
    if not here:
        return _with_new_key(home, Reason.OTHER_MACHINE if others else Reason.IDENTITY_LOST)
    last = max((other for _, other in here), key=lambda other: other.ordinal)
    _put_aside(place_of(home))
    moved = _reborn(replace(last, home=home.resolve()), mark)
    for path, _ in here:
        identity_file.remove(path)
    return Recognition(moved, fresh=True, reason=Reason.MOVED)


def _holds_store(home: Path) -> bool:
    """Whether a store is (or may be) in this folder; what cannot be looked into counts as one."""
    try:
        return Home(home).store.exists()
    except OSError:
        return True


def _with_new_key(home: Path, reason: Reason) -> Recognition:
    return Recognition(create(home), fresh=True, reason=reason)


def _put_aside(path: Path) -> None:
    """Give a file a name under which nothing looks for it; its age key still opens bundles."""
    with suppress(DamagedIdentity):
        stored = identity_file.read(path)
        if stored is not None and stored.opening_key:
            kept_keys.add([KeptKey(stored.opening_key, stored.device)])
    identity_file.set_aside(path)


def _with_opening_key(identity: Identity) -> Identity:
    """The same with an age key, which the files of older programs lack."""
    if identity.age_key:
        return identity
    from db.sync.opening_keys import OpeningKey

    return _save(replace(identity, age_key=OpeningKey.generate().secret_text()))


def _reborn(identity: Identity, mark: StoreMark) -> Identity:
    """The same device under its next incarnation, which has sealed nothing yet.

    It comes after the store's own too: the file may be the older of the two, and others would take
    what an earlier incarnation says for outdated.
    """
    ordinal = max(identity.ordinal, _ordinal(mark.incarnation)) + 1
    return _save(
        replace(
            identity,
            ordinal=ordinal,
            incarnation=_incarnation(ordinal),
            sealed={},
            pending=None,
        )
    )


def _ordinal(incarnation: str) -> int:
    return int(incarnation[:-8] or 0)


def _incarnation(ordinal: int) -> str:
    return f"{ordinal:04d}{secrets.token_hex(4)}"


def _identity(stored: Stored) -> Identity:
    return Identity(
        home=Path(stored.home),
        machine=stored.machine,
        device=stored.device,
        ordinal=_ordinal(stored.incarnation),
        incarnation=stored.incarnation,
        sealed=stored.sealed,
        pending=stored.pending,
        key_pem=stored.private_key,
        age_key=stored.opening_key,
    )


def _save(identity: Identity) -> Identity:
    stored = Stored(
        home=str(identity.home),
        machine=identity.machine,
        device=identity.device,
        private_key=identity.key_pem,
        opening_key=identity.age_key,
        incarnation=identity.incarnation,
        sealed=identity.sealed,
        pending=identity.pending,
    )
    identity_file.write(place_of(identity.home), stored)
    return identity
