"""A store that is not as it was left is recognised before the first write; nothing is lost."""

from __future__ import annotations

import itertools
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from db import backups, evidence, identity, identity_file
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.problems import Problem
from db.store import Store
from db.sync.receiving import receive
from db.sync.sealing import seal_pending
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
    set_status,
    state_of,
    status_of,
)


def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def who(desk: Desk) -> tuple[str, str]:
    return device(desk), incarnation(desk)


def test_a_store_as_it_was_left_goes_on_without_a_word(desk: Desk) -> None:
    before = who(desk)
    set_note(desk, "1.1", "một")
    seal_pending(desk.store)
    set_note(desk, "1.1", "hai")
    desk = reopened(desk)
    with closing(desk):
        assert who(desk) == before
        assert desk.store.notice == ""


def test_a_copy_on_the_same_machine_is_another_device_and_both_merge_without_loss(
    tmp_path: Path,
) -> None:
    with (
        closing(found(tmp_path / "one")) as one,
        closing(second(one, tmp_path / "three")) as three,
    ):
        set_note(one, "1.1", "đã gửi")
        pass_on(one, three, tmp_path / "a")
        set_note(one, "1.2", "chưa gửi")
        copy = Home(tmp_path / "copy")
        copy.path.mkdir()
        shutil.copy(one.home.store, copy.store)
        with closing(Desk.open(copy)) as copied:
            assert device(copied) != device(one)
            assert "chép từ một thư mục khác" in copied.store.notice
            assert note_of(copied, "1.2") == "chưa gửi"
            set_note(copied, "2.1", "từ bản chép")
            set_note(one, "3.1", "từ bản gốc")
            pass_on(copied, three, tmp_path / "b", trust=True)
            pass_on(one, three, tmp_path / "c")
            notes = {number: note_of(three, number) for number in ("1.1", "1.2", "2.1", "3.1")}
            assert notes == {
                "1.1": "đã gửi",
                "1.2": "chưa gửi",
                "2.1": "từ bản chép",
                "3.1": "từ bản gốc",
            }
            # And the two copies meet: the same, without a conflict.
            pass_on(three, one, tmp_path / "d", trust=True)
            pass_on(three, copied, tmp_path / "e", trust=True)
            pass_on(one, copied, tmp_path / "f", trust=True)
            pass_on(copied, one, tmp_path / "g", trust=True)
            pass_on(one, copied, tmp_path / "h")
            assert dump_of(one) == dump_of(copied)
            assert "?" not in dump_of(one)


def test_a_moved_store_keeps_its_key(founded: Home, tmp_path: Path) -> None:
    with Desk.open(founded) as desk:
        set_note(desk, "1.1", "đã gửi")
        send(desk, tmp_path / "out")
        set_note(desk, "1.2", "chưa gửi")
        before = who(desk)
    moved = Home(tmp_path / "moved")
    founded.path.rename(moved.path)
    with Desk.open(moved) as desk:
        assert device(desk) == before[0]
        assert incarnation(desk) != before[1]
        assert "chuyển sang thư mục khác" in desk.store.notice
        assert note_of(desk, "1.2") == "chưa gửi"
        assert desk.store.undo(desk.officer).overtaken is False
    with Desk.open(moved) as desk:
        assert desk.store.notice == ""


def test_a_store_rolled_back_after_sealing_never_gives_a_number_out_twice(tmp_path: Path) -> None:
    """What was sent after the copy comes back from the other laptop, and both stories count."""
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        pass_on(two, one, tmp_path / "first", trust=True)
        set_note(one, "1.1", "trong bản sao")
        home, before = one.home, who(one)
        backups.backup(home, backups.Why.MANUAL)
        set_note(one, "1.1", "sau bản sao")
        set_note(one, "1.2", "sau bản sao")
        pass_on(one, two, tmp_path / "a")
        one.close()
        backups.restore(home)
        with closing(Desk.open(home)) as again:
            assert device(again) == before[0]
            assert incarnation(again)[:4] == "0002"
            assert "khôi phục từ một bản trước" in again.store.notice
            assert note_of(again, "1.1") == "trong bản sao"
            set_note(again, "2.1", "sau khi phục hồi")
            pass_on(again, two, tmp_path / "b")
            outcome = pass_on(two, again, tmp_path / "c")
            assert outcome.new > 0
            assert not outcome.forked
            assert note_of(again, "1.1") == "sau bản sao"
            assert note_of(again, "1.2") == "sau bản sao"
            assert note_of(two, "2.1") == "sau khi phục hồi"
            pass_on(again, two, tmp_path / "d")
            assert dump_of(again) == dump_of(two)


def test_what_a_backup_did_not_know_to_be_sealed_comes_back_without_a_conflict(
    tmp_path: Path,
) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        pass_on(two, one, tmp_path / "introduction", trust=True)
        set_note(one, "1.1", "ghi chú đầu")
        sheet = one.sheet()
        with one.act() as session:
            form = evidence.EvidenceForm("van-ban", "Biên bản")
            paper = evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, "1.1", 2024, form, None
            )
        copy = backups.backup(one.home, backups.Why.MANUAL)
        set_note(one, "1.1", "ghi chú sửa")
        with one.act() as session:
            evidence.remove(session, sheet.scope, paper)
        pass_on(one, two, tmp_path / "before")
        one.close()
        backups.restore(one.home, copy)
        with closing(Desk.open(one.home)) as restored:
            assert note_of(restored, "1.1") == "ghi chú đầu"
            assert pass_on(restored, two, tmp_path / "after").conflicts == 0
            assert pass_on(two, restored, tmp_path / "back").conflicts == 0
            for desk in (two, restored):
                assert note_of(desk, "1.1") == "ghi chú sửa"
                assert count(desk, "evidence") == 0
            assert dump_of(two) == dump_of(restored)


def test_a_store_whose_key_file_is_lost_gets_a_new_one_and_keeps_everything(
    desk: Desk, tmp_path: Path
) -> None:
    set_note(desk, "1.1", "đã gửi")
    send(desk, tmp_path / "out")
    set_note(desk, "1.2", "chưa gửi")
    before, dumped = who(desk), dump_of(desk)
    desk.close()
    shutil.rmtree(config(tmp_path))
    with closing(Desk.open(desk.home)) as again:
        assert device(again) != before[0]
        assert "Không tìm thấy khóa" in again.store.notice
        assert dump_of(again) == dumped
        written = send(again, tmp_path / "out2", full=True)
        with closing(second(again, tmp_path / "joined")) as joined:
            assert dump_of(joined) == dumped
        assert written.notes == ()  # the card of the lost key travels with what it signed


def test_what_was_sealed_by_a_lost_key_has_its_card_even_if_no_bundle_was_ever_written(
    desk: Desk, tmp_path: Path
) -> None:
    """The stick was not there at the first export, and then the key was lost."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    set_note(desk, "1.1", "đã niêm phong")
    with pytest.raises(Problem):
        send(desk, tmp_path / "file" / "stick")
    assert count(desk, "change", "segment = ''") == 0
    dumped = dump_of(desk)
    desk.close()
    shutil.rmtree(config(tmp_path))
    with (
        closing(Desk.open(desk.home)) as again,
        closing(second(again, tmp_path / "joined")) as joined,
    ):
        assert dump_of(joined) == dumped


def test_a_store_carried_to_another_machine_with_its_key_file_becomes_another_device(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_note(desk, "1.1", "chưa gửi")
    before = device(desk)
    desk.close()
    monkeypatch.setattr(identity, "machine_id", lambda: "another machine")
    with closing(Desk.open(desk.home)) as again:
        assert device(again) != before
        assert "mang từ một máy khác" in again.store.notice
        assert note_of(again, "1.1") == "chưa gửi"
        assert count(again, "change", f"device = '{before}'") == 0  # not sealed: it goes on as ours


class Crash(BaseException):
    """The power goes."""


def test_a_crash_before_the_sealing_is_committed_leaves_it_to_be_done_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_note(desk, "1.1", "một")
    real = identity.note_pending

    def dies(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(identity, "note_pending", dies)
        with pytest.raises(Crash):
            seal_pending(desk.store)
    check_goes_on(desk, tmp_path)


def test_a_crash_after_the_sealing_is_committed_is_understood(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_note(desk, "1.1", "một")

    def dies(*_args: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(identity, "note_sealed", dies)
        with pytest.raises(Crash):
            seal_pending(desk.store)
    check_goes_on(desk, tmp_path)


def check_goes_on(desk: Desk, tmp_path: Path) -> None:
    before, dumped = who(desk), dump_of(desk)
    desk = reopened(desk)
    with closing(desk):
        assert who(desk) == before
        assert desk.store.notice == ""
        assert dump_of(desk) == dumped
        set_note(desk, "1.2", "hai")
        with closing(second(desk, tmp_path / "joined")) as joined:
            assert dump_of(joined) == dump_of(desk)
        with desk.reading() as session:
            firsts = session.connection().exec_driver_sql(
                "SELECT first, last, previous, hash FROM segment ORDER BY first"
            )
            chain = firsts.all()
        assert chain[0].first == 1
        for one, following in itertools.pairwise(chain):
            assert (following.first, following.previous) == (one.last + 1, one.hash)


def test_a_key_file_that_cannot_be_written_after_sealing_does_not_break_the_chain(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_note(desk, "1.1", "một")
    seal_pending(desk.store)
    set_note(desk, "1.1", "hai")

    def full(*_args: object) -> None:
        raise identity.IdentityProblem("đầy")

    with monkeypatch.context() as patch:
        patch.setattr(identity, "note_sealed", full)
        with pytest.raises(identity.IdentityProblem):
            seal_pending(desk.store)
    set_note(desk, "1.1", "ba")
    seal_pending(desk.store)
    check_goes_on(desk, tmp_path)


def test_a_crash_while_taking_over_a_new_incarnation_is_made_good(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import store as module

    set_note(desk, "1.1", "một")
    seal_pending(desk.store)
    backups.backup(desk.home, backups.Why.MANUAL)
    set_note(desk, "1.1", "hai")
    seal_pending(desk.store)
    home = desk.home
    desk.close()
    backups.restore(home)

    def dies(*_args: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(module, "adopt", dies)
        with pytest.raises(Crash):
            Store.open(home)
    with closing(Desk.open(home)) as again:
        assert incarnation(again)[:4] == "0003"
        set_note(again, "1.1", "ba")
        seal_pending(again.store)


def snapshot(tmp_path: Path, home: Home, name: str) -> None:
    """Keep the disk as it is now: the home and the key file with it."""
    shutil.copytree(home.path, tmp_path / name / "home")
    shutil.copytree(config(tmp_path), tmp_path / name / "config")


def put_back(tmp_path: Path, home: Home, name: str) -> None:
    for folder, kept in ((home.path, "home"), (config(tmp_path), "config")):
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / name / kept, folder)


def test_a_cloned_disk_forks_loudly_and_both_branches_count(tmp_path: Path) -> None:
    """The whole disk was copied, key and all: nothing on it can tell. The bundles do."""
    one = found(tmp_path / "one")
    two = second(one, tmp_path / "two")
    home, name = one.home, device(one)
    with closing(two):
        pass_on(two, one, tmp_path / "first", trust=True)
        set_status(one, "1.1", Status.MET)
        send(one, tmp_path / "sealed")
        one.close()
        snapshot(tmp_path, home, "clone")

        with closing(Desk.open(home)) as branch:
            set_note(branch, "1.1", "nhánh một")
            set_note(branch, "2.1", "chỉ nhánh một")
            assert not pass_on(branch, two, tmp_path / "a").forked
        snapshot(tmp_path, home, "branch one")

        put_back(tmp_path, home, "clone")
        with closing(Desk.open(home)) as branch:
            assert device(branch) == name
            assert branch.store.notice == ""  # it cannot know yet
            set_note(branch, "1.1", "nhánh hai")
            set_note(branch, "3.1", "chỉ nhánh hai")
            outcome = pass_on(branch, two, tmp_path / "b")
            assert outcome.forked
            assert outcome.conflicts == 1
            assert note_of(two, "2.1") == "chỉ nhánh một"
            assert note_of(two, "3.1") == "chỉ nhánh hai"
            row = state_of(two)["lang-son/huu-lung/cai-kinh"]["assessment"]
            note = row["xa-ntm-2021-2025|1.1|2024|"]
            assert {note["note"], *note["note?"]} == {"nhánh một", "nhánh hai"}

            # The second branch hears of the first, and from then on is told apart from it.
            before = incarnation(branch)
            set_note(branch, "4.1", "viết trước khi biết")
            outcome = pass_on(two, branch, tmp_path / "c")
            assert outcome.forked
            assert incarnation(branch) != before
            assert dump_of(branch).count("nhánh một") == 2
            set_note(branch, "5.1", "viết sau khi biết")
            outcome = pass_on(branch, two, tmp_path / "d")
            assert outcome.quarantined == ()
            assert note_of(two, "4.1") == "viết trước khi biết"
            assert note_of(two, "5.1") == "viết sau khi biết"
            assert dump_of(branch) == dump_of(two)
        branch = Desk.open(home)
        with closing(branch):
            assert branch.store.notice == ""

        # And the first branch goes on too.
        put_back(tmp_path, home, "branch one")
        with closing(Desk.open(home)) as first:
            set_status(first, "1.2", Status.MET)
            pass_on(two, first, tmp_path / "e")
            set_note(first, "1.2", "vẫn viết được")
            outcome = pass_on(first, two, tmp_path / "f")
            assert outcome.quarantined == ()
            assert status_of(two, "1.2") is Status.MET
            assert dump_of(first) == dump_of(two)
            with closing(second(two, tmp_path / "late")) as late:
                assert dump_of(late) == dump_of(two)


def test_a_forged_segment_under_our_name_does_not_make_us_start_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept in quarantine, it says nothing about how far we have sealed."""
    with closing(found(tmp_path / "one")) as one:
        send(one, tmp_path / "out")
        own = one.store.identity
        assert own is not None
        with one.store.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO segment (hash, device, incarnation, scope, first, last, previous,"
                " data, signature, received_at, state, reason)"
                " VALUES ('f', ?, ?, ?, 1, 999, '', x'', x'', '', 'quarantined', 'x')",
                (own.device, own.incarnation, one.commune.scope),
            )
        before = who(one)
        one = reopened(one)
        with closing(one):
            assert who(one) == before


def test_receiving_our_own_bundle_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    set_note(desk, "1.1", "một")
    written = send(desk, tmp_path / "out")
    before, dumped = who(desk), dump_of(desk)
    outcome = receive(desk, written.path)
    assert (outcome.new, outcome.forked, outcome.quarantined) == (0, False, ())
    assert (who(desk), dump_of(desk)) == (before, dumped)


def test_nothing_of_the_key_is_in_the_store(desk: Desk, tmp_path: Path) -> None:
    set_note(desk, "1.1", "một")
    send(desk, tmp_path / "out")
    stored = identity_file.read(identity.place_of(desk.home.path))
    assert stored is not None
    secret = stored.private_key.splitlines()[1].encode()
    desk.close()
    for path in desk.home.path.rglob("*"):
        assert not path.is_file() or secret not in path.read_bytes()
