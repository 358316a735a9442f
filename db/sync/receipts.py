"""Receipts: a device's signed, numbered word of what it holds in a scope."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from db.sync.cards import Card
from db.sync.keys import DEVICE_ID, DeviceKey
from db.sync.problems import Code, problem
from db.sync.signed import holds, make_signed, read_signed
from db.sync.wire import (
    INCARNATION,
    SCOPE,
    SHA256,
    WireProblem,
    flag_of,
    list_of,
    matching,
    whole_of,
)

_KIND = "receipt"
HASH16 = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, order=True)
class Tip:
    """How far a feed is held without gaps; several of one feed where it was forked."""

    device: str
    incarnation: str
    scope: str
    last: int
    hash: str


@dataclass(frozen=True)
class Receipt:
    """What one device holds. `detached`: hashes of segments after a gap; `evidence`: SHA-256.

    `before` names segments on the way to the tips, by the first 16 digits of their hashes: a
    sender that holds less of a feed finds its own last one there. `restored_from` is the
    incarnation that this one took over from, after a backup was restored.
    """

    device: str
    incarnation: str
    number: int
    scope: str
    have: tuple[Tip, ...]
    detached: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    restored_from: str | None = None
    before: tuple[str, ...] = ()
    practice: bool = False


def make(key: DeviceKey, receipt: Receipt) -> bytes:
    """Write and sign a receipt; its lists are sorted, so the same content gives the same bytes.

    Raises:
        BundleProblem: `bad_receipt`, where the receipt is not this key's or not well formed.
    """
    if receipt.device != key.id:
        raise problem(Code.BAD_RECEIPT)
    body: dict[str, Any] = {
        "device": receipt.device,
        "incarnation": receipt.incarnation,
        "number": receipt.number,
        "scope": receipt.scope,
        "have": [_tip_out(tip) for tip in sorted(receipt.have)],
        "detached": sorted(receipt.detached),
        "evidence": sorted(receipt.evidence),
    }
    if receipt.restored_from is not None:
        body["restored_from"] = receipt.restored_from
    if receipt.before:
        body["before"] = sorted(receipt.before)
    if receipt.practice:
        body["practice"] = True
    data = make_signed(key, _KIND, body)
    _read(data)
    return data


def read(data: bytes, card: Card) -> Receipt:
    """Read a receipt that the device of `card` signed.

    Raises:
        BundleProblem: `bad_receipt`.
    """
    receipt, stated, signature = _read(data)
    if receipt.device != card.device or not holds(stated, signature, card.public):
        raise problem(Code.BAD_RECEIPT)
    return receipt


def newer(one: Receipt, other: Receipt) -> bool:
    """Whether `one` takes the place of `other`, an earlier statement of the same device.

    A later incarnation replaces all statements of earlier ones, also where it holds less: the
    store was restored, and what is missing must be sent again.
    """
    return _rank(one) > _rank(other)


def _rank(receipt: Receipt) -> tuple[int, int, str]:
    return (int(receipt.incarnation[:4]), receipt.number, receipt.incarnation)


def _read(data: bytes) -> tuple[Receipt, dict[str, Any], bytes]:
    try:
        stated, signature = read_signed(data, _KIND)
        receipt = Receipt(
            device=matching(stated, "device", DEVICE_ID),
            incarnation=matching(stated, "incarnation", INCARNATION),
            number=whole_of(stated, "number", 1),
            scope=matching(stated, "scope", SCOPE),
            have=tuple(_tip_in(tip) for tip in list_of(stated, "have")),
            detached=_hashes(list_of(stated, "detached")),
            evidence=_hashes(list_of(stated, "evidence")),
            restored_from=(
                matching(stated, "restored_from", INCARNATION)
                if "restored_from" in stated
                else None
            ),
            before=_hashes(list_of(stated, "before"), HASH16) if "before" in stated else (),
            practice=flag_of(stated, "practice") if "practice" in stated else False,
        )
    except WireProblem as error:
        raise problem(Code.BAD_RECEIPT) from error
    return receipt, stated, signature


def _tip_out(tip: Tip) -> dict[str, Any]:
    return {
        "device": tip.device,
        "incarnation": tip.incarnation,
        "scope": tip.scope,
        "last": tip.last,
        "hash": tip.hash,
    }


def _tip_in(body: Any) -> Tip:
    if not isinstance(body, dict):
        raise WireProblem("have: not a list of tips")
    return Tip(
        device=matching(body, "device", DEVICE_ID),
        incarnation=matching(body, "incarnation", INCARNATION),
        scope=matching(body, "scope", SCOPE),
        last=whole_of(body, "last", 1),
        hash=matching(body, "hash", SHA256),
    )


def _hashes(items: Iterable[Any], form: re.Pattern[str] = SHA256) -> tuple[str, ...]:
    found = tuple(items)
    if not all(isinstance(item, str) and form.fullmatch(item) for item in found):
        raise WireProblem("not a list of hashes")
    return found
