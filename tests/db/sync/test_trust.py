"""Only a person trusts; what may not count waits with its bytes; receipts move the cursor."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from db.canonical import Json
from db.desk import Desk
from db.journal.heads import EXISTS
from db.problems import NotFound, Refused
from db.sync import cards, layout, receipts, trust
from db.sync.archive import Payload
from db.sync.authority import believed
from db.sync.cards import Role
from db.sync.contents import contents
from db.sync.deciding import revoke_device, trust_device
from db.sync.intake import Intake
from db.sync.keys import DeviceKey
from db.sync.planning import parse_receiver, plan
from db.sync.receipts import Receipt, Tip
from db.sync.receiving import Outcome, receive
from db.sync.trust import Trust, find_device, list_devices
from tests._helpers import bundles
from tests._helpers.histories import SCOPE, Bytes, Pen
from tests._helpers.stores import (
    count,
    device,
    dump_of,
    found,
    friends,
    note_of,
    pass_on,
    second,
    send,
    set_note,
)


@contextmanager
def strangers(path: Path) -> Iterator[tuple[Desk, Desk]]:
    """The first laptop has not heard of the second one yet."""
    with closing(found(path / "one")) as one, closing(second(one, path / "two")) as two:
        yield one, two


def standing(desk: Desk, other: str) -> Trust:
    with desk.reading() as session:
        return find_device(session, other).trust


def waiting(desk: Desk) -> list[str]:
    with desk.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT reason FROM segment WHERE state = 'quarantined' AND length(data) > 0"
            " ORDER BY reason"
        )
        return list(rows.scalars())


def take(desk: Desk, pen: Pen) -> list[str]:
    """Bring in what a pen has sealed; gives the reasons of what must wait."""
    with desk.store.writing() as connection:
        trust.remember(connection, cards.read(pen.card), pen.card, how="person")
        intake = Intake(connection, believed(connection, SCOPE))
        for one in pen.made:
            intake.take(one)
        intake.finish()
    return [one.reason for one in intake.quarantined]


def pen(role: Role = Role.COMMUNE, scope: str = SCOPE) -> Pen:
    return Pen(9, lambda: 1_700_000_000_000, role=role, scope=scope)


def wrote(writer: Pen, entity: str, name: str, value: Json, row: str = "x") -> Pen:
    writer.write(entity, row, name, value)
    writer.seal()
    return writer


def test_a_strangers_work_waits_until_a_person_trusts_the_machine(tmp_path: Path) -> None:
    with strangers(tmp_path) as (one, two):
        set_note(two, "1.1", "của máy hai")
        before = dump_of(one)
        outcome = pass_on(two, one, tmp_path / "a")
        assert (outcome.new, outcome.known) == (0, 0)
        (wait,) = outcome.quarantined
        assert (wait.device, wait.changes, wait.reason) == (device(two), 2, "untrusted")
        assert "khu cách ly" in wait.message
        assert [card.device for card in outcome.strangers] == [device(two)]
        assert dump_of(one) == before
        assert waiting(one) == ["untrusted"]
        assert standing(one, device(two)) is Trust.UNDECIDED

        assert trust_device(one, device(two)).counted == 2
        assert note_of(one, "1.1") == "của máy hai"
        assert waiting(one) == []
        assert standing(one, device(two)) is Trust.TRUSTED
        set_note(two, "1.2", "tiếp")
        assert pass_on(two, one, tmp_path / "b").quarantined == ()


def test_trusting_while_importing_also_lets_earlier_bundles_count(tmp_path: Path) -> None:
    with strangers(tmp_path) as (one, two):
        set_note(two, "1.1", "lần một")
        pass_on(two, one, tmp_path / "a")
        pass_on(one, two, tmp_path / "b")  # two learns that its segment is held
        set_note(two, "1.2", "lần hai")
        written = send(two, tmp_path / "c")
        outcome = receive(one, written.path, trust=[device(two)])
        assert outcome.new == 4
        assert outcome.quarantined == outcome.strangers == ()
        assert (note_of(one, "1.1"), note_of(one, "1.2")) == ("lần một", "lần hai")


def test_what_waits_in_quarantine_need_not_be_sent_again(tmp_path: Path) -> None:
    with strangers(tmp_path) as (one, two):
        set_note(two, "1.1", "của máy hai")
        pass_on(two, one, tmp_path / "a")
        pass_on(one, two, tmp_path / "b")
        assert send(two, tmp_path / "c").info.counts.changes == 0


def test_trust_is_for_a_machine_whose_card_is_in_the_bundle(tmp_path: Path) -> None:
    with strangers(tmp_path) as (one, two):
        written = send(two, tmp_path / "a")
        before = count(one, "change"), count(one, "known_device")
        with pytest.raises(NotFound, match="không có thẻ"):
            receive(one, written.path, trust=[bundles.KEY.id])
        assert before == (count(one, "change"), count(one, "known_device"))
        with pytest.raises(NotFound, match="Chưa có gói nào"):
            trust_device(one, bundles.KEY.id)


def test_trust_tells_the_other_laptops_which_machine_is_vouched_for(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two), closing(second(two, tmp_path / "three")) as three:
        set_note(three, "1.1", "của máy ba")
        pass_on(three, two, tmp_path / "a", trust=True)
        pass_on(three, one, tmp_path / "b")
        pass_on(two, one, tmp_path / "c")
        with one.reading() as session:
            told = find_device(session, device(three))
            assert told.introduced_by == (device(two),)
            assert told.trust is Trust.UNDECIDED  # a person here confirms
            assert list_devices(session)[0].own
        assert note_of(one, "1.1") == ""
        trust_device(one, device(three))
        assert note_of(one, "1.1") == "của máy ba"


def test_a_revoked_machine_keeps_its_past_and_loses_its_future(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(two, "1.1", "lúc còn tin")
        pass_on(two, one, tmp_path / "a")
        revoke_device(one, device(two))
        assert standing(one, device(two)) is Trust.REVOKED
        set_note(two, "1.1", "sau khi mất máy")
        outcome = pass_on(two, one, tmp_path / "b")
        assert [wait.reason for wait in outcome.quarantined] == ["revoked"]
        assert note_of(one, "1.1") == "lúc còn tin"
        with pytest.raises(NotFound, match="Chưa tin cậy"):
            plan(one, parse_receiver(device(two)))
        assert trust_device(one, device(two)).counted == 1  # the machine was found again
        assert note_of(one, "1.1") == "sau khi mất máy"


def test_the_machine_at_hand_cannot_be_revoked(desk: Desk, tmp_path: Path) -> None:
    send(desk, tmp_path / "a")
    before = count(desk, "change")
    with pytest.raises(Refused, match="chính máy đang dùng"):
        revoke_device(desk, device(desk))
    assert count(desk, "change") == before


def test_a_machine_is_found_by_its_fingerprint_however_typed(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two), one.reading() as session:
        told = find_device(session, device(two))
        for typed in (told.fingerprint, told.fingerprint.lower(), device(two), f" {device(two)} "):
            assert find_device(session, typed) == told


def test_a_commune_cannot_write_what_is_published_to_all(desk: Desk) -> None:
    writer = wrote(pen(scope="shared"), "village", EXISTS, True)
    before = dump_of(desk)
    assert take(desk, writer) == ["authority"]
    assert dump_of(desk) == before
    assert waiting(desk) == ["authority"]


def test_the_upper_level_publishes_to_all(desk: Desk) -> None:
    writer = wrote(pen(Role.UPPER, "shared"), "directive", EXISTS, True)
    assert take(desk, writer) == []
    assert '"shared":{"directive"' in dump_of(desk)


@pytest.mark.parametrize(
    ("entity", "name", "value"),
    [("village", "name", "của huyện"), ("village", EXISTS, False), ("village", EXISTS, True)],
)
def test_the_upper_level_cannot_write_the_communes_own_fields(
    desk: Desk, entity: str, name: str, value: Json
) -> None:
    before = dump_of(desk)
    assert take(desk, wrote(pen(Role.UPPER), entity, name, value, "dong-mo")) == ["authority"]
    assert dump_of(desk) == before


def test_a_field_of_the_upper_level_is_not_the_communes_to_write(desk: Desk) -> None:
    assert take(desk, wrote(pen(), "obstacle", "reply", "của xã")) == ["authority"]
    assert take(desk, wrote(pen(Role.UPPER), "obstacle", "reply", "của huyện")) == [
        "authority"  # a machine keeps the role in which its card first came in
    ]


def test_an_upper_level_writes_about_the_communes_of_its_own_area_only(desk: Desk) -> None:
    elsewhere = cards.make(
        DeviceKey.from_seed(bytes([8]) * 32),
        role=Role.UPPER,
        scope="lang-son/chi-lang",
        office="UBND huyện Chi Lăng",
        machine="máy 8",
        program="ntm 0",
    )
    with desk.store.writing() as connection:
        trust.remember(connection, cards.read(elsewhere), elsewhere, how="person")
    writer = Pen(8, lambda: 1, role=Role.UPPER)
    assert take(desk, wrote(writer, "verdict", "note", "của huyện khác")) == ["wrong_scope"]


def test_what_only_a_newer_program_knows_may_come_from_either(desk: Desk) -> None:
    assert take(desk, wrote(pen(), "pasture", "name", "x")) == []
    assert take(desk, wrote(Pen(8, lambda: 1, role=Role.UPPER), "pasture", "said", "x")) == []


def test_another_communes_data_never_counts_whoever_is_trusted(desk: Desk) -> None:
    foreign = "lang-son/huu-lung/minh-tien"
    for role in Role:
        writer = Pen(7 if role is Role.UPPER else 6, lambda: 1, role=role, scope=foreign)
        assert take(desk, wrote(writer, "village", EXISTS, True)) == ["wrong_scope"]
        trust_device(desk, writer.key.id)
    assert foreign not in dump_of(desk)
    assert waiting(desk) == ["wrong_scope", "wrong_scope"]


def test_a_clock_from_the_end_of_time_waits_and_the_commune_goes_on_writing(
    desk: Desk, tmp_path: Path
) -> None:
    poisoned = Pen(5, lambda: 1)
    poisoned.clock.observe("3fffffffffff.0000")  # by hand: no clock of ours goes there
    assert take(desk, wrote(poisoned, "village", "name", "từ tương lai", "dong-mo")) == ["clock"]
    assert take(desk, wrote(Pen(4, _in_2031), "village", "population", 502, "dong-mo")) == []
    set_note(desk, "1.1", "vẫn ghi được")
    assert send(desk, tmp_path / "usb").path.exists()


def _in_2031() -> int:
    return 1_930_000_000_000


def test_one_bad_segment_never_blocks_the_others(desk: Desk) -> None:
    writer = pen()
    for number in range(3):
        wrote(writer, "village", EXISTS, True, f"t{number}")
    forged = replace(writer.made[1], flaw=bundles_flaw(), signature=bytes(64))
    with desk.store.writing() as connection:
        trust.remember(connection, cards.read(writer.card), writer.card, how="person")
        intake = Intake(connection, believed(connection, SCOPE))
        for one in (writer.made[0], forged, writer.made[2]):
            intake.take(one)
        intake.finish()
    assert [one.reason for one in intake.quarantined] == ["segment_signature"]
    assert intake.new == 2
    assert waiting(desk) == ["segment_signature"]
    # The true one comes later, under the same hash, and takes its place.
    assert take(desk, writer) == []
    assert waiting(desk) == []
    with desk.reading() as session:
        kept = session.connection().exec_driver_sql(
            "SELECT signature FROM segment WHERE hash = ?", (writer.made[1].hash,)
        )
        assert kept.scalar_one() == writer.made[1].signature


def test_a_false_signature_does_not_take_the_place_of_a_true_one(tmp_path: Path) -> None:
    with strangers(tmp_path) as (one, two):
        set_note(two, "1.1", "của máy hai")
        pass_on(two, one, tmp_path / "a")
        assert waiting(one) == ["untrusted"]
        with one.reading() as session:
            rows = session.connection().exec_driver_sql(
                "SELECT hash, data FROM segment WHERE state = 'quarantined'"
            )
            ((hash_, data),) = rows.all()
        forged = replace(wrote(pen(), "village", EXISTS, True).made[0], hash=hash_)
        forged = replace(forged, container=Bytes(data), flaw=bundles_flaw(), signature=bytes(64))
        with one.store.writing() as connection:
            Intake(connection, believed(connection, SCOPE)).take(forged)
        assert waiting(one) == ["untrusted"]
        assert trust_device(one, device(two)).counted == 2


def bundles_flaw() -> object:
    from db.sync.problems import Code, flaw

    return flaw(Code.SEGMENT_SIGNATURE)


class Upper:
    """A receiver whose receipts a test writes by hand."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.numbers = itertools.count(1)
        self.receive(receipt=None, trust=True)

    def receive(self, receipt: bytes | None, *, trust: bool = False) -> Outcome:
        payload = [bundles.card_file()]
        if receipt is not None:
            payload.append(Payload(layout.RECEIPT, receipt))
        written = bundles.write(self.folder, payload, number=next(self.numbers))
        return receive(self.desk, written.path, trust=[bundles.KEY.id] if trust else ())

    def says(self, number: int, incarnation: str = "0001aaaaaaaa", **fields: object) -> bytes:
        """A receipt for all that the desk has sealed, unless told otherwise."""
        with self.desk.reading() as session:
            rows = session.connection().exec_driver_sql(
                "SELECT device, incarnation, scope, last, hash FROM segment ORDER BY last DESC"
            )
            tip = Tip(*rows.all()[0])
        said = Receipt(bundles.KEY.id, incarnation, number, SCOPE, (tip,))
        return receipts.make(bundles.KEY, replace(said, **fields))  # type: ignore[arg-type]

    @property
    def lacks(self) -> int:
        return plan(self.desk, parse_receiver(bundles.KEY.id)).changes


@pytest.fixture
def upper(desk: Desk, tmp_path: Path) -> Upper:
    set_note(desk, "1.1", "một")
    bundle_folder = tmp_path / "upper"
    bundle_folder.mkdir()
    made = Upper(desk, bundle_folder)
    send(desk, tmp_path / "sealed")
    return made


def test_a_receipt_moves_the_cursor(upper: Upper) -> None:
    assert upper.lacks > 0
    upper.receive(upper.says(5))
    assert upper.lacks == 0


def test_a_stale_or_replayed_receipt_changes_nothing(upper: Upper) -> None:
    empty = upper.says(4, have=())
    upper.receive(upper.says(5))
    for said in (empty, upper.says(5, have=())):
        upper.receive(said)
        assert upper.lacks == 0
    upper.receive(upper.says(6, have=()))
    assert upper.lacks > 0


def test_a_receiver_restored_from_a_copy_may_hold_less(upper: Upper) -> None:
    upper.receive(upper.says(5))
    upper.receive(upper.says(1, "0002bbbbbbbb", have=()))
    assert upper.lacks > 0
    upper.receive(upper.says(9))  # an older incarnation's word is over
    assert upper.lacks > 0


def test_a_receipt_about_another_commune_changes_nothing(upper: Upper) -> None:
    upper.receive(upper.says(5, scope="lang-son/huu-lung/minh-tien"))
    assert upper.lacks > 0


def test_a_receipt_about_another_branch_of_our_feed_confirms_nothing(upper: Upper) -> None:
    with upper.desk.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT device, incarnation, scope, last FROM segment ORDER BY last DESC"
        )
        other = Tip(*rows.all()[0], "f" * 64)
    upper.receive(upper.says(5, have=(other,)))
    assert upper.lacks > 0


def test_a_forged_receipt_changes_nothing_and_the_rest_of_the_bundle_counts(upper: Upper) -> None:
    said = upper.says(5)
    changed = said.replace(b'"number":5', b'"number":6')
    assert changed != said
    outcome = upper.receive(changed)
    assert [flaw.code for flaw in outcome.flaws] == ["bad_receipt"]
    assert upper.lacks > 0
    upper.receive(said)
    assert upper.lacks == 0


def test_the_receipt_of_a_machine_counts_from_the_moment_it_is_trusted(
    desk: Desk, tmp_path: Path
) -> None:
    set_note(desk, "1.1", "một")
    send(desk, tmp_path / "sealed")
    written = bundles.write(tmp_path, [bundles.card_file(), bundles.receipt_file()])
    outcome = receive(desk, written.path)
    assert [card.device for card in outcome.strangers] == [bundles.KEY.id]
    everyone = parse_receiver("all")
    assert contents(desk, everyone).receivers == ()
    trust_device(desk, bundles.KEY.id)
    (standing,) = contents(desk, everyone).receivers
    assert standing.at is not None
