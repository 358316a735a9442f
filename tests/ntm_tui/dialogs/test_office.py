from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from db import communes, profile
from db.criteria.definitions import Tier
from db.desk import Desk
from db.home import Home
from ntm_tui.app import NtmApp
from ntm_tui.commands import EditCommune, ShowBackups, SwitchOfficer, offers
from ntm_tui.dialogs.commune import CommuneDialog
from ntm_tui.dialogs.officer import OfficerDialog
from ntm_tui.dialogs.trouble import TroubleDialog
from ntm_tui.widgets.text_line import TextLine
from tests._helpers.first_run import asked
from tests._helpers.looks import DRAWABLE, rows, seen
from tests._helpers.modes import LARGE, NARROW, SMALL, Begun, begun
from tests._helpers.stores import ANSWERS
from tests._helpers.terminal import BACKSPACES, SENTENCE, SENTENCE_STEPS, stream, wait_until

FIELDS = (
    *("tier", "target_year", "deadline", "held_tier"),
    *("held_decision", "held_date", "upper_level", "criteria_set"),
)


@asynccontextmanager
async def opened(home: Home, dialog: str, size: tuple[int, int] = SMALL) -> AsyncIterator[Begun]:
    async with begun(home, "week", size) as at:
        await at.keys.press("ctrl+p")
        await at.keys.type({"commune": "ho so", "officer": "doi can bo"}[dialog])
        await at.settled()
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.app.screen, CommuneDialog | OfficerDialog))
        await at.settled()
        yield at


async def fill(at: Begun, name: str, text: str) -> None:
    """Type over what stands in a field, and go on."""
    field = at.screen.query_one(f"#{name}", TextLine)
    at.screen.set_focus(field)
    await at.settled()
    await at.keys.press("ctrl+u", "end", "ctrl+u")
    await at.keys.type(text)
    await at.keys.press("tab")
    await at.settled()


def desk_of(at: Begun) -> Any:
    assert at.app.desk is not None
    return at.app.desk


async def test_each_field_of_the_profile_is_saved_when_it_is_left(founded: Home) -> None:
    async with opened(founded, "commune") as at:
        await fill(at, "target_year", "2025")
        await fill(at, "deadline", "30/9/2025")
        await fill(at, "held_tier", "2")
        await fill(at, "held_decision", "QĐ 12/QĐ-UBND")
        await fill(at, "held_date", "20/20/2023")
        assert "20/20/2023" in seen(at.app)
        commune = desk_of(at).commune
        assert commune.target_year == 2025 and commune.held_tier is Tier.NTM
        await at.keys.press("escape")
        await at.settled()
        assert "Đang giữ Đạt chuẩn NTM" in seen(at.app)
        assert "năm 2025" in seen(at.app)
    with Desk.read(founded) as desk:
        assert (desk.commune.held_decision, desk.commune.held_date) == (
            "QĐ 12/QĐ-UBND",
            "20/20/2023",
        )


async def test_the_checklist_follows_the_title_aimed_at_and_undo_brings_it_back(
    founded: Home,
) -> None:
    async with opened(founded, "commune") as at:
        await fill(at, "tier", "nang cao")
        assert "NTM nâng cao 2021-2025" in seen(at.app)
        await at.keys.press("escape")
        await at.settled()
        assert "Chỉ tiêu 0/75" in seen(at.app)
        await at.keys.press("ctrl+z")
        await at.settled()
        assert "Chỉ tiêu 0/57" in seen(at.app)
        assert desk_of(at).commune.tier is Tier.NTM


async def test_the_choices_are_told_where_one_chooses(founded: Home) -> None:
    async with opened(founded, "commune") as at:
        assert "1 Đạt chuẩn NTM; 2 NTM nâng cao" in " ".join(seen(at.app).split())
        await at.keys.type("9")
        await at.keys.press("tab")
        await at.settled()
        assert "Hãy gõ một số" in seen(at.app)
        assert at.screen.query_one("#tier", TextLine).value == "9"
        assert desk_of(at).commune.tier is Tier.NTM


async def test_what_cannot_be_so_is_told_at_the_field_and_stays(founded: Home) -> None:
    async with opened(founded, "commune") as at:
        await fill(at, "deadline", "31/02/2025")
        assert "không phải là ngày có thật" in " ".join(seen(at.app).split())
        assert at.screen.query_one("#deadline", TextLine).value == "31/02/2025"


async def test_undo_inside_the_form_shows_what_is_stored(founded: Home) -> None:
    async with opened(founded, "commune") as at:
        await fill(at, "upper_level", "tỉnh Lạng Sơn")
        await at.keys.press("ctrl+z")
        await at.settled()
        assert at.screen.query_one("#upper_level", TextLine).value == "huyện Hữu Lũng"
        assert desk_of(at).commune.upper_level == "huyện Hữu Lũng"


async def test_another_officer_takes_the_desk(founded: Home) -> None:
    async with opened(founded, "officer") as at:
        assert "Nguyễn Thị Hường (đang ngồi máy)" in seen(at.app)
        await at.keys.press("tab", "enter", "enter")
        assert "Cần họ tên cán bộ" in seen(at.app)
        await at.keys.type("Lý Văn Bé")
        await at.keys.press("enter")
        await at.keys.type("Công chức VH-XH")
        await at.keys.press("enter")
        await wait_until(lambda: desk_of(at).officer == "Lý Văn Bé")
        await at.settled()
    with Desk.read(founded) as desk:
        assert desk.officer == "Lý Văn Bé"
        with desk.reading() as session:
            assert communes.officers(session, desk.commune.scope) == (
                "Lý Văn Bé",
                "Nguyễn Thị Hường",
            )


async def test_a_known_officer_is_chosen_from_the_list(desk: Desk, founded: Home) -> None:
    desk.taken_by("Lý Văn Bé").close()
    async with opened(founded, "officer") as at:
        await at.keys.press("down", "enter")
        await wait_until(lambda: desk_of(at).officer == "Nguyễn Thị Hường")


@pytest.mark.parametrize("backspace", BACKSPACES)
@pytest.mark.parametrize(
    ("dialog", "names"), [("commune", FIELDS), ("officer", ("name", "position"))]
)
async def test_every_field_takes_vietnamese_as_input_tools_send_it(
    founded: Home, dialog: str, names: tuple[str, ...], backspace: bytes
) -> None:
    async with opened(founded, dialog) as at:
        for name in names:
            field = at.screen.query_one(f"#{name}", TextLine)
            at.screen.set_focus(field)
            await at.settled()
            await at.keys.press("ctrl+u", "end", "ctrl+u")
            await at.keys.type(stream(SENTENCE_STEPS, backspace))
            assert field.value == SENTENCE, name


@pytest.mark.parametrize("dialog", ["commune", "officer"])
@pytest.mark.parametrize("size", [SMALL, LARGE, NARROW])
async def test_they_fit_and_can_be_drawn(founded: Home, dialog: str, size: tuple[int, int]) -> None:
    async with opened(founded, dialog, size) as at:
        assert set(seen(at.app)) <= DRAWABLE | {"\n"}
        assert all(len(row) == size[0] for row in rows(at.app))


async def test_without_a_store_nothing_of_this_is_offered(home: Home) -> None:
    async with asked(home) as at:
        offered = {offer.command for offer in offers(at.app.screen)}
        assert not offered & {EditCommune, SwitchOfficer, ShowBackups}
    Desk.found(home, ANSWERS).close()
    async with begun(home, "week") as at:
        offered = {offer.command for offer in offers(at.app.screen)}
        assert {EditCommune, SwitchOfficer, ShowBackups} <= offered


async def test_a_set_that_is_not_on_this_machine_is_told_and_nothing_is_lost(
    desk: Desk, founded: Home
) -> None:
    with desk.act() as session:
        profile.update_profile(session, desk.commune.scope, "criteria_set", "bo-cua-tinh")
    desk.close()
    app = NtmApp(founded)
    async with app.run_test():
        await wait_until(lambda: isinstance(app.screen, TroubleDialog))
        await wait_until(lambda: "bo-cua-tinh" in seen(app))
        assert app.desk is None
