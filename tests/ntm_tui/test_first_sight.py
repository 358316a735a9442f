from __future__ import annotations

import threading

from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.problems import StoreBusy
from ntm_tui.dialogs.indicator import IndicatorForm
from ntm_tui.dialogs.trouble import TroubleDialog
from ntm_tui.screens.checklist.picture import FIRST_SIGHT
from ntm_tui.screens.checklist.rows import indicator_key
from tests._helpers.areas import SMALL, ChecklistApp
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.terminal import Terminal


class SlowDoor:
    """A store that opens only when the test says so."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.may_open = threading.Event()
        self.problem: StoreBusy | None = None

    def __call__(self) -> Desk:
        self.may_open.wait(30)
        if self.problem is not None:
            raise self.problem
        return Desk.open(self.home)


async def at_first_sight(app: ChecklistApp) -> None:
    await wait_until(lambda: getattr(app.area, "picture", None) is not None)
    assert app.area.picture is not None and app.area.picture.turn == FIRST_SIGHT
    await wait_until(lambda: "1.1" in seen(app))


async def test_the_list_is_there_before_the_store_is_open(founded: Home) -> None:
    door = SlowDoor(founded)
    app = ChecklistApp(founded, opener=door)
    async with app.run_test(size=SMALL):
        await at_first_sight(app)
        assert "Xã Cai Kinh" in seen(app)
        assert app.desk is None
        door.may_open.set()
        await wait_until(lambda: app.area.picture is not None and app.area.picture.turn >= 0)


async def test_digits_pressed_before_the_store_is_open_are_written(founded: Home) -> None:
    door = SlowDoor(founded)
    app = ChecklistApp(founded, opener=door)
    async with app.run_test(size=SMALL):
        await at_first_sight(app)
        Terminal(app).send(b"123")
        door.may_open.set()
        await wait_until(
            lambda: getattr(app.area.table.current, "key", None) == indicator_key("2.2")
        )
        await wait_until(
            lambda: (
                app.desk is not None
                and app.desk.checklist().by_number["2.1"].assessment.status is Status.IN_PROGRESS
            )
        )
        assert app.desk is not None
        by_number = app.desk.checklist().by_number
        found = [by_number[number].assessment.status for number in ("1.1", "1.2", "2.1")]
        assert found == [Status.MET, Status.NOT_MET, Status.IN_PROGRESS]


async def test_a_form_asked_for_before_the_store_is_open_opens_then(founded: Home) -> None:
    door = SlowDoor(founded)
    app = ChecklistApp(founded, opener=door)
    async with app.run_test(size=SMALL):
        await at_first_sight(app)
        Terminal(app).send(b"\r")
        door.may_open.set()
        await wait_until(lambda: isinstance(app.screen, IndicatorForm))


async def test_a_digit_for_a_store_that_does_not_open_is_said_not_to_be_written(
    founded: Home,
) -> None:
    door = SlowDoor(founded)
    door.problem = StoreBusy("Kho dữ liệu đang được mở ở cửa sổ khác. Dữ liệu còn nguyên.")
    app = ChecklistApp(founded, opener=door)
    async with app.run_test(size=SMALL):
        await at_first_sight(app)
        Terminal(app).send(b"1")
        door.may_open.set()
        await wait_until(lambda: isinstance(app.screen, TroubleDialog))
        await wait_until(lambda: any("chưa ghi" in one.message for one in app._notifications))


async def test_a_program_whose_store_does_not_open_can_be_left(founded: Home) -> None:
    door = SlowDoor(founded)
    app = ChecklistApp(founded, opener=door)
    async with app.run_test(size=SMALL):
        await at_first_sight(app)
        Terminal(app).send(b"1" + b"\x1b[B" + b"\x11")  # a digit, the arrow down, Ctrl+Q
        await wait_until(lambda: app._exit, 20)
    door.may_open.set()


async def test_digits_that_were_pressed_are_written_before_the_program_ends(founded: Home) -> None:
    door = SlowDoor(founded)
    app = ChecklistApp(founded, opener=door)
    async with app.run_test(size=SMALL):
        await at_first_sight(app)
        Terminal(app).send(b"12\x11")
        await wait_until(lambda: getattr(app.area.table.current, "key", None) is not None)
        door.may_open.set()
        await wait_until(lambda: app._exit, 20)
    with Desk.open(founded) as desk:
        by_number = desk.checklist().by_number
        found = [by_number[number].assessment.status for number in ("1.1", "1.2")]
        assert found == [Status.MET, Status.NOT_MET]


async def test_after_a_refused_opening_the_next_one_is_waited_for(founded: Home) -> None:
    door = SlowDoor(founded)
    door.problem = StoreBusy("Kho dữ liệu đang được mở ở cửa sổ khác. Dữ liệu còn nguyên.")
    app = ChecklistApp(founded, opener=door)
    async with app.run_test(size=SMALL):
        await at_first_sight(app)
        door.may_open.set()
        await wait_until(lambda: isinstance(app.screen, TroubleDialog))
        door.may_open.clear()
        door.problem = None
        Terminal(app).send(b"\r")  # try again
        await wait_until(lambda: app.screen is app.area)
        Terminal(app).send(b"1")
        door.may_open.set()
        await wait_until(
            lambda: (
                app.desk is not None
                and app.desk.checklist().by_number["1.1"].assessment.status is Status.MET
            )
        )
