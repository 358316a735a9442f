from __future__ import annotations

import pytest
from textual.widgets import OptionList

from db import communes
from db.clock import today
from db.criteria.definitions import Tier
from db.desk import Desk
from db.disks import DiskKind
from db.home import Home
from ntm_tui.screens.first_run.commune import NameList
from ntm_tui.screens.week import WeekScreen
from ntm_tui.widgets.text_block import TextBlock
from ntm_tui.widgets.text_line import TextLine
from tests._helpers.first_run import asked
from tests._helpers.looks import DRAWABLE, rows, seen
from tests._helpers.modes import LARGE, NARROW, SMALL
from tests._helpers.terminal import (
    BACKSPACES,
    SENTENCE,
    SENTENCE_STEPS,
    stream,
    wait_until,
)

PASTED = "Thôn\tSố hộ\nThôn Đồng Mỏ\t120\nThôn Lân Gạt\t85\n"


async def test_a_commune_is_founded_from_a_few_answers(home: Home) -> None:
    async with asked(home) as at:
        await at.answer_commune("cai kinh")
        assert at.page == "aim"
        await at.keys.press("down", "enter", "enter")
        at.questions.query_one(TextBlock).load_text(PASTED)
        await at.keys.press("tab", "enter")
        await wait_until(lambda: at.app.desk is not None)
        await at.settled()
        assert isinstance(at.app.screen, WeekScreen)
        assert "Xã Cai Kinh · huyện Hữu Lũng" in seen(at.app)
        assert "Tiêu chí chưa đạt: 19" in seen(at.app)
    with Desk.read(home) as desk:
        assert desk.commune.scope == "lang-son/huu-lung/cai-kinh"
        assert (desk.commune.tier, desk.commune.target_year) == (Tier.ADVANCED, today().year)
        assert desk.officer == "Nguyễn Thị Hường"
        with desk.reading() as session:
            villages = communes.villages(session, desk.commune.scope)
    assert [(one.name, one.households) for one in villages] == [
        ("Thôn Đồng Mỏ", 120),
        ("Thôn Lân Gạt", 85),
    ]


async def test_communes_are_offered_without_marks_and_chosen_by_arrows(home: Home) -> None:
    async with asked(home) as at:
        await at.keys.press("1")
        await at.keys.type("hoa")
        names = at.questions.query_one(NameList)
        assert names.option_count == 5 and names.display
        await at.keys.press("down", "down", "enter")
        assert at.value("commune") == "Hòa Lạc"
        assert at.focus == "officer" and not names.display


async def test_enter_asks_to_choose_when_several_communes_fit(home: Home) -> None:
    async with asked(home) as at:
        await at.keys.press("1")
        await at.keys.type("hoa")
        await at.keys.press("enter")
        assert at.focus == "names"
        await at.keys.press("escape")
        assert (at.focus, at.value("commune")) == ("commune", "hoa")


async def test_a_commune_that_is_not_listed_can_be_typed(home: Home) -> None:
    async with asked(home) as at:
        await at.keys.press("1")
        await at.keys.type("Vạn Linh")
        await at.keys.press("enter")
        assert (at.focus, at.value("commune")) == ("officer", "Vạn Linh")


async def test_what_is_missing_is_told_at_its_field(home: Home) -> None:
    async with asked(home) as at:
        await at.keys.press("1")
        await at.keys.press("enter", "enter", "enter")
        assert at.page == "commune-page" and at.focus == "commune"
        assert "Cần tên xã" in seen(at.app)
        await at.keys.type("Cai Kinh")
        await at.keys.press("enter", "enter", "enter")
        assert at.focus == "officer" and "Cần họ tên cán bộ" in seen(at.app)


async def test_going_back_and_forth_loses_nothing(home: Home) -> None:
    async with asked(home) as at:
        await at.answer_commune("Yên Bình")
        await at.keys.press("down", "tab", "tab")
        await at.keys.type("Thôn Một")
        await at.keys.press("escape")
        assert at.page == "commune-page" and at.value("commune") == "Yên Bình"
        await at.keys.press("escape")
        assert at.page == "welcome"
        await at.keys.press("escape", "1")
        assert at.value("officer") == "Nguyễn Thị Hường"
        at.questions.set_focus(at.questions.query_one("#position"))
        await at.keys.press("enter")
        assert at.page == "aim"
        assert at.questions.query_one("#villages", TextBlock).text == "Thôn Một"
        assert at.questions.query_one("#tier", OptionList).highlighted == 1
        assert "● NTM nâng cao" in seen(at.app) and "○ Đạt chuẩn NTM" in seen(at.app)


async def test_villages_are_counted_and_a_wrong_line_is_named(home: Home) -> None:
    async with asked(home) as at:
        await at.answer_commune()
        at.questions.set_focus(at.questions.query_one("#villages"))
        await at.keys.type("Thôn Đồng Mỏ, 120\rThôn Lân Gạt, 1.085")
        assert "2 thôn, 1.205 hộ" in seen(at.app)
        await at.keys.type("x")
        assert "Dòng 2 của danh sách thôn" in seen(at.app)
        await at.keys.press("tab", "enter")
        assert at.focus == "villages"
        assert not home.store.exists()


async def test_a_wrong_year_is_told_at_its_field_and_stays(home: Home) -> None:
    async with asked(home) as at:
        await at.answer_commune()
        at.questions.set_focus(at.questions.query_one("#year"))
        await at.keys.type("5")
        await at.keys.press("tab", "tab", "enter")
        assert at.focus == "year" and at.value("year") == f"{today().year}5"
        assert "không phải là năm phấn đấu" in seen(at.app)


async def test_a_refused_disk_is_told_and_can_be_taken_knowingly(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.store_file.disk_kind", lambda _folder: DiskKind.REMOVABLE)
    async with asked(home) as at:
        await at.answer_commune()
        button = at.questions.query_one("#any-disk")
        assert not button.display
        at.questions.set_focus(at.questions.query_one("#create"))
        await at.keys.press("enter")
        await at.settled()
        assert at.page == "aim" and not home.store.exists()
        assert "nằm trên USB" in " ".join(seen(at.app).split())
        await at.keys.press("tab", "enter")
        await wait_until(lambda: at.app.desk is not None)
        assert home.store.exists()


async def test_the_practice_commune_opens_beside_the_home(home: Home) -> None:
    async with asked(home) as at:
        await at.keys.press("3")
        await wait_until(lambda: at.app.desk is not None, seconds=60)
        await at.settled()
        assert "THỰC HÀNH" in seen(at.app)
        assert at.app.desk is not None and at.app.desk.practice
        assert at.app.home == at.app.desk.home
    assert not home.store.exists()


@pytest.mark.parametrize("backspace", BACKSPACES)
@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("commune-page", ("province", "district", "commune", "officer", "position")),
        ("aim", ("year", "villages")),
        ("join-page", ("path", "join-officer")),
    ],
)
async def test_every_field_takes_vietnamese_as_input_tools_send_it(
    home: Home, page: str, names: tuple[str, ...], backspace: bytes
) -> None:
    async with asked(home) as at:
        at.questions.show_page(page)
        await at.settled()
        for name in names:
            field = at.questions.query_one(f"#{name}")
            assert isinstance(field, TextLine | TextBlock)
            field.load("")
            at.questions.set_focus(field)
            await at.keys.type(stream(SENTENCE_STEPS, backspace))
            assert field.written == SENTENCE, name


@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_every_page_fits_the_screen(home: Home, size: tuple[int, int]) -> None:
    async with asked(home, size) as at:
        for page in ("welcome", "commune-page", "aim", "join-page", "review"):
            at.questions.show_page(page)
            await at.settled()
            assert set(seen(at.app)) <= DRAWABLE | {"\n"}, page
            assert all(len(row) == size[0] for row in rows(at.app))
            assert "F1 Trợ giúp" in seen(at.app)


async def test_f1_explains_the_field(home: Home) -> None:
    async with asked(home) as at:
        await at.keys.press("1", "f1")
        assert "Gõ tên xã, không dấu cũng được" in " ".join(seen(at.app).split())
