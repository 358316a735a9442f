"""Small statements that a device signs: one JSON object beside its signature.

The signature covers the canonical form of the object, whose `kind` says what it is, so that a
signature under one kind of statement can never stand under another.
"""

from collections.abc import Mapping
from typing import Any

from db.canonical import Json
from db.sync.keys import DeviceKey, verify
from db.sync.wire import WireProblem, canonical, object_of, read_object, text_of

MAX_STATEMENT = 16_000_000
"""Bytes of a statement; a receipt for 100,000 evidence files stays below."""


def make_signed(key: DeviceKey, kind: str, body: Mapping[str, Json]) -> bytes:
    """Sign `body` as a statement of this kind."""
    stated = {**body, "kind": kind}
    signature = key.sign(canonical(stated)).hex()
    return canonical({kind: stated, "signature": signature}) + b"\n"


def read_signed(data: bytes, kind: str) -> tuple[dict[str, Any], bytes]:
    """Take a statement apart: what it states, and the signature to be checked with `holds`.

    Raises:
        WireProblem: It is no statement of this kind.
    """
    if len(data) > MAX_STATEMENT:
        raise WireProblem("too long")
    whole = read_object(data)
    stated = object_of(whole, kind)
    if stated.get("kind") != kind:
        raise WireProblem("another kind of statement")
    try:
        return stated, bytes.fromhex(text_of(whole, "signature"))
    except ValueError:
        raise WireProblem("signature: not hex") from None


def holds(stated: Mapping[str, Json], signature: bytes, public: bytes) -> bool:
    """Whether the owner of `public` signed this statement."""
    return verify(public, signature, canonical(dict(stated)))
