"""The parts of a bundle, each checked by itself: one that is wrong never blocks the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.sync import cards, receipts
from db.sync.cards import Card
from db.sync.container import Container, MemberReader
from db.sync.info import BundleInfo
from db.sync.keys import verify
from db.sync.layout import RECEIPT, Kind, Member, segment_name, signature_name
from db.sync.problems import BundleProblem, Code, Flaw, flaw, problem
from db.sync.receipts import Receipt
from db.sync.records import Segment, SegmentHeader
from db.sync.segments import hash_of, parse, parse_header

_SHARED = "shared"


@dataclass(frozen=True)
class BundleSegment:
    """One segment of a bundle; its bytes stay in the file until asked for.

    `header` is None where it could not be read; `flaw` says what is wrong so far, without
    looking at the changes.
    """

    member: str
    hash: str
    signature: bytes
    header: SegmentHeader | None
    flaw: Flaw | None
    container: Container = field(repr=False)

    @property
    def changes(self) -> int:
        """How many changes it says it holds; 0 where that could not be read."""
        return self.header.last - self.header.first + 1 if self.header else 0

    def read(self) -> bytes:
        """The bytes as they were signed.

        Raises:
            BundleProblem: The file changed or failed since it was checked.
        """
        data = self.container.read(self.member)
        if hash_of(data) != self.hash:
            raise problem(Code.DAMAGED, self.member)
        return data

    def parse(self) -> Segment:
        """Its changes.

        Raises:
            BundleProblem: `bad_segment`, `newer_schema`, or as `read`.
        """
        return parse(self.read())


@dataclass(frozen=True)
class BundleEvidence:
    """One evidence file of a bundle; its hash was checked when the bundle was opened."""

    sha256: str
    extension: str
    size: int
    member: str
    container: Container = field(repr=False)

    def open(self) -> MemberReader:
        """The file, to be read in pieces; use it as a context manager."""
        return self.container.open(self.member)


@dataclass(frozen=True)
class CardFile:
    """A card and the bytes it was read from."""

    card: Card
    data: bytes


def read_cards(
    container: Container, members: Sequence[Member]
) -> tuple[dict[str, CardFile], list[Flaw]]:
    """The cards that hold, by device, and what is wrong with the others."""
    found: dict[str, CardFile] = {}
    flaws: list[Flaw] = []
    for member in _of(members, Kind.CARD):
        data = container.read(member.name)
        try:
            card = cards.read(data)
        except BundleProblem as error:
            flaws.append(replace(error.flaw, member=member.name))
            continue
        if card.device == member.parts["device"]:
            found[card.device] = CardFile(card, data)
        else:
            flaws.append(flaw(Code.BAD_CARD, member.name))
    return found, flaws


def read_receipt(
    container: Container, members: Sequence[Member], sender: Card
) -> tuple[Receipt | None, bytes | None, list[Flaw]]:
    """The sender's receipt and its bytes, and what is wrong with it."""
    if not _of(members, Kind.RECEIPT):
        return None, None, []
    data = container.read(RECEIPT)
    try:
        return receipts.read(data, sender), data, []
    except BundleProblem as error:
        return None, None, [replace(error.flaw, member=RECEIPT)]


def read_evidence(container: Container, members: Sequence[Member]) -> tuple[BundleEvidence, ...]:
    """The evidence files, by hash."""
    return tuple(
        BundleEvidence(
            member.parts["sha256"],
            member.parts["extension"],
            container.size(member.name),
            member.name,
            container,
        )
        for member in _of(members, Kind.EVIDENCE)
    )


def read_segments(
    container: Container,
    members: Sequence[Member],
    hashes: Mapping[str, str],
    known: Mapping[str, CardFile],
    info: BundleInfo,
) -> tuple[BundleSegment, ...]:
    """The segments in the order of their feeds, each with what is wrong with it."""
    signatures = {member.name for member in _of(members, Kind.SIGNATURE)}
    found = []
    for member in _of(members, Kind.SEGMENT):
        signed = signature_name(member.name) in signatures
        signature = container.read(signature_name(member.name)) if signed else b""
        data = container.read(member.name)
        header, wrong = _header(data, member, hashes[member.name])
        code = wrong or _code(header, data, signature, known, info)
        found.append(
            BundleSegment(
                member.name,
                hashes[member.name],
                signature,
                header,
                flaw(code, member.name) if code else None,
                container,
            )
        )
    return _chained(sorted(found, key=_order))


def _header(
    data: bytes, member: Member, whole_hash: str
) -> tuple[SegmentHeader | None, Code | None]:
    try:
        header = parse_header(data)
    except BundleProblem as error:
        return None, error.flaw.code
    fits = segment_name(header, whole_hash) == member.name
    return header, None if fits else Code.SEGMENT_NAME


def _code(
    header: SegmentHeader | None,
    data: bytes,
    signature: bytes,
    known: Mapping[str, CardFile],
    info: BundleInfo,
) -> Code | None:
    """What is wrong with a segment, if anything, given who may be its author."""
    if header is None:
        return Code.BAD_SEGMENT
    if header.device not in known:
        return Code.NO_CARD
    if not verify(known[header.device].card.public, signature, data):
        return Code.SEGMENT_SIGNATURE
    if header.scope not in (info.commune_code, _SHARED):
        return Code.WRONG_SCOPE
    return Code.PRACTICE_MIXED if header.practice != info.practice else None


def _chained(segments: Sequence[BundleSegment]) -> tuple[BundleSegment, ...]:
    """Mark segments that name as the one before what cannot come before them.

    A segment whose predecessor is not in the bundle is in order: the receiver may hold it, and
    the other branch of a fork may have travelled before.
    """
    by_hash = {segment.hash: segment.header for segment in segments}
    return tuple(
        replace(segment, flaw=flaw(Code.CHAIN_BROKEN, segment.member))
        if segment.flaw is None and _breaks_chain(segment.header, by_hash)
        else segment
        for segment in segments
    )


def _breaks_chain(
    header: SegmentHeader | None, by_hash: Mapping[str, SegmentHeader | None]
) -> bool:
    before = by_hash.get(header.previous) if header else None
    if header is None or before is None:
        return False
    return before.feed != header.feed or before.last + 1 != header.first


def _order(segment: BundleSegment) -> tuple[tuple[str, ...], int, str]:
    header = segment.header
    return (header.feed, header.first, segment.hash) if header else ((), 0, segment.hash)


def _of(members: Sequence[Member], kind: Kind) -> list[Member]:
    return [member for member in members if member.kind is kind]
