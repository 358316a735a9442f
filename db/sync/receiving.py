"""Receiving: verify everything, show what would change, then apply all of it or nothing."""

import hashlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from db import backups, files, published_sets
from db.desk import Desk
from db.evidence import path_in
from db.journal.recording import JournalSession
from db.models import SHARED
from db.problems import DiskFailed, NotFound, Problem, Refused, system_words
from db.sync import confirming
from db.sync.authority import Believed, believed
from db.sync.cards import Card
from db.sync.clocks import ClockReport
from db.sync.differences import read_differences
from db.sync.holding import counting, forked_devices, held
from db.sync.info import BundleInfo
from db.sync.intake import Intake
from db.sync.keys import show_fingerprint
from db.sync.outcomes import Outcome
from db.sync.parts import BundleEvidence
from db.sync.reading import Bundle, open_bundle
from db.sync.sending import log_transfer
from db.sync.trust import believe, find_device, remember, trust_scope
from db.sync.watch import Cancelled, Progress, Watch, part_of
from db.text import shown

_CHUNK = 1 << 20


__all__ = ["ForeignBundle", "Outcome", "receive"]


class ForeignBundle(Problem):
    """The bundle is sound but not for this store."""

    code = "foreign_bundle"


class _OnlyLooking(Exception):
    """Rolls a trial import back."""


def receive(
    desk: Desk,
    path: Path,
    *,
    trust: Collection[str] = (),
    dry_run: bool = False,
    seen: Outcome | None = None,
    back_up: bool = True,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Outcome:
    """Bring a bundle in.

    Args:
        desk: the open store and who works at it.
        path: the bundle.
        trust: ids of devices in it that the person trusts in this act.
        dry_run: find out what would change, and change nothing.
        seen: what a person was shown of it before; another file in its place is refused.
        back_up: copy the store first, where the bundle brings anything. Of many that come in at
            once, only the first need ask for it.
        progress: called with the bytes done and the bytes in all.
        cancelled: asked whether to stop; nothing is changed then.

    Raises:
        BundleProblem: the bundle cannot be used; nothing was changed.
        ForeignBundle: it is another commune's, or practice meets real data.
        NotFound: a device to trust has no card in the bundle.
        Refused: it is not the file that was shown.
    """
    checking, taking = _shares(path, progress)
    with open_bundle(path, home=desk.home, progress=checking, cancelled=cancelled) as bundle:
        act = _Act(desk, bundle, path, trust, Watch(taking, cancelled))
        check_belongs(bundle.info, desk)
        _check_named(bundle, trust)
        if dry_run:
            return replace(_only_look(act), seal=bundle.seal)
        if seen is not None and seen.seal != bundle.seal:
            raise Refused(
                "Tệp gói đã bị đổi sau khi xem trước, nên chưa nhận gì. Dữ liệu trên máy không bị "
                "thay đổi. Hãy mở lại gói để xem cho đúng rồi mới nhận."
            )
        copy = None
        if back_up and desk.store.flushed and (trust or brings_new(desk, bundle)):
            copy = backups.backup(desk.home, backups.Why.IMPORT)
        _keep_evidence(desk, bundle, trust)
        with desk.store.taking_in(desk.officer) as session:
            outcome = _take_in(session, act)
            desk.store.observe(outcome.latest)
    return replace(outcome, backup=copy, sets=published_sets.take_up(desk))


@dataclass(frozen=True)
class _Act:
    """One bundle on its way in."""

    desk: Desk
    bundle: Bundle
    path: Path
    trust: Collection[str]
    watch: Watch


def _shares(path: Path, progress: Progress | None) -> tuple[Progress | None, Progress | None]:
    """Give what checking a bundle and taking it in call: the one is a third of the work."""
    try:
        size = path.stat().st_size
    except OSError:  # told in plain words when it is opened
        size = 0
    return part_of(progress, 0, size // 3, size), part_of(progress, size // 3, size, size)


def brings_new(desk: Desk, bundle: Bundle) -> bool:
    """Tell whether a bundle holds a segment that does not count here yet."""
    with desk.reading() as session:
        known = session.connection().exec_driver_sql(
            "SELECT hash FROM segment WHERE state = 'accepted'"
        )
        return not {one.hash for one in bundle.segments} <= {*known.scalars()}


def check_belongs(info: BundleInfo, desk: Desk) -> None:
    """Refuse another commune's bundle, and practice data in a real store or the other way round.

    Raises:
        ForeignBundle: nothing was changed.
    """
    named = f"{shown(info.commune_name)} ({info.commune_code})"
    if desk.upper is not None and not desk.upper.covers(info.commune_code):
        raise ForeignBundle(
            f"Gói này của {named}, không thuộc "
            f"{desk.upper.name} ({desk.upper.area}). Dữ liệu trên máy không bị thay đổi. "
            "Hãy hỏi lại nơi gửi."
        )
    if desk.upper is None and info.commune_code != desk.commune.scope:
        raise ForeignBundle(
            f"Gói này của {named}, không phải của xã này "
            f"({desk.commune.scope}). Dữ liệu trên máy không bị thay đổi. "
            "Hãy chọn đúng gói của xã mình."
        )
    if info.practice != desk.practice:
        kind = "thực hành" if info.practice else "thật"
        raise ForeignBundle(
            f"Đây là gói dữ liệu {kind}, không đưa được vào kho này. Dữ liệu trên máy không bị "
            "thay đổi. Dữ liệu thực hành và dữ liệu thật không bao giờ trộn với nhau."
        )


def _check_named(bundle: Bundle, trust: Collection[str]) -> None:
    for device in trust:
        if device not in bundle.cards:
            raise NotFound(
                f"Gói này không có thẻ của máy {show_fingerprint(device)}. Chưa có gì thay đổi. "
                "Hãy kiểm tra lại dấu vân tay."
            )


def _only_look(act: _Act) -> Outcome:
    outcome: Outcome | None = None
    with suppress(_OnlyLooking), act.desk.act() as session:
        found = _take_in(session, act)
        differences = read_differences(session, found.counted)
        outcome = replace(found, differences=differences, transfer=0)
        raise _OnlyLooking
    if outcome is None:
        raise RuntimeError("an import without an outcome")
    return outcome


def _take_in(session: JournalSession, act: _Act) -> Outcome:
    connection, bundle, scope = session.connection(), act.bundle, act.bundle.info.commune_code
    for file in bundle.cards.values():
        remember(connection, file.card, file.data)
    for device in act.trust:
        believe(session, trust_scope(act.desk, find_device(session, device)), device)
    session.flush()
    whom = believed(connection, scope)
    size = act.path.stat().st_size
    at = act.desk.store.now()
    transfer = log_transfer(connection, "in", act.path, bundle.code, bundle.info, size, at=at)
    intake = Intake(connection, whom, transfer, at=at)
    _take_segments(intake, bundle, act.watch)
    if act.trust:
        intake.release()
    conflicts = intake.finish()
    keep_receipt(connection, bundle, at)
    return Outcome(
        info=bundle.info,
        code=bundle.code,
        sender=bundle.sender,
        new=intake.new,
        known=intake.known,
        conflicts=conflicts,
        quarantined=tuple(intake.quarantined),
        evidence=len(bundle.evidence),
        strangers=_strangers(bundle, whom),
        flaws=bundle.flaws,
        latest=intake.latest,
        forked=bool(forked_devices(counting(held(connection, (scope, SHARED))))),
        clocks=_clocks(intake, bundle),
        counted=tuple(intake.counted),
        transfer=transfer,
    )


def _take_segments(intake: Intake, bundle: Bundle, watch: Watch) -> None:
    """Take in segment by segment; when a person asks to stop, nothing of it stays."""
    watch.expect(sum(one.changes for one in bundle.segments) + 1)
    for segment in bundle.segments:
        intake.take(segment)
        watch.step(segment.changes)


def _clocks(intake: Intake, bundle: Bundle) -> tuple[ClockReport, ...]:
    """Say which clocks are wrong, by what came in new and by when the bundle was made."""
    sender = bundle.sender.device
    if sender not in intake.whom.own:
        made = int(bundle.info.created.timestamp() * 1000)
        intake.clocks.saw(sender, made, made)
    return intake.clocks.reports(
        {device: file.card.machine for device, file in bundle.cards.items()}
    )


def _strangers(bundle: Bundle, whom: Believed) -> tuple[Card, ...]:
    return tuple(
        file.card
        for device, file in sorted(bundle.cards.items())
        if device not in whom.cards and device not in whom.own
    )


def keep_receipt(connection: Connection, bundle: Bundle, at: datetime) -> None:
    """Keep the sender's receipt when it says something newer about the bundle's commune."""
    said, data = bundle.receipt, bundle.receipt_data
    if said is not None and data is not None and said.scope == bundle.info.commune_code:
        confirming.keep(connection, bundle.sender, said, data, at)


def _keep_evidence(desk: Desk, bundle: Bundle, trust: Collection[str]) -> None:
    """Copy evidence files of a sender who is believed; they are named by what they hold."""
    sender = bundle.sender.device
    with desk.reading() as session:
        whom = believed(session.connection(), bundle.info.commune_code)
    if whom.trusts(sender) or sender in trust:
        for one in bundle.evidence:
            keep_evidence_file(desk, one)


def keep_evidence_file(desk: Desk, one: BundleEvidence) -> None:
    """Copy one evidence file into the store's folder, whole or not at all.

    Raises:
        DiskFailed: it could not be written.
    """
    target = path_in(desk.home, one.sha256)
    try:
        if target.exists() and files.sha256_of(target) == one.sha256:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.new_file(target, check=_same_as(one.sha256)) as out, one.open() as source:
            while piece := source.read(_CHUNK):
                out.write(piece)
    except OSError as error:
        raise DiskFailed(
            f"Không chép được tệp minh chứng trong gói ({system_words(error)}). Chưa có gì "
            "được nhận vào. Hãy kiểm tra chỗ trống của ổ đĩa rồi nhận lại gói."
        ) from error


def _same_as(sha256: str) -> Callable[[Path], None]:
    def check(written: Path) -> None:
        with written.open("rb") as source:
            if hashlib.file_digest(source, "sha256").hexdigest() != sha256:
                raise OSError("what was read back differs from what was written")

    return check
