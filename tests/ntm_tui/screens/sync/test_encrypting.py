"""Encryption in Đồng bộ: chosen with open eyes, opened again by those it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.sync.reading import verify
from tests._helpers.district import make
from tests._helpers.keys import wait_until
from tests._helpers.looks import DRAWABLE, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun, until_shown
from tests._helpers.stores import found, friends, set_note
from tests.db.sync.test_encrypted_bundles import lock, make_older
from tests.ntm_tui.screens.sync.conftest import Plugged


async def to_all(app: Begun) -> None:
    """Choose all machines as receivers, then go to the choice of encryption."""
    await until_shown(app, "Mọi máy đã tin cậy")
    await app.keys.press("shift+tab", "shift+tab", "down")
    await app.keys.press("tab", "tab", "tab")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Home, Home]:
    """Two laptops of one commune that trust each other, closed."""
    one, other = friends(tmp_path)
    with one, other:
        set_note(one, "1.1", "mật")
        return one.home, other.home


async def test_it_is_off_until_somebody_chooses_it(
    pair: tuple[Home, Home], plugged: Plugged
) -> None:
    stick = plugged.plug("usb")
    async with begun(pair[0], "sync") as app:
        await until_shown(app, "► Không, ai cầm gói cũng xem được")
        await until_shown(app, "USB usb")
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
        assert "Đã mã hóa" not in seen(app.app)
    assert [it.suffix for it in stick.iterdir()] == [".zip"]


async def test_the_choice_names_who_can_open_it_and_what_cannot(
    pair: tuple[Home, Home], plugged: Plugged
) -> None:
    stick = plugged.plug("usb")
    async with begun(pair[0], "sync") as app:
        await until_shown(app, "USB usb")
        await to_all(app)
        await app.keys.press("down")
        await until_shown(app, "√ UBND xã Cai Kinh")
        text = " ".join(seen(app.app).replace("│", " ").split())
        assert "Trình duyệt không mở được" in text
        assert "ntm keys export TỆP" in text
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
        await until_shown(app, "Đã mã hóa")
    (path,) = stick.iterdir()
    assert path.name.endswith(".zip.age")
    assert not verify(path).valid
    assert verify(path, home=pair[1]).valid
    assert verify(path, home=pair[0]).valid


async def test_a_machine_without_a_key_is_named_before_anything_is_written(
    pair: tuple[Home, Home], plugged: Plugged
) -> None:
    stick = plugged.plug("usb")
    with Desk.open(pair[0]) as one, Desk.open(pair[1]) as other:
        make_older(one, other)
    async with begun(pair[0], "sync") as app:
        await until_shown(app, "USB usb")
        await to_all(app)
        await app.keys.press("down")
        await until_shown(app, "Chưa máy nhận nào có khóa")
        await app.keys.press("enter")
        await until_shown(app, "Chưa ghi được gói")
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_every_size_shows_the_choice_in_letters_old_consoles_have(
    pair: tuple[Home, Home], plugged: Plugged, size: tuple[int, int]
) -> None:
    plugged.plug("usb")
    async with begun(pair[0], "sync", size) as app:
        await until_shown(app, "USB usb")
        await to_all(app)
        await app.keys.press("down")
        await until_shown(app, "► Có, chỉ nơi nhận mở được")
        assert set(seen(app.app)) - DRAWABLE - {"\n"} == set()


async def test_an_encrypted_bundle_on_a_stick_is_found_and_taken_in(
    pair: tuple[Home, Home], plugged: Plugged
) -> None:
    stick = plugged.plug("usb")
    with Desk.open(pair[0]) as one:
        lock(one, stick)
    async with begun(pair[1], "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, ".zip.age")
        await app.keys.press("enter")
        await until_shown(app, "Xem trước: chưa nhận gì")
        await app.keys.press("enter")
        await until_shown(app, "Đã nhận xong")
    assert not pair[1].working.exists()


async def test_one_for_another_machine_says_whom_to_ask(
    pair: tuple[Home, Home], plugged: Plugged, tmp_path: Path
) -> None:
    stick = plugged.plug("usb")
    with Desk.open(pair[0]) as one:
        lock(one, stick)
    with found(tmp_path / "stranger") as stranger:
        home = stranger.home
    async with begun(home, "sync") as app:
        await app.keys.press("f8")
        await until_shown(app, ".zip.age")
        await app.keys.press("enter")
        await until_shown(app, "được mã hóa cho máy khác")


async def test_the_machines_say_who_has_a_key_and_what_losing_ours_means(
    pair: tuple[Home, Home], plugged: Plugged
) -> None:
    with Desk.open(pair[0]) as one, Desk.open(pair[1]) as other:
        make_older(one, other)
    async with begun(pair[0], "sync") as app:
        await app.keys.press("6")
        await until_shown(app, "có, nhận được gói mã hóa")
        await until_shown(app, "ntm keys export TỆP")
        await app.keys.press("down")
        await until_shown(app, "chưa có, chưa nhận được")


async def test_the_upper_level_writes_an_encrypted_bundle_for_each_commune(
    plugged: Plugged, tmp_path: Path
) -> None:
    stick, district = plugged.plug("usb"), make(tmp_path)
    async with begun(district, "sync") as app:
        await wait_until(lambda: "Tất cả 3 xã" in seen(app.app) and "USB usb" in seen(app.app))
        await app.keys.press("tab", "down")
        await until_shown(app, "mỗi gói chỉ máy này")
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
        await until_shown(app, "Đã mã hóa")
    names = sorted(it.name for it in stick.iterdir())
    assert [it.split("_")[1] for it in names] == ["cai-kinh", "hoa-thang", "minh-tien"]
    assert {it.rsplit(".", 2)[1] for it in names} == {"zip"}
    opens = {
        (it, number)
        for number in range(3)
        for it in names
        if verify(stick / it, home=Home(tmp_path / f"commune-{number}")).valid
    }
    assert len(opens) == 3


async def test_the_upper_level_writes_none_unless_all_can_be_encrypted(
    plugged: Plugged, tmp_path: Path
) -> None:
    stick, district = plugged.plug("usb"), make(tmp_path)
    with Desk.open(district) as upper, Desk.open(Home(tmp_path / "commune-1")) as commune:
        make_older(upper, commune)
    async with begun(district, "sync") as app:
        await wait_until(lambda: "Tất cả 3 xã" in seen(app.app) and "USB usb" in seen(app.app))
        await app.keys.press("tab", "down")
        await until_shown(app, "chưa máy nào có khóa")
        await app.keys.press("enter")
        await until_shown(app, "Chưa ghi được gói")
    assert list(stick.iterdir()) == []
