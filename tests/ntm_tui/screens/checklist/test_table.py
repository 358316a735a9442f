from __future__ import annotations

import pytest

from db.home import Home
from ntm_tui.screens.checklist.rows import indicator_key
from ntm_tui.widgets.detail import Detail
from tests._helpers.areas import LARGE, NARROW, SMALL, checklist, current
from tests._helpers.keys import wait_until
from tests._helpers.looks import rows, seen


async def test_home_goes_where_a_paper_list_begins_and_end_where_it_ends(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("end")
        assert current(app) == indicator_key("19.2")
        await keys.press("home")
        assert current(app) == indicator_key("1.1")


async def test_right_and_left_go_from_criterion_to_criterion(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("right")
        assert current(app) == ("criterion", "2")
        await keys.press("right", "left", "left")
        assert current(app) == ("criterion", "1")
        await keys.press("left", "up")
        assert current(app) == ("criterion", "1")


async def test_an_indicator_is_seen_together_with_its_heading(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await keys.press("end", *["pageup"] * 9)
        app.area.go_to("17.1")
        await wait_until(lambda: "17 Môi trường" in seen(app))
        app.area.go_to("2.1")
        await wait_until(lambda: "2 Giao thông" in seen(app))


async def test_a_click_goes_to_a_row_and_a_second_one_opens_it(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        table = app.area.table
        await keys.pilot.click(table, offset=(10, 4))
        assert current(app) == indicator_key("2.1")
        await keys.pilot.click(table, offset=(10, 4), times=2)
        await wait_until(lambda: len(app.screen_stack) == 2)


async def test_a_long_detail_is_read_to_its_end(founded: Home) -> None:
    async with checklist(founded) as (app, keys):
        await wait_until(lambda: "Tab xem tiếp" in seen(app))
        await keys.press("tab")
        assert isinstance(app.focused, Detail)
        await keys.press("pagedown", "pagedown", "pagedown")
        await wait_until(lambda: "Tên đủ" in seen(app))
        assert "Tab xem tiếp" not in seen(app)
        await keys.press("down", "pageup", "pageup", "pageup", "up")
        await wait_until(lambda: "Yêu cầu" in seen(app))


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW, (30, 12), (200, 50)])
async def test_every_size_of_terminal_shows_the_list(founded: Home, size: tuple[int, int]) -> None:
    async with checklist(founded, size) as (app, _keys):
        await wait_until(lambda: " 1.1 " in seen(app))
        assert {len(row) for row in rows(app)} == {size[0]}
        assert app.area.query_one(Detail).display is (size[0] >= 60)


async def test_beside_the_list_where_there_is_room_else_below(founded: Home) -> None:
    for size, beside in ((SMALL, False), (LARGE, True)):
        async with checklist(founded, size) as (app, _keys):
            await wait_until(lambda app=app: " 1.1 " in seen(app))  # type: ignore[misc]
            detail, table = app.area.query_one(Detail), app.area.table
            assert (detail.region.y == table.region.y) is beside
