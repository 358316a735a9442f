from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from db import drafts
from db.communes import Founding, VillageRecord, add_villages
from db.desk import Desk
from db.home import Home
from db.judging import Figure, Quantity, Status
from db.judging.entry import figure_text
from db.villages import CellPlace, Grid, put_cells, read_grid, switch
from ntm_tui.dialogs.choice import ChoiceDialog
from ntm_tui.dialogs.history import HistoryDialog
from ntm_tui.dialogs.row import RowForm
from ntm_tui.screens.register import WorkScreen
from ntm_tui.screens.villages import VillagesScreen
from ntm_tui.screens.villages.grid import VillageGrid
from ntm_tui.widgets.status_line import StatusLine
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import LARGE, Begun, begun
from tests._helpers.terminal import Terminal


def area(at: Begun) -> VillagesScreen:
    screen = at.app.screen_stack[0]
    assert isinstance(screen, VillagesScreen)
    return screen


def stored(at: Begun) -> Grid:
    assert at.app.desk is not None
    with at.app.desk.reading() as session:
        return read_grid(session, at.app.desk.sheet())


def texts(at: Begun, number: str) -> list[str]:
    grid = stored(at)
    found = [grid.findings[CellPlace(one.code, number)] for one in grid.villages]
    return [figure_text(one.figure) or one.status for one in found]


def go_to(at: Begun, number: str, row: int = 0) -> None:
    grid = area(at).grid
    assert grid is not None
    area(at).table.go(row, [one.indicator.number for one in grid.columns].index(number))
    area(at).come()


def said(at: Begun) -> str:
    return area(at).query_one(StatusLine).message


@pytest.fixture
def twelve(home: Home) -> Home:
    """A commune of twelve villages that keeps five indicators of the people by village."""
    villages = tuple(
        VillageRecord(f"thon-{number}", f"Thôn {number}", 100 + number) for number in range(1, 13)
    )
    answers = Founding("Lạng Sơn", "Hữu Lũng", "Cai Kinh", "Hường", 2024, villages=villages)
    with Desk.found(home, answers) as desk:
        for number in ("10.1", "11.1"):
            with desk.act() as session:
                switch(session, desk.sheet(), number, by_village=True)
    return home


async def test_a_grid_of_12_villages_by_5_indicators_takes_at_most_70_keys(twelve: Home) -> None:
    async with begun(twelve, "week") as at:
        await at.keys.press("f4")
        grid = stored(at)
        numbers = [one.indicator.number for one in grid.columns][:5]
        typed = {
            "6.3": "1",
            "10.1": "5000/100",
            "11.1": "3/100",
            "17.1": "95/100; 30/100",
            "17.8": "70/100",
        }
        assert numbers == list(typed)
        for number in numbers:
            for _ in grid.villages:
                if typed[number] == "1":
                    await at.keys.press("1")
                else:
                    await at.keys.type(typed[number])
                    await at.keys.press("enter")
        for number in numbers:
            wanted = Status.MET if number == "6.3" else typed[number].replace("5000", "5.000")
            assert texts(at, number) == [wanted] * 12
        assert at.keys.count <= 70


async def test_a_whole_column_typed_in_one_burst_goes_where_it_belongs(twelve: Home) -> None:
    async with begun(twelve, "villages") as at:
        go_to(at, "17.8")
        paper = [f"{number}/100" for number in range(61, 73)]
        Terminal(at.app).send("\r".join(paper).encode() + b"\r")
        await wait_until(lambda: texts(at, "17.8")[-1] == "72/100", 30)
        assert texts(at, "17.8") == paper
        await wait_until(lambda: "66,5%" in seen(at.app))


async def test_digits_typed_in_one_burst_are_statuses_of_one_village_each(twelve: Home) -> None:
    async with begun(twelve, "villages") as at:
        go_to(at, "6.3")
        Terminal(at.app).send(b"123012301230")
        await wait_until(lambda: texts(at, "6.3")[10] == Status.IN_PROGRESS)
        wanted = [Status.MET, Status.NOT_MET, Status.IN_PROGRESS, Status.NOT_ASSESSED] * 3
        await wait_until(lambda: texts(at, "6.3") == wanted)


async def test_what_cannot_be_stays_in_the_line_and_is_said(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        await at.keys.type("140/120")
        await at.keys.press("enter")
        assert "Tử số không được lớn hơn mẫu số" in seen(at.app)
        assert area(at).form.line.value == "140/120" and area(at).table.row == 0
        assert set(texts(at, "17.8")) == {Status.NOT_ASSESSED}
        await at.keys.press("escape")
        assert area(at).form.line.value == ""


async def test_the_arrows_write_the_cell_down_and_go_on(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        await at.keys.type("50/98")
        await at.keys.press("down")
        await at.keys.type("60/")
        await at.keys.press("right")
        codes = [one.name for one in stored(at).villages]
        assert codes == ["Thôn Ba Nàng", "Thôn Đồng Mỏ", "Thôn Lân Gạt"]
        assert texts(at, "17.8") == ["50/98", "60/120", Status.NOT_ASSESSED]
        assert "Còn 1 thôn" not in said(at) and "còn 1 thôn chưa có" not in seen(at.app)
        await at.keys.press("left")
        assert "còn 1 thôn chưa có" in seen(at.app)


async def test_delete_takes_a_cell_back_and_undo_gives_it_again(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        await at.keys.type("50/98")
        await at.keys.press("enter", "up", "delete", "enter")
        assert texts(at, "17.8")[0] == Status.NOT_ASSESSED
        await at.keys.press("ctrl+z")
        assert texts(at, "17.8")[0] == "50/98"
        assert area(at).table.row == 0


async def test_a_pasted_column_is_one_action(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        Terminal(at.app).send(b"\x1b[200~50/98\r\n60/120\r\nkh\xc3\xb4ng r\xc3\xb5\x1b[201~")
        await wait_until(lambda: "Đã dán 2 ô" in said(at))
        assert "1 ô không hiểu được nên không ghi: “không rõ”" in said(at)
        assert texts(at, "17.8") == ["50/98", "60/120", Status.NOT_ASSESSED]
        await at.keys.press("ctrl+z")
        assert set(texts(at, "17.8")) == {Status.NOT_ASSESSED}


async def test_lines_that_end_as_terminals_send_them_are_all_taken(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        Terminal(at.app).send(b"\x1b[200~50/98\r60/100\r70/85\x1b[201~")
        await wait_until(lambda: "Đã dán 3 ô" in said(at))
        assert texts(at, "17.8") == ["50/98", "60/100", "70/85"]
        assert "1 ô có mẫu số khác số hộ của thôn" in said(at)  # Đồng Mỏ has 120


async def test_another_number_of_households_is_told_while_it_is_typed(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8", row=1)
        await at.keys.type("60/100")
        assert "! thôn có 120 hộ" in seen(at.app)


async def test_three_seconds_without_a_key_write_the_cell_down(
    founded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_tui.widgets.typed import Typed

    monkeypatch.setattr(Typed, "IDLE_SECONDS", 0.01)
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        await at.keys.type("50/98")
        await wait_until(lambda: texts(at, "17.8")[0] == "50/98")
        assert area(at).form.line.value == "50/98"


async def test_leaving_the_work_area_loses_nothing(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        await at.keys.type("50/98")
        await at.keys.press("f2")
        await wait_until(lambda: texts(at, "17.8")[0] == "50/98")


async def test_an_indicator_is_switched_to_villages_by_two_keys(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        await at.keys.press("ctrl+b")
        await wait_until(lambda: isinstance(at.screen, ChoiceDialog))
        assert "√ 6.3" in seen(at.app)
        await at.keys.press("down", "enter")
        await wait_until(lambda: "10.1" in stored(at).by_number)
        assert "10.1 từ nay ghi theo từng thôn" in said(at)
        assert area(at).table.place == CellPlace("ba-nang", "10.1")


async def test_the_list_of_villages_is_one_key_away(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8", row=1)
        await at.keys.press("ctrl+n")
        await wait_until(lambda: isinstance(at.screen, WorkScreen))
        await at.settled()
        assert "3 thôn · 303 hộ · 1.283 khẩu" in seen(at.app)
        await at.keys.press("ctrl+n")
        await wait_until(lambda: isinstance(at.screen, RowForm))
        await at.keys.type("Thôn Rừng Dong")
        await at.keys.press("enter")
        await at.keys.type("77")
        await at.keys.press("enter", "escape")
        assert at.app.desk is not None
        village = next(one for one in stored(at).villages if one.code == "rung-dong")
        assert (village.name, village.households) == ("Thôn Rừng Dong", 77)


async def test_a_village_that_is_there_already_is_not_made_twice(founded: Home) -> None:
    async with begun(founded, "work") as at:
        await at.keys.press("0", "ctrl+n")
        await wait_until(lambda: isinstance(at.screen, RowForm))
        await at.keys.type("dong mo")
        await at.keys.press("enter")
        assert "đã có thôn này" in " ".join(str(it.message) for it in at.app._notifications)
        assert len(stored(at).villages) == 3


async def test_the_history_of_a_cell(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        await at.keys.type("50/98")
        await at.keys.press("enter", "up", "ctrl+r")
        await wait_until(lambda: isinstance(at.screen, HistoryDialog))
        assert "50/98" in seen(at.app) and "Ba Nàng" in seen(at.app)


async def test_without_villages_it_says_what_to_do(home: Home, tmp_path: Path) -> None:
    Desk.found(home, Founding("Lạng Sơn", "Hữu Lũng", "Cai Kinh", "Hường", 2024)).close()
    async with begun(home, "villages", LARGE) as at:
        assert "Xã chưa có thôn nào. Ctrl+N" in seen(at.app)
        await at.keys.press("1", "enter", "delete", "ctrl+b")
        assert at.app.is_running


# -- What was typed belongs to its own cell ------------------------------------------------------


def from_elsewhere(at: Begun, write: Callable[[Desk], object]) -> None:
    """Write as an import or another part of the program does, then show it."""
    assert at.app.desk is not None
    write(at.app.desk)
    at.app.refresh_area()


def add_village(desk: Desk) -> None:
    with desk.act() as session:
        add_villages(session, desk.commune.scope, [VillageRecord("an-binh", "Thôn An Bình", 50)])


async def test_a_village_that_comes_in_moves_nothing_that_is_being_typed(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8", row=1)
        await at.keys.type("50/120")
        from_elsewhere(at, add_village)
        await at.settled()
        assert "Thôn Đồng Mỏ · 17.8" in seen(at.app)
        await at.keys.press("enter")
        names = [one.name for one in stored(at).villages]
        assert names == ["Thôn An Bình", "Thôn Ba Nàng", "Thôn Đồng Mỏ", "Thôn Lân Gạt"]
        none = Status.NOT_ASSESSED
        assert texts(at, "17.8") == [none, none, "50/120", none]
        assert area(at).table.place == CellPlace("lan-gat", "17.8")


async def test_another_set_takes_nothing_that_was_typed_for_this_one(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "2.2")
        await at.keys.type("50/98")
        desk = at.app.desk
        assert desk is not None
        at.app.seat(replace(desk, looking_at="xa-ntm-nang-cao-2021-2025"))
        await at.settled()
        await at.keys.press("enter")
        await at.settled()
        found = {
            set_id: [
                one.indicator.number
                for one in desk.checklist(desk.sheet(set_id=set_id)).states
                if any(it.figure for it in one.villages.values())
            ]
            for set_id in ("xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025")
        }
        assert found == {"xa-ntm-2021-2025": ["2.2"], "xa-ntm-nang-cao-2021-2025": []}


async def test_what_was_written_overwrites_nothing_that_came_in_later(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8", row=1)
        await at.keys.type("67/")
        await at.keys.press("f2")  # leaving writes it down
        await wait_until(lambda: texts(at, "17.8")[1] == "67/120")

        def newer(desk: Desk) -> None:
            with desk.reading() as session:
                grid = read_grid(session, desk.sheet())
            figure = Figure.of(whole=Quantity(numerator=Decimal(70), denominator=Decimal(120)))
            with desk.act() as session:
                put_cells(session, grid, {CellPlace("dong-mo", "17.8"): figure})

        from_elsewhere(at, newer)
        await at.keys.press("f4", "down")
        await at.settled()
        assert texts(at, "17.8")[1] == "70/120"


async def test_delete_in_the_middle_of_a_text_takes_one_letter(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8")
        await at.keys.type("50/98")
        await at.keys.press("enter", "up", "home", "delete", "enter")
        assert texts(at, "17.8")[0] == "0/98"


async def test_keys_typed_ahead_of_the_grid_go_into_it(founded: Home) -> None:
    async with begun(founded, "week") as at:
        Terminal(at.app).send(b"\x1bOS" + b"12")
        await wait_until(lambda: isinstance(at.screen, VillagesScreen))
        await wait_until(lambda: texts(at, "6.3")[:2] == [Status.MET, Status.NOT_MET])


async def test_a_click_below_the_villages_goes_nowhere(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8", row=1)
        for line in (8, at.screen.query_one(VillageGrid).size.height - 1):
            await at.keys.pilot.click(VillageGrid, offset=(40, line))
            await at.settled()
            assert area(at).table.row == 1
        await at.keys.pilot.click(VillageGrid, offset=(40, 2))
        await at.settled()
        assert area(at).table.row == 0


# -- A crash loses no keystroke -------------------------------------------------------------------


def drafts_in(at: Begun) -> dict[str, str]:
    assert at.app.desk is not None
    return dict(drafts.texts(at.app.desk, "assessment", "cell"))


async def test_what_is_being_typed_in_a_cell_is_kept_until_it_is_written(founded: Home) -> None:
    async with begun(founded, "villages") as at:
        go_to(at, "17.8", row=1)
        await at.keys.type("50/")
        await wait_until(lambda: list(drafts_in(at).values()) == ["50/"])
        await at.keys.press("enter")
        await wait_until(lambda: drafts_in(at) == {})
        await at.keys.type("7")
        await wait_until(lambda: list(drafts_in(at).values()) == ["7"])
        await at.keys.press("escape")
        await wait_until(lambda: drafts_in(at) == {})


async def test_after_a_crash_the_text_stands_in_its_cell_again(founded: Home) -> None:
    with Desk.open(founded) as desk:
        place = drafts.of_finding(desk.sheet(), "17.8", "dong-mo")
        drafts.keep(desk, place, "cell", "50/1")
    async with begun(founded, "villages") as at:
        assert area(at).table.place == CellPlace("dong-mo", "17.8")
        assert area(at).form.line.value == "50/1"
        await at.keys.type("20")
        await at.keys.press("enter")
        assert texts(at, "17.8")[1] == "50/120"
        await wait_until(lambda: drafts_in(at) == {})
