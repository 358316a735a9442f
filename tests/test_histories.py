"""Whole histories of a commune's machines: whatever happened on the way, all end up the same.

The suite takes over five hundred of them; `make histories` takes more, longer and other ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from db.journal.owners import owner_of
from tests._helpers import templates
from tests._helpers.deeds import BY_COMMUNE, BY_UPPER
from tests._helpers.exchanges import HAPPENINGS, ROUNDS, Exchange, Step, exchange
from tests._helpers.machines import Machine, Said

NIGHTLY = settings.get_current_profile_name() == "histories"
LONGEST = 30 if NIGHTLY else 9

OFTEN = ("post", "bring", "bring", "undo", "note", "note", "status")
DEEDS = sorted({*BY_COMMUNE, *BY_UPPER})
WHATS = (*OFTEN, *DEEDS, *HAPPENINGS)


def steps(most: int = LONGEST) -> st.SearchStrategy[list[Step]]:
    few = st.integers(0, 7)
    one = st.builds(Step, st.sampled_from(WHATS), st.integers(0, 3), few, few)
    return st.lists(one, min_size=3, max_size=most)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sequence[Machine]]:
    """The machines with which histories begin, each sort made when it is first asked for."""
    ready: dict[str, Sequence[Machine]] = {}

    def get(name: str) -> Sequence[Machine]:
        if name not in ready:
            ready[name] = getattr(templates, name)(tmp_path_factory.mktemp(name))
        return ready[name]

    return get


PARTS = [
    *(("two_friends", part, 32) for part in range(11)),
    *(("with_district", part, 16) for part in range(5)),
    *(("strangers", part, 16) for part in range(5)),
]
"""Which machines, which seed, and how many histories: parts can run side by side."""


@pytest.mark.parametrize(("begin", "part", "count"), PARTS, ids=lambda it: str(it))
def test_whatever_happened_all_who_heard_everything_are_equal(
    begin: str,
    part: int,
    count: int,
    made: Callable[[str], Sequence[Machine]],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    template, counts = made(begin), Counter[str]()

    @settings(
        deadline=None,
        max_examples=settings().max_examples if NIGHTLY else count,
        suppress_health_check=[*HealthCheck],
        phases=settings().phases if NIGHTLY else [Phase.generate],
    )
    @given(steps())
    def check(taken: list[Step]) -> None:
        counts["histories"] += 1
        with exchange(tmp_path / str(counts["histories"]), template) as history:
            for step in taken:
                history.take(step)
            check_ends_well(history, side=len(taken))
            counts.update(steps=len(taken), bundles=history.bundles)

    (check if NIGHTLY else seed(part)(check))()
    assert counts["histories"] >= count
    for name, number in counts.items():
        record_property(name, number)


def check_ends_well(history: Exchange, side: int = 0) -> None:
    """All hear of everything; a person settles what differs; and all hear of that."""
    check_equal_where_the_same_counts(history)
    expected = set().union(*(one.kept for one in history.members))
    check_all_alike(history, expected)
    if history.settle_all(side):
        for one in history.members:
            history.look_at(one)
            expected |= one.kept
        check_all_alike(history, expected)
        left = {key for key in history.conflicts()[0] if owner_of(key[1], key[3]) is not None}
        assert not left


def check_all_alike(history: Exchange, expected: set[Said]) -> None:
    """Let everybody hear of everything, and find the same everywhere, with nothing missing."""
    assert history.everybody_hears_of_everything() <= ROUNDS
    check_equal_where_the_same_counts(history)
    for one in history.members:
        assert expected <= one.said(counted=True)
    conflicts = history.conflicts()
    assert conflicts == [conflicts[0]] * len(conflicts)


def check_equal_where_the_same_counts(history: Exchange) -> None:
    for shown in history.dumps().values():
        assert len(shown) == 1
