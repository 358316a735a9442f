from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.sync.receiving import receive
from tests._helpers.cli import call_cli
from tests._helpers.stores import (
    device,
    district_of,
    found,
    pass_on,
    second,
    send,
    set_note,
)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Home, Home]:
    """A laptop that sent something new, and another one that has taken it in; both closed."""
    with found(tmp_path / "one") as one, second(one, tmp_path / "other") as other:
        pass_on(other, one, tmp_path / "known", trust=True)
        set_note(one, "17.8", "mới")
        receive(other, send(one, tmp_path / "usb", device(other)).path)
        return one.home, other.home


@pytest.fixture
def district(tmp_path: Path) -> tuple[Home, Home]:
    """A commune's laptop and its district's, both closed."""
    with found(tmp_path / "one") as one, district_of(one, tmp_path / "d") as upper:
        return one.home, upper.home


def written(home: Home, folder: Path, *more: str) -> Path:
    made = call_cli("receipts", "write", "--to", folder, "--home", home.path, "--json", *more)
    assert made.code == 0, made.err
    (one,) = made.json["receipts"]
    return Path(one["path"])


def test_a_receipt_goes_by_file_and_confirms(two: tuple[Home, Home], tmp_path: Path) -> None:
    one, other = two
    path = written(other, tmp_path / "stick")
    before = call_cli("receipts", "list", "--home", one.path, "--json").json["receipts"][0]
    assert before["lacking"]["changes"] == 4  # who is trusted, and the note
    came = call_cli("receipts", "take", path, "--home", one.path, "--json")
    assert came.code == 0
    assert came.json["new"] and came.json["counts"]
    assert came.json["lacking"] == {"changes": 0, "evidence": 0}
    again = call_cli("receipts", "take", path, "--home", one.path, "--json")
    assert (again.code, again.json["new"]) == (0, False)
    (listed,) = call_cli("receipts", "list", "--home", one.path, "--json").json["receipts"]
    assert listed["number"] == came.json["number"]
    assert call_cli("export", "--for", "all", "--home", one.path, "--json").json["changes"] == 0


def test_people_read_what_a_receipt_says(two: tuple[Home, Home], tmp_path: Path) -> None:
    one, other = two
    path = written(other, tmp_path / "stick")
    assert "còn thiếu 4 thay đổi" in call_cli("receipts", "list", "--home", one.path).out
    assert "đã có đủ" in call_cli("receipts", "take", path, "--home", one.path).out
    assert "không làm thay đổi gì" in call_cli("receipts", "take", path, "--home", one.path).out
    said = call_cli("receipts", "write", "--to", tmp_path / "stick", "--home", other.path).out
    assert "Đã ghi biên nhận về Xã Cai Kinh" in said


def test_import_takes_a_receipt_too_alone_or_among_bundles(
    two: tuple[Home, Home], tmp_path: Path
) -> None:
    one, other = two
    path = written(other, tmp_path / "usb")
    looked = call_cli("import", path, "--dry-run", "--home", one.path, "--json")
    assert looked.code == 0 and looked.json["files"][0]["receipt"]["new"]
    came = call_cli("import", tmp_path / "usb", "--yes", "--home", one.path, "--json")
    (receipt,) = [it for it in came.json["files"] if it["path"] == str(path)]
    assert receipt["receipt"]["new"] and receipt["error"] is None
    again = call_cli("import", path, "--yes", "--home", one.path)
    assert "không làm thay đổi gì" in again.out and again.code == 0


def test_a_stranger_s_receipt_needs_a_person(two: tuple[Home, Home], tmp_path: Path) -> None:
    _, other = two
    with found(tmp_path / "three") as three:
        home = three.home
    path = written(other, tmp_path / "stick")
    came = call_cli("receipts", "take", path, "--home", home.path)
    assert came.code == 3
    assert "chưa được tin cậy" in came.out
    assert call_cli("import", path, "--yes", "--home", home.path).code == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_receipt"),
        (b"PK\x03\x04 rubbish", "not_receipt"),
        ("BIÊN NHẬN GÓI SỐ LIỆU NÔNG THÔN MỚI\n".encode(), "receipt_changed"),
    ],
)
def test_what_is_no_receipt_is_refused(
    two: tuple[Home, Home], tmp_path: Path, content: bytes, code: str
) -> None:
    one, _ = two
    wrong = tmp_path / "x.receipt"
    wrong.write_bytes(content)
    refused = call_cli("receipts", "take", wrong, "--home", one.path, "--json")
    assert refused.code == 1 and refused.json["error"]["code"] == code
    assert call_cli("import", wrong, "--yes", "--home", one.path, "--json").code == 1


def test_a_machine_meant_must_be_known(two: tuple[Home, Home], tmp_path: Path) -> None:
    one, _ = two
    call = ("receipts", "write", "--home", one.path, "--to", tmp_path / "stick", "--for")
    assert call_cli(*call, "0" * 24).code == 1
    assert call_cli(*call, "7F3K").code == 2
    assert not (tmp_path / "stick").exists()


def test_nothing_heard_is_said(tmp_path: Path) -> None:
    with found(tmp_path / "one") as one:
        home = one.home
    assert "Chưa nhận biên nhận nào" in call_cli("receipts", "list", "--home", home.path).out
    assert call_cli("receipts", "list", "--home", home.path, "--json").json == {"receipts": []}


def test_the_upper_level_writes_for_a_commune_by_its_name_or_its_machine(
    district: tuple[Home, Home], tmp_path: Path
) -> None:
    one, upper = district
    with Desk.open(one) as desk:
        machine = device(desk)
    for more in ((), ("--commune", "Cai Kinh"), ("--for", machine)):
        path = written(upper, tmp_path / "stick", *more)
        assert "Xã Cai Kinh" in path.read_text("utf-8")
        assert call_cli("receipts", "take", path, "--home", one.path, "--json").json["new"]
    unknown = call_cli("receipts", "write", "--commune", "Minh Tiến", "--home", upper.path)
    assert unknown.code == 1


def test_the_upper_level_takes_and_lists_by_commune(
    district: tuple[Home, Home], tmp_path: Path
) -> None:
    one, upper = district
    path = written(one, tmp_path / "stick")
    came = call_cli("receipts", "take", path, "--home", upper.path, "--json")
    assert came.code == 0 and came.json["commune_code"] == "lang-son/huu-lung/cai-kinh"
    listed = call_cli("receipts", "list", "--home", upper.path, "--json").json["receipts"]
    named = call_cli(
        "receipts", "list", "--commune", "Cai Kinh", "--home", upper.path, "--json"
    ).json["receipts"]
    assert listed == named
    assert [it["number"] for it in listed] == [came.json["number"]]
