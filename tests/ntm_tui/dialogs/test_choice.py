"""Long lists are searched by typing, short ones are only looked at; the arrows go through both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from db.home import Home
from ntm_tui.dialogs.choice import SOON_SEEN, ChoiceDialog
from ntm_tui.widgets.text_line import TextLine
from tests._helpers.looks import seen
from tests._helpers.modes import SMALL, Begun, begun

PAPERS = (
    *("Báo cáo tuần", "Báo cáo tháng", "Báo cáo quý", "Biên bản giao ban", "Tờ trình"),
    *("Phiếu thôn", "Bảng phân công", "Bảng kết quả", "Biểu sáu tháng", "Vướng mắc", "Công trình"),
    "Đóng góp của người dân",
)


class Asked:
    """A list that is open, and what came of it."""

    def __init__(self, at: Begun) -> None:
        self.at = at
        self.given: list[int | None] = []

    async def press(self, *keys: str) -> None:
        await self.at.keys.press(*keys)
        await self.at.settled()

    async def type(self, text: str) -> None:
        await self.at.keys.type(text)
        await self.at.settled()


@asynccontextmanager
async def asked(home: Home, choices: Sequence[str], begin: int = 0) -> AsyncIterator[Asked]:
    async with begun(home, "week", SMALL) as at:
        found = Asked(at)
        dialog = ChoiceDialog("Lập gì?", [(one, "Word") for one in choices], begin)
        at.app.push_screen(dialog, found.given.append)
        await at.settled()
        yield found


@pytest.mark.parametrize("typed", ["đóng góp", "dong gop", "nguoi dan dong"])
async def test_what_is_typed_finds_a_choice_with_or_without_marks(
    founded: Home, typed: str
) -> None:
    async with asked(founded, PAPERS) as found:
        await found.type(typed)
        assert "Báo cáo tuần" not in seen(found.at.app)
        await found.press("enter")
        assert found.given == [len(PAPERS) - 1]


async def test_the_arrows_go_on_from_where_the_typing_led(founded: Home) -> None:
    async with asked(founded, PAPERS, 4) as found:
        await found.press("down", "up", "up", "enter")
        assert found.given == [3]
    async with asked(founded, PAPERS) as found:
        await found.type("bao cao")
        await found.press("down", "down", "enter")
        assert found.given == [2]


async def test_a_name_that_is_not_there_chooses_nothing(founded: Home) -> None:
    async with asked(founded, PAPERS) as found:
        await found.type("thực đơn")
        assert "Không có mục nào như vậy" in seen(found.at.app)
        await found.press("enter")
        assert found.given == []
        await found.press(*["backspace"] * len("thực đơn"))
        assert "Báo cáo tuần" in seen(found.at.app)
        await found.press("escape")
        assert found.given == [None]


async def test_a_list_that_is_seen_at_a_glance_has_no_line_to_type_in(founded: Home) -> None:
    async with asked(founded, PAPERS[:SOON_SEEN]) as found:
        assert not found.at.screen.query(TextLine)
        await found.press("down", "enter")
        assert found.given == [1]
