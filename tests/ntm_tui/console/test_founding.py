"""`ntm init`: a commune founded from a script, or refused with nothing left behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from tests._helpers.cli import call_cli

NAMES = ("--province", "tỉnh Lạng Sơn", "--district", "huyện Hữu Lũng", "--commune", "xã Cai Kinh")
INIT = ("init", *NAMES, "--officer", "Nguyễn Thị Hường")


def test_a_commune_is_founded(home: Home) -> None:
    ran = call_cli(*INIT, "--year", "2025", "--tier", "advanced")
    assert ran.code == 0
    assert "Xã Cai Kinh (mã lang-son/huu-lung/cai-kinh)" in ran.out
    with Desk.read(home) as desk:
        assert (desk.commune.tier.value, desk.commune.target_year) == ("advanced", 2025)
        assert desk.officer == "Nguyễn Thị Hường"
        assert not desk.practice


def test_a_script_is_told_what_was_founded(home: Home) -> None:
    assert call_cli(*INIT, "--json").json == {
        "commune": "Cai Kinh",
        "commune_code": "lang-son/huu-lung/cai-kinh",
        "officer": "Nguyễn Thị Hường",
        "villages": 0,
        "home": str(home.path),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_villages_come_from_a_file_as_excel_saves_it(
    home: Home, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "thon.csv"
    file.write_text("Tên thôn;Số hộ;Số khẩu\nThôn 10;98;410\nThôn 2;1.020;\n", encoding=encoding)
    assert call_cli(*INIT, "--villages", file, "--json").json["villages"] == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Th\xabn M\xab\n", "dòng 1: chữ không theo bảng mã UTF-8"),
        ("Thôn Một;12\nThôn Hai;mười".encode(), "Dòng 2"),
        (b"\n;12\n", "không có tên thôn"),
    ],
)
def test_a_broken_list_of_villages_makes_nothing(
    home: Home, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "thon.csv"
    file.write_bytes(content)
    ran = call_cli(*INIT, "--villages", file)
    assert ran.code == 1
    assert told in ran.err
    assert not home.store.exists()


def test_a_list_that_is_not_there_is_named(home: Home, tmp_path: Path) -> None:
    ran = call_cli(*INIT, "--villages", tmp_path / "khong-co.csv")
    assert ran.code == 1
    assert "khong-co.csv (không tìm thấy" in ran.err


@pytest.mark.parametrize("missing", ["--commune", "--officer"])
def test_a_blank_answer_is_refused(home: Home, missing: str) -> None:
    arguments = list(INIT)
    arguments[arguments.index(missing) + 1] = "  "
    ran = call_cli(*arguments)
    assert ran.code == 1
    assert not home.store.exists()


def test_a_second_founding_leaves_the_first_alone(founded: Home) -> None:
    before = founded.store.read_bytes()
    ran = call_cli(*INIT)
    assert ran.code == 1
    assert "đã có kho dữ liệu" in ran.err
    assert founded.store.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_said_plainly(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(home.path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = call_cli(*INIT, "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "disk_failed"
    assert "không có quyền" in ran.json["error"]["message"]


def test_a_stick_is_refused_unless_accepted_knowingly(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import store_file
    from db.disks import DiskKind

    monkeypatch.setattr(store_file, "disk_kind", lambda _folder: DiskKind.REMOVABLE)
    assert call_cli(*INIT, "--json").json["error"]["code"] == "disk_refused"
    assert call_cli(*INIT, "--any-disk").code == 0
    assert call_cli("status").code == 0
