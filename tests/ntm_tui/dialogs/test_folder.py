from __future__ import annotations

from pathlib import Path

import pytest

from ntm_tui.dialogs.folder import list_folder, narrowed, places, show_size, typed_path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/media/usb/a.pdf", Path("/media/usb/a.pdf")),
        ("  '/media/usb/Biên bản.pdf' ", Path("/media/usb/Biên bản.pdf")),
        ('"/media/usb/a.pdf"', Path("/media/usb/a.pdf")),
        ("file:///media/usb/Bi%C3%AAn%20b%E1%BA%A3n.pdf", Path("/media/usb/Biên bản.pdf")),
        ("file:///E:/giay/a.pdf", Path("E:/giay/a.pdf")),
        ("~/a.pdf", Path.home() / "a.pdf"),
    ],
)
def test_a_pasted_path_is_understood_however_it_comes(text: str, path: Path) -> None:
    assert typed_path(text) == path


@pytest.mark.parametrize("text", ["biên bản", "a.pdf", "", "12"])
def test_words_are_no_path(text: str) -> None:
    assert typed_path(text) is None


def test_folders_come_first_and_names_in_vietnamese_order(tmp_path: Path) -> None:
    for name in ("Đ.pdf", "D.pdf", "E.pdf", ".an", "~$khoa.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "Thôn 10").mkdir()
    (tmp_path / "Thôn 2").mkdir()
    names = [entry.name for entry in list_folder(tmp_path)]
    assert names == [".. (lên một cấp)", "Thôn 2", "Thôn 10", "D.pdf", "Đ.pdf", "E.pdf"]


def test_a_name_that_would_reorder_the_line_is_shown_safely(tmp_path: Path) -> None:
    (tmp_path / "a\u202egnp.exe").write_bytes(b"x")
    assert "\u202e" not in list_folder(tmp_path)[-1].line


def test_a_broken_link_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gãy").symlink_to(tmp_path / "không có")
    assert [entry.name for entry in list_folder(tmp_path)] == [".. (lên một cấp)"]


def test_a_part_of_a_name_narrows_the_list_without_marks(tmp_path: Path) -> None:
    (tmp_path / "Biên bản.pdf").write_bytes(b"x")
    (tmp_path / "Ảnh.jpg").write_bytes(b"x")
    assert [it.name for it in narrowed(list_folder(tmp_path), "bien")] == ["Biên bản.pdf"]


def test_there_is_always_a_place_to_begin() -> None:
    assert places()[-1].path == Path.home()


def test_sizes_are_said_as_people_say_them() -> None:
    assert show_size(10) == "1 KB"
    assert show_size(2_500_000) == "2,3 MB"
