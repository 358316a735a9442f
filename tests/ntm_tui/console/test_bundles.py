from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.console import progress
from tests._helpers.cli import call_cli, run_cli
from tests._helpers.hostile.names import with_member
from tests._helpers.hostile.world import TOP
from tests._helpers.stores import (
    device,
    dump_of,
    found,
    send,
    set_note,
    set_status,
    status_of,
)


@pytest.fixture
def one(tmp_path: Path) -> Home:
    """The first laptop, with something written, closed."""
    with found(tmp_path / "one") as desk:
        set_status(desk, "1.1", Status.MET)
        set_note(desk, "17.8", "Thôn Đồng Mỏ còn 38 hộ 😀")
        return desk.home


@pytest.fixture
def other(one: Home, tmp_path: Path) -> Home:
    """A second laptop of the same commune, closed."""
    made = call_cli("export", "--full", "--to", tmp_path / "first", "--home", one.path, "--json")
    home = Home(tmp_path / "other")
    call_cli("join", made.json["path"], "--officer", "Lý Văn Bé", "--home", home.path)
    return home


def fingerprint(home: Home) -> str:
    return str(call_cli("devices", "list", "--json", "--home", home.path).json["own"])


def bundle_of(home: Home, folder: Path, number: str = "2.1") -> str:
    """A bundle with one new status."""
    call_cli("set", number, "met", "--home", home.path)
    made = call_cli("export", "--for", "all", "--to", folder, "--home", home.path, "--json")
    return str(made.json["path"])


def dump(home: Home) -> str:
    with Desk.read(home) as desk:
        return dump_of(desk)


def test_an_export_says_what_was_written_and_verify_agrees(one: Home, tmp_path: Path) -> None:
    made = call_cli("export", "--to", tmp_path / "usb", "--home", one.path, "--json")
    assert made.code == 0
    path = Path(made.json["path"])
    assert path.parent == tmp_path / "usb"
    assert path.stat().st_size == made.json["bytes"]
    assert len(made.json["code"]) == 6
    assert made.json["changes"] >= 2 and made.json["evidence"] == 0
    checked = call_cli("verify", path, "--json")
    assert checked.code == 0
    assert checked.json["valid"] is True and checked.json["problems"] == []
    assert checked.json["code"] == made.json["code"]


def test_without_a_folder_the_bundle_goes_to_the_folder_of_the_home(one: Home) -> None:
    made = call_cli("export", "--home", one.path, "--json")
    assert Path(made.json["path"]).parent == one.outgoing


def test_people_read_where_the_bundle_is_and_its_code(one: Home) -> None:
    made = call_cli("export", "--home", one.path)
    assert str(one.outgoing) in made.out and "Mã đối chiếu gói: " in made.out


@pytest.mark.parametrize("wanted", ["nobody", "7F3K"])
def test_a_receiver_that_is_none_is_wrong_usage(one: Home, wanted: str) -> None:
    refused = call_cli("export", "--for", wanted, "--home", one.path)
    assert refused.code == 2
    assert "Không hiểu nơi nhận" in refused.err
    assert not one.outgoing.exists()


def test_a_receiver_that_nobody_trusts_is_refused(one: Home) -> None:
    refused = call_cli("export", "--for", "0" * 24, "--home", one.path, "--json")
    assert refused.code == 1
    assert refused.json["error"]["code"] == "not_found"


def test_a_folder_that_cannot_be_made_is_said_plainly(one: Home, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    refused = call_cli("export", "--to", tmp_path / "file" / "in", "--home", one.path)
    assert refused.code == 1
    assert "Chưa có gì được ghi" in refused.err


def test_verify_names_what_is_wrong_and_fails(one: Home, tmp_path: Path) -> None:
    path = Path(call_cli("export", "--home", one.path, "--json").json["path"])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    checked = call_cli("verify", path, "--json")
    assert checked.code == 1
    assert checked.json["valid"] is False
    assert checked.json["problems"][0]["code"] == "damaged"
    told = call_cli("verify", path)
    assert told.code == 1 and "bị hỏng" in told.err


def test_a_hostile_name_in_a_bundle_does_not_command_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "goi.zip"
    file.write_bytes(with_member(f"{TOP}/data/\x1b[2J\x9b31m\u202ex"))
    done = call_cli("verify", file)
    assert "tệp lạ" in done.err
    assert not any(sign in done.err for sign in "\x1b\x9b\u202e")


def test_verify_and_inspect_need_no_store(one: Home, tmp_path: Path) -> None:
    path = call_cli("export", "--home", one.path, "--json").json["path"]
    empty = {"NTM_HOME": str(tmp_path / "nothing")}
    assert run_cli("verify", path, "--json", env=empty).json["valid"] is True
    seen = run_cli("inspect", path, "--json", env=empty).json
    assert seen["commune_code"] == "lang-son/huu-lung/cai-kinh"
    assert seen["entities"]["assessment"] >= 2
    assert sum(seen["entities"].values()) == seen["counts"]["changes"]
    assert seen["cards"][0]["fingerprint"] == seen["sender"]["fingerprint"]
    assert [feed["first"] for feed in seen["feeds"]] == [1]


def test_inspect_of_something_else_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "anh.zip").write_bytes(b"PK nonsense")
    refused = call_cli("inspect", tmp_path / "anh.zip", "--json")
    assert refused.code == 1
    assert refused.json["error"]["code"] in {"not_zip", "foreign_zip", "truncated"}


def test_a_joined_laptop_holds_the_same(one: Home, other: Home) -> None:
    assert dump(other) == dump(one)


def test_a_home_with_a_store_is_never_joined_over(one: Home, tmp_path: Path) -> None:
    path = call_cli("export", "--full", "--home", one.path, "--json").json["path"]
    before = dump(one)
    refused = call_cli("join", path, "--officer", "Bé", "--home", one.path, "--json")
    assert refused.code == 1
    assert dump(one) == before


def test_a_stranger_s_changes_wait_until_a_person_trusts(
    one: Home, other: Home, tmp_path: Path
) -> None:
    path = bundle_of(other, tmp_path / "usb")
    came = call_cli("import", path, "--yes", "--json", "--home", one.path)
    assert came.code == 3
    (file,) = came.json["files"]
    assert (file["new"], file["conflicts"], file["error"]) == (0, 0, None)
    assert file["quarantined"] >= 1
    assert file["strangers"][0]["fingerprint"] == fingerprint(other)
    trusted = call_cli("devices", "trust", fingerprint(other), "--json", "--home", one.path)
    assert trusted.code == 0
    assert trusted.json["released"] == file["quarantined"]
    with Desk.read(one) as desk:
        assert status_of(desk, "2.1") is Status.MET


def test_trust_given_with_the_import_counts_at_once(one: Home, other: Home, tmp_path: Path) -> None:
    path = bundle_of(other, tmp_path / "usb")
    came = call_cli(
        "import", path, "--yes", "--trust", fingerprint(other).lower(), "--json", "--home", one.path
    )
    assert came.code == 0
    assert came.json["files"][0]["new"] >= 1
    assert came.json["files"][0]["strangers"] == []
    again = call_cli("import", path, "--yes", "--json", "--home", one.path)
    assert again.code == 0
    assert again.json["files"][0]["new"] == 0
    assert again.json["files"][0]["known"] == came.json["files"][0]["new"]


def test_a_machine_in_none_of_the_bundles_is_not_trusted_and_nothing_changes(
    one: Home, other: Home, tmp_path: Path
) -> None:
    path, before = bundle_of(other, tmp_path / "usb"), dump(one)
    refused = call_cli("import", path, "--yes", "--trust", "0" * 24, "--json", "--home", one.path)
    assert refused.code == 1
    assert refused.json["error"]["code"] == "not_found"
    assert dump(one) == before


def test_a_dry_run_changes_nothing(one: Home, other: Home, tmp_path: Path) -> None:
    path, before = bundle_of(other, tmp_path / "usb"), dump(one)
    key = fingerprint(other)
    seen = call_cli("import", path, "--dry-run", "--trust", key, "--json", "--home", one.path)
    assert seen.json["dry_run"] is True
    assert seen.json["files"][0]["new"] >= 1
    assert dump(one) == before
    known = call_cli("devices", "list", "--json", "--home", one.path).json["devices"]
    assert key not in [it["fingerprint"] for it in known]


def test_without_a_person_to_ask_an_import_is_refused(
    one: Home, other: Home, tmp_path: Path
) -> None:
    path = bundle_of(other, tmp_path / "usb")
    refused = call_cli("import", path, "--json", "--home", one.path)
    assert refused.code == 1
    assert "--yes" in refused.json["error"]["message"]


@pytest.mark.parametrize(("answer", "taken"), [("c\n", True), ("Có\n", True), ("\n", False)])
def test_a_person_is_asked_and_nothing_happens_without_an_answer(
    one: Home,
    other: Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    taken: bool,
) -> None:
    from ntm_tui.console import importing

    path, key = bundle_of(other, tmp_path / "usb"), fingerprint(other)
    monkeypatch.setattr(importing, "_at_a_terminal", lambda: True)
    came = call_cli("import", path, "--trust", key, "--home", one.path, stdin=answer)
    assert "Nhận gói này?" in came.err
    assert came.code == (0 if taken else 1)
    with Desk.read(one) as desk:
        assert (status_of(desk, "2.1") is Status.MET) is taken


def test_a_folder_stands_for_the_bundles_in_it(one: Home, other: Home, tmp_path: Path) -> None:
    for number in ("2.1", "2.2"):
        bundle_of(other, tmp_path / "usb", number)
    (tmp_path / "usb" / "anh.zip").write_bytes(b"not ours")
    came = call_cli("import", tmp_path / "usb", "--yes", "--json", "--home", one.path)
    assert len(came.json["files"]) == 2
    assert all(file["error"] is None for file in came.json["files"])


def test_one_bad_file_needs_a_person_and_only_bad_files_fail(
    one: Home, other: Home, tmp_path: Path
) -> None:
    good, bad = bundle_of(other, tmp_path / "usb"), tmp_path / "hong.zip"
    bad.write_bytes(Path(good).read_bytes()[:-9])
    key = fingerprint(other)
    both = call_cli("import", bad, good, "--yes", "--trust", key, "--json", "--home", one.path)
    assert both.code == 3
    assert [bool(file["error"]) for file in both.json["files"]] == [True, False]
    assert both.json["files"][0]["error"]["code"] == "truncated"
    assert call_cli("import", bad, "--yes", "--json", "--home", one.path).code == 1


def test_a_revoked_machine_s_later_work_is_set_aside(
    one: Home, other: Home, tmp_path: Path
) -> None:
    key = fingerprint(other)
    first = bundle_of(other, tmp_path / "usb")
    call_cli("import", first, "--yes", "--trust", key, "--home", one.path)
    revoked = call_cli("devices", "revoke", key, "--json", "--home", one.path)
    assert revoked.json["trust"] == "revoked" and revoked.json["fingerprint"] == key
    later = bundle_of(other, tmp_path / "usb", "2.2")
    came = call_cli("import", later, "--yes", "--json", "--home", one.path)
    assert came.code == 3
    assert came.json["files"][0]["reasons"][0]["reason"] == "revoked"
    with Desk.read(one) as desk:
        assert status_of(desk, "2.1") is Status.MET
        assert status_of(desk, "2.2") is not Status.MET


def test_a_machine_does_not_revoke_itself(one: Home) -> None:
    call_cli("export", "--home", one.path)
    refused = call_cli("devices", "revoke", fingerprint(one), "--json", "--home", one.path)
    assert refused.code == 1
    assert refused.json["error"]["code"] == "refused"


def test_a_garbled_fingerprint_is_wrong_usage(one: Home) -> None:
    refused = call_cli("devices", "trust", "7F3K", "--home", one.path)
    assert refused.code == 2
    assert "24 ký tự" in refused.err


def test_progress_is_drawn_for_a_person_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = progress.ProgressLine("Đang ghi")
    line(50, 100)
    line.end()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    line = progress.ProgressLine("Đang ghi")
    line(50, 100)
    assert "50 %" in capsys.readouterr().err


def test_progress_never_wraps_however_long_a_name_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    line = progress.ProgressLine("Đang kiểm tra NTM_cai-kinh_MAFY690W_20261128_5.zip và 12 gói nữa")
    for _ in range(3):
        line(100, 100)
    line.end()
    drawn = capsys.readouterr().err.split("\r")
    assert max(len(it) for it in drawn) < 60
    assert sum("100 %" in it for it in drawn) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to every process of the console")
def test_ctrl_c_leaves_nothing_half_done_and_says_so(tmp_path: Path) -> None:
    with found(tmp_path / "home") as desk:
        big = tmp_path / "lon.pdf"
        with big.open("wb") as out:
            out.truncate(100_000_000)
        call = ("evidence", "add", "1.1", big)
        home = desk.home
    assert call_cli(*call, "--home", home.path).code == 0
    usb = tmp_path / "usb"
    command = [sys.executable, "-m", "ntm_tui", "export", "--to", str(usb), "--json"]
    with subprocess.Popen(
        [*command, "--home", str(home.path)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        end = time.monotonic() + 60
        while not (usb.exists() and any(usb.iterdir())) and time.monotonic() < end:
            assert running.poll() is None
            time.sleep(0.002)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=60)
    assert running.returncode == 1
    assert json.loads(out)["error"]["code"] == "cancelled"
    assert list(usb.iterdir()) == []


def test_a_second_export_of_the_day_has_a_name_of_its_own(one: Home) -> None:
    names = {call_cli("export", "--home", one.path, "--json").json["path"] for _ in range(3)}
    assert len(names) == 3


def test_a_bundle_for_one_machine_carries_what_that_machine_lacks(
    one: Home, other: Home, tmp_path: Path
) -> None:
    with Desk.open(other) as desk:
        known = device(desk)
        back = send(desk, tmp_path / "back").path
    call_cli("import", back, "--yes", "--trust", known, "--home", one.path)
    call_cli("set", "2.1", "met", "--home", one.path)
    part = call_cli("export", "--for", known, "--home", one.path, "--json").json
    whole = call_cli("export", "--for", known, "--full", "--home", one.path, "--json").json
    assert part["changes"] < whole["changes"]
    assert (part["full"], whole["full"]) == (False, True)
    assert part["receiver"] == {"kind": "device", "device": known}
