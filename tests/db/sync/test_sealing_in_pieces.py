"""Much is sealed in small steps: between them a person goes on writing, or stops it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import evidence, identity
from db.desk import Desk
from db.evidence import EvidenceForm
from db.judging import Status
from db.sync import sealing
from db.sync.problems import BundleProblem, Code
from db.sync.reading import verify
from db.sync.sealing import seal_pending, show_ref
from db.sync.segments import parse
from tests._helpers.stores import (
    count,
    dump_of,
    found,
    reopened,
    second,
    send,
    set_note,
    set_status,
    status_of,
)

DELETION = "value = 'false'"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(sealing, "MAX_SEALED", 4)
    return found(tmp_path / "home")


def write_much(desk: Desk) -> None:
    for status in (Status.MET, Status.NOT_MET, Status.IN_PROGRESS):
        for number in ("1.1", "2.1", "17.8"):
            set_status(desk, number, status)


def during(work: Callable[[], None]) -> Callable[[], bool]:
    """Something done once while a sealing is asked whether to stop; it goes on."""
    left = [work]

    def asked() -> bool:
        if left:
            left.pop()()
        return False

    return asked


def attach(desk: Desk) -> str:
    """Write down a paper: more fields than one segment takes here."""
    sheet = desk.sheet()
    form = EvidenceForm("khac", "Biên bản", "12/BB", "30/02/2024", "UBND xã")
    with desk.act() as session:
        return evidence.attach(
            session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year, form, None
        )


def take_off(desk: Desk, paper: str) -> None:
    with desk.act() as session:
        evidence.remove(session, desk.commune.scope, paper)


def before_entering(monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]) -> None:
    """Do something once when all segments are made and none of them is in the store yet."""
    real, left = sealing._make_all, [work]

    def make_all(*args: Any) -> list[sealing.Sealed]:
        made = real(*args)
        if left:
            left.pop()()
        return made

    monkeypatch.setattr(sealing, "_make_all", make_all)


def names_as_signed(desk: Desk) -> dict[str, list[str]]:
    """What each sealed change names, as the signed bytes say."""
    with desk.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT data FROM segment").scalars().all()
    return {
        f"{segment.hash[:16]}/{change.seq}": [show_ref(ref) for ref in change.based_on]
        for segment in map(parse, stored)
        for change in segment.changes
    }


def names_as_kept(desk: Desk) -> dict[str, list[str]]:
    """What each sealed change names, as the journal says."""
    with desk.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT segment || '/' || seq, based_on FROM change WHERE segment <> ''"
        )
        return {place: json.loads(refs) for place, refs in rows}


def segments_named(desk: Desk, where: str) -> set[str]:
    """The segments of the changes that one change names."""
    with desk.reading() as session:
        found = session.connection().exec_driver_sql(f"SELECT based_on FROM change WHERE {where}")
        return {ref.rsplit(":", 1)[1] for ref in json.loads(found.scalar_one())}


def unsealed_names(desk: Desk) -> list[str]:
    with desk.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT based_on FROM change").scalars()
        return [ref for row in rows for ref in json.loads(row) if ref.endswith(":")]


def test_a_store_joined_from_many_small_segments_is_equal(desk: Desk, tmp_path: Path) -> None:
    write_much(desk)
    other = second(desk, tmp_path / "other")
    assert count(desk, "segment") > 3
    assert unsealed_names(desk) == []
    assert dump_of(other) == dump_of(desk)


def test_what_is_written_meanwhile_goes_with_the_same_bundle(desk: Desk, tmp_path: Path) -> None:
    write_much(desk)
    seal_pending(desk.store, during(lambda: set_status(desk, "1.1", Status.MET)))
    assert count(desk, "change", "segment = ''") == 0
    assert unsealed_names(desk) == []
    other = second(desk, tmp_path / "other")
    assert status_of(other, "1.1") is Status.MET
    assert dump_of(other) == dump_of(desk)


def test_a_value_written_over_meanwhile_is_no_conflict(desk: Desk) -> None:
    write_much(desk)
    seal_pending(desk.store, during(lambda: set_status(desk, "17.8", Status.MET)))
    set_status(desk, "17.8", Status.NOT_MET)
    heads = "row LIKE '%|17.8|%' AND field = 'status' AND head = 1"
    assert count(desk, "change", heads) == 1


def test_a_stopped_sealing_is_taken_up_where_it_stopped(desk: Desk, tmp_path: Path) -> None:
    write_much(desk)

    def after_two() -> bool:
        return count(desk, "segment") == 2

    with pytest.raises(BundleProblem) as stopped:
        seal_pending(desk.store, after_two)
    assert stopped.value.flaw.code is Code.CANCELLED
    assert count(desk, "segment") == 2
    again = reopened(desk)
    assert again.store.notice == ""
    written = send(again, tmp_path / "usb", full=True)
    assert verify(written.path).valid
    assert count(again, "change", "segment = ''") == 0


def test_a_full_disk_in_the_middle_leaves_a_sound_beginning(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_much(desk)
    stock, calls = identity.note_pending, []

    def fails_once(*args: object) -> identity.Identity:
        calls.append(1)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return stock(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(identity, "note_pending", fails_once)
    with pytest.raises(OSError, match="No space"):
        seal_pending(desk.store)
    assert count(desk, "segment") == 2
    seal_pending(desk.store)
    assert reopened(desk).store.notice == ""


def test_long_texts_are_spread_over_segments(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "MAX_SEALED", 100)
    monkeypatch.setattr(sealing, "MAX_SEALED_BYTES", 20_000)
    seal_pending(desk.store)
    before = count(desk, "segment")
    for number in ("1.1", "2.1", "17.8"):
        set_note(desk, number, "Đường bê tông thôn Đồng Mỏ. " * 1_000)
    seal_pending(desk.store)
    assert count(desk, "segment") - before == 3
    assert verify(send(desk, tmp_path / "usb", full=True).path).valid


def test_a_change_may_name_changes_of_several_segments(desk: Desk, tmp_path: Path) -> None:
    """A deletion names all it knew of a row: some of it sealed together with it, some before."""
    take_off(desk, attach(desk))
    other = second(desk, tmp_path / "other")
    assert unsealed_names(desk) == []
    assert len(segments_named(desk, DELETION)) > 1
    assert names_as_kept(desk) == names_as_signed(desk)
    assert dump_of(other) == dump_of(desk)


def test_what_is_written_between_making_and_entering_names_every_segment_in_full(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deletion itself waits for the next sealing; what it names has been given its names."""
    write_much(desk)
    paper = attach(desk)
    before_entering(monkeypatch, lambda: take_off(desk, paper))
    seal_pending(desk.store)
    assert count(desk, "change", "segment = ''") == count(desk, "change", DELETION) == 1
    assert len(segments_named(desk, DELETION)) > 1
    assert unsealed_names(desk) == []
    seal_pending(desk.store)
    assert names_as_kept(desk) == names_as_signed(desk)
    other = second(desk, tmp_path / "other")
    assert dump_of(other) == dump_of(desk)


def test_what_is_written_between_two_segments_names_what_was_and_what_was_not_entered(
    desk: Desk, tmp_path: Path
) -> None:
    paper = attach(desk)
    left = [paper]

    def asked() -> bool:
        if left and count(desk, "change", "segment <> '' AND entity = 'evidence'"):
            take_off(desk, left.pop())
            assert "" in (named := segments_named(desk, DELETION))
            assert len(named) > 1
        return False

    seal_pending(desk.store, asked)
    assert not left
    assert unsealed_names(desk) == []
    seal_pending(desk.store)
    assert names_as_kept(desk) == names_as_signed(desk)
    other = second(desk, tmp_path / "other")
    assert dump_of(other) == dump_of(desk)


def test_changes_that_name_each_other_while_not_sealed_get_their_names_with_the_next_sealing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came between may name what is just being sealed, and what is not sealed yet either."""
    write_much(desk)
    before_entering(monkeypatch, lambda: write_much(desk))
    seal_pending(desk.store)
    with desk.reading() as session:
        left = session.connection().exec_driver_sql("SELECT seq FROM change WHERE segment = ''")
        waiting = {int(seq) for seq in left.scalars()}
    assert {int(ref.rsplit("/", 1)[1][:-1]) for ref in unsealed_names(desk)} < waiting
    assert unsealed_names(desk)
    seal_pending(desk.store)
    assert unsealed_names(desk) == []
    assert names_as_kept(desk) == names_as_signed(desk)
