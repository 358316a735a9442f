"""The upper level's sticks: a bundle for each commune, all at once or for one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.sync.reading import verify
from db.sync.receiving import receive
from tests._helpers.district import make
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import begun
from tests._helpers.stores import device, found_upper
from tests.ntm_tui.screens.sync.conftest import Plugged


@pytest.fixture
def district(tmp_path: Path) -> Home:
    return make(tmp_path)


async def test_every_commune_gets_its_own_bundle_with_two_keys(
    district: Home, plugged: Plugged, tmp_path: Path
) -> None:
    stick = plugged.plug("usb")
    async with begun(district, "week") as at:
        await at.settled()
        at.keys.count = 0
        await at.keys.press("f8")
        await wait_until(lambda: "Tất cả 3 xã" in seen(at.app) and "USB usb" in seen(at.app))
        text = seen(at.app)
        assert "3 gói" in text and "Cai Kinh" in text
        await at.keys.press("enter")
        await wait_until(lambda: "Đã ghi xong" in seen(at.app))
        assert at.keys.count <= 2
        text = seen(at.app)
    bundles = sorted(stick.glob("*.zip"))
    assert [it.name.split("_")[1] for it in bundles] == ["cai-kinh", "hoa-thang", "minh-tien"]
    for path in bundles:
        checked = verify(path)
        assert checked.valid
        assert checked.code in text
    with Desk.open(type(district)(tmp_path / "commune-0")) as own, Desk.open(district) as upper:
        outcome = receive(own, bundles[0], trust=[device(upper)])
        assert outcome.new > 0
        assert own.checklist().by_number["1.1"].disagrees


async def test_one_commune_can_be_chosen(district: Home, plugged: Plugged) -> None:
    stick = plugged.plug("usb")
    async with begun(district, "week") as at:
        await at.settled()
        await at.keys.press("f8")
        await wait_until(lambda: "Tất cả 3 xã" in seen(at.app) and "USB usb" in seen(at.app))
        await at.keys.press("shift+tab", "shift+tab", "down", "down")
        await wait_until(lambda: "Phần mới" in seen(at.app) or "Nơi nhận" in seen(at.app))
        await at.keys.press("enter")
        await wait_until(lambda: "Đã ghi xong" in seen(at.app))
    assert [it.name.split("_")[1] for it in stick.glob("*.zip")] == ["hoa-thang"]


async def test_without_any_commune_there_is_nothing_to_send(
    tmp_path: Path, plugged: Plugged
) -> None:
    found_upper(tmp_path / "home").close()
    plugged.plug("usb")
    async with begun(Home(tmp_path / "home"), "week") as at:
        await at.settled()
        await at.keys.press("f8")
        await wait_until(lambda: "Chưa nhận gói của xã nào" in seen(at.app))
        await at.keys.press("enter")
        await wait_until(lambda: "Chưa ghi được gói" in seen(at.app))
