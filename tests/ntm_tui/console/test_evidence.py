"""`ntm evidence`: files attached, described, listed; what is wrong with them is said."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from db import evidence
from db.home import Home
from tests._helpers.cli import call_cli


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A document on the desk."""
    path = tmp_path / "Biên bản.txt"
    path.write_text("Biên bản nghiệm thu", encoding="utf-8")
    return path


def test_a_file_is_attached_and_copied(founded: Home, paper: Path) -> None:
    ran = call_cli(
        *("evidence", "add", "2.2", paper, "--kind", "van-ban", "--title", "Biên bản nghiệm thu"),
        *("--number", "05/BB", "--date", "12/06/2024", "--issuer", "UBND xã", "--json"),
    )
    said = ran.json
    assert said["indicator"] == "2.2"
    assert (said["kind"], said["number"], said["issuer"]) == ("van-ban", "05/BB", "UBND xã")
    assert said["file"] == "Biên bản.txt"
    kept = evidence.path_in(founded, said["sha256"])
    assert kept.read_text(encoding="utf-8") == "Biên bản nghiệm thu"
    paper.unlink()
    listed = call_cli("evidence", "list", "--json").json["evidence"]
    assert listed == [said]


def test_people_see_what_is_there_and_what_is_missing(founded: Home, paper: Path) -> None:
    ran = call_cli("evidence", "add", "2.2", paper, "--kind", "Văn bản quyết định xác nhận")
    assert "Đã đính “Biên bản.txt” cho chỉ tiêu 2.2" in ran.out
    assert "Còn thiếu: Hình ảnh minh họa" in ran.out
    shown = call_cli("evidence", "list").out
    assert "Văn bản, quyết định, xác nhận" in shown
    assert "Biên bản.txt" in shown
    assert "Chưa có minh chứng nào" in call_cli("evidence", "list", "1.1").out


def test_an_impossible_date_is_kept_as_written_with_a_warning_beside_it(
    founded: Home, paper: Path
) -> None:
    ran = call_cli("evidence", "add", "2.2", paper, "--date", "20/20/2023", "--json")
    assert ran.code == 0
    assert ran.json["date"] == "20/20/2023"
    assert "giữ nguyên như đã ghi" in ran.err


def test_a_file_that_was_lost_is_said_and_blocks_nothing(founded: Home, paper: Path) -> None:
    said = call_cli("evidence", "add", "2.2", paper, "--json").json
    evidence.path_in(founded, said["sha256"]).unlink()
    assert call_cli("evidence", "list", "--json").json["evidence"][0]["present"] is False
    assert "(thiếu tệp)" in call_cli("evidence", "list").out


@pytest.mark.parametrize(
    ("indicator", "kind", "told"),
    [
        ("99.9", "", "không có chỉ tiêu 99.9"),
        ("2.2", "băng ghi hình", "van-ban (Văn bản, quyết định, xác nhận)"),
    ],
)
def test_an_unknown_indicator_or_kind_is_refused(
    founded: Home, paper: Path, indicator: str, kind: str, told: str
) -> None:
    ran = call_cli("evidence", "add", indicator, paper, "--kind", kind)
    assert ran.code == 1
    assert told in ran.err
    assert call_cli("evidence", "list", "--json").json == {"evidence": []}


def test_a_file_that_is_missing_or_locked_is_said_plainly(
    founded: Home, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = call_cli("evidence", "add", "2.2", tmp_path / "khong-co.pdf", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, "not_found")

    def locked(*_: object) -> tuple[str, int]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(evidence, "_copy", locked)
    ran = call_cli("evidence", "add", "2.2", paper)
    assert ran.code == 1
    assert "không có quyền đọc hoặc ghi" in ran.err
    assert call_cli("evidence", "list", "--json").json == {"evidence": []}
