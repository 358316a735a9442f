from __future__ import annotations

from pathlib import Path

from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.sync.receiving import receive
from db.sync.trust import Trust, list_devices, own_device
from ntm_tui.screens.sync.section import SectionBar
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import SMALL, Begun, begun
from tests._helpers.stores import device, send, status_of
from tests.ntm_tui.screens.sync.conftest import Plugged


async def until_shown(app: Begun, words: str) -> None:
    await wait_until(lambda: words in seen(app.app))


def own_of(desk: Desk) -> str:
    with desk.reading() as session:
        return own_device(session)


def status_at(home: Home) -> Status:
    with Desk.read(home) as desk:
        return status_of(desk, "2.1")


def trust_of(home: Home) -> Trust:
    with Desk.read(home) as desk, desk.reading() as session:
        return next(one.trust for one in list_devices(session) if not one.own)


async def test_f8_goes_round_the_parts(commune: Home, plugged: Plugged) -> None:
    async with begun(commune, "sync") as app:
        for title in ("Nhận về", "Trái nhau", "Cách ly", "Sổ gửi nhận", "Các máy", "Gửi đi"):
            await app.keys.press("f8")
            await until_shown(app, f"► {title}")


async def test_this_machine_s_fingerprint_can_be_read_out_before_anything_was_sent(
    commune: Home, plugged: Plugged
) -> None:
    with Desk.open(commune) as desk:
        own = device(desk)
    async with begun(commune, "sync") as app:
        await app.keys.press("6")
        await until_shown(app, f"{own[:4]}   {own[4:8]}   {own[8:12]}")
        await until_shown(app, f"{own[12:16]}   {own[16:20]}   {own[20:]}")
        await app.keys.press("enter")
        await until_shown(app, "Đây là máy đang dùng")


async def test_a_machine_is_trusted_after_comparing_and_revoked_on_purpose(
    commune: Home, brought: Path, plugged: Plugged
) -> None:
    with Desk.open(commune) as desk:
        receive(desk, brought)
    async with begun(commune, "sync") as app:
        await app.keys.press("6")
        await until_shown(app, "□")
        await app.keys.press("down", "enter")
        await until_shown(app, "Tin cậy máy này?")
        await app.keys.press(*["space"] * 6, "enter")
        await until_shown(app, "thay đổi để riêng nay được tính")
        assert trust_of(commune) is Trust.TRUSTED
        await until_shown(app, "Enter thôi tin cậy")
        await app.keys.press("enter")
        await until_shown(app, "Thôi tin cậy máy này?")
        await app.keys.press("enter")
        await wait_until(lambda: "Thôi tin cậy máy này?" not in seen(app.app))
        assert trust_of(commune) is Trust.TRUSTED
        await app.keys.press("enter")
        await until_shown(app, "Thôi tin cậy máy này?")
        await app.keys.press("tab", "enter")
        await until_shown(app, "Đã thôi tin cậy")
    assert trust_of(commune) is Trust.REVOKED


async def test_the_log_shows_what_left_and_what_was_not_confirmed(
    commune: Home, plugged: Plugged, tmp_path: Path
) -> None:
    with Desk.open(commune) as desk:
        written = send(desk, tmp_path / "usb", "upper")
    async with begun(commune, "sync", SMALL) as app:
        await app.keys.press("5")
        await until_shown(app, written.code)
        assert "cấp trên" in seen(app.app) and "□ chưa có" in seen(app.app)
        await until_shown(app, written.path.name)


async def test_an_empty_log_says_so(commune: Home, plugged: Plugged) -> None:
    async with begun(commune, "sync") as app:
        await app.keys.press("5")
        await until_shown(app, "Chưa gửi và chưa nhận gói nào")


async def test_a_click_on_a_part_goes_there(commune: Home, plugged: Plugged) -> None:
    async with begun(commune, "sync") as app:
        bar = app.screen.query_one(SectionBar)
        await app._pilot.click(
            bar, offset=(seen(app.app).splitlines()[bar.region.y].index("Các máy") + 1, 0)
        )
        await until_shown(app, "► Các máy")


async def test_an_import_in_the_log_is_set_aside_and_applied_again(
    commune: Home, brought: Path, plugged: Plugged
) -> None:
    with Desk.open(commune) as desk, Desk.read(Home(commune.path.parent / "other")) as other:
        receive(desk, brought, trust=[own_of(other)])
    async with begun(commune, "sync", SMALL) as app:
        await app.keys.press("f8", "f8")
        await until_shown(app, "Enter xem, gỡ ra")
        await app.keys.press("enter")
        await until_shown(app, "thay đổi đang được tính")
        assert "Gỡ ra, chỉ ở máy này" in seen(app.app)
        await app.keys.press("down", "down", "enter")
        await until_shown(app, "Đã gỡ: ")
        assert status_at(commune) is not Status.MET
        await app.keys.press("end", "enter")
        await until_shown(app, "Đã tính lại: ")
        assert status_at(commune) is Status.MET
        await app.keys.press("escape")
        await until_shown(app, "► Sổ gửi nhận")


async def test_enter_on_a_bundle_that_was_sent_opens_nothing(
    commune: Home, plugged: Plugged, tmp_path: Path
) -> None:
    with Desk.open(commune) as desk:
        written = send(desk, tmp_path / "usb", "upper")
    async with begun(commune, "sync", SMALL) as app:
        await app.keys.press("f8", "f8")
        await until_shown(app, written.code)
        await app.keys.press("enter")
        await until_shown(app, "Gửi NTM_")
        assert "Làm gì với lần nhận này?" not in seen(app.app)
