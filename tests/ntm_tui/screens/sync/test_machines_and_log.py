from __future__ import annotations

from pathlib import Path

import pytest
from textual.notifications import Notification

from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.sync.deciding import revoke_device
from db.sync.receiving import receive
from db.sync.trust import Trust, list_devices, own_device
from ntm_tui.screens.sync.section import SectionBar
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import SMALL, Begun, begun, until_shown
from tests._helpers.stores import (
    device,
    note_of,
    pass_on,
    second,
    send,
    set_note,
    status_of,
)
from tests.ntm_tui.screens.sync.conftest import Plugged


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
        await app.keys.press("5")
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
        await app.keys.press("5")
        await until_shown(app, written.code)
        await app.keys.press("enter")
        await until_shown(app, "Gửi NTM_")
        assert "Làm gì với lần nhận này?" not in seen(app.app)


@pytest.fixture
def disowned(commune: Home, tmp_path: Path) -> Home:
    """A commune's laptop that has heard that another one revoked a third, and has work of that."""
    with Desk.open(commune) as one, second(one, tmp_path / "two") as two:
        pass_on(two, one, tmp_path / "a", trust=True)
        with second(one, tmp_path / "lost") as lost:
            for number, desk in enumerate((one, two)):
                pass_on(lost, desk, tmp_path / f"b{number}", trust=True)
            revoke_device(two, device(lost))
            pass_on(two, one, tmp_path / "c")
            set_note(lost, "1.1", "ghi sau khi bị thu hồi")
            pass_on(lost, one, tmp_path / "d")
    return commune


async def to_the_disowned(app: Begun) -> None:
    await app.keys.press("6")
    await until_shown(app, "■")
    while "Enter quyết định" not in seen(app.app):
        await app.keys.press("down")
    await until_shown(app, "Đã bị thu hồi bởi")


async def test_a_machine_that_another_one_revoked_is_shown_and_a_person_may_go_on_trusting(
    disowned: Home, plugged: Plugged
) -> None:
    async with begun(disowned, "sync", SMALL) as app:
        await to_the_disowned(app)
        await app.keys.press("enter")
        await until_shown(app, "Máy này đã bị máy khác thu hồi")
        await until_shown(app, "Vẫn tin cậy…")
        await app.keys.press("tab", "tab", "enter")
        await until_shown(app, "Tin cậy máy này?")
        await app.keys.press(*["space"] * 6, "enter")
        await until_shown(app, "1 thay đổi để riêng nay được tính")
        await wait_until(lambda: "Đã bị thu hồi bởi" not in seen(app.app))
    with Desk.read(disowned) as desk:
        assert note_of(desk, "1.1") == "ghi sau khi bị thu hồi"


async def test_a_person_may_follow_the_machine_that_revoked_or_leave_it_for_later(
    disowned: Home, plugged: Plugged
) -> None:
    async with begun(disowned, "sync", SMALL) as app:
        await to_the_disowned(app)
        await app.keys.press("enter")
        await until_shown(app, "Để sau")
        await app.keys.press("enter")
        await until_shown(app, "Enter quyết định")
        await app.keys.press("enter")
        await until_shown(app, "Để sau")
        await app.keys.press("tab", "enter")
        await until_shown(app, "Đã thôi tin cậy")
        await until_shown(app, "Enter tin cậy…")
    with Desk.read(disowned) as desk, desk.reading() as session:
        assert [one.trust for one in list_devices(session) if one.disowned_by] == [Trust.REVOKED]
    with Desk.read(disowned) as desk:
        assert note_of(desk, "1.1") == ""


async def test_the_one_at_a_machine_that_was_revoked_is_told_so(
    commune: Home, plugged: Plugged, tmp_path: Path
) -> None:
    with Desk.open(commune) as one, second(one, tmp_path / "two") as two:
        pass_on(one, two, tmp_path / "a")
        revoke_device(two, device(one))
        pass_on(two, one, tmp_path / "b", trust=True)
    async with begun(commune, "sync", SMALL) as app:
        await wait_until(lambda: any("đã bị thu hồi" in it.message for it in notices(app)))
        await app.keys.press("6")
        await until_shown(app, "■ Máy này đã bị thu hồi")


def notices(app: Begun) -> list[Notification]:
    return [*app.app._notifications]
