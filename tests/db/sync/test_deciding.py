"""What a person decides about a machine or a bundle, and what counts then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.desk import Desk
from db.problems import NotFound, Refused
from db.sync.authority import believed, published_limits
from db.sync.deciding import apply_again, revoke_device, set_aside, trust_device
from db.sync.planning import parse_receiver, plan
from db.sync.receiving import receive
from db.sync.transfers import TransferRecord, list_transfers
from db.sync.trust import DeviceRecord, Trust, find_device
from tests._helpers.stores import (
    device,
    district_of,
    dump_of,
    found,
    friends,
    note_of,
    pass_on,
    second,
    send,
    set_note,
)

SCOPE = "lang-son/huu-lung/cai-kinh"


def record(desk: Desk, other: Desk) -> DeviceRecord:
    with desk.reading() as session:
        return find_device(session, device(other))


def waiting(desk: Desk) -> list[str]:
    with desk.reading() as session:
        found_ = session.connection().exec_driver_sql(
            "SELECT reason FROM segment WHERE state = 'quarantined' ORDER BY reason"
        )
        return [*found_.scalars()]


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Desk]]:
    """Three laptops of a commune; each trusts the two others."""
    one, two = friends(tmp_path)
    with closing(one), closing(two), closing(second(two, tmp_path / "three")) as lost:
        pass_on(lost, two, tmp_path / "a", trust=True)
        pass_on(lost, one, tmp_path / "b", trust=True)
        pass_on(one, two, tmp_path / "c")
        pass_on(two, one, tmp_path / "d")
        yield one, two, lost


def test_what_a_machine_writes_after_another_one_revoked_it_waits_for_a_person_here(
    three: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    one, two, lost = three
    set_note(lost, "1.1", "trước khi mất")
    pass_on(lost, one, tmp_path / "e")
    revoke_device(one, device(lost))
    assert not record(one, lost).disowned
    pass_on(one, two, tmp_path / "f")
    assert record(two, lost).trust is Trust.TRUSTED
    assert record(two, lost).disowned
    assert record(two, lost).disowned_by == (device(one),)
    assert note_of(two, "1.1") == "trước khi mất"

    set_note(lost, "1.1", "kẻ lấy máy ghi")
    told = pass_on(lost, two, tmp_path / "g")
    assert [one_.reason for one_ in told.quarantined] == ["disowned"]
    assert "cho đến khi người ở đây chọn" in told.quarantined[0].message
    assert note_of(two, "1.1") == "trước khi mất"


def disowned(three: tuple[Desk, Desk, Desk], tmp_path: Path) -> None:
    """The first machine revokes the third; the second hears of it, and has newer work of it."""
    one, two, lost = three
    set_note(lost, "1.1", "trước khi mất")
    pass_on(lost, one, tmp_path / "e")
    set_note(lost, "1.2", "máy một chưa nhận")
    pass_on(lost, two, tmp_path / "f")
    revoke_device(one, device(lost))
    pass_on(one, two, tmp_path / "g")
    set_note(lost, "2.1", "sau khi mất")
    pass_on(lost, two, tmp_path / "h")


def test_to_follow_a_revocation_takes_out_what_came_in_beyond_its_number(
    three: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    disowned(three, tmp_path)
    _one, two, lost = three
    assert (note_of(two, "1.2"), note_of(two, "2.1")) == ("máy một chưa nhận", "")
    done = revoke_device(two, device(lost))
    assert (done.counted, done.discounted, done.conflicts) == (0, 2, 0)
    assert (note_of(two, "1.1"), note_of(two, "1.2")) == ("trước khi mất", "")
    assert waiting(two) == ["disowned", "revoked"]
    assert not record(two, lost).disowned
    assert pass_on(lost, two, tmp_path / "i").new == 0


def test_to_go_on_trusting_lets_what_waited_count_and_is_not_asked_again(
    three: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    disowned(three, tmp_path)
    _one, two, lost = three
    assert trust_device(two, device(lost)).counted == 2
    assert note_of(two, "2.1") == "sau khi mất"
    assert not record(two, lost).disowned
    set_note(lost, "2.2", "máy vẫn ở xã")
    assert pass_on(lost, two, tmp_path / "i").quarantined == ()


def test_a_machine_that_is_revoked_once_more_waits_for_a_person_again(
    three: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    disowned(three, tmp_path)
    one, two, lost = three
    trust_device(two, device(lost))
    pass_on(two, one, tmp_path / "i")
    trust_device(one, device(lost))
    pass_on(one, two, tmp_path / "j")
    set_note(lost, "2.1", "lúc tìm thấy")
    pass_on(lost, one, tmp_path / "k")
    revoke_device(one, device(lost))
    pass_on(one, two, tmp_path / "l")
    assert record(two, lost).disowned
    set_note(lost, "2.1", "lại mất")
    assert [it.reason for it in pass_on(lost, two, tmp_path / "m").quarantined] == ["disowned"]


def test_what_waited_counts_when_the_other_machine_takes_its_revocation_back(
    three: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    disowned(three, tmp_path)
    one, two, lost = three
    trust_device(one, device(lost))
    told = pass_on(one, two, tmp_path / "i")
    assert told.quarantined == ()
    assert note_of(two, "2.1") == "sau khi mất"
    assert waiting(two) == []


def test_a_commune_may_go_on_trusting_a_machine_that_its_district_revoked(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two), closing(district_of(one, tmp_path / "upper")) as upper:
        pass_on(two, upper, tmp_path / "a", trust=True)
        revoke_device(upper, device(two))
        pass_on(upper, one, tmp_path / "b")
        assert record(one, two).disowned_by == (device(upper),)
        set_note(two, "1.1", "máy hai vẫn ở xã")
        assert [it.reason for it in pass_on(two, one, tmp_path / "c").quarantined] == ["disowned"]
        assert trust_device(one, device(two)).counted == 2
        assert note_of(one, "1.1") == "máy hai vẫn ở xã"
        pass_on(one, upper, tmp_path / "d")
        assert record(upper, two).trust is Trust.REVOKED  # each decides for itself
        assert note_of(upper, "1.1") == ""


def test_what_both_levels_revoke_is_refused_from_the_earlier_number_on(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two), closing(district_of(one, tmp_path / "upper")) as upper:
        set_note(two, "1.2", "máy hai đã ghi")
        pass_on(two, upper, tmp_path / "a", trust=True)
        revoke_device(upper, device(two))
        with upper.reading() as session:
            (earlier,) = published_limits(session.connection(), SCOPE)[device(two)].values()
        set_note(two, "1.1", "máy một đã nhận")
        pass_on(two, one, tmp_path / "b")
        revoke_device(one, device(two))
        pass_on(one, upper, tmp_path / "c")
        pass_on(upper, one, tmp_path / "d")
        for desk in (one, upper):
            with desk.reading() as session:
                connection = session.connection()
                limits = published_limits(connection, SCOPE)[device(two)]
                assert [*limits.values()] == [earlier]
                assert believed(connection, SCOPE).revoked_from == {device(two): limits}


def test_a_lost_machine_cannot_take_its_own_revocation_back(
    three: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    """Its thief has read a bundle that revokes it, and writes the opposite on top."""
    one, two, lost = three
    pass_on(lost, one, tmp_path / "d1")
    revoke_device(one, device(lost))
    receive(lost, send(one, tmp_path / "e", full=True).path)
    with lost.act() as session:
        row = session.get(_device_trust(), (SCOPE, device(lost)))
        assert row is not None and row.revoked
        row.revoked = None
    told = pass_on(lost, two, tmp_path / "f")  # which has not heard of the revocation yet
    assert [it.reason for it in told.quarantined] == ["authority"]
    pass_on(one, two, tmp_path / "g")
    assert record(two, lost).disowned


def _device_trust() -> type:
    from db.models import DeviceTrust

    return DeviceTrust


def came_in(desk: Desk) -> TransferRecord:
    """The newest bundle in the log that came in."""
    with desk.reading() as session:
        return next(it for it in list_transfers(session, desk.home) if not it.sent)


def test_a_bundle_that_is_taken_out_counts_no_longer_here_and_nowhere_else(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        before = dump_of(one)
        set_note(two, "1.1", "nhận nhầm")
        pass_on(two, one, tmp_path / "a")
        after, there = dump_of(one), dump_of(two)
        brought = came_in(one)
        assert brought.aside_at is None
        done = set_aside(one, brought.id)
        assert (done.counted, done.discounted) == (0, 2)
        assert dump_of(one) == before
        assert came_in(one).aside_at is not None
        assert dump_of(two) == there
        # It is held, so it is not sent again; and brought again, it stays out.
        pass_on(one, two, tmp_path / "b")
        assert plan(two, parse_receiver(device(one))).changes == 0
        assert receive(one, send(two, tmp_path / "c", full=True).path).new == 0
        assert dump_of(one) == before

        done = apply_again(one, brought.id)
        assert (done.counted, done.discounted) == (2, 0)
        assert dump_of(one) == after
        assert came_in(one).aside_at is None


def test_what_was_written_on_top_stays_when_the_bundle_below_it_is_taken_out(
    tmp_path: Path,
) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(two, "1.1", "của máy hai")
        pass_on(two, one, tmp_path / "a")
        set_note(one, "1.1", "sửa trên đó")
        set_note(two, "1.1", "máy hai sửa tiếp")
        set_aside(one, came_in(one).id)
        assert note_of(one, "1.1") == "sửa trên đó"
        assert pass_on(two, one, tmp_path / "b").conflicts == 1
        assert apply_again(one, _first_in(one)).conflicts == 1


def _first_in(desk: Desk) -> int:
    with desk.reading() as session:
        return next(it.id for it in list_transfers(session, desk.home) if it.aside_at is not None)


def test_only_a_bundle_that_counts_is_taken_out_and_only_one_that_was_is_put_back(
    tmp_path: Path,
) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(two, "1.1", "x")
        pass_on(two, one, tmp_path / "a")
        brought = came_in(one).id
        with pytest.raises(Refused, match="đang được tính, không phải gói đã gỡ"):
            apply_again(one, brought)
        set_aside(one, brought)
        with pytest.raises(Refused, match="không có phần nào đang được tính để gỡ"):
            set_aside(one, brought)
        for decision in (set_aside, apply_again):
            with pytest.raises(NotFound, match="không có gói nhận nào ở dòng đó"):
                decision(one, 10_000)
        with one.reading() as session:
            sent = next(it.id for it in list_transfers(session, one.home) if it.sent)
        with pytest.raises(NotFound):
            set_aside(one, sent)


def test_a_bundle_of_a_machine_that_was_revoked_meanwhile_is_not_put_back_into_force(
    tmp_path: Path,
) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(two, "1.1", "x")
        pass_on(two, one, tmp_path / "a")
        set_aside(one, came_in(one).id)
        revoke_device(one, device(two))
        assert apply_again(one, came_in(one).id).counted == 0
        assert note_of(one, "1.1") == ""
        assert trust_device(one, device(two)).counted == 2
        assert note_of(one, "1.1") == "x"


def test_the_bundle_from_which_the_commune_came_is_not_taken_out(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        before = dump_of(two)
        with pytest.raises(Refused, match="khởi đầu của xã"):
            set_aside(two, came_in(two).id)
        assert dump_of(two) == before
        assert came_in(two).aside_at is None
