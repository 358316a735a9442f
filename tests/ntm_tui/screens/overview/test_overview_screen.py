"""The district's screens by keyboard: looking at all communes, going into one, writing about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.clock import today
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.registers.reading import read_page
from db.registers.upper import REQUESTS
from db.registers.work import OBSTACLES
from ntm_tui.screens.checklist import ChecklistScreen
from ntm_tui.screens.overview import OverviewScreen
from ntm_tui.screens.overview.views import VIEWS
from ntm_tui.screens.register import AgenciesScreen, UpperWorkScreen
from ntm_tui.screens.register.screen import RegisterScreen
from ntm_tui.widgets.detail import Detail
from tests._helpers.district import CAI_KINH, HOA_THANG, make
from tests._helpers.keys import wait_until
from tests._helpers.looks import DRAWABLE, english_in, rows, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun
from tests._helpers.stores import found_upper


@pytest.fixture
def district(tmp_path: Path) -> Home:
    return make(tmp_path)


async def overview(at: Begun) -> OverviewScreen:
    await wait_until(lambda: isinstance(at.screen, OverviewScreen))
    await at.settled()
    screen = at.screen
    assert isinstance(screen, OverviewScreen)
    return screen


async def test_the_first_thing_seen_is_the_communes_and_their_criteria(district: Home) -> None:
    async with begun(district, "week") as at:
        await overview(at)
        text = seen(at.app)
        assert "Huyện Hữu Lũng" in rows(at.app)[0]
        assert "F2 Các xã" in text and "F4 Cơ quan" in text
        assert "3 xã · 1 xã đạt đủ · 1 xã có nguy cơ thu hồi" in text
        line = next(it for it in rows(at.app) if it.startswith("Cai Kinh"))
        assert "√×□" in line and "3/57" in line


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_every_view_is_drawn_at_every_size(district: Home, size: tuple[int, int]) -> None:
    async with begun(district, "week", size) as at:
        screen = await overview(at)
        for number, view in enumerate(VIEWS, 1):
            await at.keys.press(str(number))
            text = seen(at.app)
            assert f"►{number} {view.title}" in text
            assert screen.table.rows
            assert set(text) - DRAWABLE == {"\n"}
            assert not english_in(text)


async def test_enter_goes_into_the_commune_and_digits_are_verdicts(district: Home) -> None:
    async with begun(district, "week") as at:
        await overview(at)
        await at.keys.press("down", "enter")
        await wait_until(lambda: isinstance(at.screen, ChecklistScreen))
        await at.settled()
        assert "Xã Hòa Thắng" in rows(at.app)[0]
        await at.keys.press("2", "1")
        await at.settled()
        desk = at.app.desk
        assert desk is not None and desk.commune.scope == HOA_THANG
        states = desk.checklist().by_number
        assert states["1.1"].verdict.status is Status.NOT_MET
        assert states["1.1"].judgement.status is Status.MET
        assert states["1.2"].verdict.status is Status.MET
        await at.keys.press("ctrl+z", "ctrl+z")
        await at.settled()
        assert desk.checklist().by_number["1.1"].verdict.status is Status.NOT_ASSESSED


async def test_the_remark_of_a_verdict_is_typed_in_a_form(district: Home) -> None:
    async with begun(district, "week") as at:
        await overview(at)
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.screen, ChecklistScreen))
        await at.settled()
        await at.keys.press("enter")
        await at.keys.type("Thiếu quyết định phê duyệt")
        await at.keys.press("tab")
        await at.keys.type("nông nghiệp")
        await at.keys.press("enter")
        await at.settled()
        assert at.app.desk is not None
        verdict = at.app.desk.checklist().by_number["1.1"].verdict
        assert (verdict.note, verdict.agency) == ("Thiếu quyết định phê duyệt", "Phòng Nông nghiệp")
        assert verdict.status is Status.NOT_MET
        told = " ".join(at.screen.query_one(Detail).text.split())
        assert "Phòng Nông nghiệp: Thiếu quyết định phê duyệt" in told


async def test_what_waits_leads_to_where_it_is_answered(district: Home) -> None:
    async with begun(district, "week") as at:
        screen = await overview(at)
        await at.keys.press("2")
        kinds = [row.cells[0][0][0] for row in screen.table.rows]
        assert kinds == ["× Thu hồi", "× quá 3 ngày", "■ Chờ trả lời", "≠ Thẩm tra khác"]
        await at.keys.press("down", "down", "enter")
        await wait_until(lambda: isinstance(at.screen, UpperWorkScreen))
        await at.settled()
        await at.keys.press("enter")
        await at.keys.type("Huyện giao đất trong quý này")
        await at.keys.press("escape")
        await at.settled()
        desk = at.app.desk
        assert desk is not None
        (obstacle,) = read_page(desk, OBSTACLES, today()).records
        assert obstacle.values["reply"] == "Huyện giao đất trong quý này"
        assert obstacle.values["title"] == "Chưa có đất làm nhà văn hóa"


async def test_a_request_is_given_to_every_commune_in_a_few_keys(district: Home) -> None:
    async with begun(district, "week") as at:
        await overview(at)
        at.keys.count = 0
        await at.keys.press("f5", "2", "ctrl+b", "enter")
        await at.settled()
        assert at.keys.count <= 4
        assert "cho 2 xã nữa" in seen(at.app)
        with_it = 0
        assert at.app.desk is not None
        for scope in (CAI_KINH, HOA_THANG):
            with_it += len(read_page(at.app.desk.at_commune(scope), REQUESTS, today()).records)
        assert with_it == 2


async def test_the_commune_is_chosen_on_the_list_and_kept_when_one_comes_back(
    district: Home,
) -> None:
    async with begun(district, "week") as at:
        await overview(at)
        await at.keys.press("down", "f5")
        await wait_until(lambda: isinstance(at.screen, RegisterScreen))
        assert at.app.desk is not None and at.app.desk.commune.scope == HOA_THANG
        await at.keys.press("f2", "3", "1")
        await at.settled()
        screen = await overview(at)
        assert screen.commune_meant == HOA_THANG


async def test_agencies_are_written_for_all_communes(district: Home) -> None:
    async with begun(district, "week") as at:
        await overview(at)
        await at.keys.press("f4", "ctrl+n")
        await wait_until(lambda: isinstance(at.app.screen_stack[0], AgenciesScreen))
        await at.keys.type("Phòng Y tế")
        await at.keys.press("tab", "escape")
        await at.settled()
        assert "Phòng Y tế" in seen(at.app)


async def test_the_name_of_the_upper_level_is_a_setting(district: Home) -> None:
    async with begun(district, "week") as at:
        await overview(at)
        await at.keys.press("f4", "4", "enter")
        await at.keys.type("tỉnh Lạng Sơn")
        await at.keys.press("enter", "escape")
        await at.settled()
        assert "Tỉnh Lạng Sơn" in rows(at.app)[0]


async def test_a_district_without_any_bundle_says_where_to_begin(tmp_path: Path) -> None:
    found_upper(tmp_path / "home").close()
    async with begun(Home(tmp_path / "home"), "week") as at:
        await overview(at)
        assert "Chưa nhận gói của xã nào" in seen(at.app)
        assert not list(at.app._notifications)
        await at.keys.press("f3")
        await wait_until(lambda: any("Bấm F8" in it.message for it in at.app._notifications))
        assert isinstance(at.screen, OverviewScreen)


async def test_a_commune_never_sees_the_district_s_areas(founded: Home) -> None:
    async with begun(founded, "week") as at:
        await at.keys.press("f4")
        text = seen(at.app)
        assert "F4 Thôn" in text and "Cơ quan" not in rows(at.app)[1]
        with Desk.read(founded) as desk:
            assert desk.upper is None
