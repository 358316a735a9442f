"""Papers made with a key: few keys, opened in their own program, told where they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.home import Home
from ntm_tui.dialogs import opening
from ntm_tui.dialogs.choice import ChoiceDialog
from ntm_tui.papers.word.templates import own_template
from tests._helpers.documents import opened, saved, template, whole
from tests._helpers.keys import wait_until
from tests._helpers.modes import SMALL, begun


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that the system was asked to open."""
    found: list[Path] = []
    monkeypatch.setattr(opening, "open_file", found.append)
    return found


async def test_the_weekly_report_takes_at_most_4_keys_from_any_screen(
    founded: Home, shown: list[Path]
) -> None:
    async with begun(founded, "checklist") as at:
        await at.keys.press("f7", "2", "ctrl+w")
        await wait_until(lambda: bool(shown))
        assert at.keys.count <= 4
        (path,) = shown
        assert path.name.startswith("bao-cao-tuan_cai-kinh_")
        assert "Kế hoạch tuần tới" in whole(opened(path.read_bytes()))
        told = [it.message for it in at.app._notifications]
        assert any(str(path) in it for it in told)


async def test_any_paper_is_chosen_from_a_list(founded: Home, shown: list[Path]) -> None:
    async with begun(founded, "week", SMALL) as at:
        await at.keys.press("ctrl+a")
        assert isinstance(at.screen, ChoiceDialog)
        await at.keys.press("down", "enter")
        await wait_until(lambda: bool(shown))
        assert shown[0].name.startswith("bao-cao-thang_cai-kinh_")


async def test_a_row_of_a_register_has_its_own_paper(founded: Home, shown: list[Path]) -> None:
    async with begun(founded, "work") as at:
        await at.keys.press("0")  # the villages
        await at.keys.press("down", "ctrl+w")
        await wait_until(lambda: bool(shown))
        text = whole(opened(shown[0].read_bytes()))
        assert "Thôn Đồng Mỏ" in text and "Thôn Ba Nàng" not in text


async def test_a_row_without_a_paper_offers_the_list(founded: Home, shown: list[Path]) -> None:
    async with begun(founded, "reports") as at:
        await at.keys.press("ctrl+w")
        assert isinstance(at.screen, ChoiceDialog)
        await at.keys.press("escape")
        assert shown == []


async def test_a_wrong_template_is_told_and_nothing_is_opened(
    founded: Home, shown: list[Path]
) -> None:
    saved(template("{{gì đó}}"), own_template(founded, "bao-cao-tuan"))
    async with begun(founded, "reports") as at:
        await at.keys.press("2", "ctrl+w")
        await at.settled()
        told = " ".join(it.message for it in at.app._notifications)
        assert "không biết" in told and "{{ten_xa}}" in told
        assert shown == []
