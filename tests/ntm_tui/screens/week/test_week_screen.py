from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from db import checklist, clock, profile
from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.dialogs.backups import BackupsDialog
from ntm_tui.dialogs.commune import CommuneDialog
from ntm_tui.screens.checklist import ChecklistScreen
from ntm_tui.screens.checklist.filters import RowFilter
from ntm_tui.screens.thresholds import ThresholdsScreen
from ntm_tui.screens.week import WeekScreen
from ntm_tui.screens.week.line_list import LineList
from tests._helpers.looks import DRAWABLE, rows, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun
from tests._helpers.stores import ANSWERS, send, set_status
from tests._helpers.terminal import wait_until


class Looking(Begun):
    @property
    def tasks(self) -> LineList:
        return self.app.screen.query_one("#tasks", LineList)

    @property
    def blockers(self) -> LineList:
        return self.app.screen.query_one("#blockers", LineList)

    async def follow(self, words: str) -> None:
        """Go to the line with these words by the arrows, and press Enter."""
        for _ in range(60):
            lists = [it for it in (self.blockers, self.tasks) if it.has_focus]
            line = lists[0]._told[lists[0].highlighted or 0] if lists else None
            if line is not None and words in line.fit(200).plain:
                break
            await self.keys.press("down")
        else:
            raise AssertionError(f"no line says {words}")
        await self.keys.press("enter")
        await self.settled()


@asynccontextmanager
async def looking(home: Home, size: tuple[int, int] = SMALL) -> AsyncIterator[Looking]:
    async with begun(home, "week", size) as found:
        yield Looking(found.app, found._pilot)


@pytest.fixture
def busy(desk: Desk) -> Home:
    """A commune in the middle of its work, closed again."""
    for number in ("1.1", "1.2", "2.1", "17.9"):
        set_status(desk, number, Status.MET)
    set_status(desk, "17.8", Status.NOT_MET)
    set_status(desk, "5.1", Status.IN_PROGRESS)
    set_status(desk, "13.4", Status.NOT_APPLICABLE)
    sheet, today = desk.sheet(), clock.today()
    with desk.act() as session:
        checklist.set_due(session, sheet, "17.8", today - timedelta(days=3))
        checklist.set_text(session, sheet, "17.8", "responsible", "Công chức VH-XH")
        checklist.set_due(session, sheet, "5.1", today + timedelta(days=2))
    desk.close()
    return desk.home


def hold_title(home: Home) -> None:
    with Desk.open(home) as desk, desk.act() as session:
        profile.update_profile(session, desk.commune.scope, "held_tier", "ntm")


async def test_what_blocks_us_and_whether_we_are_at_risk_is_seen_at_once(busy: Home) -> None:
    hold_title(busy)
    async with looking(busy) as at:
        assert at.keys.count == 0
        text = seen(at.app)
        assert "Tiêu chí chưa đạt: 18" in text
        assert "× 17 Môi trường" in text and "17.8" in text
        assert "Đang giữ Đạt chuẩn NTM: ■ Có thể bị thu hồi · 2 đến 18/19" in text


async def test_the_standing_is_drawn(busy: Home) -> None:
    async with looking(busy) as at:
        text = seen(at.app)
        assert "Phấn đấu: Đạt chuẩn NTM năm 2024" in text
        assert "Tiêu chí 1/19" in text and "Chỉ tiêu 4/57" in text
        for entry in ("█ Đạt 4", "▄ Chưa đạt 1", "▒ Đang làm 1", "░ Chưa đánh giá 50"):
            assert entry in text
        assert "I █ 1/1" in text


async def test_without_a_title_the_light_stays_out_of_the_way(busy: Home) -> None:
    async with looking(busy) as at:
        assert "thu hồi ·" not in seen(at.app)
        await at.follow("Danh hiệu đang giữ: chưa ghi")
        assert isinstance(at.app.screen, CommuneDialog)


async def test_the_tips_say_what_would_tip_it_in_full(busy: Home) -> None:
    hold_title(busy)
    async with looking(busy) as at:
        tip = at.tasks._told[0]
        assert "là thuộc diện bị thu hồi." in " ".join(tip.fit(40).plain.split())
        assert all(len(line) <= 40 for line in tip.fit(40).plain.splitlines())


async def test_overdue_comes_first_with_who_answers_for_it(busy: Home) -> None:
    async with looking(busy) as at:
        first, second = at.tasks._told[:2]
        assert first.fit(100).plain.startswith("× quá 3 ngày")
        assert "17.8" in first.fit(100).plain and "Công chức VH-XH" in first.fit(100).plain
        assert "còn 2 ngày" in second.fit(100).plain
        assert "chưa phân công" in second.fit(100).plain


async def test_a_line_about_an_indicator_leads_to_it(busy: Home) -> None:
    async with looking(busy) as at:
        await at.follow("quá 3 ngày")
        assert isinstance(at.app.screen, ChecklistScreen)
        await wait_until(lambda: cast(ChecklistScreen, at.app.screen).picture is not None)
        await at.settled()
        row = cast(ChecklistScreen, at.app.screen).table.current
        assert row is not None and row.key == ("indicator", "17.8")


async def test_a_criterion_leads_to_the_first_indicator_it_lacks(busy: Home) -> None:
    async with looking(busy) as at:
        await at.follow("Giao thông")
        row = cast(ChecklistScreen, at.app.screen).table.current
        assert row is not None and row.key == ("indicator", "2.2")


@pytest.mark.parametrize(
    ("words", "row_filter"),
    [
        ("Thiếu lý do: 1 chỉ tiêu (13.4)", RowFilter.MISSING_REASON),
        ("Thiếu minh chứng: 57 chỉ tiêu", RowFilter.MISSING_EVIDENCE),
    ],
)
async def test_a_line_that_counts_leads_to_what_it_counts(
    busy: Home, words: str, row_filter: RowFilter
) -> None:
    async with looking(busy) as at:
        await at.follow(words)
        area = cast(ChecklistScreen, at.app.screen)
        assert area.looking.filter is row_filter
        counted = sum(row.key[0] == "indicator" for row in area.table.rows)
        assert str(counted) == words.split(": ")[1].split()[0]


async def test_the_other_lines_lead_to_their_places(busy: Home) -> None:
    async with looking(busy) as at:
        await at.follow("Mức đạt chưa đối chiếu với văn bản: 57/57")
        assert isinstance(at.app.screen, ThresholdsScreen)
        await at.keys.press("f2")
        await at.settled()
        await at.follow("Sao lưu gần nhất")
        assert isinstance(at.app.screen, BackupsDialog)


async def test_the_arrows_go_through_both_lists_and_stop_at_the_ends(busy: Home) -> None:
    async with looking(busy) as at:
        assert at.blockers.has_focus
        await at.keys.press("up")
        assert at.blockers.has_focus and at.blockers.highlighted == 0
        await at.keys.press("end", "down")
        assert at.tasks.has_focus and at.tasks.highlighted == 0
        await at.keys.press("up")
        assert at.blockers.has_focus
        assert at.blockers.highlighted == at.blockers.option_count - 1
        await at.keys.press("down", "end", "down")
        assert at.tasks.highlighted == at.tasks.option_count - 1


async def test_the_cursor_stays_on_its_line_when_things_change(busy: Home) -> None:
    async with looking(busy) as at:
        await at.keys.press("down", "down", "down")
        place = at.blockers._told[3].key
        desk = at.app.desk
        assert desk is not None
        set_status(desk, "17.8", Status.MET)
        at.app.refresh_area()
        await at.settled()
        highlighted = at.blockers.highlighted
        assert highlighted is not None and at.blockers._told[highlighted].key == place
        assert "Chỉ tiêu 5/57" in seen(at.app)


async def test_who_did_how_many_things_is_told(busy: Home) -> None:
    async with looking(busy) as at:
        lines = [it.fit(200).plain for it in at.tasks._told]
        assert any("Nguyễn Thị Hường 9 việc" in it for it in lines)


async def test_the_last_bundle_is_told_until_it_is_confirmed(busy: Home, tmp_path: Path) -> None:
    async with looking(busy) as at:
        lines = [it.fit(200).plain for it in at.tasks._told]
        assert any("Chưa gửi gói nào; " in it and "thay đổi chưa gửi" in it for it in lines)
        desk = at.app.desk
        assert desk is not None
        written = send(desk, tmp_path / "out")
        at.app.refresh_area()
        await at.settled()
        lines = [it.fit(200).plain for it in at.tasks._told]
        assert any(f"mã {written.code}: chưa có biên nhận; đã gửi hết." in it for it in lines), (
            lines
        )


async def test_the_gain_over_a_week_is_drawn(home: Home) -> None:
    moment = [clock.wall_ms() - 10 * 86_400_000]
    with Desk.found(home, ANSWERS, wall=lambda: moment[0]) as desk:
        set_status(desk, "1.1", Status.MET)
        moment[0] = clock.wall_ms()
        set_status(desk, "1.2", Status.MET)
    async with looking(home) as at:
        assert "+1 so với 7 ngày trước" in seen(at.app)


async def test_when_all_is_met_nothing_blocks(desk: Desk) -> None:
    for indicator in desk.sheet().criteria_set.indicators:
        set_status(desk, indicator.number, Status.MET)
    desk.close()
    async with looking(desk.home) as at:
        assert not at.blockers.display
        assert at.tasks.has_focus
        assert "Tiêu chí 19/19" in seen(at.app)


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW, (200, 24), (80, 60)])
async def test_it_fits_and_can_be_drawn_at_any_size(busy: Home, size: tuple[int, int]) -> None:
    hold_title(busy)
    async with looking(busy, size) as at:
        assert set(seen(at.app)) <= DRAWABLE | {"\n"}
        assert all(len(row) == size[0] for row in rows(at.app))
        assert isinstance(at.app.screen, WeekScreen)


@pytest.mark.parametrize("theme", ["sang", "toi", "tuong-phan"])
async def test_the_line_under_the_cursor_has_no_colours_of_its_own(busy: Home, theme: str) -> None:
    async with looking(busy) as at:
        at.app.theme = theme
        await at.keys.press("down")
        prompt = at.blockers.get_option_at_index(1).prompt
        assert not getattr(prompt, "spans", None)
        assert getattr(at.blockers.get_option_at_index(0).prompt, "spans", None)


async def test_nothing_that_people_wrote_is_read_as_markup(desk: Desk) -> None:
    sheet, today = desk.sheet(), clock.today()
    with desk.act() as session:
        checklist.set_due(session, sheet, "1.1", today)
        checklist.set_text(session, sheet, "1.1", "responsible", "[bold]Ai[/] [$x")
    desk.close()
    async with looking(desk.home) as at:
        assert "[bold]Ai[/] [$x" in at.tasks._told[0].fit(200).plain
        assert "[bold]Ai" in seen(at.app)
