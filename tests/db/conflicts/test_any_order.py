"""Whoever settles what, and in whatever order it travels: in the end all stores show the same."""

from __future__ import annotations

import itertools
from contextlib import ExitStack, closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.conflicts import settle
from db.desk import Desk
from db.problems import NotFound
from tests._helpers import moulds
from tests._helpers.differences import (
    add_obstacle,
    board_of,
    compared,
    exchange,
    laptops,
    remove,
    retitle,
)
from tests._helpers.stores import dump_of, pass_on, set_note

NUMBERS = itertools.count()
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["settle", "settle", "undo", "redo", "write", "send"]),
        st.integers(0, 1),
        st.integers(0, 3),
    ),
    max_size=8,
)


def differ(path: Path) -> None:
    """Two laptops that differ in a note, in a title, and in whether a row is there."""
    with laptops(path) as (one, two):
        for row in ("o", "p"):
            add_obstacle(one, row)
        exchange(one, two, path)
        set_note(one, "1.1", "một")
        set_note(two, "1.1", "hai")
        retitle(one, "Thiếu vốn", "p")
        retitle(two, "Thiếu người", "p")
        remove(one)
        retitle(two, "Thiếu đất ở")
        exchange(one, two, path)


def act(desks: tuple[Desk, Desk], what: str, who: int, number: int, path: Path) -> None:
    desk = desks[who]
    if what == "send":
        pass_on(desk, desks[1 - who], path)
    elif what == "write":
        set_note(desk, "1.1", f"lần {number}")
    elif what == "settle":
        found = compared(desk)
        if found:
            one = found[number % len(found)]
            settle(desk, [(one, one.sides[number % len(one.sides)])])
    else:
        try:
            getattr(desk.store, what)(desk.officer)
        except NotFound:
            return


@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_stores_agree_on_what_was_settled_whatever_happened_between(
    tmp_path: Path, acts: list[tuple[str, int, int]]
) -> None:
    path = tmp_path / str(next(NUMBERS))
    homes = moulds.copies("differing", differ, path, "one", "other")
    with ExitStack() as stack:
        one, two = (stack.enter_context(closing(Desk.open(home))) for home in homes)
        for what, who, number in acts:
            act((one, two), what, who, number, path)
        exchange(one, two, path)
        assert dump_of(one) == dump_of(two)
        assert {it.id for it in compared(one)} == {it.id for it in compared(two)}
        for left in compared(two):
            settle(two, [(left, left.sides[-1])])
        exchange(one, two, path)
        assert dump_of(one) == dump_of(two)
        assert board_of(one).conflicts == board_of(two).conflicts == ()
