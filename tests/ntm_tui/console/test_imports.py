"""Bringing in many files, and `ntm imports`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.judging import Status
from tests._helpers.cli import Ran, call_cli
from tests._helpers.stores import (
    device,
    dump_of,
    found,
    found_upper,
    friends,
    send,
    set_note,
    set_status,
    status_of,
)

NAMES = ("Cai Kinh", "Minh Tiến", "Yên Vượng")


@pytest.fixture
def district(tmp_path: Path) -> Home:
    with found_upper(tmp_path / "huyen") as desk:
        return desk.home


@pytest.fixture
def usb(tmp_path: Path) -> tuple[Path, list[str]]:
    """A folder with the bundles of three communes, and the `--trust` for their machines."""
    trust = []
    for number, name in enumerate(NAMES):
        answers = Founding("Lạng Sơn", "Hữu Lũng", name, "Nguyễn Thị Hường", 2024)
        with found(tmp_path / f"xa-{number}", answers=answers) as desk:
            set_note(desk, "1.1", f"của {name}")
            send(desk, tmp_path / "usb", "upper")
            trust += ["--trust", device(desk)]
    return tmp_path / "usb", trust


def bring(home: Home, *args: object) -> Ran:
    return call_cli("import", *args, "--yes", "--home", home.path)


def test_a_folder_comes_in_at_once_with_a_line_for_each_file_and_a_sum(
    district: Home, usb: tuple[Path, list[str]]
) -> None:
    folder, trust = usb
    came = bring(district, folder, *trust)
    assert came.code == 0
    lines = came.out.splitlines()
    assert [line[:1] for line in lines[:3]] == ["√"] * 3
    assert "· Xã Cai Kinh: " in came.out
    assert lines[3].startswith("3 gói: 3 đã nhận, ")
    assert lines[4].startswith("Bản sao kho trước khi nhận: ")


def test_what_is_known_is_success_with_nothing_new(
    district: Home, usb: tuple[Path, list[str]]
) -> None:
    folder, trust = usb
    bring(district, folder, *trust)
    again = bring(district, folder)
    assert again.code == 0
    assert again.out.count("0 thay đổi mới") == 3 + 1
    assert "Bản sao" not in again.out


def test_a_bad_file_is_told_and_the_others_come_in(
    district: Home, usb: tuple[Path, list[str]]
) -> None:
    folder, trust = usb
    bad = sorted(folder.iterdir())[0]
    bad.write_bytes(bad.read_bytes()[:-9])
    came = bring(district, folder, *trust[2:])
    assert came.code == 3
    assert came.err.startswith(f"× {bad.name}: Gói bị thiếu phần cuối")
    assert "3 gói: 2 đã nhận" in came.out and "1 không nhận được" in came.out
    answer = call_cli("import", folder, "--yes", "--json", "--home", district.path).json
    assert answer["summary"]["files"] == 3
    assert answer["summary"]["failed"] == 1
    assert answer["summary"]["new"] == 0


def test_strangers_among_many_are_named_at_the_end_and_nobody_is_trusted(
    district: Home, usb: tuple[Path, list[str]]
) -> None:
    came = bring(district, usb[0])
    assert came.code == 3
    assert [line[:1] for line in came.out.splitlines()[:3]] == ["!"] * 3
    assert came.out.count("Máy lạ: ") == 3
    devices = call_cli("devices", "list", "--json", "--home", district.path).json["devices"]
    assert {one["trust"] for one in devices if not one["own"]} == {""}


def test_a_person_is_asked_once_for_all_of_them(
    district: Home, usb: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_tui.console import importing

    monkeypatch.setattr(importing, "_at_a_terminal", lambda: True)
    folder, trust = usb
    no = call_cli("import", folder, *trust, "--home", district.path, stdin="\n")
    assert no.code == 1
    assert no.err.count("sẽ có") == 3 and no.err.count("Nhận 3 gói này?") == 1
    yes = call_cli("import", folder, *trust, "--home", district.path, stdin="c\n")
    assert yes.code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to every process of the console")
def test_ctrl_c_stops_between_files_and_the_store_is_whole(
    district: Home, usb: tuple[Path, list[str]]
) -> None:
    folder, trust = usb
    script = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where run unattended\n"
        "from db.sync import together\n"
        "real = together.receive\n"
        "def receive(*args, **named):\n"
        "    done = real(*args, **named)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return done\n"
        "together.receive = receive\n"
        "from ntm_tui.console.program import run\n"
        "run(sys.argv[1:])\n"
    )
    call = ["import", str(folder), "--yes", "--json", *trust, "--home", str(district.path)]
    done = subprocess.run(
        [sys.executable, "-c", script, *call], capture_output=True, encoding="utf-8", check=False
    )
    stopped = Ran(done.returncode, done.stdout, done.stderr)
    assert stopped.code == 3
    errors = [one["error"] and one["error"]["code"] for one in stopped.json["files"]]
    assert errors == [None, "cancelled", "cancelled"]
    assert bring(district, folder, *trust).code == 0


def test_a_dry_run_writes_out_what_would_change(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        set_status(other, "2.1", Status.MET)
        path = send(other, tmp_path / "b").path
        home = one.home
    seen = call_cli("import", path, "--dry-run", "--home", home.path)
    assert "2 ô đổi giá trị, theo sổ: Tự đánh giá 2" in seen.out
    assert "chỉ tiêu 2.1, Tự đánh giá: (để trống) → Đạt (Lý Văn Bé)" in seen.out
    listed = call_cli("import", path, "--dry-run", "--json", "--home", home.path).json
    found = listed["files"][0]["differences"]
    assert found["total"] == 2 and found["by_register"] == {"assessment": 2}
    assert found["by_person"][0]["officer"] == "Lý Văn Bé"
    assert [it["field"] for it in found["listed"]] == ["_exists", "status"]


def test_an_import_is_listed_set_aside_and_applied_again(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        before = dump_of(one)
        set_status(other, "2.1", Status.MET)
        path = send(other, tmp_path / "b").path
        home = one.home
    call_cli("import", path, "--yes", "--home", home.path)
    newest = call_cli("imports", "list", "--json", "--home", home.path).json["imports"][0]
    assert newest["name"] == path.name and newest["counted"] == 2
    assert path.name in call_cli("imports", "list", "--home", home.path).out
    number = newest["import"]
    aside = call_cli("imports", "set-aside", number, "--json", "--home", home.path)
    assert (aside.code, aside.json["discounted"]) == (0, 2)
    with Desk.read(home) as desk:
        assert dump_of(desk) == before
    again = call_cli("imports", "set-aside", number, "--json", "--home", home.path)
    assert again.code == 1 and again.json["error"]["code"] == "refused"
    back = call_cli("imports", "apply-again", number, "--home", home.path)
    assert back.code == 0 and "2 thay đổi được tính" in back.out
    with Desk.read(home) as desk:
        assert status_of(desk, "2.1") is Status.MET
    missing = call_cli("imports", "apply-again", "99", "--json", "--home", home.path)
    assert missing.code == 1 and missing.json["error"]["code"] == "not_found"
