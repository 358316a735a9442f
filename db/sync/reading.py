"""Reading a bundle: check everything, then hand out its parts.

What is wrong with the bundle as a whole is raised or, by `verify`, told. What is wrong with one
card, segment or receipt is a flaw of that part, and the others can be used.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.home import Home
from db.sync import bag, layout
from db.sync.bag_check import check_bag
from db.sync.cards import Card
from db.sync.container import Container
from db.sync.info import BundleInfo, Counts, read_info
from db.sync.layout import Kind, Member
from db.sync.opening import readable
from db.sync.parts import (
    BundleEvidence,
    BundleSegment,
    CardFile,
    read_cards,
    read_evidence,
    read_receipt,
    read_segments,
)
from db.sync.problems import BundleProblem, Code, Flaw, problem
from db.sync.receipts import Receipt
from db.sync.watch import Cancelled, Progress, Watch

__all__ = [
    "Bundle",
    "BundleEvidence",
    "BundleSegment",
    "CardFile",
    "Verification",
    "open_bundle",
    "verify",
]


@dataclass(frozen=True)
class Bundle:
    """A bundle whose container, bag and sender were checked.

    `cards` go by device; `flaws` are those of cards, segments and the receipt. `seal` is the
    SHA-256 with which the bundle ends.
    """

    info: BundleInfo
    code: str
    sender: Card
    cards: Mapping[str, CardFile]
    segments: tuple[BundleSegment, ...]
    evidence: tuple[BundleEvidence, ...]
    receipt: Receipt | None
    receipt_data: bytes | None
    flaws: tuple[Flaw, ...]
    seal: str


@dataclass(frozen=True)
class Verification:
    """What came of checking a bundle. `info` and `code` are None where it cannot be opened."""

    problems: tuple[Flaw, ...]
    info: BundleInfo | None = None
    code: str | None = None

    @property
    def valid(self) -> bool:
        """Whether everything holds; a part that only needs a newer program does not count."""
        return all(found.code is Code.NEWER_SCHEMA for found in self.problems)


def verify(
    path: Path,
    *,
    home: Home | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Verification:
    """Check a bundle in full. Whatever the file holds, the answer is a `Verification`.

    Args:
        path: The file.
        home: Whose keys open an encrypted one; None to open none.
        progress: Called with the bytes checked and the bytes in all.
        cancelled: Asked whether to stop; the answer then is the one problem `cancelled`.
    """
    try:
        with open_bundle(path, home=home, progress=progress, cancelled=cancelled) as bundle:
            unreadable = tuple(_unreadable(bundle.segments))
            return Verification(bundle.flaws + unreadable, bundle.info, bundle.code)
    except BundleProblem as error:
        return Verification((error.flaw,))


@contextmanager
def open_bundle(
    path: Path,
    *,
    home: Home | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[Bundle]:
    """Open a bundle after checking its container, its bag and its sender.

    Args:
        path: The file.
        home: Whose keys open an encrypted one; None to open none.
        progress: Called with the bytes done and the bytes in all.
        cancelled: Asked whether to stop.

    Raises:
        BundleProblem: It cannot be used at all.
        IdentityProblem: The keys of the home cannot be read.
    """
    watch = Watch(progress, cancelled)
    with readable(path, home, watch) as plain, Container(plain, watch) as container:
        yield read_bundle(container, watch)


def read_bundle(container: Container, watch: Watch) -> Bundle:
    """Check the bag in an open container, and who sent it; then take out its parts.

    Raises:
        BundleProblem: It cannot be used at all.
    """
    public, hashes = check_bag(container, watch)
    members = [member for name in sorted(hashes) if (member := layout.member_of(name))]
    info = read_info(container.read(layout.DESCRIPTION))
    _check_description(container, info, members, hashes)
    known, flaws = read_cards(container, members)
    if info.sender not in known or known[info.sender].card.public != public:
        raise problem(Code.SENDER_KEY, layout.DEVICE_KEY)
    sender = known[info.sender].card
    segments = read_segments(container, members, hashes, known, info)
    receipt, receipt_data, receipt_flaws = read_receipt(container, members, sender)
    flaws += [segment.flaw for segment in segments if segment.flaw] + receipt_flaws
    return Bundle(
        info=info,
        code=bag.bundle_code(container.read(layout.MANIFEST)),
        sender=sender,
        cards=known,
        segments=segments,
        evidence=read_evidence(container, members),
        receipt=receipt,
        receipt_data=receipt_data,
        flaws=tuple(flaws),
        seal=container.seal,
    )


def count(members: Sequence[Member], sizes: Mapping[str, int]) -> Counts:
    """How much these files of a payload carry; the description itself is not counted."""
    return Counts(
        changes=sum(member.changes for member in members if member.kind is Kind.SEGMENT),
        evidence=sum(member.kind is Kind.EVIDENCE for member in members),
        bytes=sum(sizes[member.name] for member in members if member.kind is not Kind.DESCRIPTION),
    )


def _check_description(
    container: Container, info: BundleInfo, members: Sequence[Member], hashes: Mapping[str, str]
) -> None:
    """Compare the description with what is there, and evidence with its names."""
    sizes = {member.name: container.size(member.name) for member in members}
    if container.top != info.name or info.counts != count(members, sizes):
        raise problem(Code.BAD_DESCRIPTION, layout.DESCRIPTION)
    for member in members:
        if member.kind is Kind.EVIDENCE and hashes[member.name] != member.parts["sha256"]:
            raise problem(Code.HASH_MISMATCH, member.name)


def _unreadable(segments: Sequence[BundleSegment]) -> Iterator[Flaw]:
    """What is wrong inside segments that looked right from outside."""
    for segment in segments:
        if segment.flaw is None:
            try:
                segment.parse()
            except BundleProblem as error:
                yield Flaw(error.flaw.code, error.flaw.message, segment.member)
