"""Papers go where people find them, and never over what a person has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import files
from db.home import Home
from db.problems import DiskFailed
from ntm_tui.papers.paper import Format, Made
from ntm_tui.papers.placing import place

FIRST, SECOND = (Made(it, "bao-cao_cai-kinh_2024.docx", Format.DOCX) for it in (b"one", b"two"))


@pytest.fixture
def here(home: Home) -> Home:
    home.path.mkdir(parents=True)
    return home


def test_a_paper_that_nobody_touched_is_made_anew_in_its_place(here: Home, tmp_path: Path) -> None:
    folder = tmp_path / "Bao-cao"
    first = place(here, FIRST, folder)
    assert (first.path, first.notice) == (folder / FIRST.name, "")
    second = place(here, SECOND, folder)
    assert (second.path, second.notice) == (first.path, "")
    assert first.path.read_bytes() == b"two"
    assert [it.name for it in folder.iterdir()] == [FIRST.name]


def test_one_that_a_person_changed_stays_and_that_is_said(here: Home, tmp_path: Path) -> None:
    kept = place(here, FIRST, tmp_path).path
    kept.write_bytes(b"changed in Word")
    again = place(here, SECOND, tmp_path)
    assert again.path.name == "bao-cao_cai-kinh_2024_2.docx"
    assert kept.name in again.notice and "đã có người sửa" in again.notice
    assert (kept.read_bytes(), again.path.read_bytes()) == (b"changed in Word", b"two")
    assert place(here, FIRST, tmp_path).path == again.path  # the second one is nobody's yet


def test_a_file_of_that_name_from_elsewhere_stays(here: Home, tmp_path: Path) -> None:
    (tmp_path / FIRST.name).write_bytes(b"of another laptop")
    assert place(here, FIRST, tmp_path).path.name.endswith("_2.docx")
    assert (tmp_path / FIRST.name).read_bytes() == b"of another laptop"


def test_one_that_word_holds_open_stays_and_a_new_name_is_given(
    here: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = place(here, FIRST, tmp_path).path
    replace = files.replace_patiently

    def held_open(source: Path, target: Path) -> None:
        if target == held:
            raise PermissionError(13, "sharing violation")
        replace(source, target)

    monkeypatch.setattr(files, "replace_patiently", held_open)
    again = place(here, SECOND, tmp_path)
    assert again.path.name.endswith("_2.docx") and "đang mở" in again.notice
    assert held.read_bytes() == b"one"
    assert not [it for it in tmp_path.iterdir() if it.suffix == ".tmp"]


@pytest.mark.parametrize("lock", ["~$o-cao_cai-kinh_2024.docx", ".~lock.{name}#"])
def test_one_that_is_open_on_another_system_stays_too(
    here: Home, tmp_path: Path, lock: str
) -> None:
    held = place(here, FIRST, tmp_path).path
    beside = tmp_path / lock.format(name=held.name)
    beside.write_bytes(b"")
    again = place(here, SECOND, tmp_path)
    assert again.path.name.endswith("_2.docx") and "đang mở" in again.notice
    assert held.read_bytes() == b"one"
    beside.unlink()
    assert place(here, SECOND, tmp_path).path == held


def test_what_was_made_is_forgotten_without_harm(here: Home, tmp_path: Path) -> None:
    place(here, FIRST, tmp_path)
    here.papers.write_text("{broken", encoding="utf-8")
    assert place(here, SECOND, tmp_path).path.name.endswith("_2.docx")


def test_a_folder_that_cannot_be_written_is_told_in_plain_words(here: Home, tmp_path: Path) -> None:
    blocked = tmp_path / "không-phải-thư-mục"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(DiskFailed, match="Chưa lập giấy tờ nào"):
        place(here, FIRST, blocked)
