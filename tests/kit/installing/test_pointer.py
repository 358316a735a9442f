"""The pointer says the same to the launcher and to the installer, whatever folders are called."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kit.installing import pointer
from kit.installing.pointer import Pointer, parse, render

PLAIN = Pointer("0.2.0-1a2b3c4d", "versions/0.2.0-1a2b3c4d/python/python.exe")
NAMES = [
    r"C:\Users\Hường\AppData\Local\Programs\Python\Python312\python.exe",
    r"D:\Sổ tay & báo cáo (2024)\100%\NTM",
    '/opt/của Hường/it\'s $HOME `x` "q"',
    "",
]


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_read_back(name: str, windows: bool) -> None:
    written = replace(PLAIN, shared=name, backup=name, previous="0.1.0-x", previous_python=name)
    assert parse(render(written, windows=windows), windows=windows) == written


def test_a_shell_understands_it(tmp_path: Path) -> None:
    for name in NAMES:
        text = render(replace(PLAIN, python=name), windows=False)
        (tmp_path / "p.sh").write_text(text, encoding="utf-8")
        shown = subprocess.run(
            ["sh", "-c", '. ./p.sh; printf %s "$NTM_PYTHON"'], cwd=tmp_path, capture_output=True
        )
        assert shown.stdout.decode() == name


def test_cmd_gets_whole_lines_with_percent_signs_doubled() -> None:
    text = render(replace(PLAIN, python=r"D:\100% & (x)"), windows=True)
    assert '\r\nset "NTM_PYTHON=D:\\100%% & (x)"\r\n' in text
    assert text.count("\n") == text.count("\r\n")


def test_letters_that_cmd_may_read_otherwise_are_escaped() -> None:
    text = render(replace(PLAIN, shared=r"C:\Dùng chung", backup=r"C:\Sao lưu"), windows=True)
    assert text.isascii()


def test_a_persons_own_folder_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERPROFILE", r"C:\Users\Hường 50%")
    own = replace(PLAIN, python=r"C:\Users\Hường 50%\Python\python.exe")
    text = render(own, windows=True)
    assert r'set "NTM_PYTHON=%USERPROFILE%\Python\python.exe"' in text
    assert text.isascii()
    assert parse(text, windows=True) == own
    other = replace(PLAIN, python=r"C:\Users\Hường 50%9\python.exe")
    assert parse(render(other, windows=True), windows=True) == other


@pytest.mark.parametrize("text", ["", "@echo off\r\n", 'set "NTM_STRANGE=1"\r\n'])
def test_anything_else_is_no_pointer(text: str) -> None:
    with pytest.raises(ValueError, match="not a pointer"):
        parse(text, windows=True)


def test_a_pointer_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointer.write(tmp_path, PLAIN)

    def blocked(*_: object) -> None:
        raise PermissionError(13, "blocked")

    monkeypatch.setattr(Path, "replace", blocked)
    with pytest.raises(PermissionError):
        pointer.write(tmp_path, replace(PLAIN, version="0.3.0-x"))
    assert pointer.read(tmp_path) == PLAIN
