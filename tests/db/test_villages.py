from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from db import checklist
from db.checklist import IndicatorState
from db.clock import today
from db.communes import Founding, VillageRecord
from db.desk import Desk
from db.home import Home
from db.judging import Figure, FigureProblem, Quantity, Status
from db.villages import (
    CellPlace,
    Grid,
    by_status,
    can_be_added_up,
    put_cells,
    read_block,
    read_cell,
    read_grid,
    switch,
)

DONG_MO = VillageRecord("dong-mo", "Thôn Đồng Mỏ", 120, 502)


def grid_of(desk: Desk) -> Grid:
    with desk.reading() as session:
        return read_grid(session, desk.sheet())


def share(numerator: int, denominator: int) -> Figure:
    return Figure.of(whole=Quantity(numerator=Decimal(numerator), denominator=Decimal(denominator)))


def column(desk: Desk, number: str) -> IndicatorState:
    return grid_of(desk).by_number[number]


def put(desk: Desk, cells: dict[tuple[str, str], Figure | Status | None]) -> Grid:
    grid = grid_of(desk)
    with desk.act() as session:
        put_cells(session, grid, {CellPlace(*place): said for place, said in cells.items()})
    return grid_of(desk)


def test_the_indicators_that_people_answer_for_come_first(desk: Desk) -> None:
    people = [one.criterion.people_criterion for one in grid_of(desk).columns]
    assert people == sorted(people, reverse=True) and True in people and False in people


def test_the_commune_s_figure_is_what_the_villages_add_up_to(desk: Desk) -> None:
    """Duty 26: 67 of 120, 80 of 85 and 70 of 98 households make 217 of 303."""
    grid = put(
        desk,
        {
            ("dong-mo", "17.8"): share(67, 120),
            ("lan-gat", "17.8"): share(80, 85),
            ("ba-nang", "17.8"): share(70, 98),
            ("dong-mo", "6.3"): Status.MET,
            ("lan-gat", "6.3"): Status.MET,
        },
    )
    assert grid.by_number["17.8"].figure == share(217, 303)
    assert grid.by_number["17.8"].judgement.status is Status.NOT_ASSESSED
    assert grid.by_number["17.8"].judgement.suggested is Status.MET  # 71,6 % of 70 %
    assert grid.by_number["6.3"].figure == share(2, 3)
    assert [one.village.code for one in grid.holding_back("17.8")] == ["dong-mo"]


def test_a_figure_the_commune_typed_stands_beside_the_villages(desk: Desk) -> None:
    state = column(desk, "17.8")
    with desk.act() as session:
        checklist.set_figure(
            session, desk.sheet(), "17.8", share(200, 303), state.threshold.effective
        )
    grid = put(desk, {(code, "17.8"): share(50, 90) for code in ("dong-mo", "lan-gat", "ba-nang")})
    assert grid.by_number["17.8"].typed_differs
    assert grid.by_number["17.8"].figure == share(150, 270)
    assert grid.by_number["17.8"].assessment.figure == share(200, 303)


@pytest.mark.parametrize(
    ("number", "typed", "wanted"),
    [
        ("17.8", "67/120", share(67, 120)),
        ("17.8", " 67 / 120 ", share(67, 120)),
        ("17.8", "67/", share(67, 120)),
        ("6.3", "1", Status.MET),
        ("6.3", "Đạt", Status.MET),
        ("6.3", "KHÔNG ĐẠT", Status.NOT_MET),
        ("6.3", "chưa đạt", Status.NOT_MET),
        ("6.3", "0", Status.NOT_ASSESSED),
        ("9.1", "3", Figure.of(whole=Quantity(Decimal(3)))),
    ],
)
def test_what_is_typed_in_a_cell_is_understood(
    desk: Desk, number: str, typed: str, wanted: object
) -> None:
    assert read_cell(column(desk, number), typed, DONG_MO) == wanted


@pytest.mark.parametrize(
    ("number", "typed", "told"),
    [
        ("17.8", "140/120", "Tử số không được lớn hơn mẫu số"),
        ("17.8", "67,5", "không cộng được"),
        ("17.8", "67", "67 hộ trên bao nhiêu hộ"),
        ("17.8", "67,5 %", "không cộng được"),
        ("17.8", "sáu/120", "sáu"),
        ("17.8", "-3/120", "âm"),
        ("17.8", "1;2", "chỉ nhận một số"),
        ("17.1", "5/9", "2 số, cách nhau"),
        ("9.1", "67/", "mẫu số"),
        ("6.3", "7", "bấm số"),
        ("6.3", "4", "không có “nếu có”"),
        ("6.3", "", "bấm số"),
    ],
)
def test_what_cannot_be_is_said(desk: Desk, number: str, typed: str, told: str) -> None:
    with pytest.raises(FigureProblem, match=told):
        read_cell(column(desk, number), typed, DONG_MO)


def test_households_that_are_not_known_cannot_be_the_denominator(desk: Desk) -> None:
    with pytest.raises(FigureProblem, match="mẫu số"):
        read_cell(column(desk, "17.8"), "67/", VillageRecord("moi", "Thôn Mới"))


def test_a_column_from_a_spreadsheet_goes_down_from_the_cursor(desk: Desk) -> None:
    grid = grid_of(desk)
    codes = [one.code for one in grid.villages]
    pasted = read_block(grid, "67/120\r\n\r\nba mươi\r\n", CellPlace(codes[0], "17.8"))
    assert dict(pasted.cells) == {CellPlace(codes[0], "17.8"): share(67, 120)}
    assert pasted.unread == ("ba mươi",)


def test_lines_beyond_the_last_village_are_told_not_written(desk: Desk) -> None:
    grid = grid_of(desk)
    last = CellPlace(grid.villages[-1].code, "17.8")
    pasted = read_block(grid, "1/2\n3/4", last)
    assert dict(pasted.cells) == {last: share(1, 2)}
    assert pasted.unread == ("3/4",)


def test_lines_that_name_their_village_go_there_in_any_order(desk: Desk) -> None:
    text = "Tên thôn\tSố hộ\nLân Gạt\t80/85\nthôn ĐỒNG MỎ\t67/120\nThôn Lạ\t5/9"
    pasted = read_block(grid_of(desk), text, CellPlace("ba-nang", "17.8"))
    assert dict(pasted.cells) == {
        CellPlace("lan-gat", "17.8"): share(80, 85),
        CellPlace("dong-mo", "17.8"): share(67, 120),
    }
    assert pasted.unread == ("Tên thôn Số hộ", "Thôn Lạ 5/9")


def test_a_block_fills_several_columns(desk: Desk) -> None:
    grid = grid_of(desk)
    codes = [one.code for one in grid.villages]
    numbers = [one.indicator.number for one in grid.columns]
    at = numbers.index("17.8")
    pasted = read_block(grid, "1/2\t3/4\n5/6\t7/8", CellPlace(codes[0], "17.8"))
    assert pasted.cells[CellPlace(codes[1], numbers[at + 1])] == share(7, 8)
    assert len(pasted.cells) == 4


def test_an_office_switches_an_indicator_to_villages_and_back(desk: Desk) -> None:
    assert "10.1" not in grid_of(desk).by_number
    with desk.act() as session:
        switch(session, desk.sheet(), "10.1", by_village=True)
        switch(session, desk.sheet(), "17.8", by_village=False)
    grid = put(desk, {(code, "10.1"): share(4500, 100) for code in ("dong-mo", "lan-gat")})
    assert grid.by_number["10.1"].figure == share(9000, 200)
    assert grid.by_number["10.1"].missing_villages == 1
    assert "17.8" not in grid.by_number
    with desk.reading() as session:
        past = checklist.read_as_of(session, desk.sheet(), today())
    assert past.by_number["10.1"].figure == share(9000, 200)
    with desk.act() as session:
        switch(session, desk.sheet(), "10.1", by_village=False)
    after = desk.checklist().by_number["10.1"]
    assert after.figure is None and len(after.villages) == 3


def test_taking_a_switch_back_by_undo_leaves_the_set_s_own_way(desk: Desk) -> None:
    with desk.act() as session:
        switch(session, desk.sheet(), "10.1", by_village=True)
    desk.store.undo(desk.officer)
    assert "10.1" not in grid_of(desk).by_number


def test_where_villages_are_met_or_not_a_status_is_written(desk: Desk) -> None:
    kinds = {one.indicator.number: by_status(one) for one in grid_of(desk).columns}
    assert kinds["6.3"] and not kinds["17.8"] and not kinds["9.1"]


def test_none_takes_back_what_a_village_had(desk: Desk) -> None:
    put(desk, {("dong-mo", "17.8"): share(1, 2), ("dong-mo", "6.3"): Status.MET})
    grid = put(desk, {("dong-mo", "17.8"): None, ("dong-mo", "6.3"): None})
    assert grid.by_number["17.8"].figure is None and grid.by_number["6.3"].figure is None


@pytest.fixture
def numbered(home: Home) -> Iterator[Desk]:
    """A commune whose villages have numbers for names."""
    villages = tuple(VillageRecord(str(one), f"Thôn {one}", 100) for one in (1, 2, 3))
    answers = Founding("Lạng Sơn", "Hữu Lũng", "Cai Kinh", "Hường", 2024, villages=villages)
    with Desk.found(home, answers) as desk:
        yield desk


def test_statuses_are_not_taken_for_the_numbers_of_villages(numbered: Desk) -> None:
    with numbered.act() as session:
        switch(session, numbered.sheet(), "13.1", by_village=True)
    grid = grid_of(numbered)
    assert [one.indicator.number for one in grid.columns][:2] == ["6.3", "13.1"]
    pasted = read_block(grid, "1\t2\n1\t1\n2\t2", CellPlace("1", "6.3"))
    assert pasted.unread == () and len(pasted.cells) == 6
    assert [pasted.cells[CellPlace(it, "6.3")] for it in "123"] == [
        *(Status.MET, Status.MET, Status.NOT_MET)
    ]


def test_villages_named_by_number_are_found_where_figures_are_pasted(numbered: Desk) -> None:
    text = "Thôn 3\t30/100\n\t\nThôn 1\t10/100"
    pasted = read_block(grid_of(numbered), text, CellPlace("1", "17.8"))
    assert dict(pasted.cells) == {
        CellPlace("3", "17.8"): share(30, 100),
        CellPlace("1", "17.8"): share(10, 100),
    }


def test_cells_beyond_the_last_column_are_told(desk: Desk) -> None:
    grid = grid_of(desk)
    last = CellPlace(grid.villages[0].code, grid.columns[-1].indicator.number)
    pasted = read_block(grid, "1\t7\n1\t8", last)
    assert len(pasted.cells) == 2 and pasted.unread == ("7", "8")


def test_levels_are_not_offered_by_village_and_averages_need_their_parts(desk: Desk) -> None:
    with desk.act() as session:
        switch(session, desk.sheet(), "10.1", by_village=True)
    income = column(desk, "10.1")
    with pytest.raises(FigureProblem, match="không cộng được"):
        read_cell(income, "50", DONG_MO)
    advanced = desk.checklist(desk.sheet(set_id="xa-ntm-nang-cao-2021-2025"))
    levels = [it for it in advanced.states if it.threshold.effective.levels]
    assert levels and not any(map(can_be_added_up, levels))
