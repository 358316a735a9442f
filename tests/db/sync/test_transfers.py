from __future__ import annotations

from pathlib import Path

from db.desk import Desk
from db.judging import Status
from db.sync.receiving import receive
from db.sync.transfers import TransferRecord, list_transfers
from tests._helpers.stores import device, found, friends, pass_on, send, set_status


def log(desk: Desk) -> tuple[TransferRecord, ...]:
    with desk.reading() as session:
        return list_transfers(session, desk.home)


def test_the_log_names_what_left_and_for_whom_newest_first(tmp_path: Path) -> None:
    with found(tmp_path / "home") as desk:
        first = send(desk, tmp_path / "usb", "upper")
        second = send(desk, tmp_path / "usb", "all")
        newest, oldest = log(desk)
    assert (oldest.name, oldest.code, oldest.party) == (first.path.name, first.code, "cấp trên")
    assert (newest.name, newest.party) == (second.path.name, "mọi máy")
    assert newest.sent and newest.bytes == second.size
    assert newest.changes == second.info.counts.changes


def test_what_came_in_names_the_machine_that_wrote_it(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        came = next(entry for entry in log(other) if not entry.sent)
        assert came.party.startswith("UBND xã Cai Kinh · ")


def test_a_bundle_is_confirmed_by_the_receipt_that_names_all_of_it(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_status(one, "1.1", Status.MET)
        carried = send(one, tmp_path / "usb", device(other))
        assert log(one)[0].confirmed_by == ""
        receive(other, carried.path)
        pass_on(other, one, tmp_path / "back")
        entry = next(entry for entry in log(one) if entry.name == carried.path.name)
        assert entry.confirmed_by.startswith("UBND xã Cai Kinh")
        assert entry.confirmed_at is not None and entry.confirmed_at >= entry.at


def test_a_receipt_says_nothing_of_what_was_sent_after_it(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        pass_on(one, other, tmp_path / "there")
        pass_on(other, one, tmp_path / "back")
        set_status(one, "1.1", Status.MET)
        send(one, tmp_path / "usb", "all")
        newest = log(one)[0]
        assert newest.sent and newest.confirmed_by == ""


def test_a_laptop_of_the_commune_does_not_confirm_for_the_upper_level(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        sent = send(one, tmp_path / "usb", "upper")
        receive(other, sent.path)
        pass_on(other, one, tmp_path / "back")
        entry = next(entry for entry in log(one) if entry.name == sent.path.name)
        assert entry.confirmed_by == ""
