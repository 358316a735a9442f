"""`ntm demo`: ready in a moment, always the same place, never in the way of real work."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.home import Home, find_home
from ntm_tui.console import opening
from tests._helpers.cli import call_cli, run_cli


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


def test_without_a_chosen_home_it_has_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NTM_HOME")
    assert find_home(name="practice").path.name == "practice"
    assert find_home(name="practice").path != find_home().path
