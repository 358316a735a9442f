"""A store that takes over a new incarnation while others write in it or seal."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import Connection

from db import identity
from db.desk import Desk
from db.journal.recording import Author
from db.sync.authority import believed
from db.sync.intake import Intake
from db.sync.parts import BundleSegment
from db.sync.reading import verify
from db.sync.sealing import seal_pending
from tests._helpers.histories import SCOPE, Pen
from tests._helpers.stores import (
    count,
    dump_of,
    incarnation,
    note_of,
    reopened,
    second,
    send,
    set_note,
)

SOON = 30
"""Seconds after which something that was to happen never will."""


class Door:
    """A lock that says when somebody finds it shut, and then lets that one wait."""

    def __init__(self, lock: Any, found_shut: Callable[[], None]) -> None:
        self._lock, self._found_shut = lock, found_shut

    def __enter__(self) -> Self:
        if not self._lock.acquire(blocking=False):
            self._found_shut()
            self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def branch_of(own: identity.Identity, changes: int) -> Sequence[BundleSegment]:
    """What the other half of a cloned disk wrote under the numbers of this one."""
    clone = Pen(1, lambda: 1_700_000_000_000, own.incarnation)
    clone.key = own.key()
    for population in range(777, 777 + changes):
        clone.write("village", "dong-mo", "population", population)
    clone.seal()
    return clone.made


def other_branch_comes_in(desk: Desk) -> None:
    """Bring in what the other half of a cloned disk wrote under the numbers of this one."""
    own = desk.store.identity
    assert own is not None
    with desk.store.writing() as connection:
        intake = Intake(connection, believed(connection, SCOPE))
        for segment in branch_of(own, 1):
            intake.take(segment)
        intake.finish()
        assert intake.quarantined == []


def take_over(desk: Desk) -> None:
    """Find out under which incarnation to go on, as after anything that came in."""
    with desk.store.taking_in(desk.officer):
        pass


def unsealed(desk: Desk) -> int:
    return count(desk, "change", "segment = ''")


def test_what_is_written_while_a_store_takes_over_a_new_incarnation_is_written_under_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the old one it would never be sealed again, and never travel."""
    store = desk.store
    set_note(desk, "1.1", "đã niêm phong")
    seal_pending(store)
    other_branch_comes_in(desk)
    before = incarnation(desk)
    wrote_as: list[str] = []
    told = threading.Event()  # the writer waits, or has slipped in
    monkeypatch.setattr(store, "_one_writer", Door(store._one_writer, told.set))
    real_author, real_writing = store.author, store.writing
    writer = threading.Thread(target=set_note, args=(desk, "1.2", "viết chen ngang"))

    def author(officer: str) -> Author:
        found = real_author(officer)
        if threading.current_thread() is writer:
            wrote_as.append(found.incarnation)
            told.set()
        return found

    @contextmanager
    def writing() -> Iterator[Connection]:
        """Let the writer try when the store has the new identity and the program not yet."""
        with real_writing() as connection:
            yield connection
        writer.start()
        assert told.wait(SOON)

    with monkeypatch.context() as patch:
        patch.setattr(store, "author", author)
        patch.setattr(store, "writing", writing)
        take_over(desk)
        writer.join(SOON)
    assert incarnation(desk) != before
    assert wrote_as == [incarnation(desk)]
    assert note_of(desk, "1.2") == "viết chen ngang"
    seal_pending(store)
    assert unsealed(desk) == 0
    with second(desk, tmp_path / "other") as other:
        assert dump_of(other) == dump_of(desk)


def test_a_store_takes_over_a_new_incarnation_only_when_no_sealing_is_under_way(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was made to be sealed under the old one must be entered before the names change."""
    store = desk.store
    seal_pending(store)
    set_note(desk, "1.1", "đang niêm phong")
    before = incarnation(desk)
    told = threading.Event()  # the one who takes over waits, or is done already
    monkeypatch.setattr(store, "sealing", Door(store.sealing, told.set))

    def taking_over() -> None:
        take_over(desk)
        told.set()

    taker = threading.Thread(target=taking_over)
    real = identity.note_pending

    def note_pending(*args: Any) -> identity.Identity:
        other_branch_comes_in(desk)
        taker.start()
        assert told.wait(SOON)
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(identity, "note_pending", note_pending)
        seal_pending(store)
    taker.join(SOON)
    assert unsealed(desk) == 0
    assert count(desk, "change", f"incarnation = '{before}' AND value LIKE '%đang niêm phong%'")
    assert incarnation(desk) != before
    set_note(desk, "1.2", "viết sau đó")
    seal_pending(store)
    assert count(desk, "segment", f"incarnation = '{incarnation(desk)}' AND first = 1") == 1
    again = reopened(desk)
    assert again.store.notice == ""
    with second(again, tmp_path / "other") as other:
        assert dump_of(other) == dump_of(again)
    again.close()


def test_a_key_pressed_while_the_other_branch_comes_in_takes_no_number_of_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what came in and the new incarnation there is no moment in which one could write."""
    store = desk.store
    seal_pending(store)
    set_note(desk, "1.1", "chưa niêm phong")
    told = threading.Event()  # the writer waits, or has slipped in
    monkeypatch.setattr(store, "_one_writer", Door(store._one_writer, told.set))
    own, real = store.identity, store._look_again
    assert own is not None

    def write() -> None:
        set_note(desk, "1.2", "viết chen ngang")
        told.set()

    def look_again() -> None:
        writer.start()
        assert told.wait(SOON)
        real()

    writer = threading.Thread(target=write)
    monkeypatch.setattr(store, "_look_again", look_again)
    with store.taking_in(desk.officer) as session:
        connection = session.connection()
        intake = Intake(connection, believed(connection, SCOPE))
        for segment in branch_of(own, 100):
            intake.take(segment)
        intake.finish()
    writer.join(SOON)
    assert note_of(desk, "1.2") == "viết chen ngang"
    seal_pending(store)
    assert unsealed(desk) == 0
    assert verify(send(desk, tmp_path / "usb", full=True).path).problems == ()
    with second(desk, tmp_path / "other") as other:
        assert dump_of(other) == dump_of(desk)
