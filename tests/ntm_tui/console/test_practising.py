"""`ntm demo`: ready in a moment, always the same place, never in the way of real work."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.home import Home, find_home
from db.practice import district
from ntm_tui.console import opening
from tests._helpers.cli import call_cli, run_cli
from tests._helpers.moulds import practice_of_today
from tests._helpers.practice import hamlet


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """The homes that the app was opened on, instead of opening it."""
    homes: list[Path | None] = []
    monkeypatch.setattr(opening, "open_app", homes.append)
    return homes


def test_it_is_prepared_once_and_opened_each_time(home: Home, opened: list[Path | None]) -> None:
    ran = run_cli("demo", "--no-ui", "--json")
    assert ran.json == {"home": str(home.path), "made": True}
    ran = call_cli("demo", "--no-ui")
    assert ran.code == 0
    assert "đã có từ trước" in ran.out
    assert str(home.path) in ran.out
    assert opened == []
    assert call_cli("demo").code == 0
    assert opened == [home.path]
    said = call_cli("status", "--json").json
    assert said["practice"] is True
    assert (said["criteria"]["met"], said["indicators"]["met"]) == (14, 49)
    assert "[THỰC HÀNH]" in call_cli("status").out


def test_a_home_with_a_real_commune_is_refused(founded: Home, opened: list[Path | None]) -> None:
    before = founded.store.read_bytes()
    for ran in (call_cli("demo", "--json"), call_cli("demo", "--no-ui", "--json")):
        assert (ran.code, ran.json["error"]["code"]) == (1, "refused")
    assert opened == []
    assert founded.store.read_bytes() == before


def test_the_district_is_prepared_once_and_opened_each_time(
    home: Home, opened: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(district, "read_district", hamlet)
    ran = call_cli("demo", "--role", "district", "--no-ui")
    assert ran.code == 0
    assert "Huyện thực hành đã sẵn sàng" in ran.out
    assert "ntm matrix" in ran.out
    said = call_cli("demo", "--role", "district", "--no-ui", "--json")
    assert said.json == {"home": str(home.path), "made": False}
    assert call_cli("demo", "--role", "district").code == 0
    assert opened == [home.path]
    assert len(call_cli("matrix", "--json").json["communes"]) == 2
    assert call_cli("demo", "--json").json["error"]["code"] == "refused"


def test_it_can_be_begun_again(tmp_path: Path) -> None:
    home = practice_of_today(tmp_path)
    call_cli("set", "17.3", "met")
    assert call_cli("demo", "--no-ui", "--again", "--json").json["made"] is True
    assert call_cli("status", "--json").json["indicators"]["met"] == 49
    assert len(list(home.replaced.iterdir())) == 1


def test_without_a_chosen_home_it_has_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NTM_HOME")
    assert find_home(name="practice").path.name == "practice"
    assert find_home(name="practice").path != find_home().path
    assert find_home(name="practice-district").path != find_home(name="practice").path
