"""A store believes the machine it came from without a word, until a person revokes that machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db import backups
from db.desk import Desk
from db.home import Home
from db.sync.deciding import revoke_device, trust_device
from db.sync.receiving import receive
from db.sync.sealing import seal_pending
from db.sync.trust import Trust, find_device
from tests._helpers.stores import (
    count,
    device,
    dump_of,
    found,
    incarnation,
    note_of,
    pass_on,
    reopened,
    second,
    send,
    set_note,
)


@contextmanager
def descended(path: Path, *, sent: bool = True) -> Iterator[tuple[Desk, Desk]]:
    """A laptop, and a store that was copied from it when a note was sealed there."""
    with closing(found(path / "one")) as one:
        set_note(one, "1.1", "trước khi chép")
        if sent:
            send(one, path / "sent")
        else:
            seal_pending(one.store)
        copy = Home(path / "copy")
        copy.path.mkdir()
        shutil.copy(one.home.store, copy.store)
        with closing(Desk.open(copy)) as copied:
            assert device(copied) != device(one)
            yield one, copied


def reasons(receiver: Desk, path: Path) -> list[str]:
    return [one.reason for one in receive(receiver, path).quarantined]


@pytest.mark.parametrize("sent", [True, False])
def test_the_machine_a_store_came_from_is_believed_unasked(tmp_path: Path, sent: bool) -> None:
    with descended(tmp_path, sent=sent) as (one, copied):
        assert count(copied, "known_device") == sent  # its card need not have come in
        set_note(one, "1.2", "sau khi chép")
        outcome = pass_on(one, copied, tmp_path / "a")
        assert not outcome.quarantined and not outcome.strangers
        assert note_of(copied, "1.2") == "sau khi chép"


def test_the_machine_a_store_came_from_can_be_revoked_and_keeps_its_past(tmp_path: Path) -> None:
    with descended(tmp_path) as (one, copied):
        revoke_device(copied, device(one))
        with copied.reading() as session:
            assert find_device(session, device(one)).trust is Trust.REVOKED
        set_note(one, "1.1", "sau khi thu hồi")
        assert reasons(copied, send(one, tmp_path / "a", full=True).path) == ["revoked"]
        assert note_of(copied, "1.1") == "trước khi chép"
        copied = reopened(copied)
        assert copied.store.notice == ""
        assert reasons(copied, send(one, tmp_path / "b", full=True).path) == ["revoked"]
        assert trust_device(copied, device(one)).counted == 1  # it was found again
        assert note_of(copied, "1.1") == "sau khi thu hồi"
        copied.close()


def test_a_revoked_machine_does_not_come_back_under_a_new_incarnation(tmp_path: Path) -> None:
    with descended(tmp_path) as (one, copied):
        copy = backups.backup(one.home, backups.Why.MANUAL)
        revoke_device(copied, device(one))
        before = incarnation(one)
        one.close()
        backups.restore(one.home, copy)
        with closing(Desk.open(one.home)) as reborn:
            assert incarnation(reborn) != before
            set_note(reborn, "1.1", "dưới lượt đánh số mới")
            assert reasons(copied, send(reborn, tmp_path / "a", full=True).path) == ["revoked"]
        assert note_of(copied, "1.1") == "trước khi chép"


def test_what_the_store_itself_wrote_on_goes_on_counting_everywhere(tmp_path: Path) -> None:
    """Revoking what it came from takes nothing from the store that descends from it."""
    with descended(tmp_path) as (one, copied):
        revoke_device(copied, device(one))
        set_note(copied, "1.1", "ghi tiếp")
        with closing(second(copied, tmp_path / "joined")) as joined:
            assert dump_of(joined) == dump_of(copied)
            assert count(joined, "segment", "state <> 'accepted'") == 0
            set_note(one, "1.2", "sau khi thu hồi")
            assert reasons(joined, send(one, tmp_path / "a", full=True).path) == ["revoked"]
            assert note_of(joined, "1.2") == ""
