"""Who could open an encrypted bundle: trusted machines whose card says to which key one encrypts.

Encryption keeps others from reading; it does not say who sent something, and a key that came on a
card counts only once a person trusts that machine.
"""

from collections.abc import Collection
from dataclasses import dataclass

from db.desk import Desk
from db.problems import NotFound, Refused
from db.sync import cards
from db.sync.info import Receiver, ReceiverKind
from db.sync.keys import show_fingerprint
from db.sync.opening_keys import is_recipient
from db.sync.planning import devices_meant
from db.sync.transfers import party_name

NOBODY = (
    "Chưa máy nhận nào có khóa để mã hóa cho, nên chưa có gì được ghi. Hãy nhận một gói mới của "
    "máy ấy (hoặc nhập thẻ máy bằng lệnh ntm keys import) và tin cậy máy, hoặc gửi gói không mã "
    "hóa."
)


@dataclass(frozen=True)
class Reader:
    """A machine, as people call it; `recipient` is its public age key, empty for none."""

    device: str
    name: str
    recipient: str


@dataclass(frozen=True)
class Readers:
    """Whom a bundle is meant for: those `able` to open it when encrypted, and those who are not."""

    able: tuple[Reader, ...]
    unable: tuple[Reader, ...] = ()


def readers_meant(desk: Desk, receiver: Receiver) -> Readers:
    """Say which of the machines that a bundle is for could open it.

    Raises:
        NotFound: The receiver is one device that nobody here trusts.
    """
    found = _readers(desk, receiver)
    return Readers(
        tuple(one for one in found if one.recipient),
        tuple(one for one in found if not one.recipient),
    )


def readers_named(desk: Desk, devices: Collection[str]) -> Readers:
    """Give the machines with these ids, each of which must be able to open a bundle.

    Raises:
        NotFound: Nobody here trusts one of them with this commune's data.
        Refused: One of them has no key.
    """
    known = {one.device: one for one in _readers(desk, Receiver(ReceiverKind.ALL))}
    for device in devices:
        if device not in known:
            raise NotFound(
                f"Không có máy tin cậy nào của xã này hay cấp trên mang mã "
                f"{show_fingerprint(device)}. Chưa có gì được ghi. Hãy kiểm tra lại mã, hoặc nhận "
                "gói của máy đó và xác nhận tin cậy trước."
            )
        if not known[device].recipient:
            raise Refused(
                f"Máy {known[device].name} ({show_fingerprint(device)}) chưa có khóa để mã hóa "
                "cho. Chưa có gì được ghi. Hãy nhận một gói mới của máy ấy, hoặc nhập thẻ máy bằng "
                "lệnh ntm keys import."
            )
    return Readers(tuple(known[device] for device in dict.fromkeys(devices)))


def check_anybody(desk: Desk, readers: Readers) -> None:
    """Refuse to encrypt a bundle of this commune that only its sender could open.

    Raises:
        Refused: Nobody else has a key.
    """
    if not readers.able:
        raise Refused(f"{NOBODY} (Gói của {desk.commune.title}.)")


def _readers(desk: Desk, receiver: Receiver) -> tuple[Reader, ...]:
    own = desk.store.identity.device if desk.store.identity is not None else ""
    with desk.reading() as session:
        rows = devices_meant(session.connection(), receiver, desk.commune.scope)
    return tuple(
        Reader(row.device, party_name(row.device, row.office, row.machine), _usable(row.card))
        for row in rows
        if row.device != own
    )


def _usable(card: bytes) -> str:
    recipient = cards.read(card).recipient
    return recipient if is_recipient(recipient) else ""
