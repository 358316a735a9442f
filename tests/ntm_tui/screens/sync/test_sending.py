from __future__ import annotations

import errno
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db import checklist, files
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.sync.reading import verify
from db.sync.transfers import list_transfers
from ntm_tui.dialogs import opening
from ntm_tui.screens.sync import send as sending
from tests._helpers.keys import wait_until
from tests._helpers.looks import DRAWABLE, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, begun, until_shown
from tests.ntm_tui.screens.sync.conftest import GIGABYTE, Plugged


def bundles(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.zip"))


async def test_a_bundle_is_two_keys_away_from_the_first_screen(
    commune: Home, plugged: Plugged
) -> None:
    stick = plugged.plug("usb")
    async with begun(commune, "week") as app:
        await app.keys.press("f8")
        await until_shown(app, "USB usb")
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
        assert app.keys.count <= 5
    (path,) = bundles(stick)
    assert verify(path).valid


async def test_afterwards_the_code_stands_there_and_the_stick_may_be_pulled(
    commune: Home, plugged: Plugged
) -> None:
    stick = plugged.plug("usb")
    async with begun(commune, "sync") as app:
        await until_shown(app, "còn 7,4 GB")
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
        (path,) = bundles(stick)
        shown = seen(app.app)
        assert " ".join(verify(path).code or "") in shown
        assert path.name in shown
        assert "Có thể rút USB" in shown


async def test_without_a_stick_it_goes_to_the_folder_of_the_home_and_says_so(
    commune: Home, plugged: Plugged
) -> None:
    async with begun(commune, "sync") as app:
        await until_shown(app, "Chưa thấy USB")
        await app.keys.press("enter")
        await until_shown(app, "Gói nằm trong máy này")
    assert len(bundles(commune.outgoing)) == 1


async def test_a_stick_that_comes_or_goes_does_not_move_the_cursor(
    commune: Home, plugged: Plugged
) -> None:
    plugged.plug("first")
    async with begun(commune, "sync") as app:
        await until_shown(app, "first")
        await app.keys.press("down")
        assert "► Thư mục gói của máy này" in seen(app.app)
        plugged.plug("second")
        await until_shown(app, "second")
        await until_shown(app, "► Thư mục gói của máy này")
        plugged.pull("first")
        await wait_until(lambda: "first" not in seen(app.app))
        await until_shown(app, "► Thư mục gói của máy này")


async def test_more_disks_than_there_is_room_for_keep_one_line_each(
    commune: Home, plugged: Plugged
) -> None:
    plugged.plug("first")
    async with begun(commune, "sync", SMALL) as app:
        await until_shown(app, "first")
        plugged.plug("second")
        plugged.plug("third")
        await app.keys.press("down")
        await until_shown(app, "second")
        await app.settled()
        sizes = [line for line in seen(app.app).splitlines() if "còn 7,4" in line]
        assert sizes
        assert all("còn 7,4 GB" in line for line in sizes)


async def test_a_stick_without_room_says_so(
    commune: Home, plugged: Plugged, tmp_path: Path
) -> None:
    from db import evidence

    with Desk.open(commune) as desk:
        (tmp_path / "bien-ban.pdf").write_bytes(b"%PDF" * 1_000)
        sheet, kept = desk.sheet(), evidence.keep_file(desk.home, tmp_path / "bien-ban.pdf")
        with desk.act() as session:
            evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
                evidence.EvidenceForm("khac"), kept,
            )  # fmt: skip
    plugged.plug("usb", free=1_000)
    async with begun(commune, "sync") as app:
        await until_shown(app, "không đủ chỗ")
        await until_shown(app, "1 tệp minh chứng, 3 KB")
        assert "bien-ban.pdf" in seen(app.app)


async def test_a_typed_folder_is_taken_and_a_wrong_one_told_at_the_field(
    commune: Home, plugged: Plugged, tmp_path: Path
) -> None:
    async with begun(commune, "sync") as app:
        await until_shown(app, "Thư mục khác")
        await app.keys.press("down", "enter")
        await app.keys.type("cho nao do")
        await app.keys.press("enter")
        await until_shown(app, "Cần đường dẫn đầy đủ")
        assert "cho nao do" in seen(app.app)
        await app.keys.press(*["backspace"] * len("cho nao do"))
        await app.keys.type(str(tmp_path / "goi"))
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
    assert len(bundles(tmp_path / "goi")) == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "Ổ đĩa đã đầy"),
        (errno.EIO, "ổ đĩa bị rút ra hoặc có lỗi"),
        (errno.EROFS, "Không được phép ghi"),
    ],
)
async def test_a_disk_that_fails_is_said_plainly_and_enter_tries_again(
    commune: Home,
    plugged: Plugged,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
) -> None:
    stick, stock = plugged.plug("usb"), files.replace_patiently
    left = [number]

    def fails_once(source: Path, target: Path) -> None:
        if left and target.suffix == ".zip":
            raise OSError(left.pop(), "fails")
        stock(source, target)

    monkeypatch.setattr(files, "replace_patiently", fails_once)
    async with begun(commune, "sync") as app:
        await until_shown(app, "usb")
        await app.keys.press("enter")
        await until_shown(app, said)
        assert list(stick.iterdir()) == []
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
    assert len(bundles(stick)) == 1


async def test_escape_stops_writing_and_leaves_nothing(
    commune: Home, plugged: Plugged, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, going = plugged.plug("usb"), threading.Event()
    stock = sending.SendSection._export

    def waits(self: Any, desk: Desk, folder: Path, run: Any) -> Any:
        going.set()
        run._stop.wait(10)
        return stock(self, desk, folder, run)

    monkeypatch.setattr(sending.SendSection, "_export", waits)
    async with begun(commune, "sync") as app:
        await until_shown(app, "usb")
        await app.keys.press("enter")
        await wait_until(going.is_set)
        await app.keys.press("escape")
        await until_shown(app, "Đã dừng theo yêu cầu")
        await app.keys.press("escape")
        await until_shown(app, "Gửi cho")
    assert list(stick.iterdir()) == []


async def test_everything_again_is_one_choice(commune: Home, other: Desk, plugged: Plugged) -> None:
    other.close()
    async with begun(commune, "sync") as app:
        await until_shown(app, "Phần nơi nhận chưa có")
        await app.keys.press("shift+tab", "down", "enter")
        await until_shown(app, "Đã ghi xong")
    (path,) = bundles(commune.outgoing)
    info = verify(path).info
    assert info is not None and info.full


async def test_ctrl_o_opens_the_folder_of_the_bundle(
    commune: Home, plugged: Plugged, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(opening, "open_file", opened.append)
    async with begun(commune, "sync") as app:
        await until_shown(app, "Enter để ghi vào máy này")
        await app.keys.press("enter")
        await until_shown(app, "Ctrl+O")
        await app.keys.press("ctrl+o")
    assert opened == [commune.outgoing]


async def test_what_leaves_is_in_the_log(commune: Home, plugged: Plugged) -> None:
    async with begun(commune, "sync") as app:
        await until_shown(app, "Enter để ghi vào máy này")
        await app.keys.press("enter")
        await until_shown(app, "Đã ghi xong")
    with Desk.read(commune) as desk, desk.reading() as session:
        newest = list_transfers(session, desk.home)[0]
    assert newest.name == bundles(commune.outgoing)[0].name


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_every_size_shows_choices_in_letters_old_consoles_have(
    commune: Home, plugged: Plugged, size: tuple[int, int]
) -> None:
    plugged.plug("usb", free=3 * GIGABYTE)
    async with begun(commune, "sync", size) as app:
        await until_shown(app, "còn 2,7 GB")
        shown = seen(app.app)
        assert "Gửi cho" in shown and "Sẽ gửi" in shown
        assert set(shown) - DRAWABLE - {"\n"} == set()


async def test_leaving_the_program_stops_writing_and_leaves_nothing(
    commune: Home, plugged: Plugged, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, going = plugged.plug("usb"), threading.Event()
    stock = sending.SendSection._export

    def waits(self: Any, desk: Desk, folder: Path, run: Any) -> Any:
        going.set()
        run._stop.wait(10)
        return stock(self, desk, folder, run)

    monkeypatch.setattr(sending.SendSection, "_export", waits)
    async with begun(commune, "sync") as app:
        await until_shown(app, "usb")
        await app.keys.press("enter")
        await wait_until(going.is_set)
    assert list(stick.iterdir()) == []


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Desk]:
    """A store with some two thousand changes that no bundle has carried."""
    from tests._helpers.stores import found

    with found(tmp_path / "home") as desk:
        sheet = desk.sheet()
        numbers = [one.number for one in sheet.criteria_set.indicators]
        for turn in range(30):
            status = (Status.MET, Status.NOT_MET, Status.IN_PROGRESS)[turn % 3]
            with desk.act() as session:
                for number in numbers:
                    checklist.set_status(session, sheet, number, status)
        yield desk


def test_a_person_goes_on_writing_while_a_bundle_is_written(busy: Desk, tmp_path: Path) -> None:
    from tests._helpers.stores import send, set_status

    waits: list[float] = []
    writer = threading.Thread(target=lambda: send(busy, tmp_path / "usb", "upper"))
    writer.start()
    turn = 0
    while writer.is_alive():
        begin = time.perf_counter()
        set_status(busy, "1.1", (Status.MET, Status.NOT_MET)[turn % 2])
        waits.append(time.perf_counter() - begin)
        turn += 1
    writer.join()
    assert len(waits) >= 10, "writing was held up by the export"
    assert statistics.median(waits) < 0.2
    assert verify(bundles(tmp_path / "usb")[0]).valid
