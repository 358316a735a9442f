"""Small bundles for tests: the same keys, moments and changes every time."""

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from db.sync import cards, layout, receipts
from db.sync.archive import Payload, Written, write_bundle
from db.sync.cards import Role
from db.sync.info import BundleInfo
from db.sync.keys import DeviceKey
from db.sync.receipts import Receipt, Tip
from db.sync.records import WireChange
from db.sync.segments import hash_of, parse_header, seal

SCOPE = "lang-son/huu-lung/cai-kinh"
INCARNATION = "0001deadbeef"
KEY = DeviceKey.from_seed(b"1" * 32)
OTHER_KEY = DeviceKey.from_seed(b"2" * 32)
EVIDENCE = b"%PDF-1.4 bien ban hop thon " + bytes(range(256)) * 8


def change(seq: int, **fields: object) -> WireChange:
    """The seq-th of a row of status changes on different indicators."""
    ms = 1_720_000_000_000 + seq * 61_733
    clock = f"{ms:012x}.0000"
    status = ("met", "not_met", "in_progress")[seq % 3]
    made = WireChange(
        seq=seq,
        clock=clock,
        written_at=ms + seq % 2,
        officer="Công chức địa chính",
        action=clock,
        entity="assessment",
        row=f"xa-ntm-2021-2025|{seq % 19 + 1}.{seq // 19 + 1}|2024|",
        field="status",
        value={"reason": "", "status": status},
        based_on=(),
    )
    return replace(made, **fields)


def changes(first: int, last: int) -> list[WireChange]:
    return [change(seq) for seq in range(first, last + 1)]


def segment(
    first: int,
    last: int,
    *,
    key: DeviceKey = KEY,
    previous: str = "",
    scope: str = SCOPE,
    practice: bool = False,
    schema: int = 1,
) -> bytes:
    return seal(
        changes(first, last),
        device=key.id,
        incarnation=INCARNATION,
        scope=scope,
        previous=previous,
        practice=practice,
        schema=schema,
    )


def segment_files(data: bytes, key: DeviceKey = KEY, newest: int = 1) -> list[Payload]:
    """A segment and its signature, under their names."""
    name = layout.segment_name(parse_header(data, newest), hash_of(data))
    return [Payload(name, data), Payload(layout.signature_name(name), key.sign(data))]


def card_file(key: DeviceKey = KEY, **fields: str) -> Payload:
    stated = {"scope": SCOPE, "office": "UBND xã Cai Kinh", "machine": "máy 1", "program": "ntm 0"}
    data = cards.make(key, role=Role.COMMUNE, **{**stated, **fields})
    return Payload(layout.card_name(key.id), data)


def evidence_file(data: bytes = EVIDENCE, extension: str = "pdf") -> Payload:
    return Payload(layout.evidence_name(hashlib.sha256(data).hexdigest(), extension), data)


def receipt_file(key: DeviceKey = KEY) -> Payload:
    tip = Tip(OTHER_KEY.id, INCARNATION, SCOPE, 3, "a" * 64)
    receipt = Receipt(key.id, INCARNATION, 1, SCOPE, (tip,))
    return Payload(layout.RECEIPT, receipts.make(key, receipt))


def info(**fields: object) -> BundleInfo:
    made = BundleInfo(
        sender=KEY.id,
        commune_code=SCOPE,
        commune_name="xã Cai Kinh",
        created=datetime(2024, 7, 5, 2, 3, 4, tzinfo=UTC),
        number=1,
        program="ntm-tui 0.1.0",
        practice=False,
    )
    return replace(made, **fields)


def usual_payload() -> list[Payload]:
    """Two chained segments of one device, evidence, its card and its receipt."""
    first = segment(1, 5)
    second = segment(6, 9, previous=hash_of(first))
    return [
        card_file(),
        *segment_files(first),
        *segment_files(second),
        evidence_file(),
        receipt_file(),
    ]


def page(_info: BundleInfo, code: str) -> bytes:
    return f"<!doctype html><title>Gói {code}</title>".encode()


def write(folder: Path, payload: list[Payload] | None = None, **fields: object) -> Written:
    """Write a bundle into `folder` under the name that belongs to it."""
    described = info(**fields)
    target = folder / f"{described.name}.zip"
    return write_bundle(target, payload or usual_payload(), KEY, described, page)


def with_comment(data: bytes) -> bytes:
    """An archive whose comment fits its bytes again: what a forger can always do."""
    body = data[:-64]
    return body + hashlib.sha256(body).hexdigest().encode("ascii")


def hand_made(path: Path, fill: Callable[[zipfile.ZipFile], None]) -> Path:
    """An archive filled by a test, ending as a bundle does."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = b"0" * 64
        fill(archive)
    path.write_bytes(with_comment(path.read_bytes()))
    return path
