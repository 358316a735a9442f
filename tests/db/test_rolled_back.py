"""A store and its key file that are not of the same day: nothing is overwritten or outdated."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import backups
from db.desk import Desk
from db.identity import Reason
from db.sync.planning import parse_receiver, plan
from tests._helpers.stores import (
    device,
    dump_of,
    found,
    friends,
    incarnation,
    note_of,
    pass_on,
    send,
    set_note,
)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, two = friends(tmp_path)
    with closing(two):
        yield one, two


def keep_keys(tmp_path: Path) -> Path:
    kept = tmp_path / "keys of that day"
    shutil.copytree(tmp_path / "config", kept)
    return kept


def put_keys_back(tmp_path: Path, kept: Path) -> None:
    shutil.rmtree(tmp_path / "config")
    shutil.copytree(kept, tmp_path / "config")


def test_an_older_key_file_beside_a_newer_store_begins_a_later_incarnation_than_any(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    """The folder of settings was put back from an old copy of the computer."""
    one, two = pair
    kept = keep_keys(tmp_path)
    for _ in range(2):  # meanwhile the store was restored twice
        copy = backups.backup(one.home, backups.Why.MANUAL)
        set_note(one, "1.1", "đã gửi rồi phục hồi")
        pass_on(one, two, tmp_path / "a")
        one.close()
        backups.restore(one.home, copy)
        one = Desk.open(one.home)
    set_note(one, "1.2", "ở lượt thứ ba")
    pass_on(one, two, tmp_path / "b")
    pass_on(two, one, tmp_path / "c")
    before, shown = incarnation(one), dump_of(one)
    one.close()
    put_keys_back(tmp_path, kept)
    with closing(Desk.open(one.home)) as again:
        assert again.store.notice == Reason.RESTORED_OR_ROLLED_BACK.sentence
        assert int(incarnation(again)[:4]) > int(before[:4])
        assert dump_of(again) == shown
        set_note(again, "1.2", "ghi tiếp")
        pass_on(two, again, tmp_path / "d")
        assert pass_on(again, two, tmp_path / "e").quarantined == ()
        # And what it says it holds is not taken for outdated.
        assert plan(two, parse_receiver(device(again))).changes == 0


def test_another_machine_s_store_put_in_this_one_s_place_gets_a_key_of_its_own(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, two = pair
    set_note(two, "1.1", "ghi ở máy kia, chưa gửi")
    send(two, tmp_path / "a")
    set_note(two, "1.2", "chưa gửi")
    shown, names = dump_of(two), {device(one), device(two)}
    two.close()
    one.close()
    shutil.move(one.home.store, tmp_path / "put away.sqlite")
    shutil.move(two.home.store, one.home.store)
    with closing(Desk.open(one.home)) as again:
        assert again.store.notice
        assert dump_of(again) == shown
        assert device(again) in names - {device(one)} or device(again) not in names
        assert (device(again), incarnation(again)) != (device(two), incarnation(two))
        assert note_of(again, "1.2") == "chưa gửi"


def test_a_copy_put_back_by_hand_is_recognised_when_something_was_sent_since(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, two = pair
    set_note(one, "1.1", "trong bản sao")
    send(one, tmp_path / "a")
    one.close()
    shutil.copy(one.home.store, tmp_path / "copy.sqlite")
    with closing(Desk.open(one.home)) as later:
        name, before = device(later), incarnation(later)
        set_note(later, "1.1", "sau bản sao")
        pass_on(later, two, tmp_path / "b")
    shutil.copy(tmp_path / "copy.sqlite", one.home.store)
    with closing(Desk.open(one.home)) as again:
        assert again.store.notice == Reason.RESTORED_OR_ROLLED_BACK.sentence
        assert device(again) == name and incarnation(again) != before
        assert note_of(again, "1.1") == "trong bản sao"
        set_note(again, "1.2", "ghi tiếp")
        assert not pass_on(again, two, tmp_path / "c").forked
        pass_on(two, again, tmp_path / "d")
        assert (note_of(again, "1.1"), note_of(two, "1.2")) == ("sau bản sao", "ghi tiếp")


def test_a_copy_put_back_by_hand_with_nothing_sent_since_simply_goes_on(tmp_path: Path) -> None:
    """No number that anybody has seen is given out again."""
    with closing(found(tmp_path / "one")) as one:
        set_note(one, "1.1", "trong bản sao")
        send(one, tmp_path / "a")
        name, before = device(one), incarnation(one)
    shutil.copy(one.home.store, tmp_path / "copy.sqlite")
    with closing(Desk.open(one.home)) as later:
        set_note(later, "1.1", "chưa gửi, mất theo bản sao")
    shutil.copy(tmp_path / "copy.sqlite", one.home.store)
    with closing(Desk.open(one.home)) as again:
        assert (device(again), incarnation(again), again.store.notice) == (name, before, "")
        assert note_of(again, "1.1") == "trong bản sao"


def test_looking_at_a_copy_changes_nothing_in_it(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one:
        set_note(one, "1.1", "một")
        send(one, tmp_path / "a")
    copied = tmp_path / "copy"
    shutil.copytree(one.home.path, copied)
    before = (copied / "ntm.sqlite").read_bytes()
    from db.home import Home

    with closing(Desk.read(Home(copied))) as looked:
        assert note_of(looked, "1.1") == "một"
    assert (copied / "ntm.sqlite").read_bytes() == before


@pytest.mark.parametrize("reason", [one for one in Reason if one is not Reason.FIRST])
def test_each_case_is_told_with_what_is_safe(reason: Reason) -> None:
    assert "còn nguyên" in reason.sentence
