"""Order, repetition and grouping do no harm: the same changes make the same store."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.dump import dump
from db.home import Home
from db.journal.heads import EXISTS
from db.journal.replay import replay_all
from db.store import Store
from db.sync import intake
from db.sync.authority import believed
from db.sync.cards import read
from db.sync.intake import Intake
from db.sync.parts import BundleSegment
from db.sync.trust import remember
from tests._helpers.histories import SCOPE, Pen, as_pen_of, expected_dump
from tests._helpers.stores import tables_of

ROWS = st.sampled_from(
    [
        ("village", "dong-mo"),
        ("village", "lan-gat"),
        ("assessment", "xa-ntm-2021-2025|1.1|2024|"),
        ("showcase", "s1"),  # an entity that only a newer program knows
    ]
)
VALUES = {
    "name": st.sampled_from(["Đồng Mỏ", "Lân Gạt", None]),
    "households": st.sampled_from([1, 2, "nhiều", None]),  # text: a newer program's idea
    "status": st.sampled_from([{"status": "met", "reason": ""}, {"status": "đang xét"}, None]),
    "mayor": st.sampled_from(["A", "B"]),  # a field that only a newer program knows
}
FIELDS = {
    "village": ("name", "households", "mayor"),
    "assessment": ("status", "mayor"),
    "showcase": ("name", "mayor"),
}


@contextmanager
def stores(
    blank: bytes, folder: Path, pens: list[Pen], count: int, numbers: Iterator[int]
) -> Iterator[list[Store]]:
    """Empty stores that believe these devices."""
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            home = Home(folder / f"home-{next(numbers)}")
            home.path.mkdir(parents=True)
            home.store.write_bytes(blank)
            store = stack.enter_context(Store.open(home))
            with store.writing() as connection:
                for pen in pens:
                    remember(connection, read(pen.card), pen.card, how="joined")
            opened.append(store)
        yield opened


def deliver(store: Store, segments: list[BundleSegment]) -> tuple[int, int, int]:
    """One import; gives the changes that were new and known, and the fields in conflict."""
    with store.writing() as connection:
        coming = Intake(connection, believed(connection, SCOPE))
        for segment in segments:
            coming.take(segment)
        conflicts = coming.finish()
    store.observe(coming.latest)
    return coming.new, coming.known, conflicts


def shown(store: Store) -> str:
    with store.reading() as session:
        return dump(session)


def heads_of(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as session:
        return sorted(
            tuple(row)
            for row in session.connection().exec_driver_sql(
                "SELECT device, incarnation, seq, segment, head FROM change"
            )
        )


@st.composite
def histories(draw: st.DrawFn) -> list[Pen]:
    """Devices with clocks of their own that write, seal, hear of each other, and one is cloned."""
    walls = [draw(st.sampled_from([1_000, 1_700_000_000_000, 1_900_000_000_000])) for _ in range(3)]
    pens = [Pen(seed + 1, lambda wall=wall: wall) for seed, wall in enumerate(walls)]
    for _ in range(draw(st.integers(1, 14))):
        pen = draw(st.sampled_from(pens))
        what = draw(
            st.sampled_from(["create", "create", "edit", "edit", "edit", "delete", "seal", "hear"])
        )
        entity, row = draw(ROWS)
        if what == "create":
            pen.write(entity, row, EXISTS, True)
        elif what == "delete":
            pen.write(entity, row, EXISTS, False)
        elif what == "edit":
            name = draw(st.sampled_from(FIELDS[entity]))
            pen.write(entity, row, name, draw(VALUES[name]))
        elif what == "seal":
            pen.seal()
        else:
            other = draw(st.sampled_from(pens))
            other.seal()
            pen.hear(other.sealed)
    if draw(st.booleans()):
        pens.append(as_pen_of(pens[0], wall=lambda: 1_800_000_000_000))
        for pen in (pens[0], pens[-1]):
            pen.write("village", "dong-mo", "name", draw(st.sampled_from(["Một", "Hai"])))
    for pen in pens:
        pen.seal()
    return pens


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pens=histories(), together=st.sampled_from([1, 3, 10_000]), data=st.data())
def test_stores_that_accepted_the_same_changes_are_equal_whatever_the_order(
    blank: bytes, tmp_path: Path, pens: list[Pen], together: int, data: st.DataObject
) -> None:
    """Also when few changes are entered together, as of a large bundle many times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "_TOGETHER", together)
        _check_equal(blank, tmp_path, pens, data)


def _check_equal(blank: bytes, tmp_path: Path, pens: list[Pen], data: st.DataObject) -> None:
    everything = list({one.hash: one for pen in pens for one in pen.made}.values())
    numbers = itertools.count(len(list(tmp_path.glob("home-*"))))
    with stores(blank, tmp_path, pens, 3, numbers) as opened:
        for store in opened:
            told = data.draw(st.permutations(everything)) if everything else []
            told += data.draw(st.lists(st.sampled_from(everything))) if everything else []
            while told:
                size = data.draw(st.integers(1, len(told)))
                deliver(store, told[:size])
                told = told[size:]
        want = expected_dump(segment for pen in pens for segment in pen.sealed)
        assert [shown(store) for store in opened] == [want] * 3
        first, *others = opened
        for other in others:
            assert heads_of(other) == heads_of(first)
            with first.engine.connect() as here, other.engine.connect() as there:
                assert tables_of(there) == tables_of(here)
        with first.writing() as connection:
            before = tables_of(connection)
            replay_all(connection)  # a rebuild changes nothing
            assert tables_of(connection) == before
        assert heads_of(first) == heads_of(others[0])


def test_what_a_newer_program_wrote_shows_after_the_upgrade(
    blank: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.journal import replay as replaying
    from db.models.base import entities

    pen = Pen(1, lambda: 1_700_000_000_000)
    pen.write("village", "dong-mo", EXISTS, True)
    pen.write("village", "dong-mo", "name", "Đồng Mỏ")
    made = pen.seal()
    assert made is not None
    old = {name: model for name, model in entities().items() if name != "village"}
    with stores(blank, tmp_path, [pen], 1, itertools.count()) as (store,):
        with monkeypatch.context() as older:
            older.setattr(replaying, "entities", lambda: old)
            deliver(store, [made])
            dumped = shown(store)
            with store.engine.connect() as connection:
                assert tables_of(connection)["village"] == []
        assert '"Đồng Mỏ"' in dumped
        with store.writing() as connection:
            replay_all(connection)
            (row,) = tables_of(connection)["village"]
            assert "Đồng Mỏ" in row
        assert shown(store) == dumped


@pytest.mark.parametrize(
    ("entity", "row"),
    [
        ("assessment", "xa-ntm-2021-2025|1.1|02024|"),  # would be 2024 twice
        ("assessment", "xa-ntm-2021-2025|1.1|hai nghìn|"),
        ("assessment", f"xa-ntm-2021-2025|1.1|{10**40}|"),
        ("assessment", "xa-ntm-2021-2025|1.1"),
        (
            "village",
            unicodedata.normalize("NFD", "lân-gạt"),
        ),  # not composed: another row with the same looks
    ],
)
def test_a_row_whose_id_says_no_natural_key_waits_in_the_journal(
    blank: bytes, tmp_path: Path, entity: str, row: str
) -> None:
    pen = Pen(1, lambda: 1_700_000_000_000)
    pen.write(entity, row, EXISTS, True)
    pen.write("village", "dong-mo", EXISTS, True)
    made = pen.seal()
    assert made is not None
    with stores(blank, tmp_path, [pen], 1, itertools.count()) as (store,):
        deliver(store, [made])
        with store.engine.connect() as connection:
            found = tables_of(connection)
        assert [one[1] for one in found["village"]] == ["dong-mo"]
        assert found["assessment"] == []
        assert row in shown(store)


def test_a_change_whose_creation_has_not_come_waits_and_then_counts(
    blank: bytes, tmp_path: Path
) -> None:
    one, other = Pen(1, lambda: 1_700_000_000_000), Pen(2, lambda: 1_700_000_000_000)
    one.write("village", "dong-mo", EXISTS, True)
    first = one.seal()
    other.hear(one.sealed)
    other.write("village", "dong-mo", "households", 120)
    second = other.seal()
    assert first is not None
    assert second is not None
    with stores(blank, tmp_path, [one, other], 1, itertools.count()) as (store,):
        deliver(store, [second])
        assert shown(store) == "{}"
        deliver(store, [first])
        assert '"households":120' in shown(store)


def test_each_import_counts_what_is_new_what_is_known_and_what_conflicts(
    blank: bytes, tmp_path: Path
) -> None:
    one, other = Pen(1, lambda: 1_700_000_000_000), Pen(2, lambda: 1_700_000_000_000)
    for pen, name in ((one, "Đồng Mỏ"), (other, "Đồng Mõ")):
        pen.write("village", "dong-mo", EXISTS, True)
        pen.write("village", "dong-mo", "name", name)
        pen.seal()
    with stores(blank, tmp_path, [one, other], 1, itertools.count()) as (store,):
        assert deliver(store, one.made) == (2, 0, 0)
        assert deliver(store, [*one.made, *other.made]) == (2, 2, 1)
        assert deliver(store, one.made) == (0, 2, 0)
