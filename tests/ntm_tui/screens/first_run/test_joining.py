from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import disks
from db.desk import Desk
from db.disks import Disk, DiskKind
from db.home import Home
from db.sync.archive import Written
from db.sync.problems import Code, problem
from ntm_tui.dialogs.file_picker import FilePicker
from ntm_tui.screens.first_run import work
from ntm_tui.screens.first_run.work import practice_home
from tests._helpers.first_run import asked
from tests._helpers.looks import seen
from tests._helpers.stores import dump_of, found, send, set_status
from tests._helpers.terminal import wait_until


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Desk]:
    """The first machine of the commune, with some work in it."""
    with found(tmp_path / "first") as desk:
        set_status(desk, "1.1")
        yield desk


@pytest.fixture
def stick(first: Desk, tmp_path: Path) -> Written:
    """A full bundle of it on a stick."""
    return send(first, tmp_path / "stick", full=True)


async def test_a_second_machine_joins_after_seeing_who_sent_the_bundle(
    first: Desk, stick: Written, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = (Disk(stick.path.parent, DiskKind.REMOVABLE, 1),)
    monkeypatch.setattr(disks, "removable_disks", lambda: plugged)
    async with asked(home) as at:
        await at.keys.press("2")
        await at.settled()
        unwrapped = "".join(seen(at.app).replace("│", " ").split())
        assert stick.path.name in unwrapped
        await at.keys.press("enter")
        assert at.value("path") == str(stick.path) and at.focus == "join-officer"
        await at.keys.type("Lý Văn Bé")
        await at.keys.press("enter")
        await at.settled()
        assert at.page == "review"
        for told in (stick.code, "Xã Cai Kinh", "UBND xã Cai Kinh", "Dấu vân tay"):
            assert told in seen(at.app)
        assert not home.store.exists()
        await at.keys.press("enter")
        await wait_until(lambda: at.app.desk is not None)
    with Desk.read(home) as second:
        assert dump_of(second) == dump_of(first)
        assert second.officer == "Lý Văn Bé"


async def test_a_path_is_typed_with_quotes_as_file_managers_copy_it(
    stick: Written, home: Home
) -> None:
    async with asked(home) as at:
        await at.keys.press("2", "tab")
        await at.keys.type(f'"{stick.path}"')
        await at.keys.press("enter")
        await at.keys.type("Bé")
        await at.keys.press("enter")
        await at.settled()
        assert at.page == "review"
        await at.keys.press("escape")
        assert at.page == "join-page" and str(stick.path) in at.value("path")


async def test_a_bundle_elsewhere_is_found_by_looking_through_folders(
    stick: Written, home: Home
) -> None:
    async with asked(home) as at:
        await at.keys.press("2", "end", "enter")
        await wait_until(lambda: isinstance(at.app.screen, FilePicker))
        await at.keys.type(str(stick.path.parent))
        await at.keys.press("enter", "enter")
        await wait_until(lambda: at.focus == "join-officer")
        assert at.value("path") == str(stick.path)


async def test_a_damaged_bundle_is_told_and_nothing_is_made(stick: Written, home: Home) -> None:
    data = bytearray(stick.path.read_bytes())
    data[len(data) // 2] ^= 1
    stick.path.write_bytes(bytes(data))
    async with asked(home) as at:
        await at.keys.press("2", "tab")
        await at.keys.type(str(stick.path))
        await at.keys.press("enter")
        await at.keys.type("Bé")
        await at.keys.press("enter")
        await at.settled()
        assert at.page == "join-page"
        assert "×" in seen(at.app)
        assert not home.store.exists()


async def test_a_file_that_is_not_there_is_told_at_the_field(home: Home, tmp_path: Path) -> None:
    async with asked(home) as at:
        await at.keys.press("2", "tab")
        await at.keys.type(str(tmp_path / "không-có.zip"))
        await at.keys.press("enter")
        await at.keys.type("Bé")
        await at.keys.press("enter")
        assert at.focus == "path" and "Không thấy tệp này" in seen(at.app)


async def test_without_a_stick_one_can_look_again(
    home: Home, stick: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged: list[Disk] = []
    monkeypatch.setattr(disks, "removable_disks", lambda: tuple(plugged))
    async with asked(home) as at:
        await at.keys.press("2")
        await at.settled()
        assert "Chưa thấy gói nào trên USB" in seen(at.app)
        plugged.append(Disk(stick.path.parent.parent, DiskKind.REMOVABLE, 1))
        await at.keys.press("enter")
        await at.settled()
        assert "NTM_" in seen(at.app)


def test_the_practice_commune_never_lies_in_the_home_itself(tmp_path: Path) -> None:
    assert practice_home(Home(tmp_path / "store")) == Home(tmp_path / "practice")
    assert practice_home(Home(tmp_path / "kho")) == Home(tmp_path / "kho" / "practice")


def test_a_stick_that_is_pulled_out_while_looking_is_no_error(tmp_path: Path) -> None:
    assert work._readable(tmp_path / "gone", "*") == []


async def test_escape_stops_the_check_of_a_long_bundle(
    stick: Written, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []

    def look(
        _home: Home, _path: Path, progress: work.Progress, cancelled: work.Cancelled
    ) -> work.BundleLook:
        progress(30, 100)
        while not cancelled():
            time.sleep(0.01)
        stopped.append(True)
        raise problem(Code.CANCELLED)

    monkeypatch.setattr(work, "look_at", look)
    async with asked(home) as at:
        await at.keys.press("2", "tab")
        await at.keys.type(str(stick.path))
        await at.keys.press("enter")
        await at.keys.type("Bé")
        await at.keys.press("enter")
        await wait_until(lambda: "30 %" in seen(at.app))
        assert "Đang kiểm tra gói… █████████░" in seen(at.app)
        await at.keys.press("escape")
        await at.settled()
        assert stopped and at.page == "join-page"
        await at.keys.press("escape")
        assert at.page == "welcome"
