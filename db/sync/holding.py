"""What this store holds, and what another one has confirmed that it holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from db.models import SHARED
from db.sync.authority import Reason
from db.sync.receipts import Receipt, Tip
from db.sync.sealing import ACCEPTED, QUARANTINED

_SIGNED = frozenset(reason.value for reason in Reason)
"""Why a segment may wait whose signature holds: it counts as held, so it need not come again."""


@dataclass(frozen=True)
class Held:
    """A segment of this store without its bytes. `size` is that of its bytes."""

    hash: str
    device: str
    incarnation: str
    scope: str
    first: int
    last: int
    previous: str
    size: int

    @property
    def feed(self) -> tuple[str, str, str]:
        """Whose changes these are."""
        return (self.device, self.incarnation, self.scope)


def held(connection: Connection, scopes: Iterable[str], *, accepted: bool) -> tuple[Held, ...]:
    """Give the segments of some scopes, in order of feed and number.

    Args:
        connection: to read with.
        scopes: whose data.
        accepted: only those that count here; otherwise also those that were set aside, or wait in
            quarantine with their bytes kept and their signature checked.
    """
    wanted = set(scopes)
    rows = connection.exec_driver_sql(
        "SELECT hash, device, incarnation, scope, first, last, previous, length(data),"
        " state, reason FROM segment ORDER BY device, incarnation, scope, first, hash"
    )
    return tuple(
        Held(*row)
        for *row, state, reason in rows
        if row[3] in wanted and (state == ACCEPTED or not (accepted or _is_in_doubt(state, reason)))
    )


def communes_of_segments(connection: Connection) -> Sequence[str]:
    """Give the communes of which this store keeps segments, whether they count or wait."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT scope FROM segment WHERE scope NOT IN ('', ?) ORDER BY scope", (SHARED,)
    )
    return found.scalars().all()


def _is_in_doubt(state: str, reason: str) -> bool:
    return state == QUARANTINED and reason not in _SIGNED


def tips_of(segments: Iterable[Held]) -> tuple[tuple[Tip, ...], tuple[str, ...]]:
    """Give the tips held without gaps, and the hashes of what lies beyond a gap."""
    found = list(segments)
    whole: set[str] = set()
    followed: set[str] = set()
    for one in sorted(found, key=lambda segment: segment.first):
        if one.first == 1 or one.previous in whole:
            whole.add(one.hash)
            followed.add(one.previous)
    tips = tuple(
        Tip(one.device, one.incarnation, one.scope, one.last, one.hash)
        for one in found
        if one.hash in whole and one.hash not in followed
    )
    return tips, tuple(one.hash for one in found if one.hash not in whole)


def unconfirmed(segments: Iterable[Held], receipt: Receipt | None) -> tuple[Held, ...]:
    """Give the segments that a receiver has not said it holds.

    A tip that is not known here says nothing about our branch of that feed: it may be another one.
    """
    found = tuple(segments)
    if receipt is None:
        return found
    by_hash: Mapping[str, Held] = {one.hash: one for one in found}
    confirmed = set(receipt.detached)
    for tip in receipt.have:
        at = by_hash.get(tip.hash)
        while at is not None and at.hash not in confirmed:
            confirmed.add(at.hash)
            at = by_hash.get(at.previous)
    return tuple(one for one in found if one.hash not in confirmed)


def forked_devices(segments: Iterable[Held]) -> frozenset[str]:
    """Give the devices of which a feed has two segments with the same number (cloned disks)."""
    starts: dict[tuple[tuple[str, str, str], int], set[str]] = defaultdict(set)
    for one in segments:
        starts[one.feed, one.first].add(one.hash)
    return frozenset(feed[0] for (feed, _), hashes in starts.items() if len(hashes) > 1)
