"""What is kept apart is told with its reason; trying again lets count what may count now."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db.desk import Desk
from db.journal.heads import EXISTS
from db.sync import cards, quarantine, trust
from db.sync.authority import Reason
from db.sync.problems import Code
from db.sync.quarantine import KeptApart, explain, list_quarantine, retry
from tests._helpers.histories import Pen
from tests._helpers.stores import device, dump_of, found, note_of, pass_on, second, set_note


def kept(desk: Desk) -> tuple[KeptApart, ...]:
    with desk.reading() as session:
        return list_quarantine(session)


def keep(desk: Desk, pen: Pen, reason: str, *, read: bool = True) -> None:
    """Put what a pen has sealed into quarantine, as an import does."""
    with desk.store.writing() as connection:
        for one in pen.made:
            header = one.header
            assert header is not None
            place = (*header.feed, header.first, header.last, header.previous)
            connection.exec_driver_sql(
                "INSERT INTO segment (hash, device, incarnation, scope, first, last, previous,"
                " data, signature, received_at, state, reason)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '2024-07-05T01:02:03.000Z', 'quarantined', ?)",
                (
                    one.hash, *(place if read else ("", "", "", 0, 0, "")), one.read(),
                    one.signature, reason,
                ),
            )  # fmt: skip


def know(desk: Desk, pen: Pen) -> None:
    with desk.store.writing() as connection:
        trust.remember(connection, cards.read(pen.card), pen.card, how="person")


def village(desk: Desk) -> Pen:
    writer = Pen(9, lambda: 1_700_000_000_000, scope=desk.commune.scope)
    writer.write("village", "moi", EXISTS, True)
    writer.write("village", "moi", "name", "Thôn Mới")
    writer.seal()
    return writer


def test_what_a_stranger_sent_is_told_by_machine_and_reason(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        set_note(two, "1.1", "của máy hai")
        pass_on(two, one, tmp_path / "a")
        (entry,) = kept(one)
        assert (entry.device, entry.reason, entry.parts, entry.changes) == (
            device(two),
            "untrusted",
            1,
            2,
        )
        assert entry.office == "UBND xã Cai Kinh"
        assert entry.scopes == (one.commune.scope,)
        assert "Tin cậy" in entry.explained.way_out
        assert retry(one) == quarantine.Retried(0, 0, 1)


@pytest.mark.parametrize("reason", [Code.NEWER_SCHEMA, Code.NO_CARD])
def test_after_an_upgrade_or_with_the_card_it_counts(desk: Desk, reason: Code) -> None:
    writer = village(desk)
    keep(desk, writer, reason, read=reason is Code.NO_CARD)
    assert retry(desk).counted == 0  # nobody knows that machine yet
    assert [it.reason for it in kept(desk)] == [reason]
    know(desk, writer)
    assert retry(desk).counted == 2
    assert kept(desk) == ()
    assert "Thôn Mới" in dump_of(desk)


def test_a_signature_that_does_not_hold_never_counts(desk: Desk) -> None:
    writer = village(desk)
    keep(desk, writer, Code.NEWER_SCHEMA, read=False)
    know(desk, writer)
    with desk.store.writing() as connection:
        connection.execute(
            text("UPDATE segment SET signature = zeroblob(64) WHERE state = 'quarantined'")
        )
    assert retry(desk).counted == 0
    assert "Thôn Mới" not in dump_of(desk)


def test_the_reason_is_the_one_that_holds_now(desk: Desk) -> None:
    writer = Pen(9, lambda: 1_700_000_000_000, scope=desk.commune.scope)
    writer.write("verdict", "xa-ntm-2021-2025|1.1|2024", "note", "không phải của xã")
    writer.seal()
    keep(desk, writer, Reason.UNTRUSTED)
    know(desk, writer)
    assert retry(desk).counted == 0
    assert [it.reason for it in kept(desk)] == ["authority"]


def test_another_commune_s_data_stays_apart_whoever_is_trusted(desk: Desk) -> None:
    elsewhere = "lang-son/huu-lung/minh-tien"
    writer = Pen(9, lambda: 1_700_000_000_000, scope=elsewhere)
    writer.write("village", "moi", EXISTS, True)
    writer.seal()
    card = cards.make(
        writer.key,
        role=cards.Role.COMMUNE,
        scope=elsewhere,
        office="UBND xã Minh Tiến",
        machine="máy 9",
        program="ntm 0",
    )
    with desk.store.writing() as connection:
        trust.remember(connection, cards.read(card), card, how="person")
    keep(desk, writer, Reason.SCOPE)
    assert retry(desk).counted == 0
    assert elsewhere not in dump_of(desk)


def test_every_reason_has_plain_words_and_a_way_out() -> None:
    for reason in (*Reason, *(code for code in Code if code in quarantine._TOLD)):
        told = explain(reason.value)
        assert told.why and told.way_out.endswith(".")
    assert "cập nhật" in explain("a_reason_of_tomorrow").way_out.lower()


def test_what_was_let_count_again_is_the_work_itself(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        set_note(two, "1.1", "của máy hai")
        pass_on(two, one, tmp_path / "a")
        with one.store.writing() as connection:
            connection.exec_driver_sql("UPDATE known_device SET trust = 'trusted', how = 'person'")
        assert retry(one) == quarantine.Retried(2, 0, 0)
        assert note_of(one, "1.1") == "của máy hai"
