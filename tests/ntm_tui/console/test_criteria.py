"""`ntm criteria`: sets listed, shown, checked with exact messages, and added once for ever."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from db.home import Home
from tests._helpers.cli import call_cli

SHIPPED = resources.files("db.criteria").joinpath("xa-ntm-2021-2025.toml")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A set of another name, as an office would get it."""
    path = tmp_path / "bo-moi.toml"
    text = SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "xa-ntm-2021-2025"', 'id = "bo-moi"'), encoding="utf-8")
    return path


def test_the_shipped_sets_are_listed(home: Home) -> None:
    found = call_cli("criteria", "list", "--json").json["criteria_sets"]
    assert [(one["id"], one["criteria"], one["indicators"]) for one in found] == [
        ("xa-ntm-2021-2025", 19, 57),
        ("xa-ntm-nang-cao-2021-2025", 19, 75),
    ]
    assert "xa-ntm-nang-cao-2021-2025" in call_cli("criteria", "list").out
    assert not home.path.exists()


def test_a_set_is_shown_with_thresholds_and_how_they_are_known() -> None:
    found = call_cli("criteria", "show", "xa-ntm-2021-2025", "--json").json
    indicators = [one for criterion in found["criteria_list"] for one in criterion["indicators"]]
    assert len(indicators) == 57
    by_number = {one["number"]: one for one in indicators}
    assert by_number["17.8"]["threshold_text"] == "≥ 70 %"
    assert by_number["2.1"]["threshold"]["source"] == "unknown"
    shown = call_cli("criteria", "show", "xa-ntm-2021-2025").out
    for words in ("Tiêu chí 17. Môi trường", "≥ 70 %", "chưa đối chiếu", "chưa rõ mức"):
        assert words in shown


def test_an_unknown_set_is_refused_with_those_there_are() -> None:
    ran = call_cli("criteria", "show", "khong-co")
    assert ran.code == 1
    assert "xa-ntm-2021-2025" in ran.err


def test_a_right_file_passes(published: Path) -> None:
    assert call_cli("criteria", "check", published).code == 0
    assert call_cli("criteria", "check", published, "--json").json == {
        "valid": True,
        "problems": [],
    }


def test_a_wrong_file_is_told_place_by_place(published: Path) -> None:
    text = published.read_text(encoding="utf-8")
    published.write_text(text.replace('kind = "pct_ge"', 'kind = "pct"', 1), encoding="utf-8")
    ran = call_cli("criteria", "check", published)
    assert (ran.code, ran.out) == (1, "")
    assert "chỉ tiêu 3.1" in ran.err.lower()
    said = call_cli("criteria", "check", published, "--json")
    assert said.code == 1
    assert said.json["valid"] is False
    assert said.json["problems"] == ran.err.splitlines()


def test_a_set_is_added_once_and_used(founded: Home, published: Path) -> None:
    ran = call_cli("criteria", "add", published, "--json")
    assert ran.json["id"] == "bo-moi"
    assert call_cli("criteria", "add", published).code == 0
    assert call_cli("status", "--set", "bo-moi", "--json").json["indicators"]["total"] == 57


def test_another_text_under_the_same_id_is_refused(founded: Home, published: Path) -> None:
    call_cli("criteria", "add", published)
    published.write_text(published.read_text(encoding="utf-8") + "\n# khác\n", encoding="utf-8")
    ran = call_cli("criteria", "add", published, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, "refused")


@pytest.mark.parametrize("command", ["check", "add"])
def test_a_file_that_is_not_there_is_refused(home: Home, tmp_path: Path, command: str) -> None:
    ran = call_cli("criteria", command, tmp_path / "khong-co.toml")
    assert ran.code == 1
    assert "khong-co.toml" in ran.err
    assert not home.path.exists()
