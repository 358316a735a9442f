"""Many bundles brought in at once: all are checked first, and a bad one never blocks the others."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from db.desk import Desk
from db.problems import Problem
from db.sync.acknowledging import Taken, take_receipt
from db.sync.problems import BundleProblem, Code
from db.sync.reading import open_bundle
from db.sync.receipt_file import is_receipt
from db.sync.receiving import Outcome, check_belongs, receive
from db.sync.watch import Cancelled, Progress, part_of


@dataclass(frozen=True)
class Checked:
    """A file before it comes in: whose cards it carries, or why it cannot come in."""

    path: Path
    cards: frozenset[str] = frozenset()
    problem: Problem | None = None
    is_receipt: bool = False


@dataclass(frozen=True)
class Received:
    """What came of one file, a bundle or a receipt alone, or why nothing did."""

    path: Path
    outcome: Outcome | None = None
    problem: Problem | None = None
    receipt: Taken | None = None

    @property
    def stopped(self) -> bool:
        """Whether a person asked to stop before its turn was over."""
        return isinstance(self.problem, BundleProblem) and self.problem.flaw.code is Code.CANCELLED


Told = Callable[[Received], None]


def check_all(
    desk: Desk,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[Checked, ...]:
    """Check every bundle in full, and whether it belongs here; nothing is changed.

    Args:
        desk: the open store.
        paths: the bundles.
        progress: called with the bytes done and the bytes of all bundles.
        cancelled: asked whether to stop; those that are left count as stopped.
    """
    return tuple(_check(desk, path, part, cancelled) for path, part in _shares(paths, progress))


def take_all(
    desk: Desk,
    checked: Sequence[Checked],
    *,
    trust: Collection[str] = (),
    dry_run: bool = False,
    seen: Mapping[Path, Outcome] | None = None,
    told: Told | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[Received, ...]:
    """Bring in those that were found good, each in a transaction of its own.

    The order does not matter. The store is copied once, before the first that brings anything.

    Args:
        desk: the open store and who works at it.
        checked: the bundles, as `check_all` found them.
        trust: ids of devices that the person trusts in this act, wherever their cards are.
        dry_run: find out what would change, and change nothing.
        seen: what a person was shown of some; another file in their place is refused.
        told: called with each as soon as it is done.
        progress: called with the bytes done and the bytes of all bundles.
        cancelled: asked whether to stop. The one at hand is not taken in then, nor are those
            after it; those before stay.
    """
    bring = partial(receive, desk, dry_run=dry_run, cancelled=cancelled)
    found: list[Received] = []
    copy: Path | None = None
    parts = _shares([one.path for one in checked], progress)
    for one, (path, part) in zip(checked, parts, strict=True):
        whom = sorted(one.cards.intersection(trust))
        shown = seen.get(path) if seen else None
        if one.is_receipt:
            came = _take_receipt(desk, path, dry_run=dry_run)
        else:
            came = _take(bring, one, trust=whom, seen=shown, back_up=copy is None, progress=part)
        if came.outcome is not None:
            copy = copy or came.outcome.backup
            came = replace(came, outcome=replace(came.outcome, backup=copy))
        found.append(came)
        if told is not None:
            told(came)
    return tuple(found)


def _take(bring: Callable[..., Outcome], one: Checked, **more: Any) -> Received:
    if one.problem is not None:
        return Received(one.path, problem=one.problem)
    try:
        return Received(one.path, bring(one.path, **more))
    except Problem as problem:
        return Received(one.path, problem=problem)


def _take_receipt(desk: Desk, path: Path, *, dry_run: bool) -> Received:
    try:
        return Received(path, receipt=take_receipt(desk, path, dry_run=dry_run))
    except Problem as problem:
        return Received(path, problem=problem)


def _check(
    desk: Desk, path: Path, progress: Progress | None, cancelled: Cancelled | None
) -> Checked:
    if is_receipt(path):  # checked when it is taken: it is small
        return Checked(path, is_receipt=True)
    try:
        with open_bundle(path, home=desk.home, progress=progress, cancelled=cancelled) as bundle:
            check_belongs(bundle.info, desk)
            return Checked(path, frozenset(bundle.cards))
    except Problem as problem:
        return Checked(path, problem=problem)


def _shares(
    paths: Iterable[Path], progress: Progress | None
) -> Iterator[tuple[Path, Progress | None]]:
    """Give each bundle what it calls with its own bytes, so that one total is told of all."""
    sizes = [(path, _size(path)) for path in paths]
    total, done = sum(size for _, size in sizes), 0
    for path, size in sizes:
        yield path, part_of(progress, done, done + size, total)
        done += size


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # told in plain words when it is opened
        return 0
