"""Sections 4, 5, 6 and 11 of the document: everything in a bundle checked, and its parts."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from . import segments
from .archive import Unsound, unpack
from .bag import check_bag, check_names
from .ed25519 import verify
from .segments import Change, Newer
from .strict import DEVICE, HASH, INCARNATION, SCOPE, Odd, canonical, of, parse_object, text, whole

__all__ = ["Bundle", "Segment", "Unsound", "read"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Segment:
    """A sound segment. `card` is its author's."""

    header: dict[str, Any]
    hash: str
    changes: list[Change]
    card: dict[str, Any]


@dataclass
class Bundle:
    """What a bundle holds. `flaws`: what is wrong with single parts, by name of reason and file."""

    code: str
    info: dict[str, Any]
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    receipt: dict[str, Any] | None = None
    evidence: dict[str, bytes] = field(default_factory=dict)
    flaws: list[tuple[str, str]] = field(default_factory=list)


def read(data: bytes) -> Bundle:
    """Check a bundle in full.

    Raises:
        Unsound: it cannot be used at all.
    """
    top, files = unpack(data)
    check_names(files)
    key = check_bag(files)
    try:
        info = _description(files["data/bundle.json"])
    except Odd:
        raise Unsound("bad_description") from None
    if not _fits(info, files, top):
        raise Unsound("bad_description")
    manifest = hashlib.sha256(files["manifest-sha256.txt"]).digest()
    evidence = {name: files[name] for name in files if name.startswith("data/evidence/")}
    found = Bundle(base_32(manifest, 6), info, evidence=evidence)
    _read_cards(found, files)
    sender = found.cards.get(info["sender"])
    if sender is None or sender["public_key"] != key.hex():
        raise Unsound("sender_key")
    _read_segments(found, files)
    _read_receipt(found, files, sender)
    return found


def base_32(data: bytes, length: int) -> str:
    """The first characters of data, five bits each."""
    bits = "".join(f"{byte:08b}" for byte in data)
    return "".join(ALPHABET[int(bits[5 * at : 5 * at + 5], 2)] for at in range(length))


def _description(data: bytes) -> dict[str, Any]:
    body = parse_object(data)
    commune, receiver = of(body, "commune", dict), of(body, "receiver", dict)
    for key, least in (("format", 1), ("schema", 1), ("number", 1)):
        whole(body, key, least)
    text(body, "sender", DEVICE)
    text(body, "program")
    text(commune, "code", SCOPE)
    text(commune, "name")
    of(body, "practice", bool)
    of(body, "full", bool)
    if text(receiver, "kind", re.compile("upper|all|device")) == "device":
        text(receiver, "device", DEVICE)
    for feed in of(body, "feeds", list):
        _check_feed(feed)
        whole(feed, "last", whole(feed, "first", 1))
    for key in ("changes", "evidence", "bytes"):
        whole(of(body, "counts", dict), key)
    _written(body)
    return body


def _check_feed(body: Any) -> None:
    text(body, "device", DEVICE)
    text(body, "incarnation", INCARNATION)
    text(body, "scope", SCOPE)


def _written(body: dict[str, Any]) -> datetime:
    said = text(body, "created", re.compile(r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}Z"))
    try:
        return datetime.fromisoformat(said).astimezone(UTC) + timedelta(hours=7)
    except (ValueError, OverflowError):
        raise Odd("created") from None


def _fits(info: dict[str, Any], files: dict[str, bytes], top: str) -> bool:
    """Whether the description says what is there."""
    place = info["commune"]["code"].rsplit("/", 1)[-1][:60].strip("-")
    name = f"NTM_{place}_{info['sender'][:8]}_{_written(info):%Y%m%d}_{info['number']}"
    spans = [name[:-6].split("-")[3:5] for name in files if name.endswith(".jsonl")]
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    counts = {
        "changes": sum(int(last) - int(first) + 1 for first, last in spans),
        "evidence": sum(name.startswith("data/evidence/") for name in files),
        "bytes": sum(map(len, payload.values())) - len(files["data/bundle.json"]),
    }
    return name == top and all(info["counts"][key] == count for key, count in counts.items())


def _statement(data: bytes, kind: str) -> tuple[dict[str, Any], bytes]:
    if len(data) > 16_000_000:
        raise Odd("too long")
    body = parse_object(data)
    said = of(body, kind, dict)
    if said.get("kind") != kind:
        raise Odd("kind")
    try:
        return said, bytes.fromhex(text(body, "signature"))
    except ValueError:
        raise Odd("signature") from None


def _read_cards(found: Bundle, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.startswith("data/cards/"):
            try:
                card, signature = _statement(data, "card")
                key = bytes.fromhex(text(card, "public_key", HASH))
                text(card, "role", re.compile("commune|upper"))
                text(card, "scope", SCOPE)
                for word in ("office", "machine", "program"):
                    text(card, word)
            except Odd:
                found.flaws.append(("bad_card", name))
                continue
            own = base_32(hashlib.sha256(key).digest(), 24)
            named = own == card.get("device") and name == f"data/cards/{own}.json"
            if named and verify(key, signature, canonical(card).encode()):
                found.cards[own] = card
            else:
                found.flaws.append(("bad_card", name))


def _read_segments(found: Bundle, files: dict[str, bytes]) -> None:
    heads: dict[str, dict[str, Any]] = {}
    sound: list[tuple[str, bytes]] = []
    for name, data in files.items():
        if name.endswith(".jsonl"):
            try:
                head = segments.header(data)
            except Odd as odd:
                code = "newer_schema" if isinstance(odd, Newer) else "bad_segment"
                found.flaws.append((code, name))
                continue
            heads[hashlib.sha256(data).hexdigest()] = head
            code = _wrong(found, name, head, data, files.get(f"{name}.sig", b""))
            found.flaws += [(code, name)] if code else []
            sound += [] if code else [(name, data)]
    for name, data in sound:
        own = hashlib.sha256(data).hexdigest()
        head = heads[own]
        try:
            if _breaks(head, heads.get(head["previous"])):
                found.flaws.append(("chain_broken", name))
                continue
            made = segments.changes(data)
        except Odd:
            found.flaws.append(("bad_segment", name))
            continue
        found.segments.append(Segment(head, own, made, found.cards[head["device"]]))


def _wrong(found: Bundle, name: str, head: dict[str, Any], data: bytes, signature: bytes) -> str:
    scope8 = hashlib.sha256(head["scope"].encode()).hexdigest()[:8]
    feed = f"{head['device']}-{head['incarnation']}-{scope8}"
    hash16 = hashlib.sha256(data).hexdigest()[:16]
    if name != f"data/segments/{feed}-{head['first']}-{head['last']}-{hash16}.jsonl":
        return "segment_name"
    card = found.cards.get(head["device"])
    if card is None:
        return "no_card"
    if not verify(bytes.fromhex(card["public_key"]), signature, data):
        return "segment_signature"
    if head["scope"] not in (found.info["commune"]["code"], "shared"):
        return "wrong_scope"
    return "" if head["practice"] == found.info["practice"] else "practice_mixed"


def _breaks(head: dict[str, Any], before: dict[str, Any] | None) -> bool:
    if before is None:
        return False
    same = all(head[key] == before[key] for key in ("device", "incarnation", "scope"))
    return not same or before["last"] + 1 != head["first"]


def _read_receipt(found: Bundle, files: dict[str, bytes], sender: dict[str, Any]) -> None:
    name = "data/receipt.json"
    if name not in files:
        return
    try:
        said, signature = _statement(files[name], "receipt")
        whole(said, "number", 1)
        text(said, "incarnation", INCARNATION)
        text(said, "scope", SCOPE)
        for tip in of(said, "have", list):
            _check_feed(tip)
            whole(tip, "last", 1)
            text(tip, "hash", HASH)
        for one in (*of(said, "detached", list), *of(said, "evidence", list)):
            text({"": one}, "", HASH)
        if "restored_from" in said:
            text(said, "restored_from", INCARNATION)
        key = bytes.fromhex(sender["public_key"])
        if said.get("device") != sender["device"]:
            raise Odd("device")
        if not verify(key, signature, canonical(said).encode()):
            raise Odd("signature")
    except Odd:
        found.flaws.append(("bad_receipt", name))
        return
    found.receipt = said
