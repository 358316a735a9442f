"""The version before comes back, with the data that it can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests._helpers.kits import SmallKit, small_kit


@pytest.fixture
def older(tmp_path: Path) -> SmallKit:
    return small_kit(tmp_path / "cũ", tmp_path / "máy")


def upgraded(older: SmallKit, folder: Path, revision: int) -> SmallKit:
    """Install 0.1.0, write, and upgrade to 0.2.0 of some revision of the store."""
    older.install()
    older.write("1 trước")
    newer = small_kit(folder, older.machine, "0.2.0", revision=revision)
    assert newer.install().returncode == 0
    return newer


def test_a_newer_store_is_replaced_by_the_copy_once_that_is_confirmed(
    older: SmallKit, tmp_path: Path
) -> None:
    newer = upgraded(older, tmp_path / "mới", revision=2)
    newer.write("2 sau")
    done = newer.run("back", newer.root, stdin="quay lai\n")
    assert done.returncode == 0, done.stdout
    assert older.launch("--version") == "0.1.0"
    assert older.store.read_text(encoding="utf-8") == "1 trước"
    kept = [it.read_text(encoding="utf-8") for it in (older.store.parent / "backups").iterdir()]
    assert sorted(kept) == ["1 trước", "2 sau"]
    assert "Bản trước không đọc được kho dữ liệu của bản mới" in done.stdout


def test_without_confirmation_nothing_changes(older: SmallKit, tmp_path: Path) -> None:
    newer = upgraded(older, tmp_path / "mới", revision=2)
    newer.write("2 sau")
    done = newer.run("back", newer.root, stdin="\n")
    assert (done.returncode, "Đã thôi" in done.stdout) == (3, True)
    assert newer.launch("--version") == "0.2.0"
    assert newer.store.read_text(encoding="utf-8") == "2 sau"


def test_a_store_that_both_read_is_kept_as_it_is(older: SmallKit, tmp_path: Path) -> None:
    newer = upgraded(older, tmp_path / "mới", revision=1)
    newer.write("1 sau")
    assert newer.run("back", newer.root).returncode == 0
    assert older.launch("--version") == "0.1.0"
    assert older.store.read_text(encoding="utf-8") == "1 sau"


def test_going_back_twice_is_going_forward_again(older: SmallKit, tmp_path: Path) -> None:
    newer = upgraded(older, tmp_path / "mới", revision=2)
    newer.run("back", newer.root, "--yes")
    older.write("1 đã về")
    assert older.run("back", older.root).returncode == 0
    assert newer.launch("--version") == "0.2.0"
    assert newer.store.read_text(encoding="utf-8").endswith("đã về")


def test_nothing_to_go_back_to_is_said(older: SmallKit) -> None:
    older.install()
    done = older.run("back", older.root)
    assert (done.returncode, "Không có bản trước" in done.stdout) == (3, True)


def test_nothing_goes_back_while_the_program_runs(older: SmallKit, tmp_path: Path) -> None:
    newer = upgraded(older, tmp_path / "mới", revision=2)
    (newer.store.parent / "open").touch()
    done = newer.run("back", newer.root, "--yes")
    assert (done.returncode, "đang mở" in done.stdout) == (3, True)
    assert newer.launch("--version") == "0.2.0"
