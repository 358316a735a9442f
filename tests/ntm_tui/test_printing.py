"""A paper that takes long says how far it has come, and a person can stop it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.home import Home
from db.workbooks.watch import Watch
from ntm_tui.dialogs import opening
from ntm_tui.papers import choosing
from tests._helpers.district import make
from tests._helpers.looks import seen
from tests._helpers.modes import begun, until_shown


@pytest.fixture
def district(tmp_path: Path) -> Home:
    return make(tmp_path)


async def test_a_long_paper_says_how_far_it_is_and_stops_at_escape(
    district: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_end(_desk: Any, _choice: Any, watch: Watch) -> None:
        while True:
            watch.step(7, 24)

    monkeypatch.setattr(choosing, "make_choice", without_end)
    async with begun(district, "week") as at:
        await at.keys.press("6", "ctrl+w")
        await until_shown(at, "Đang lập Báo cáo theo lĩnh vực… 7/24 · Esc để dừng")
        await at.keys.press("escape")
        await until_shown(at, "Đã dừng lập Báo cáo theo lĩnh vực.")
        assert "Chưa ghi tệp nào" in seen(at.app)
    assert not (tmp_path / "papers").exists()


async def test_the_report_of_a_field_tells_of_each_commune_it_reads(
    district: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    told: list[tuple[int, int]] = []
    stock = choosing.make_choice

    def watched(desk: Any, choice: Any, watch: Watch) -> Any:
        def both(done: int, total: int) -> None:
            told.append((done, total))
            watch.step(done, total)

        return stock(desk, choice, Watch(both))

    monkeypatch.setattr(choosing, "make_choice", watched)
    monkeypatch.setattr(opening, "open_file", made.append)
    async with begun(district, "week") as at:
        await at.keys.press("6", "ctrl+w")
        await at.settled()
        assert "Đã lập Báo cáo theo lĩnh vực" in seen(at.app)
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert [path.suffix for path in made] == [".docx"]
