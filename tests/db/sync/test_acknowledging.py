"""Receipts as files of their own: where they go, whose are refused, and what is said of them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db import files
from db.desk import Desk
from db.problems import DiskFailed, NotFound, Refused
from db.sync.acknowledging import ForeignReceipt, list_receipts, take_receipt, write_receipt
from db.sync.keys import show_fingerprint
from db.sync.receiving import receive
from db.sync.trust import Trust
from tests._helpers.stores import (
    ANSWERS,
    PROGRAM,
    count,
    device,
    district_of,
    found,
    found_upper,
    friends,
    pass_on,
    send,
    set_note,
)


def write(desk: Desk, folder: Path, **more: str) -> Path:
    return write_receipt(desk, folder, program=PROGRAM, **more).path


def test_the_words_say_who_holds_what_of_whom_and_which_bundle_came_last(tmp_path: Path) -> None:
    with (
        closing(found(tmp_path / "one")) as one,
        closing(district_of(one, tmp_path / "d")) as upper,
    ):
        written = send(one, tmp_path / "usb", "upper")
        receive(upper, written.path)
        text = write(upper, tmp_path / "usb", device=device(one)).read_text(encoding="utf-8")
    for expected in (
        "Xã Cai Kinh (lang-son/huu-lung/cai-kinh)",
        "UBND huyện Hữu Lũng",
        show_fingerprint(device(upper)),
        show_fingerprint(device(one)),
        f"mã {written.code}",
        written.path.name,
        "thay đổi do UBND xã Cai Kinh",
        "Chữ ký số chứng nhận máy, không chứng nhận người.",
    ):
        assert expected in text
    assert "THỰC HÀNH" not in text


def test_each_file_has_a_name_of_its_own_that_every_system_accepts(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one:
        names = {write(one, tmp_path / "usb").name for _ in range(3)}
    assert len(names) == 3
    assert all(name.isascii() and name.startswith("NTM_cai-kinh_") for name in names)


def test_a_disk_that_fails_leaves_nothing_and_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with closing(found(tmp_path / "one")) as one:
        with pytest.raises(NotFound, match="Hãy cắm lại USB"):
            write(one, tmp_path / "pulled" / "usb")
        monkeypatch.setattr(files, "write_atomic", full)
        with pytest.raises(DiskFailed, match="ổ đĩa đã đầy"):
            write(one, tmp_path / "usb")


def test_a_machine_that_is_not_known_cannot_be_meant(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, pytest.raises(NotFound):
        write(one, tmp_path / "usb", device="0" * 24)


def test_the_upper_level_writes_about_one_commune_at_a_time(tmp_path: Path) -> None:
    with closing(found_upper(tmp_path / "up")) as upper, pytest.raises(Refused, match="một xã"):
        write(upper, tmp_path / "usb")


def test_one_s_own_receipt_is_refused(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, pytest.raises(Refused, match="chính máy này"):
        take_receipt(one, write(one, tmp_path / "usb"))


def test_a_receipt_about_another_commune_is_refused(tmp_path: Path) -> None:
    neighbour = replace(ANSWERS, commune="Minh Tiến")
    with (
        closing(found(tmp_path / "one")) as one,
        closing(found(tmp_path / "two", answers=neighbour)) as two,
        closing(found_upper(tmp_path / "up")) as upper,
    ):
        path = write(two, tmp_path / "usb")
        for desk in (one, upper):
            with pytest.raises(ForeignReceipt, match="minh-tien"):
                take_receipt(desk, path)
            assert count(desk, "held_receipt") == count(desk, "known_device") == 0


@pytest.mark.parametrize("practice", [True, False])
def test_practice_and_real_receipts_never_meet(tmp_path: Path, practice: bool) -> None:
    with (
        closing(found(tmp_path / "one", practice=practice)) as one,
        closing(found(tmp_path / "two", practice=not practice)) as two,
    ):
        path = write(two, tmp_path / "usb")
        assert ("THỰC HÀNH" in path.read_text(encoding="utf-8")) is not practice
        with pytest.raises(ForeignReceipt, match="không bao giờ trộn"):
            take_receipt(one, path)


def test_a_stranger_s_receipt_is_kept_and_its_machine_can_be_trusted(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(found(tmp_path / "two")) as two:
        taken = take_receipt(one, write(two, tmp_path / "usb"))
        assert taken.new and not taken.record.counts
        (kept,) = list_receipts(one)
        assert (kept.device, kept.trust) == (device(two), Trust.UNDECIDED)


def test_looking_at_a_receipt_changes_nothing(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(found(tmp_path / "two")) as two:
        path = write(two, tmp_path / "usb")
        assert take_receipt(one, path, dry_run=True).new
        assert count(one, "held_receipt") == count(one, "known_device") == 0


def test_what_is_still_lacking_is_said(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(one, "1.1", "mới")
        send(one, tmp_path / "usb")
        assert take_receipt(one, write(two, tmp_path / "usb")).record.lacking_changes == 2
        pass_on(one, two, tmp_path / "usb")
        taken = take_receipt(one, write(two, tmp_path / "usb"))
        assert taken.record.complete
        assert list_receipts(one) == (replace(taken.record, at=list_receipts(one)[0].at),)


def test_the_upper_level_takes_a_commune_s_receipt_whichever_is_in_front(tmp_path: Path) -> None:
    with (
        closing(found(tmp_path / "one")) as one,
        closing(district_of(one, tmp_path / "d")) as upper,
    ):
        set_note(one, "1.1", "mới")
        pass_on(one, upper, tmp_path / "a")
        path = write(one, tmp_path / "usb")
        taken = take_receipt(upper.at_commune("shared"), path)
        assert taken.new and taken.record.counts
        assert taken.record.scope == one.commune.scope
        assert [it.number for it in list_receipts(upper)] == [taken.record.number]
