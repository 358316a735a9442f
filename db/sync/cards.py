"""Device cards: what a device says of itself, signed with its own key.

A card proves that key and id belong together and that the key's owner wrote it. Whether the rest
is true, only a person's trust says.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.canonical import Json
from db.sync.keys import DEVICE_ID, DeviceKey, device_id
from db.sync.opening_keys import RECIPIENT
from db.sync.problems import Code, problem
from db.sync.signed import holds, make_signed, read_signed
from db.sync.wire import SCOPE, SHA256, WireProblem, matching, object_of, read_object, text_of

_KIND = "card"
_PUBLIC_KEY = SHA256  # 32 bytes in hex, as a hash is


class Role(StrEnum):
    """For whom a device writes."""

    COMMUNE = "commune"
    UPPER = "upper"


_ROLE = re.compile("|".join(role.value for role in Role))


@dataclass(frozen=True)
class Card:
    """One device. `scope`: its commune's code, or that of the upper level's area.

    `recipient` is the public age key; empty where an older program wrote the card, or a newer one
    that has another kind of key.
    """

    device: str
    public_key: str
    role: Role
    scope: str
    office: str
    machine: str
    program: str
    recipient: str = ""

    @property
    def public(self) -> bytes:
        """The raw public key."""
        return bytes.fromhex(self.public_key)


def make(
    key: DeviceKey,
    *,
    role: Role,
    scope: str,
    office: str,
    machine: str,
    program: str,
    recipient: str = "",
) -> bytes:
    """Write and sign the card of this device.

    Args:
        key: The device's key.
        role: For whom it writes.
        scope: A commune's code, or the code of the upper level's area.
        office: The office's name, as people write it.
        machine: The machine's name.
        program: Name and version of the program.
        recipient: The device's public age key; left out where there is none.

    Raises:
        BundleProblem: `bad_card`, where `read` would not accept the outcome.
    """
    body: dict[str, Json] = {
        "device": key.id,
        "public_key": key.public.hex(),
        "role": role.value,
        "scope": scope,
        "office": office,
        "machine": machine,
        "program": program,
    }
    if recipient:
        body["age"] = recipient
    data = make_signed(key, _KIND, body)
    read(data)
    return data


def read(data: bytes) -> Card:
    """Read a card whose id fits its key and whose signature holds.

    Raises:
        BundleProblem: `bad_card`.
    """
    try:
        stated, signature = read_signed(data, _KIND)
        card = Card(
            device=matching(stated, "device", DEVICE_ID),
            public_key=matching(stated, "public_key", _PUBLIC_KEY),
            role=Role(matching(stated, "role", _ROLE)),
            scope=matching(stated, "scope", SCOPE),
            office=text_of(stated, "office"),
            machine=text_of(stated, "machine"),
            program=text_of(stated, "program"),
            recipient=_recipient(stated),
        )
    except WireProblem as error:
        raise problem(Code.BAD_CARD) from error
    if device_id(card.public) != card.device or not holds(stated, signature, card.public):
        raise problem(Code.BAD_CARD, card.device)
    return card


def recipient_of(data: bytes) -> str:
    """Give the public age key on a card that was read before; empty where there is none."""
    return _recipient(object_of(read_object(data), _KIND))


def _recipient(stated: dict[str, Any]) -> str:
    value = stated.get("age")
    return value if isinstance(value, str) and RECIPIENT.fullmatch(value) else ""
