"""`ntm export --encrypt`, and what reads such bundles on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.judging import Status
from tests._helpers.cli import Ran, call_cli
from tests._helpers.stores import device, found, found_upper, friends, pass_on, set_note, set_status


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Home, Home, str]:
    """Two laptops that trust each other, closed; and the id of the second."""
    one, other = friends(tmp_path)
    with one, other:
        set_status(one, "1.1", Status.MET)
        return one.home, other.home, device(other)


def export(home: Home, folder: Path, *more: object) -> Ran:
    return call_cli("export", *more, "--to", folder, "--json", "--home", home.path)


def test_alone_it_means_those_the_bundle_is_for(
    pair: tuple[Home, Home, str], tmp_path: Path
) -> None:
    one, other, id_ = pair
    made = export(one, tmp_path / "s", "--for", "all", "--encrypt")
    assert made.code == 0
    assert made.json["encrypted"] is True
    assert [it["device"] for it in made.json["readers"]] == [id_]
    assert made.json["path"].endswith(".zip.age")
    taken = call_cli("import", made.json["path"], "--yes", "--json", "--home", other.path)
    assert taken.json["files"][0]["new"] >= 1


@pytest.mark.parametrize("dashes", [True, False])
def test_machines_are_named_after_it(
    pair: tuple[Home, Home, str], tmp_path: Path, dashes: bool
) -> None:
    from db.sync.keys import show_fingerprint

    one, _, id_ = pair
    named = show_fingerprint(id_) if dashes else id_.lower()
    made = export(one, tmp_path / "s", "--encrypt", named, id_, "--for", "all", "--full")
    assert [it["device"] for it in made.json["readers"]] == [id_]
    assert made.json["full"] is True


def test_without_it_nothing_is_encrypted(pair: tuple[Home, Home, str], tmp_path: Path) -> None:
    made = export(pair[0], tmp_path / "s", "--for", "all")
    assert (made.json["encrypted"], made.json["readers"]) == (False, [])
    assert made.json["path"].endswith(".zip")


def test_it_says_who_can_open_it_and_that_a_browser_cannot(
    pair: tuple[Home, Home, str], tmp_path: Path
) -> None:
    made = call_cli(
        "export", "--for", "all", "--encrypt", "--to", tmp_path / "s", "--home", pair[0].path
    )
    assert "Mở được: máy này; UBND xã Cai Kinh" in made.out
    assert "Trình duyệt không mở được" in made.out


def test_a_word_that_is_no_machine_is_explained(
    pair: tuple[Home, Home, str], tmp_path: Path
) -> None:
    made = export(pair[0], tmp_path / "s", "--encrypt", "máy-hai")
    assert (made.code, made.json["error"]["code"]) == (2, "usage")
    assert not (tmp_path / "s").exists()


def test_nobody_with_a_key_is_refused_before_anything_is_written(
    pair: tuple[Home, Home, str], tmp_path: Path
) -> None:
    made = export(pair[0], tmp_path / "s", "--for", "upper", "--encrypt")
    assert (made.code, made.json["error"]["code"]) == (1, "refused")
    assert "Chưa máy nhận nào có khóa" in made.json["error"]["message"]
    assert not (tmp_path / "s").exists()


def test_verify_inspect_and_a_folder_of_bundles_take_it(
    pair: tuple[Home, Home, str], tmp_path: Path
) -> None:
    one, other, _ = pair
    path = export(one, tmp_path / "s", "--for", "all", "--encrypt").json["path"]
    for home in (one, other):
        assert call_cli("verify", path, "--json", "--home", home.path).json["valid"] is True
        assert call_cli("inspect", path, "--json", "--home", home.path).json["counts"]
    seen = call_cli("import", tmp_path / "s", "--dry-run", "--json", "--home", other.path)
    assert [Path(it["path"]).name for it in seen.json["files"]] == [Path(path).name]


def test_elsewhere_it_is_refused_with_a_name_for_scripts(
    pair: tuple[Home, Home, str], tmp_path: Path
) -> None:
    path = export(pair[0], tmp_path / "s", "--for", "all", "--encrypt").json["path"]
    nowhere = call_cli("verify", path, "--json", "--home", tmp_path / "none")
    assert nowhere.code == 1
    assert nowhere.json["problems"][0]["code"] == "no_opening_key"
    found(tmp_path / "stranger").close()
    stranger = call_cli("verify", path, "--json", "--home", tmp_path / "stranger")
    assert stranger.json["problems"][0]["code"] == "not_for_this_machine"


def test_the_upper_level_writes_none_of_its_bundles_unless_all_can_be_encrypted(
    tmp_path: Path,
) -> None:
    from dataclasses import replace

    from tests._helpers.stores import ANSWERS

    upper = found_upper(tmp_path / "upper")
    first = found(tmp_path / "first")
    second = found(tmp_path / "second", answers=replace(ANSWERS, commune="Hòa Lạc"))
    with upper, first, second:
        pass_on(first, upper, tmp_path / "up1", trust=True)
        pass_on(second, upper, tmp_path / "up2", trust=True)
        id_ = device(first)
    made = export(upper.home, tmp_path / "s", "--encrypt", id_)
    assert made.code == 1
    assert not (tmp_path / "s").exists()
    every = export(upper.home, tmp_path / "s", "--encrypt")
    assert [len(it["readers"]) for it in every.json["bundles"]] == [1, 1]
    only = export(upper.home, tmp_path / "s", "--encrypt", id_, "--commune", "Cai Kinh")
    assert [it["device"] for it in only.json["bundles"][0]["readers"]] == [id_]


def test_a_laptop_that_has_no_key_is_named(pair: tuple[Home, Home, str], tmp_path: Path) -> None:
    from tests.db.sync.test_encrypted_bundles import make_older

    one, other, _ = pair
    with Desk.open(one) as first:
        third = found(tmp_path / "third")
        with third:
            pass_on(third, first, tmp_path / "in3", trust=True)
        with Desk.open(other) as second:
            make_older(first, second)
        set_note(first, "1.1", "x")
    made = export(one, tmp_path / "s", "--for", "all", "--encrypt")
    assert len(made.json["readers"]) == 1
    assert "chưa có khóa nên sẽ không mở được" in made.err
