"""What two people sign when a bundle changes hands: which file it is, and what is in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from db import clock, files, machine
from db.desk import Desk
from db.journal.wording import register_label
from db.problems import DiskFailed, NotFound, system_words
from db.sync.contents import Register
from db.sync.info import BundleInfo, ReceiverKind
from db.sync.planning import devices_meant
from db.sync.problems import BundleProblem
from db.sync.reading import Bundle, BundleSegment, open_bundle
from db.sync.trust import own_device, stated
from db.sync.watch import Cancelled, Progress

UNREAD = "Phần do bản chương trình mới hơn ghi"


@dataclass(frozen=True)
class Party:
    """One of the two sides: the office, its machine and that machine's id. Empty: not known."""

    office: str = ""
    machine: str = ""
    device: str = ""


@dataclass(frozen=True)
class Handover:
    """Everything about a bundle that is written on paper.

    `size` and `evidence_bytes` are in bytes; `first` and `last` are when its oldest and newest
    change were written, by the clocks of those who wrote them, in UTC.
    """

    file_name: str
    size: int
    sha256: str
    code: str
    info: BundleInfo
    giver: Party
    receiver: Party
    registers: tuple[Register, ...]
    evidence_bytes: int
    first: datetime | None
    last: datetime | None


def read_handover(
    path: Path,
    desk: Desk | None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Handover:
    """Check a bundle and say what is written about it on paper.

    Args:
        path: the bundle.
        desk: the store of the machine at hand, if it has one: it knows who receives, and opens a
            bundle that is encrypted for it.
        progress: called with the bytes done and the bytes in all.
        cancelled: asked whether to stop.

    Raises:
        BundleProblem: the bundle cannot be used.
        DiskFailed: it cannot be read any more.
    """
    home = desk.home if desk is not None else None
    with open_bundle(path, home=home, progress=progress, cancelled=cancelled) as bundle:
        counts, first, last = _changes_of(bundle.segments)
        size, sha256 = _outside_of(path)
        return Handover(
            file_name=path.name,
            size=size,
            sha256=sha256,
            code=bundle.code,
            info=bundle.info,
            giver=Party(bundle.sender.office, bundle.sender.machine, bundle.sender.device),
            receiver=_receiver(bundle, desk) if desk is not None else Party(),
            registers=tuple(Register(label, count) for label, count in counts.most_common()),
            evidence_bytes=sum(one.size for one in bundle.evidence),
            first=clock.at(first) if first else None,
            last=clock.at(last) if last else None,
        )


def _changes_of(segments: Iterable[BundleSegment]) -> tuple[Counter[str], int, int]:
    """Count the changes by register, and give when the first and the last were written."""
    counts: Counter[str] = Counter()
    moments: list[int] = []
    for segment in segments:
        try:
            changes = segment.parse().changes
        except BundleProblem:
            header = segment.header
            counts[UNREAD] += header.last - header.first + 1 if header else 1
            continue
        counts.update(register_label(one.entity) for one in changes)
        moments += (min(one.written_at for one in changes), max(one.written_at for one in changes))
    return counts, min(moments, default=0), max(moments, default=0)


def _receiver(bundle: Bundle, desk: Desk) -> Party:
    """Say who receives: this machine, or of a bundle of its own the one machine that is meant."""
    with desk.reading() as session:
        own = own_device(session)
        if bundle.info.sender == own:
            return _meant(session, bundle.info, desk.commune.upper_level)
    return Party(stated(desk)[2], machine.machine_name(), own)


def _meant(session: Session, info: BundleInfo, upper_level: str) -> Party:
    """Give the machine that a bundle is for, where that is a single one."""
    try:
        meant = devices_meant(session.connection(), info.receiver, info.commune_code)
    except NotFound:  # it is not trusted any more
        return Party(device=info.receiver.device)
    if info.receiver.kind is ReceiverKind.ALL:
        return Party()
    if len(meant) != 1:
        return Party(office=upper_level[:1].upper() + upper_level[1:])
    return Party(meant[0].office, meant[0].machine, meant[0].device)


def _outside_of(path: Path) -> tuple[int, str]:
    """Give the size and the SHA-256 of the file as it lies there."""
    try:
        return path.stat().st_size, files.sha256_of(path)
    except OSError as error:
        raise DiskFailed(
            f"Không đọc được tệp gói nữa ({system_words(error)}). Chưa có biên bản nào được ghi. "
            "Hãy cắm lại USB rồi làm lại."
        ) from error
