"""`ntm locate`: where everything lies, made or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.home import Home
from db.lock import StoreLock
from tests._helpers.cli import call_cli


def test_every_place_is_told(founded: Home, tmp_path: Path) -> None:
    said = call_cli("locate", "--json").json
    assert said["home"] == str(founded.path)
    assert said["store"] == str(founded.store)
    assert said["config"] == str(tmp_path / "config")
    assert Path(said["identity"]).is_file()
    for name in ("evidence", "backups", "replaced", "damaged", "outgoing", "criteria", "logs"):
        assert Path(said[name]).parent == founded.path
    shown = call_cli("locate").out
    assert all(path in shown for name, path in said.items() if name not in ("disk", "open_at"))
    assert "chưa có" in shown


def test_the_disk_and_whoever_works_in_the_store_are_told(founded: Home) -> None:
    said = call_cli("locate", "--json").json
    assert (said["disk"], said["open_at"]) == ("fixed", "")
    assert "của máy" in call_cli("locate").out
    lock = StoreLock(founded).acquire()
    assert "tiến trình" in call_cli("locate", "--json").json["open_at"]
    assert "Kho đang mở" in call_cli("locate").out
    lock.release()
    assert call_cli("locate", "--json").json["open_at"] == ""


def test_looking_makes_nothing(home: Home) -> None:
    assert call_cli("locate").code == 0
    assert not home.path.exists()


def test_without_a_chosen_home_practice_and_work_lie_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NTM_HOME")
    said = call_cli("locate", "--json").json
    assert Path(said["practice"]).parent == Path(said["home"]).parent
    assert said["practice"] != said["home"]
    assert Path(said["home"]).is_absolute()
