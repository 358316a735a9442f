"""A kit is installed and upgraded whole, or nothing of it stays."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests._helpers.kits import SmallKit, describe, small_kit, write_wheel

Done = subprocess.CompletedProcess[str]


@pytest.fixture
def kit(tmp_path: Path) -> SmallKit:
    """Version 0.1.0, on a stick whose name has Vietnamese letters."""
    return small_kit(tmp_path / "USB của xã", tmp_path / "máy")


@pytest.fixture
def newer(tmp_path: Path) -> SmallKit:
    """Version 0.2.0, whose store has another form."""
    return small_kit(tmp_path / "USB mới", tmp_path / "máy", "0.2.0", revision=2)


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def refused(done: Done, *words: str) -> None:
    """It was refused in plain words, not by breaking down."""
    assert done.returncode == 3, done.stdout + done.stderr
    assert "CHƯA LÀM ĐƯỢC" in done.stdout
    for word in words:
        assert word in done.stdout
    assert done.stderr == ""


def test_a_kit_is_installed_and_the_program_starts(kit: SmallKit) -> None:
    done = kit.install()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Đã cài bản 0.1.0" in done.stdout
    assert kit.launch("--version") == "0.1.0"
    (version,) = (kit.root / "versions").iterdir()
    assert (version / "lib" / "helper.py").is_file()
    assert not list(version.rglob("x"))
    assert list(version.rglob("cli.*.pyc"))
    entry = kit.machine / ".local/share/applications/ntm-tui.desktop"
    assert str(kit.root / "ntm") in entry.read_text(encoding="utf-8")


def test_one_who_is_asked_may_press_enter_throughout(kit: SmallKit) -> None:
    done = kit.run("install", kit.folder, stdin="\n\n")
    assert done.returncode == 0, done.stdout
    assert (kit.machine / ".local/opt/ntm/ntm").is_file()
    assert "Riêng cho tài khoản này" in done.stdout


@pytest.mark.parametrize("name", ["wheels/helper-1-py3-none-any.whl", "bo-cai/kit.json"])
def test_an_incomplete_kit_names_what_is_missing(kit: SmallKit, name: str) -> None:
    (kit.folder / name).unlink()
    before = everything(kit.machine)
    refused(kit.install(), "chép thiếu", name, "Chưa cài gì")
    assert everything(kit.machine) == before


def test_a_damaged_wheel_is_named(kit: SmallKit) -> None:
    wheel = kit.folder / "wheels" / "helper-1-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes()[:-30])
    before = everything(kit.machine)
    refused(kit.install(), "có tệp hỏng", wheel.name, "Hãy chép lại")
    assert everything(kit.machine) == before


def test_a_wheel_that_is_damaged_though_its_sum_is_right_leaves_nothing(kit: SmallKit) -> None:
    wheel = kit.folder / "wheels" / "helper-1-py3-none-any.whl"
    wheel.write_bytes(b"PK no zip")
    describe(kit.folder, "0.1.0", [wheel.name])
    refused(kit.install(), wheel.name, "bị hỏng")
    assert not kit.root.exists()


def test_a_program_that_does_not_run_here_is_not_switched_to(
    kit: SmallKit, newer: SmallKit
) -> None:
    kit.install()
    wheel = newer.folder / "wheels" / "ntm_tui-0.2.0-py3-none-any.whl"
    write_wheel(wheel, {"ntm_tui/__init__.py": "", "ntm_tui/cli.py": "import blocked_by_antivirus"})
    describe(newer.folder, "0.2.0", [wheel.name])
    refused(newer.install(), "ntm_tui.cli", "diệt virus")
    assert kit.launch("--version") == "0.1.0"
    assert len(list((kit.root / "versions").iterdir())) == 1


def test_a_kit_for_another_machine_or_python_is_refused(kit: SmallKit) -> None:
    about = kit.folder / "bo-cai" / "kit.json"
    plain = about.read_text(encoding="utf-8")
    for text, words in (
        (plain.replace('"linux"', '"win_amd64"'), "dành cho máy win_amd64"),
        (plain.replace('{"3.', '{"9.'), "dùng được với Python 9."),
    ):
        about.write_text(text, encoding="utf-8")
        (kit.folder / "SHA256SUMS").unlink()
        from kit.building.pack import sum_up

        sum_up(kit.folder)
        refused(kit.install(), words, "Chưa cài gì")
    assert not kit.root.exists()


def test_an_upgrade_backs_up_migrates_and_keeps_the_data(kit: SmallKit, newer: SmallKit) -> None:
    kit.install()
    kit.write("1 việc của xã")
    done = newer.install()
    assert done.returncode == 0, done.stdout
    assert "Đã nâng cấp lên bản 0.2.0" in done.stdout
    assert newer.launch("--version") == "0.2.0"
    assert kit.store.read_text(encoding="utf-8") == "2 việc của xã"
    (copy,) = (kit.store.parent / "backups").iterdir()
    assert copy.read_text(encoding="utf-8") == "1 việc của xã"
    assert str(copy) in done.stdout


def test_nothing_is_upgraded_while_the_program_runs(kit: SmallKit, newer: SmallKit) -> None:
    kit.install()
    kit.write("1 việc của xã")
    (kit.store.parent / "open").touch()
    before = everything(kit.machine)
    refused(newer.install(), "đang mở", "tiến trình 7", "Hãy thoát chương trình")
    assert everything(kit.machine) == before
    assert kit.launch("--version") == "0.1.0"


def test_a_store_that_the_new_version_cannot_open_stops_the_upgrade(
    kit: SmallKit, tmp_path: Path
) -> None:
    kit.install()
    kit.write("1 việc của xã")
    failing = small_kit(tmp_path / "hỏng", kit.machine, "0.2.0", fails="Ổ đĩa đã đầy.")
    refused(failing.install(), "Bản mới chưa mở được kho dữ liệu", "Ổ đĩa đã đầy")
    assert kit.launch("--version") == "0.1.0"
    assert kit.store.read_text(encoding="utf-8") == "1 việc của xã"
    assert len(list((kit.root / "versions").iterdir())) == 1


def test_an_older_kit_does_not_replace_a_newer_program(kit: SmallKit, newer: SmallKit) -> None:
    newer.install()
    refused(kit.install(), "0.2.0", "mới hơn bộ cài này", "Quay-lai")
    assert newer.launch("--version") == "0.2.0"


def test_the_same_kit_again_repairs(kit: SmallKit) -> None:
    kit.install()
    (broken,) = (kit.root / "versions").iterdir()
    (broken / "lib" / "ntm_tui" / "cli.py").unlink()
    for left in broken.rglob("cli.*.pyc"):
        left.unlink()
    done = kit.install()
    assert done.returncode == 0, done.stdout
    assert kit.launch("--version") == "0.1.0"
    assert len(list((kit.root / "versions").iterdir())) == 1


def test_a_second_place_is_offered_as_an_upgrade(kit: SmallKit, newer: SmallKit) -> None:
    kit.install()
    elsewhere = kit.machine / "chỗ khác"
    asked = newer.run("install", newer.folder, stdin=f"{elsewhere}\n1\n")
    assert asked.returncode == 0, asked.stdout
    assert f"Máy đã có chương trình ở {kit.root}" in asked.stdout
    assert newer.launch("--version") == "0.2.0"
    assert not elsewhere.exists()
    plain = newer.run("install", newer.folder, "--folder", elsewhere, "--data", "")
    refused(plain, str(kit.root), "--also")
    also = newer.run("install", newer.folder, "--folder", elsewhere, "--data", "", "--also")
    assert also.returncode == 0
    assert (elsewhere / "ntm").is_file()


def test_one_who_changes_his_mind_leaves_nothing(kit: SmallKit, newer: SmallKit) -> None:
    kit.install()
    before = everything(kit.machine)
    refused(newer.run("install", newer.folder, stdin="/tmp/x\n3\n"), "Đã thôi")
    refused(newer.run("install", newer.folder), "Không có người trả lời")
    assert everything(kit.machine) == before


def test_a_folder_with_other_files_is_refused(kit: SmallKit) -> None:
    kit.root.mkdir()
    (kit.root / "bao-cao.docx").touch()
    refused(kit.install(), "đã có tệp khác", str(kit.root / "NTM"))
    assert everything(kit.root) == {"bao-cao.docx"}


def test_the_stick_itself_is_no_place_to_install(kit: SmallKit) -> None:
    done = kit.run("install", kit.folder, "--folder", kit.folder / "x", "--data", "")
    refused(done, "nằm trong bộ cài")


@pytest.mark.parametrize(("disk", "words"), [("removable", "USB"), ("network", "ổ đĩa mạng")])
def test_data_on_a_stick_is_refused(kit: SmallKit, disk: str, words: str) -> None:
    kit.environ["DISK"] = disk
    refused(kit.install(), words, "Chưa cài gì", "trên ổ đĩa của máy")
    assert not kit.root.exists()


def test_shared_data_lies_where_it_was_chosen(kit: SmallKit) -> None:
    shared = kit.machine / "Dùng chung"
    done = kit.run("install", kit.folder, "--folder", kit.root, "--data", shared)
    assert done.returncode == 0, done.stdout
    assert str(shared / "store") in kit.launch("locate")


def test_the_questions_say_what_private_and_shared_mean(kit: SmallKit) -> None:
    done = kit.run("install", kit.folder, "--folder", kit.root, stdin="1\n")
    assert "Nhiều người dùng chung một tài khoản Windows thì chọn “riêng”" in done.stdout
    assert "Chung cho mọi tài khoản của máy này" in done.stdout


def test_what_an_interrupted_installation_left_goes_away(kit: SmallKit) -> None:
    left = kit.root / "versions" / "0.1.0-abcdef01.dang-cai"
    left.mkdir(parents=True)
    assert kit.install().returncode == 0
    assert not left.exists()
