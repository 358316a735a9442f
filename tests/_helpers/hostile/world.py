"""A commune's store that trusts three machines, and a sound bundle of theirs to be spoilt."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from db.desk import Desk
from db.home import Home
from db.journal.heads import EXISTS
from db.sync import bag, layout, receipts
from db.sync.cards import Role
from db.sync.info import BundleInfo, spans, write_info
from db.sync.keys import DeviceKey
from db.sync.layout import Kind
from db.sync.problems import BundleProblem
from db.sync.reading import count
from db.sync.receipts import Receipt
from db.sync.receiving import ForeignBundle, Outcome, receive
from db.sync.segments import parse_header
from tests._helpers.bundles import EVIDENCE, KEY, SCOPE, evidence_file, info
from tests._helpers.histories import Pen
from tests._helpers.stores import ANSWERS, dump_of
from tests._helpers.zips import DEFLATED, STORED, Entry, pack

Files = dict[str, bytes]
TOP = info().name
SHARED = "shared"
SHEET = "xa-ntm-2021-2025"
UPPER_SEED, OTHER_SEED, STRANGER_SEED = 51, 50, 52


def at(minute: int) -> int:
    return 1_720_000_000_000 + minute * 60_000


def own_pen(scope: str = SCOPE) -> Pen:
    """The machine that sends: seed 49 is the key of the other fixtures."""
    return Pen(49, lambda: at(0), scope=scope)


def upper_pen(scope: str = SCOPE) -> Pen:
    return Pen(UPPER_SEED, lambda: at(5), role=Role.UPPER, scope=scope)


@cache
def base_pens() -> tuple[Pen, ...]:
    """The commune's machine, its second one, and the district's in both of its scopes."""
    own, other = own_pen(), Pen(OTHER_SEED, lambda: at(2))
    for row in ("dong-mo", "lan-gat"):
        own.write("village", row, EXISTS, True)
        own.write("village", row, "name", row)
    own.seal()
    own.write("assessment", f"{SHEET}|1.1|2024|", EXISTS, True)
    own.write("assessment", f"{SHEET}|1.1|2024|", "status", {"reason": "", "status": "met"})
    own.seal()
    other.hear(own.sealed)
    other.write("village", "dong-mo", "households", 120)
    other.seal()
    upper, shared = upper_pen(), upper_pen(SHARED)
    upper.write("verdict", f"{SHEET}|1.1|2024", EXISTS, True)
    upper.write("verdict", f"{SHEET}|1.1|2024", "note", "Đã xem hồ sơ.")
    upper.seal()
    shared.write("agency", "a1", EXISTS, True)
    shared.write("agency", "a1", "name", "Phòng Nông nghiệp")
    shared.seal()
    return own, other, upper, shared


def segment_files(pens: Iterable[Pen]) -> Files:
    """The segments that these machines made, with their signatures."""
    found: Files = {}
    for pen in pens:
        for one in pen.made:
            found[one.member] = one.read()
            found[layout.signature_name(one.member)] = one.signature
    return found


def signed(data: bytes, key: DeviceKey, name: str = "") -> Files:
    """A segment's bytes under their name, properly signed whatever they hold."""
    name = name or layout.segment_name(parse_header(data, 9), hashlib.sha256(data).hexdigest())
    return {name: data, layout.signature_name(name): key.sign(data)}


def receipt(number: int = 1, incarnation: str = "0001deadbeef", **said: object) -> Receipt:
    made = Receipt(KEY.id, incarnation, number, SCOPE, ())
    return replace(made, **said)  # type: ignore[arg-type]


@cache
def _base_payload() -> Mapping[str, bytes]:
    paper = evidence_file()
    return {
        **{layout.card_name(pen.key.id): pen.card for pen in base_pens()},
        **segment_files(base_pens()),
        paper.name: EVIDENCE,
        layout.RECEIPT: receipts.make(KEY, receipt(5)),
    }


def base_payload() -> Files:
    """What the sound bundle carries; a copy to be spoilt."""
    return dict(_base_payload())


def described(payload: Files, made: BundleInfo) -> BundleInfo:
    """The description, with the counts that fit the payload."""
    members = [member for name in payload if (member := layout.member_of(name))]
    sizes = {name: len(data) for name, data in payload.items()}
    headers = []
    for member in members:
        if member.kind is Kind.SEGMENT:
            try:
                headers.append(parse_header(payload[member.name], 9))
            except BundleProblem:
                continue
    return replace(made, feeds=spans(headers), counts=count(members, sizes))


def listed(files: Files, names: Iterable[str]) -> bytes:
    return bag.write_manifest({name: hashlib.sha256(files[name]).hexdigest() for name in names})


def bagged(
    payload: Files, made: BundleInfo | None = None, key: DeviceKey = KEY, **changed: bytes
) -> Files:
    """All files of a bundle, listed and signed by its sender, whatever is in the payload.

    `changed` exchanges files before they are listed: `description`, `bag_info`, `page`, `bagit`.
    """
    fitting = described(payload, made or info())
    files = {**payload, layout.DESCRIPTION: changed.get("description", write_info(fitting))}
    total = sum(map(len, files.values()))
    manifest = changed.get("manifest", listed(files, files))
    tags = {
        layout.PAGE: changed.get("page", b"<!doctype html><title>Xin</title>"),
        layout.BAGIT: changed.get("bagit", bag.DECLARATION),
        layout.BAG_INFO: changed.get(
            "bag_info", bag.write_bag_info(fitting, "UBND xã", total, len(files))
        ),
        layout.MANIFEST: manifest,
        layout.DEVICE_KEY: changed.get("pem", key.public_pem),
    }
    tagged = changed.get("tags", listed(tags, tags))
    signature = changed.get("signature", key.sign(tagged))
    return {**tags, layout.TAG_MANIFEST: tagged, layout.BAG_SIGNATURE: signature, **files}


def entries(files: Files, top: str = TOP) -> list[Entry]:
    return [
        Entry(f"{top}/{name}", data, STORED if _as_is(name) else DEFLATED)
        for name, data in files.items()
    ]


def _as_is(name: str) -> bool:
    return layout.is_evidence(name) or name.endswith(".sig")


def zipped(files: Files, top: str = TOP) -> bytes:
    return pack(entries(files, top))


@cache
def sound() -> bytes:
    """The sound bundle."""
    return zipped(bagged(base_payload()))


@dataclass(frozen=True)
class Seen:
    """What came of one import: the names of what was wrong, and what people were told."""

    codes: frozenset[str]
    said: str
    outcome: Outcome | None = None


class Target:
    """An open store that has taken in the sound bundle and trusts its machines."""

    def __init__(self, folder: Path) -> None:
        # Nothing of it is wanted after the test, so it does not wait for the disk.
        self.desk: Desk = Desk.found(Home(folder / "home"), ANSWERS, flushed=False)
        self.path = folder / "NTM_goi.zip"
        self.path.write_bytes(sound())
        trusted = {pen.key.id for pen in base_pens()}
        self.first = receive(self.desk, self.path, trust=sorted(trusted))

    def take(self, data: bytes) -> Seen:
        """Import a file as a person would who says yes to everything but trust."""
        self.path.write_bytes(data)
        try:
            outcome = receive(self.desk, self.path)
        except (BundleProblem, ForeignBundle) as problem:
            return Seen(frozenset({problem.code}), str(problem))
        told = [(one.code.value, one.message) for one in outcome.flaws]
        told += [(one.reason, one.message) for one in outcome.quarantined]
        said = " ".join(sentence for _, sentence in told)
        return Seen(frozenset(code for code, _ in told), said, outcome)

    def file(self) -> str:
        """The digest of the store's file and the names of all files beside it."""
        names = sorted(str(path) for path in self.desk.home.path.rglob("*") if path.is_file())
        return hashlib.sha256(self.desk.home.store.read_bytes() + repr(names).encode()).hexdigest()

    def substance(self) -> str:
        """The digest of all that counts: every table but those that log what came in."""
        with closing(sqlite3.connect(self.desk.home.store)) as connection:
            rows = [*_rows(connection)]
        kept = sorted(path.name for path in self.desk.home.evidence.rglob("*") if path.is_file())
        whole = repr((rows, kept, dump_of(self.desk)))
        return hashlib.sha256(whole.encode()).hexdigest()


def _rows(connection: sqlite3.Connection) -> Iterator[object]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (name,) in tables.fetchall():
        if name == "known_device":
            said = "SELECT device, role, scope, trust, how FROM known_device WHERE trust <> ''"
        elif name == "segment":
            said = "SELECT * FROM segment WHERE state = 'accepted'"
        elif name == "transfer" or name.startswith("sqlite_"):
            continue
        else:
            said = f'SELECT * FROM "{name}"'
        yield name, sorted(map(repr, connection.execute(said)))
