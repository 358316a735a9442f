"""The program goes, the data stays; unless somebody types that it shall go too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests._helpers.kits import SmallKit, small_kit


@pytest.fixture
def kit(tmp_path: Path) -> SmallKit:
    made = small_kit(tmp_path / "kit", tmp_path / "máy")
    made.install()
    made.write("1 việc của xã")
    (made.store.parent / "ghi-chu-rieng.txt").touch()
    return made


def test_the_data_stays(kit: SmallKit) -> None:
    done = kit.run("remove", kit.root, stdin="\n")
    assert done.returncode == 0, done.stdout
    assert not kit.root.exists()
    assert not (kit.machine / ".local/share/applications/ntm-tui.desktop").exists()
    assert not (kit.machine / ".local/share/ntm-tui/cai-dat.json").exists()
    assert kit.store.read_text(encoding="utf-8") == "1 việc của xã"
    assert f"Dữ liệu: {kit.store.parent}" in done.stdout
    assert "Dữ liệu còn nguyên" in done.stdout


def test_data_goes_only_when_that_is_typed(kit: SmallKit) -> None:
    practice = kit.store.parent.with_name("practice")
    (practice / "evidence").mkdir(parents=True)
    done = kit.run("remove", kit.root, stdin="xoa du lieu\n")
    assert done.returncode == 0, done.stdout
    assert [path.name for path in kit.store.parent.iterdir()] == ["ghi-chu-rieng.txt"]
    assert not practice.exists()


def test_nothing_is_removed_while_the_program_runs(kit: SmallKit) -> None:
    (kit.store.parent / "open").touch()
    done = kit.run("remove", kit.root, "--data-too")
    assert (done.returncode, "đang mở" in done.stdout) == (3, True)
    assert kit.launch("--version") == "0.1.0"


def test_a_folder_without_the_program_is_left_alone(kit: SmallKit, tmp_path: Path) -> None:
    other = tmp_path / "khác"
    other.mkdir()
    (other / "bao-cao.docx").touch()
    done = kit.run("remove", other, "--data-too")
    assert (done.returncode, "Không thấy chương trình" in done.stdout) == (3, True)
    assert (other / "bao-cao.docx").exists()


def test_a_broken_program_can_still_be_removed(kit: SmallKit) -> None:
    for library in (kit.root / "versions").glob("*/lib/ntm_tui"):
        (library / "cli.py").write_text("raise SystemExit(1)")
        for left in library.rglob("cli.*.pyc"):
            left.unlink()
    assert kit.run("remove", kit.root, "--data-too").returncode == 0
    assert not kit.root.exists()
    assert kit.store.exists(), "what cannot be asked for is not removed"
