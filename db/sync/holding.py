"""What this store holds, and what another one has confirmed that it holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from db.incarnation import get_meta
from db.models import SHARED
from db.sync.authority import Reason
from db.sync.receipts import Receipt, Tip
from db.sync.sealing import ACCEPTED, QUARANTINED
from db.upper import is_within

_SIGNED = frozenset(reason.value for reason in Reason)
"""Why a segment may wait whose signature holds: it counts as held, so it need not come again."""

RECENT = 32
"""So many segments before each tip are all named in a receipt; of the earlier ones ever fewer."""


@dataclass(frozen=True)
class Held:
    """A segment of this store without its bytes. `size` is that of its bytes.

    `accepted` says that it counts here; others were set aside, or wait in quarantine.
    """

    hash: str
    device: str
    incarnation: str
    scope: str
    first: int
    last: int
    previous: str
    size: int
    accepted: bool = True

    @property
    def feed(self) -> tuple[str, str, str]:
        """Whose changes these are."""
        return (self.device, self.incarnation, self.scope)

    def follows(self, before: "Held") -> bool:
        """Whether it goes on where another one of its feed ends."""
        return (self.previous, self.feed, self.first) == (before.hash, before.feed, before.last + 1)


@dataclass(frozen=True)
class Statement:
    """What is held, in the words of a receipt (see there)."""

    have: tuple[Tip, ...]
    before: tuple[str, ...]
    detached: tuple[str, ...]


def held(connection: Connection, scopes: Iterable[str]) -> tuple[Held, ...]:
    """Give what counts as held of some scopes, in order of feed and number.

    That is what counts here, what was set aside, and what waits in quarantine with its bytes kept
    and its signature checked.
    """
    wanted, states = set(scopes), states_of(connection)
    rows = connection.exec_driver_sql(
        "SELECT hash, device, incarnation, scope, first, last, previous, length(data)"
        " FROM segment ORDER BY device, incarnation, scope, first, hash"
    )
    return tuple(
        Held(*[*row, states[row.hash][0] == ACCEPTED])
        for row in rows
        if row.scope in wanted and not _is_in_doubt(*states[row.hash])
    )


def states_of(connection: Connection) -> Mapping[str, tuple[str, str]]:
    """Give how every segment stands, and why: hash to state and reason.

    Asked for alone they come from an index; beside other columns SQLite would pass over the bytes
    of every segment to reach them.
    """
    rows = connection.exec_driver_sql("SELECT hash, state, reason FROM segment")
    return {row.hash: (row.state, row.reason) for row in rows}


def counting(segments: Iterable[Held]) -> tuple[Held, ...]:
    """Give those that count here: nothing else is passed on."""
    return tuple(one for one in segments if one.accepted)


def communes_of_segments(connection: Connection) -> Sequence[str]:
    """Give the communes that belong here and of which segments are kept, counting or waiting."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT scope FROM segment WHERE scope NOT IN ('', ?) ORDER BY scope", (SHARED,)
    )
    area = get_meta(connection, "area")
    if area:
        return [scope for scope in found.scalars() if is_within(scope, area)]
    own = connection.exec_driver_sql("SELECT id FROM commune WHERE id = scope").scalars().all()
    return [scope for scope in found.scalars() if scope in own]


def _is_in_doubt(state: str, reason: str) -> bool:
    return state == QUARANTINED and reason not in _SIGNED


def statement_of(segments: Iterable[Held]) -> Statement:
    """Say what is held: how far without gaps, the way there, and what lies beyond a gap."""
    found = sorted(segments, key=lambda one: one.first)
    chains = _Chains(found)
    whole: set[str] = set()
    followed: set[str] = set()
    for one in found:
        before = chains.before(one)
        if one.first == 1 or (before is not None and before.hash in whole):
            whole.add(one.hash)
            followed.add(one.previous)
    tips = [one for one in found if one.hash in whole and one.hash not in followed]
    return Statement(
        have=tuple(Tip(one.device, one.incarnation, one.scope, one.last, one.hash) for one in tips),
        before=tuple({step.hash[:16]: None for tip in tips for step in _milestones(chains, tip)}),
        detached=tuple(one.hash for one in found if one.hash not in whole),
    )


def _milestones(chains: "_Chains", tip: Held) -> Iterator[Held]:
    """Give the last segments before a tip, then ever fewer of the earlier ones."""
    for distance, one in enumerate(chains.back_from(tip)):
        if 0 < distance <= RECENT or distance & (distance - 1) == 0 < distance:
            yield one


def unconfirmed(segments: Iterable[Held], receipt: Receipt | None) -> tuple[Held, ...]:
    """Give those of our segments that a receiver has not said it holds.

    A receiver that holds more of a feed than we do names tips that we do not know; the way there
    tells how far it has what we have. A tip alone says nothing about our branch of that feed: it
    may be another one.
    """
    found = tuple(segments)
    if receipt is None:
        return found
    chains = _Chains(found)
    confirmed = set(receipt.detached)
    for named in (*(tip.hash for tip in receipt.have), *receipt.before):
        for one in chains.back_from(chains.named(named)):
            if one.hash in confirmed:
                break
            confirmed.add(one.hash)
    return tuple(one for one in found if one.hash not in confirmed)


class _Chains:
    """Segments by their hashes, to be followed back."""

    def __init__(self, segments: Iterable[Held]) -> None:
        self._by_hash16 = {one.hash[:16]: one for one in segments}

    def named(self, name: str) -> Held | None:
        """Give the segment of a hash, or of the first sixteen digits of one."""
        found = self._by_hash16.get(name[:16])
        return found if found is not None and found.hash.startswith(name) else None

    def before(self, one: Held) -> Held | None:
        """Give the segment that one goes on from, if it is here."""
        found = self.named(one.previous)
        return found if found is not None and one.follows(found) else None

    def back_from(self, one: Held | None) -> Iterator[Held]:
        """Give a segment and those before it, as far as they are here."""
        while one is not None:
            yield one
            one = self.before(one)


def forked_devices(segments: Iterable[Held]) -> frozenset[str]:
    """Give the devices of which a feed has two segments with the same number (cloned disks)."""
    starts: dict[tuple[tuple[str, str, str], int], set[str]] = defaultdict(set)
    for one in segments:
        starts[one.feed, one.first].add(one.hash)
    return frozenset(feed[0] for (feed, _), hashes in starts.items() if len(hashes) > 1)
