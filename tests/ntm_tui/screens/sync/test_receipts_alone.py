from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.sync.acknowledging import list_receipts, take_receipt, write_receipt
from db.sync.delivery import last_sent
from db.sync.receiving import receive
from ntm_tui.dialogs import opening
from tests._helpers.keys import wait_until
from tests._helpers.looks import DRAWABLE, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, begun, until_shown
from tests._helpers.stores import PROGRAM, device, found, pass_on, second, send, set_note
from tests.ntm_tui.screens.sync.conftest import Plugged


def receipts_on(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.receipt"))


@pytest.fixture
def answered(tmp_path: Path, plugged: Plugged) -> Home:
    """A laptop that sent a bundle; a stick brings the receipt of a laptop that it trusts."""
    stick = plugged.plug("usb")
    with found(tmp_path / "home") as desk, second(desk, tmp_path / "other") as other:
        pass_on(other, desk, tmp_path / "known", trust=True)
        set_note(desk, "17.8", "mới")
        receive(other, send(desk, tmp_path / "carried", device(other)).path)
        write_receipt(other, stick, program=PROGRAM)
        return desk.home


async def test_a_receipt_on_the_stick_is_listed_and_taken_with_one_enter(answered: Home) -> None:
    async with begun(answered, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "biên nhận ·")
        await app.keys.press("enter")
        await until_shown(app, "√ Đã nhận biên nhận")
        assert "Máy ấy đã có đủ những gì từng gửi" in seen(app.app)
        await app.keys.press("enter")
        await until_shown(app, "Gói tìm thấy trên USB")
        await app.keys.press("5")
        await until_shown(app, "√ ")
    with Desk.read(answered) as desk, desk.reading() as session:
        last = last_sent(session.connection(), desk.home, desk.commune.scope)
    assert last is not None and last.confirmed_at is not None


async def test_the_first_screen_says_that_the_bundle_was_confirmed(answered: Home) -> None:
    async with begun(answered, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "biên nhận ·")
        await app.keys.press("enter")
        await until_shown(app, "√ Đã nhận biên nhận")
        await app.keys.press("f2")
        await until_shown(app, "đã nhận")


async def test_a_receipt_that_was_changed_is_refused_in_plain_words(
    answered: Home, plugged: Plugged
) -> None:
    (path,) = receipts_on(plugged.disks[0].path)
    path.write_bytes(path.read_bytes().replace("thay đổi do".encode(), "thay đỏi do".encode()))
    async with begun(answered, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "biên nhận ·")
        await app.keys.press("enter")
        await until_shown(app, "đã bị sửa hoặc chép thiếu")
        await app.keys.press("escape")
        await until_shown(app, "Gói tìm thấy trên USB")


async def test_a_stranger_s_receipt_says_that_it_does_not_count_yet(
    commune: Home, other: Desk, plugged: Plugged
) -> None:
    with other:
        write_receipt(other, plugged.plug("usb"), program=PROGRAM)
    async with begun(commune, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "biên nhận ·")
        await app.keys.press("enter")
        await until_shown(app, "chưa được tin cậy")


async def test_after_a_bundle_was_taken_in_a_receipt_is_written_beside_it(
    commune: Home, brought: Path, tmp_path: Path
) -> None:
    async with begun(commune, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "NTM_cai-kinh")
        await app.keys.press("ctrl+e")
        assert receipts_on(brought.parent) == []
        await app.keys.press("enter")
        await until_shown(app, "Xem trước")
        await app.keys.press("enter")
        await until_shown(app, "Ctrl+E ghi biên nhận")
        await app.keys.press("ctrl+e")
        await until_shown(app, "Đã ghi biên nhận")
    (path,) = receipts_on(brought.parent)
    with Desk.open(Home(tmp_path / "other")) as other:
        assert take_receipt(other, path).record.complete


async def test_a_receipt_for_the_machine_under_the_cursor_goes_to_the_stick(
    answered: Home, plugged: Plugged, tmp_path: Path
) -> None:
    async with begun(answered, "sync") as app:
        await app.keys.press("6")
        await until_shown(app, "Ctrl+E ghi biên nhận")
        await app.keys.press("down", "ctrl+e")
        await until_shown(app, "Đã ghi biên nhận")
    stick = plugged.disks[0].path
    (path,) = [it for it in receipts_on(stick) if "Gửi cho máy" in it.read_text("utf-8")]
    with Desk.open(Home(tmp_path / "other")) as other:
        assert take_receipt(other, path).new
        assert len(list_receipts(other)) == 1


async def test_without_a_stick_the_receipt_goes_to_the_folder_of_the_home(
    answered: Home, plugged: Plugged
) -> None:
    plugged.pull("usb")
    async with begun(answered, "sync") as app:
        await app.keys.press("6")
        await until_shown(app, "Ctrl+E ghi biên nhận")
        await app.keys.press("ctrl+e")
        await wait_until(lambda: len(receipts_on(answered.outgoing)) == 1)


async def test_the_handover_sheet_is_one_key_after_sending(
    commune: Home, plugged: Plugged, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(opening, "open_file", opened.append)
    plugged.plug("usb")
    async with begun(commune, "sync") as app:
        await until_shown(app, "USB usb")
        await app.keys.press("ctrl+w")
        assert opened == []
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
        assert "Ctrl+W biên bản" in seen(app.app)
        await app.keys.press("ctrl+w")
        await until_shown(app, "Đã mở biên bản để in")
    (sheet,) = opened
    assert sheet.parent == commune.outgoing
    assert "BIÊN BẢN GIAO NHẬN" in sheet.read_text("utf-8")


async def test_no_sheet_of_a_bundle_that_was_pulled_out(
    commune: Home, plugged: Plugged, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(opening, "open_file", opened.append)
    stick = plugged.plug("usb")
    async with begun(commune, "sync") as app:
        await until_shown(app, "USB usb")
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
        shutil.rmtree(stick)
        await app.keys.press("ctrl+w")
        await wait_until(lambda: bool(app.app._notifications))
        assert "Không tìm thấy tệp" in next(iter(app.app._notifications)).message
    assert opened == []


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_what_a_receipt_says_fits_and_can_be_drawn(
    answered: Home, size: tuple[int, int]
) -> None:
    async with begun(answered, "sync", size) as app:
        await app.keys.press("f8")
        await until_shown(app, "biên nhận ·")
        await app.keys.press("enter")
        await until_shown(app, "√ Đã nhận biên nhận")
        assert set(seen(app.app)) - DRAWABLE - {"\n"} == set()
