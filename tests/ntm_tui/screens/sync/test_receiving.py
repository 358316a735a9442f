from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db import clock
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.sync.deciding import trust_device
from db.sync.keys import show_fingerprint
from db.sync.receiving import receive
from db.sync.trust import Trust, list_devices
from ntm_tui.dialogs.file_picker import FilePicker
from tests._helpers.keys import wait_until
from tests._helpers.looks import DRAWABLE, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun, until_shown
from tests._helpers.stores import device, dump_of, send, set_note, set_status, status_of
from tests.ntm_tui.screens.sync.conftest import Plugged


async def look(app: Begun, name: str = "NTM_cai-kinh") -> None:
    """Go to the part for receiving and look at the bundle on the stick."""
    await app.keys.press("f8")
    await until_shown(app, name)
    await app.keys.press("enter")
    await until_shown(app, "Xem trước: chưa nhận gì")


async def trust(app: Begun) -> None:
    """Compare all groups and trust."""
    await until_shown(app, "Tin cậy máy này?")
    await app.keys.press(*["space"] * 6, "enter")
    await wait_until(lambda: "Tin cậy máy này?" not in seen(app.app))


def status(home: Home) -> Status:
    with Desk.read(home) as desk:
        return status_of(desk, "2.1")


async def test_looking_at_a_bundle_changes_nothing(commune: Home, brought: Path) -> None:
    with Desk.read(commune) as desk:
        before = dump_of(desk)
    async with begun(commune, "sync") as app:
        await look(app)
        await until_shown(app, "Máy lạ: UBND xã Cai Kinh")
        await app.keys.press("escape")
        await until_shown(app, "Gói tìm thấy trên USB")
    with Desk.read(commune) as desk:
        assert dump_of(desk) == before


async def test_the_preview_shows_sender_code_and_the_stranger_s_fingerprint(
    commune: Home, brought: Path, tmp_path: Path
) -> None:
    with Desk.read(Home(tmp_path / "other")) as other, other.reading() as session:
        own = next(one for one in list_devices(session) if one.own)
    async with begun(commune, "sync") as app:
        await look(app)
        assert "thay đổi để riêng ở khu cách ly" in seen(app.app)
        assert show_fingerprint(own.device) in seen(app.app)
        assert "Gửi từ" in seen(app.app)


async def test_taking_a_bundle_in_never_trusts_by_itself(
    commune: Home, brought: Path, plugged: Plugged
) -> None:
    async with begun(commune, "sync") as app:
        await look(app)
        await app.keys.press("enter")
        await until_shown(app, "Đã cất riêng, chưa tính phần nào")
    assert status(commune) is not Status.MET
    with Desk.read(commune) as desk, desk.reading() as session:
        stranger = next(one for one in list_devices(session) if not one.own)
    assert stranger.trust is Trust.UNDECIDED


async def test_a_person_compares_the_groups_then_it_counts(commune: Home, brought: Path) -> None:
    async with begun(commune, "sync") as app:
        await look(app)
        await app.keys.press("up", "enter")
        await trust(app)
        await until_shown(app, "Nhận gói này vào máy")
        assert status(commune) is not Status.MET
        await app.keys.press("enter")
        await until_shown(app, "Đã nhận xong")
        await until_shown(app, "thay đổi mới")
    assert status(commune) is Status.MET


async def test_trust_needs_every_group_and_escape_gives_none(commune: Home, brought: Path) -> None:
    async with begun(commune, "sync") as app:
        await look(app)
        await app.keys.press("up", "enter")
        await until_shown(app, "Tin cậy máy này?")
        await app.keys.press("enter")
        await until_shown(app, "Còn 6 nhóm chưa đối chiếu")
        await app.keys.press("space", "space", "left", "backspace", "enter")
        await until_shown(app, "Còn 5 nhóm chưa đối chiếu")
        await app.keys.press("escape")
        await wait_until(lambda: "Tin cậy máy này?" not in seen(app.app))
        assert "Máy lạ" in seen(app.app)


async def test_a_bundle_that_is_known_says_so(commune: Home, brought: Path) -> None:
    async with begun(commune, "sync") as app:
        await look(app)
        await app.keys.press("up", "enter")
        await trust(app)
        await until_shown(app, "Nhận gói này vào máy")
        await app.keys.press("enter")
        await until_shown(app, "Đã nhận xong")
        await app.keys.press("enter", "enter")
        await until_shown(app, "thay đổi máy này đã có")
        assert "Máy lạ" not in seen(app.app)


async def test_one_s_own_bundles_are_not_offered(
    commune: Home, plugged: Plugged, tmp_path: Path
) -> None:
    stick = plugged.plug("usb")
    with Desk.open(commune) as desk:
        send(desk, stick)
        own = device(desk)
    async with begun(commune, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "Tệp khác")
        assert f"_{own[:8]}_" not in seen(app.app)


async def test_a_damaged_bundle_is_refused_in_plain_words(
    commune: Home, brought: Path, plugged: Plugged
) -> None:
    brought.write_bytes(brought.read_bytes()[:-9])
    async with begun(commune, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "NTM_cai-kinh")
        await app.keys.press("enter")
        await until_shown(app, "Gói bị thiếu phần cuối")
        await app.keys.press("enter")
        await until_shown(app, "Gói tìm thấy trên USB")


async def test_a_bundle_that_lies_elsewhere_is_found_by_looking_through_folders(
    commune: Home, brought: Path, plugged: Plugged, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "tai-ve" / "goi nhan.zip"
    elsewhere.parent.mkdir()
    shutil.copy(brought, elsewhere)
    elsewhere.with_name("thu.pdf").touch()
    plugged.pull("usb")
    async with begun(commune, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, "Tệp khác")
        await app.keys.press("enter")
        await wait_until(lambda: isinstance(app.app.screen, FilePicker))
        await app.keys.type(str(elsewhere.parent))
        await app.keys.press("enter")
        await until_shown(app, "goi nhan.zip")
        assert "thu.pdf" not in seen(app.app)
        await app.keys.type("nhan")
        await app.keys.press("enter")
        await until_shown(app, "Xem trước: chưa nhận gì")


async def test_conflicts_are_counted_before_anything_is_taken_in(
    commune: Home, other: Desk, plugged: Plugged
) -> None:
    with Desk.open(commune) as desk:
        set_note(desk, "17.8", "Máy một ghi thế này")
    with other:
        set_note(other, "17.8", "Máy hai ghi khác")
        send(other, plugged.plug("usb"))
    async with begun(commune, "sync") as app:
        await look(app)
        await app.keys.press("up", "enter")
        await trust(app)
        await until_shown(app, "1 ô có hai giá trị trái nhau")


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_the_preview_fits_and_can_be_drawn(
    commune: Home, brought: Path, size: tuple[int, int]
) -> None:
    async with begun(commune, "sync", size) as app:
        await look(app)
        await until_shown(app, "Thôi, không nhận")
        assert set(seen(app.app)) - DRAWABLE - {"\n"} == set()


async def test_the_preview_counts_what_changes_and_shows_every_field(
    commune: Home, brought: Path
) -> None:
    async with begun(commune, "sync", LARGE) as app:
        await look(app)
        await app.keys.press("up", "enter")
        await trust(app)
        await until_shown(app, "ô đổi giá trị")
        assert "Tự đánh giá" in seen(app.app) and "do Lý Văn Bé ghi" in seen(app.app)
        await app.keys.press("down", "enter")
        await until_shown(app, "Tự đánh giá: (để trống) → Đạt")
        await app.keys.press("escape")
        await until_shown(app, "Xem trước: chưa nhận gì")
    assert status(commune) is not Status.MET


async def test_what_was_taken_in_can_be_set_aside_at_once(commune: Home, brought: Path) -> None:
    async with begun(commune, "sync", LARGE) as app:
        await look(app)
        await app.keys.press("up", "enter")
        await trust(app)
        await until_shown(app, "Nhận gói này vào máy")
        await app.keys.press("enter")
        await until_shown(app, "Đã nhận xong")
        assert "Bản sao kho trước khi nhận" in seen(app.app)
        assert "Biên nhận của máy này" in seen(app.app)
        await app.keys.press("down", "down", "enter")
        await until_shown(app, "Đã gỡ lần nhận này")
        assert status(commune) is not Status.MET
        await app.keys.press("enter")
        await until_shown(app, "Gói tìm thấy trên USB")


async def test_a_wrong_clock_is_told_in_the_preview(
    commune: Home, other: Desk, plugged: Plugged, monkeypatch: pytest.MonkeyPatch
) -> None:
    with other, monkeypatch.context() as patch:
        patch.setattr(clock, "wall_ms", lambda: 1_009_850_400_000)  # 1 January 2002
        set_note(other, "1.2", "từ năm 2002")
        send(other, plugged.plug("usb"))
    async with begun(commune, "sync", LARGE) as app:
        await look(app)
        await until_shown(app, "chạy sai: có thay đổi ghi lúc")
        assert "01/01/2002" in seen(app.app)


async def test_all_bundles_come_in_at_once_and_each_has_its_result(
    commune: Home, other: Desk, plugged: Plugged
) -> None:
    stick = plugged.plug("usb")
    with other:
        own = device(other)
        set_status(other, "2.1", Status.MET)
        send(other, stick)
        set_note(other, "17.8", "thêm")
        bad = send(other, stick).path
    bad.write_bytes(bad.read_bytes()[:-9])
    with Desk.open(commune) as desk:
        receive(desk, sorted(stick.iterdir())[0], dry_run=True)
        receive(desk, sorted(stick.iterdir())[0])
        trust_device(desk, own)
    async with begun(commune, "sync", LARGE) as app:
        await app.keys.press("f8")
        await until_shown(app, "Nhận tất cả")
        await app.keys.press("end", "up", "enter")
        await until_shown(app, "1/2 gói nguyên vẹn và đúng nơi")
        assert "Gói bị thiếu phần cuối" in seen(app.app)
        await app.keys.press("enter")
        await until_shown(app, "Kết quả nhận gói")
        await until_shown(app, "Đã nhận 1/2 gói")
        assert "không nhận được" in seen(app.app)
        place = next(
            number
            for number, line in enumerate(
                [it for it in seen(app.app).splitlines() if "√ Xã" in it or "× NTM" in it]
            )
            if "√" in line
        )
        await app.keys.press(*["down"] * (place + 1), "enter")
        await until_shown(app, "Đã nhận xong")
        await app.keys.press("enter")
        await until_shown(app, "Kết quả nhận gói")
        await app.keys.press("escape")
        await until_shown(app, "Gói tìm thấy trên USB")
