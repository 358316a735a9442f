"""The sets a home can use: shipped ones, and published ones that the office added for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import criteria_sets
from db.home import Home
from db.problems import NotFound, Refused
from tests._helpers.criteria import SMALL_SET


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "bộ.toml"
    path.write_text(SMALL_SET, encoding="utf-8")
    return path


def ids(home: Home) -> list[str]:
    return [one.id for one in criteria_sets.available(home)]


def test_the_shipped_sets_are_there_from_the_start(home: Home) -> None:
    assert ids(home) == ["xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025"]


def test_an_added_set_is_kept_as_it_is(home: Home, small: Path) -> None:
    added = criteria_sets.add(home, small)
    assert criteria_sets.find(home, "bo-thu") == added
    assert ids(home)[-1] == "bo-thu"
    small.unlink()
    assert criteria_sets.find(home, "bo-thu").hash == added.hash
    assert (home.criteria / "bo-thu.toml").read_text(encoding="utf-8") == SMALL_SET


def test_the_same_set_again_is_no_harm_and_another_content_is_refused(
    home: Home, small: Path
) -> None:
    criteria_sets.add(home, small)
    criteria_sets.add(home, small)
    small.write_text(SMALL_SET.replace("value = 70", "value = 80"), encoding="utf-8")
    with pytest.raises(Refused, match="nội dung khác"):
        criteria_sets.add(home, small)
    assert criteria_sets.find(home, "bo-thu").indicator("1.1").threshold.values[0] == 70


def test_a_shipped_set_cannot_be_replaced(home: Home, small: Path) -> None:
    small.write_text(SMALL_SET.replace("bo-thu", "xa-ntm-2021-2025"), encoding="utf-8")
    with pytest.raises(Refused, match="nội dung khác"):
        criteria_sets.add(home, small)


def test_a_wrong_file_is_refused_with_what_is_wrong(home: Home, small: Path) -> None:
    small.write_text(SMALL_SET.replace("value = 70", "value = 700"), encoding="utf-8")
    with pytest.raises(Refused, match="chưa thêm gì"):
        criteria_sets.add(home, small)
    assert not home.criteria.exists()


def test_a_file_in_the_folder_that_cannot_be_read_hides_no_other(home: Home, small: Path) -> None:
    criteria_sets.add(home, small)
    (home.criteria / "a.toml").write_text("no set", encoding="utf-8")
    assert "bo-thu" in ids(home)


def test_an_unknown_set_is_said_with_those_there_are(home: Home) -> None:
    with pytest.raises(NotFound, match="xa-ntm-2021-2025"):
        criteria_sets.find(home, "none")
