"""Joining from a laptop that itself lacks a stretch of another one's work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.desk import Desk
from db.home import Home
from db.sync.archive import Written
from db.sync.joining import join
from db.sync.planning import parse_receiver, plan
from db.sync.reading import verify
from db.sync.receiving import receive
from tests._helpers.cli import call_cli
from tests._helpers.stores import (
    count,
    device,
    dump_of,
    found,
    friends,
    note_of,
    pass_on,
    reopened,
    second,
    send,
    set_note,
)

SAID = "Gói thiếu một đoạn ở giữa"


@contextmanager
def with_a_gap(path: Path) -> Iterator[tuple[Desk, Written]]:
    """A laptop, and the whole of what another one holds that missed a bundle of it."""
    one, two = friends(path)
    with closing(one), closing(two), closing(second(one, path / "three")) as three:
        set_note(one, "1.1", "đoạn bị lỡ")
        pass_on(one, two, path / "to two only")
        pass_on(two, one, path / "receipt")
        set_note(one, "1.2", "sau đoạn bị lỡ")
        receive(three, send(one, path / "meant for two", device(two)).path)
        assert (note_of(three, "1.1"), note_of(three, "1.2")) == ("", "sau đoạn bị lỡ")
        yield one, send(three, path / "with a gap", full=True)


def hashes(desk: Desk) -> set[str]:
    with desk.reading() as session:
        return {*session.connection().exec_driver_sql("SELECT hash FROM segment").scalars()}


def test_a_bundle_with_a_gap_makes_a_store_that_says_so(tmp_path: Path) -> None:
    with with_a_gap(tmp_path) as (_one, written):
        assert verify(written.path).valid
        with closing(join(Home(tmp_path / "four"), written.path, "Lý Văn Bé")) as four:
            assert SAID in four.store.notice
            assert (note_of(four, "1.1"), note_of(four, "1.2")) == ("", "sau đoạn bị lỡ")
            assert count(four, "segment", "state <> 'accepted'") == 0
            with closing(reopened(four)) as again:
                assert again.store.notice == ""  # told once, and the store is as it was left


def test_a_bundle_without_a_gap_says_nothing(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        assert two.store.notice == ""


def test_what_is_lacking_joins_in_by_itself_with_a_later_bundle(tmp_path: Path) -> None:
    with (
        with_a_gap(tmp_path) as (one, written),
        closing(join(Home(tmp_path / "four"), written.path, "Lý Văn Bé")) as four,
    ):
        told = pass_on(four, one, tmp_path / "says what it holds", trust=True)
        assert told.quarantined == ()
        travels = {one_.hash for one_ in plan(one, parse_receiver(device(four))).segments}
        assert travels and travels.isdisjoint(hashes(four))
        filled = send(one, tmp_path / "asked for", device(four))
        assert receive(four, filled.path).quarantined == ()
        assert note_of(four, "1.1") == "đoạn bị lỡ"
        pass_on(four, one, tmp_path / "back")
        assert dump_of(four) == dump_of(one)


def test_the_one_who_joins_by_command_reads_of_the_gap(tmp_path: Path) -> None:
    with with_a_gap(tmp_path) as (_one, written):
        ran = call_cli(
            "join", written.path, "--officer", "Lý Văn Bé", "--home", tmp_path / "four", "--json"
        )
        assert ran.code == 0
        assert SAID in ran.err
        assert ran.json["officer"] == "Lý Văn Bé"
