"""Accounts of one machine that share their data are one device to everybody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.communes import Founding
from db.desk import Desk
from db.home import find_home
from db.identity_file import folder
from tests._helpers.stores import device, incarnation, set_note


@pytest.fixture(autouse=True)
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that an installation for all accounts names."""
    monkeypatch.delenv("NTM_HOME")
    monkeypatch.delenv("NTM_CONFIG")
    monkeypatch.setenv("NTM_DATA", str(tmp_path / "Dùng chung"))
    return tmp_path / "Dùng chung"


def test_work_practice_and_keys_lie_in_it(shared: Path) -> None:
    assert find_home().path == shared / "store"
    assert find_home(name="practice").path == shared / "practice"
    assert folder().is_relative_to(shared)


def test_a_home_that_is_named_comes_first(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NTM_HOME", str(tmp_path / "riêng"))
    assert find_home().path == tmp_path / "riêng"


def test_another_account_goes_on_as_the_same_device(
    founding: Founding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.found(find_home(), founding) as first:
        set_note(first, "1.1", "người thứ nhất")
        before = device(first), incarnation(first)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "tài khoản khác"))
    with Desk.open(find_home()) as second:
        assert (device(second), incarnation(second)) == before
        assert second.store.notice == ""
