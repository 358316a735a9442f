from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.screens.sync.differing_list import ConflictTable
from ntm_tui.screens.week.following import follow
from ntm_tui.screens.week.lines import task_lines
from ntm_tui.screens.week.panel import StandingPanel
from tests._helpers.differences import add_obstacle, exchange, laptops, remove, retitle, title_of
from tests._helpers.keys import wait_until
from tests._helpers.looks import english_in, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun
from tests._helpers.stores import note_of, set_note, set_status, status_of

pytestmark = pytest.mark.usefixtures("plugged")


@pytest.fixture
def differing(tmp_path: Path) -> Home:
    """A laptop, closed, that wrote three things otherwise than the other one of its commune."""
    with laptops(tmp_path) as (one, two):
        set_status(one, "1.1", Status.MET)
        add_obstacle(one)
        exchange(one, two, tmp_path)
        set_status(one, "1.1", Status.NOT_MET)
        set_status(two, "1.1", Status.IN_PROGRESS)
        set_note(one, "2.1", "còn 300 m chưa bê tông")
        set_note(two, "2.1", "đã bê tông xong")
        remove(one)
        retitle(two, "Thiếu vốn đối ứng")
        exchange(one, two, tmp_path)
        return one.home


async def until_shown(app: Begun, words: str) -> None:
    await wait_until(lambda: words in " ".join(seen(app.app).replace("│", " ").split()))


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_both_sides_stand_beside_each_other_with_who_wrote_them(
    differing: Home, size: tuple[int, int]
) -> None:
    async with begun(differing, "sync", size) as app:
        await app.keys.press("3")
        await until_shown(app, "! chỉ tiêu 1.1 · Tự đánh giá")
        await until_shown(app, "Máy này")
        for words in ("Đang thực hiện", "Chưa đạt", "Nguyễn Thị Hường", "Lý Văn Bé"):
            await until_shown(app, words)
        await until_shown(app, "trước đó: Đạt")
        assert not english_in(seen(app.app))


async def test_the_title_says_how_much_waits(differing: Home) -> None:
    async with begun(differing, "sync") as app:
        await until_shown(app, "3 Trái nhau (3)")


async def test_one_key_takes_this_machine_s_value_and_goes_on_to_the_next(
    differing: Home,
) -> None:
    async with begun(differing, "sync") as app:
        await app.keys.press("3")
        await until_shown(app, "3 ô cần chốt")
        await app.keys.press("ctrl+d")
        await until_shown(app, "Đã chốt chỉ tiêu 1.1: Chưa đạt. Còn 2 ô")
        await until_shown(app, "Giữ lại")  # the next one is the row that was deleted
        await app.keys.press("down", "ctrl+k")
        await until_shown(app, "Đã chốt chỉ tiêu 2.1: đã bê tông xong. Còn 1 ô")
        assert app.keys.count == 4
    with Desk.read(differing) as desk:
        assert status_of(desk, "1.1") is Status.NOT_MET
        assert note_of(desk, "2.1") == "đã bê tông xong"


async def test_enter_takes_the_side_that_is_chosen_and_undo_brings_the_conflict_back(
    differing: Home,
) -> None:
    async with begun(differing, "sync") as app:
        await app.keys.press("3")
        await until_shown(app, "► Máy vm" if "Máy vm" in seen(app.app) else "►")
        await app.keys.press("right", "enter")
        await until_shown(app, "Đã chốt chỉ tiêu 1.1: Chưa đạt")
        await app.keys.press("down", "ctrl+z")
        await until_shown(app, "3 ô cần chốt")
        await app.settled()
        table = app.screen.query_one(ConflictTable)
        assert table.current is not None
        assert table.current.conflict.field == "status"  # the cursor is where something changed
        await until_shown(app, "Đang thực hiện")


async def test_a_row_that_was_deleted_here_and_edited_there_is_deleted_on_purpose(
    differing: Home,
) -> None:
    async with begun(differing, "sync") as app:
        await app.keys.press("3", "down")
        await until_shown(app, "Nội dung: Thiếu đất làm đường → Thiếu vốn")
        await app.keys.press("ctrl+d")
        await until_shown(app, "Xóa. Còn 2 ô")
    with Desk.read(differing) as desk:
        assert title_of(desk) is None


async def test_the_order_can_be_changed(differing: Home) -> None:
    async with begun(differing, "sync") as app:
        await app.keys.press("3")
        await until_shown(app, "quan trọng trước")
        await app.keys.press("ctrl+x")
        await until_shown(app, "mới ghi trước")
        await app.keys.press("ctrl+x")
        await until_shown(app, "theo chỗ")
        table = app.screen.query_one(ConflictTable)
        assert [row.conflict.field for row in table.rows] == ["status", "note", "_exists"]


async def test_keys_pressed_faster_than_they_are_handled_settle_one_after_the_other(
    differing: Home,
) -> None:
    async with begun(differing, "sync") as app:
        await app.keys.press("3")
        await until_shown(app, "3 ô cần chốt")
        app.keys.burst("\x04\x04\x04")  # Ctrl+D three times
        await until_shown(app, "Không có ô nào trái nhau")
    with Desk.read(differing) as desk:
        assert status_of(desk, "1.1") is Status.NOT_MET
        assert note_of(desk, "2.1") == "còn 300 m chưa bê tông"
        assert title_of(desk) is None


async def test_after_the_last_one_undo_brings_the_list_back_ready_for_keys(
    differing: Home,
) -> None:
    async with begun(differing, "sync") as app:
        await app.keys.press("3")
        await until_shown(app, "3 ô cần chốt")
        await app.keys.press("ctrl+d", "ctrl+d", "ctrl+d")
        await until_shown(app, "Không có ô nào trái nhau")
        await app.settled()
        await app.keys.press("ctrl+z")
        await until_shown(app, "1 ô cần chốt")
        await app.settled()
        await app.keys.press("ctrl+k")
        await until_shown(app, "Không có ô nào trái nhau")
    with Desk.read(differing) as desk:
        assert note_of(desk, "2.1") == "đã bê tông xong"


async def test_where_nothing_differs_it_says_so(commune: Home) -> None:
    async with begun(commune, "sync") as app:
        await app.keys.press("3")
        await until_shown(app, "Không có ô nào trái nhau")
        await app.keys.press("ctrl+d", "ctrl+k", "enter", "left", "ctrl+x")
        await until_shown(app, "Không có ô nào trái nhau")


async def test_the_week_leads_to_what_differs(differing: Home) -> None:
    async with begun(differing, "week", LARGE) as app:
        await until_shown(app, "cần chốt: 3 ô, trong đó 2 chỉ tiêu")
        week = app.screen.query_one(StandingPanel).week
        assert week is not None
        (line,) = [one for one in task_lines(week) if one.key == "conflicts"]
        await follow(app.app, line.place, line.what)
        await until_shown(app, "► Trái nhau (3)")
