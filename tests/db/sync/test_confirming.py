"""What a receipt says of our bundles: whose word counts, and how far it reaches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from db import clock, evidence
from db.desk import Desk
from db.evidence import EvidenceForm, path_in
from db.sync import cards, layout, receipts
from db.sync.acknowledging import take_receipt, write_receipt
from db.sync.archive import Payload
from db.sync.confirming import kept_receipts
from db.sync.deciding import revoke_device, set_aside
from db.sync.delivery import last_sent
from db.sync.holding import RECENT, Held, statement_of, unconfirmed
from db.sync.planning import Plan, parse_receiver, plan
from db.sync.receipts import Receipt
from db.sync.receiving import receive
from db.sync.segments import hash_of
from db.sync.sending import make_receipt, own_card
from db.sync.transfers import list_transfers
from db.sync.trust import Trust, decide
from tests._helpers import bundles
from tests._helpers.stores import (
    PROGRAM,
    device,
    district_of,
    found,
    friends,
    incarnation,
    pass_on,
    send,
    set_note,
)

DEVICE, SCOPE = "0" * 24, "lang-son/huu-lung/cai-kinh"


@contextmanager
def two_laptops(path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, two = friends(path)
    with closing(one), closing(two):
        yield one, two


@contextmanager
def commune_and_district(path: Path) -> Iterator[tuple[Desk, Desk]]:
    with closing(found(path / "one")) as one, closing(district_of(one, path / "up")) as upper:
        pass_on(upper, one, path / "heard")
        yield one, upper


def owed(desk: Desk, to: Desk) -> Plan:
    return plan(desk, parse_receiver(device(to)))


def tell(desk: Desk, to: Desk, folder: Path) -> bool:
    """A receipt alone goes from one machine to another; tells whether it said anything new."""
    return take_receipt(to, write_receipt(desk, folder, program=PROGRAM).path).new


def confirmed(desk: Desk) -> bool:
    """What the first screen says of the last bundle; the log of bundles says the same."""
    with desk.reading() as session:
        last = last_sent(session.connection(), desk.home, desk.commune.scope)
        entry = next(it for it in list_transfers(session, desk.home) if it.sent)
    assert last is not None and (entry.name, entry.confirmed_at) == (last.name, last.confirmed_at)
    return last.confirmed_at is not None


def attach(desk: Desk, folder: Path) -> str:
    (folder / "giay.pdf").write_bytes(b"%PDF giay")
    file, sheet = evidence.keep_file(desk.home, folder / "giay.pdf"), desk.sheet()
    with desk.act() as session:
        evidence.attach(
            session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
            EvidenceForm("van-ban"), file,
        )  # fmt: skip
    return file.sha256


# -- A receipt alone -------------------------------------------------------------------------------


def test_a_receipt_alone_confirms_as_one_in_a_bundle_does(tmp_path: Path) -> None:
    with commune_and_district(tmp_path) as (one, upper):
        set_note(one, "1.1", "mới")
        carried = send(one, tmp_path / "usb", "upper")
        assert not confirmed(one)
        receive(upper, carried.path)
        assert tell(upper, one, tmp_path / "usb")
        assert confirmed(one)
        assert send(one, tmp_path / "usb", "upper").info.counts.changes == 0


def test_a_receipt_says_nothing_of_a_bundle_that_has_not_come(tmp_path: Path) -> None:
    with commune_and_district(tmp_path) as (one, upper):
        set_note(one, "1.1", "mới")
        send(one, tmp_path / "usb", "upper")
        assert tell(upper, one, tmp_path / "usb")
        assert not confirmed(one)
        assert owed(one, upper).changes == 2


def test_the_same_receipt_again_or_an_older_one_changes_nothing(tmp_path: Path) -> None:
    with commune_and_district(tmp_path) as (one, upper):
        old = write_receipt(upper, tmp_path / "usb", program=PROGRAM).path
        set_note(one, "1.1", "mới")
        receive(upper, send(one, tmp_path / "usb", "upper").path)
        assert tell(upper, one, tmp_path / "usb")
        for path in (old, *sorted((tmp_path / "usb").glob("*.receipt"))):
            assert not take_receipt(one, path).new
            assert confirmed(one) and owed(one, upper).changes == 0


def test_an_older_receipt_in_a_bundle_changes_nothing(tmp_path: Path) -> None:
    with commune_and_district(tmp_path) as (one, upper):
        old = send(upper, tmp_path / "usb").path
        set_note(one, "1.1", "mới")
        receive(upper, send(one, tmp_path / "usb", "upper").path)
        tell(upper, one, tmp_path / "usb")
        receive(one, old)
        assert owed(one, upper).changes == 0


# -- Whose word counts -----------------------------------------------------------------------------


def test_the_word_of_a_machine_that_is_not_trusted_counts_from_the_moment_it_is(
    tmp_path: Path,
) -> None:
    with commune_and_district(tmp_path) as (one, upper):
        set_note(one, "1.1", "mới")
        receive(upper, send(one, tmp_path / "usb", "upper").path)
        with one.store.writing() as connection:
            decide(connection, device(upper), Trust.UNDECIDED, "")
        taken = take_receipt(one, write_receipt(upper, tmp_path / "usb", program=PROGRAM).path)
        assert taken.new and not taken.record.counts
        assert not confirmed(one)
        with one.store.writing() as connection:
            decide(connection, device(upper), Trust.TRUSTED, "person")
        assert confirmed(one)


def test_the_word_of_a_revoked_machine_counts_no_longer(tmp_path: Path) -> None:
    with commune_and_district(tmp_path) as (one, upper):
        set_note(one, "1.1", "mới")
        receive(upper, send(one, tmp_path / "usb", "upper").path)
        tell(upper, one, tmp_path / "usb")
        assert confirmed(one)
        revoke_device(one, device(upper))
        assert not confirmed(one)


def test_the_word_of_a_cloned_disk_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "mới")
        pass_on(one, two, tmp_path / "a")
        tell(two, one, tmp_path / "a")
        assert confirmed(one) and owed(one, two).changes == 0
        monkeypatch.setattr("db.sync.confirming.forked_devices", lambda _: {device(two)})
        monkeypatch.setattr("db.sync.planning.forked_devices", lambda _: {device(two)})
        assert not confirmed(one)
        assert owed(one, two).full


# -- How far it reaches ----------------------------------------------------------------------------


def test_a_receiver_that_is_ahead_of_us_gets_nothing_again(tmp_path: Path) -> None:
    """Two laptops go to the district by themselves, and one brings a receipt for both."""
    with commune_and_district(tmp_path) as (one, upper):
        from tests._helpers.stores import second

        with closing(second(one, tmp_path / "two")) as two:
            pass_on(two, upper, tmp_path / "a", trust=True)
            pass_on(upper, two, tmp_path / "a", trust=True)
            for turn in range(3):
                set_note(one, "1.1", f"lần {turn}")
                receive(upper, send(one, tmp_path / "b", "upper").path)
            tell(upper, two, tmp_path / "c")
            assert owed(two, upper).segments == ()
            set_note(two, "1.2", "của máy hai")
            assert send(two, tmp_path / "d", "upper").info.counts.changes == 2


def test_what_was_set_aside_here_in_between_makes_nothing_travel_again(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        for turn in range(3):
            set_note(one, "1.1", f"lần {turn}")
            pass_on(one, two, tmp_path / "a")
        tell(one, two, tmp_path / "a")
        with two.reading() as session:
            came = [it.id for it in list_transfers(session, two.home) if not it.sent]
        set_aside(two, came[1])
        tell(one, two, tmp_path / "a")
        assert owed(two, one).changes == 0


def segments(many: int, device_: str = DEVICE) -> list[Held]:
    """A feed of so many segments, each of one change."""
    made: list[Held] = []
    for number in range(1, many + 1):
        previous = made[-1].hash if made else ""
        name = device_[0] + f"{number:063x}"[::-1]
        made.append(Held(name, device_, "0001deadbeef", SCOPE, number, number, previous, 100))
    return made


def word(held: list[Held]) -> Receipt:
    said = statement_of(held)
    return Receipt("1" * 24, "0001deadbeef", 1, SCOPE, said.have, said.detached, before=said.before)


@pytest.mark.parametrize("behind", [0, 1, RECENT])
def test_a_sender_that_is_a_little_behind_sends_nothing_again(behind: int) -> None:
    feed = segments(500)
    assert unconfirmed(feed[: 500 - behind], word(feed)) == ()


@pytest.mark.parametrize("behind", [RECENT + 1, 100, 300, 499])
def test_a_sender_that_is_far_behind_sends_less_again_than_it_lacks_itself(behind: int) -> None:
    feed = segments(500)
    assert len(unconfirmed(feed[: 500 - behind], word(feed))) < behind


def test_a_receipt_hardly_grows_with_history() -> None:
    assert len(word(segments(2_000)).before) <= RECENT + 11


def test_a_gap_is_confirmed_on_both_sides_and_only_the_gap_travels() -> None:
    feed = segments(9)
    assert unconfirmed(feed, word(feed[:3] + feed[5:])) == tuple(feed[3:5])


def test_a_gap_here_does_not_hide_what_is_before_it() -> None:
    feed = segments(9)
    assert unconfirmed(feed[:3] + feed[5:], word(feed)) == ()


def test_a_tip_of_another_branch_confirms_what_both_share_and_no_more() -> None:
    feed = segments(6)
    branch = replace(feed[4], hash="e" * 64)
    assert unconfirmed(feed, word([*feed[:4], branch])) == tuple(feed[4:])


def test_a_segment_that_claims_to_follow_another_feed_confirms_nothing_of_it() -> None:
    feed, liar = segments(3), segments(1, "2" * 24)
    liar.append(replace(liar[0], hash="d" * 64, first=2, last=2, previous=feed[2].hash))
    assert unconfirmed([*feed, *liar], word(liar)) == tuple(feed)


def test_a_segment_that_skips_numbers_is_beyond_a_gap() -> None:
    feed = segments(2)
    skipping = replace(feed[1], hash="d" * 64, first=5, last=5)
    assert statement_of([feed[0], skipping]).detached == (skipping.hash,)


def said_by(desk: Desk) -> Receipt:
    return receipts.read(make_receipt(desk), cards.read(own_card(desk, PROGRAM)))


def test_what_waits_counts_as_held_only_with_a_true_signature(tmp_path: Path) -> None:
    """A stranger's segments are kept; one that somebody else signed is asked for again."""
    first = bundles.segment(1, 5)
    second_ = bundles.segment(6, 9, previous=hash_of(first))
    begun = [bundles.card_file(), *bundles.segment_files(first)]
    name, _ = bundles.segment_files(second_)
    wrong = [name, Payload(layout.signature_name(name.name), bundles.OTHER_KEY.sign(second_))]
    with closing(found(tmp_path / "one")) as one:
        waits = receive(one, bundles.write(tmp_path, [*begun, *wrong]).path).quarantined
        assert [it.reason for it in waits] == ["untrusted", "segment_signature"]
        said = said_by(one)
        assert [(tip.device, tip.last) for tip in said.have] == [(bundles.KEY.id, 5)]
        assert said.detached == ()
        true = [*begun, *bundles.segment_files(second_)]
        receive(one, bundles.write(tmp_path, true, number=2).path)
        assert [tip.last for tip in said_by(one).have] == [9]


# -- What a bundle is confirmed by -----------------------------------------------------------------


def test_a_bundle_is_not_confirmed_while_an_evidence_file_of_it_is_lacking(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        digest = attach(one, tmp_path)
        receive(two, send(one, tmp_path / "usb", device(two)).path)
        path_in(two.home, digest).unlink()
        tell(two, one, tmp_path / "usb")
        assert not confirmed(one)
        assert [it.sha256 for it in owed(one, two).evidence] == [digest]
        receive(two, send(one, tmp_path / "usb", device(two)).path)
        tell(two, one, tmp_path / "usb")
        assert confirmed(one)


def test_a_file_that_is_lost_here_too_keeps_no_bundle_waiting(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        path_in(one.home, attach(one, tmp_path)).unlink()
        receive(two, send(one, tmp_path / "usb", device(two)).path)
        tell(two, one, tmp_path / "usb")
        assert confirmed(one)


def test_evidence_of_after_a_bundle_says_nothing_of_that_bundle(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "mới")
        receive(two, send(one, tmp_path / "usb", device(two)).path)
        attach(one, tmp_path)
        tell(two, one, tmp_path / "usb")
        assert confirmed(one)


def test_a_clock_that_was_set_back_confirms_nothing_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The battery of the clock is dead: after a restart it is 2010 again."""
    with two_laptops(tmp_path) as (one, two):
        set_note(one, "1.1", "mới")
        send(one, tmp_path / "lost", device(two))
        year_2010 = 1_263_000_000_000
        monkeypatch.setattr(clock, "wall_ms", lambda: year_2010 + time.monotonic_ns() // 1_000_000)
        send(one, tmp_path / "usb", device(two))
        assert not confirmed(one)
        monkeypatch.undo()
        monkeypatch.setenv("NTM_CONFIG", str(tmp_path / "config"))
        tell(two, one, tmp_path / "usb")
        assert not confirmed(one)


def test_a_restored_machine_is_taken_at_its_word_though_it_holds_less(tmp_path: Path) -> None:
    from db import backups

    with two_laptops(tmp_path) as (one, two):
        copy = backups.backup(two.home, backups.Why.MANUAL)
        set_note(one, "1.1", "mới")
        pass_on(one, two, tmp_path / "a")
        tell(two, one, tmp_path / "a")
        assert confirmed(one)
        before, home = incarnation(two), two.home
        two.close()
        backups.restore(home, copy)
        with closing(Desk.open(home)) as again:
            assert incarnation(again) != before
            assert tell(again, one, tmp_path / "a")
            assert not confirmed(one)
            assert owed(one, again).changes == 2
        with one.reading() as session:
            (kept,) = kept_receipts(session.connection(), one.commune.scope)
        assert kept.receipt.incarnation != before
