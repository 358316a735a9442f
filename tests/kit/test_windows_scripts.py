"""The scripts for Windows, read through: what can be known of them without a Windows machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kit.building.pack import lay_scripts
from kit.building.targets import PLATFORMS, REPOSITORY
from kit.installing.__main__ import DONE, REFUSED

SCRIPTS = sorted((REPOSITORY / "kit" / "scripts" / "windows").rglob("*.cmd"))
PRACTISING = next(path for path in SCRIPTS if path.name == "Thuc-hanh.cmd")
RUNNING = [path for path in SCRIPTS if path != PRACTISING]
"""Those that run Python themselves."""

each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
each_running = pytest.mark.parametrize("script", RUNNING, ids=lambda path: path.name)

NEEDS_NO_QUOTES = {"NTM_CODE", "ERRORLEVEL"}
"""Variables that hold a number."""


def lines_of(script: Path) -> list[str]:
    return script.read_bytes().decode("ascii").split("\r\n")


def outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', '""', line)


def test_all_of_them_are_read() -> None:
    names = [path.name for path in SCRIPTS]
    assert names == [
        "Go-bo.cmd",
        "Kiem-tra-may.cmd",
        "NTM.cmd",
        "Quay-lai.cmd",
        "Thuc-hanh.cmd",
        "Cai-dat.cmd",
        "Kiem-tra-may.cmd",
    ]


@each_script
def test_bytes_are_plain_and_lines_end_as_cmd_wants(script: Path) -> None:
    data = script.read_bytes()
    assert data.isascii(), "cmd loses its place in a file with letters of several bytes"
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.endswith(b"\r\n")
    assert max(map(len, lines_of(script))) < 250


@each_running
def test_it_begins_quietly_in_utf8_and_takes_exclamation_marks_as_they_are(script: Path) -> None:
    lines = lines_of(script)
    assert lines[0] == "@echo off"
    shows = next(
        at for at, line in enumerate(lines) if line.startswith(("echo ", "type ", '"%NTM'))
    )
    assert "chcp 65001 >nul" in lines[:shows]
    assert "setlocal EnableExtensions DisableDelayedExpansion" in lines[:shows]
    assert not any("!" in line for line in lines if not line.startswith("rem"))


@each_script
def test_every_path_stands_in_quotes(script: Path) -> None:
    for line in lines_of(script):
        for name in re.findall(r"%(\w+)%|%~[a-z]*0", outside_quotes(line)):
            assert name in NEEDS_NO_QUOTES, line
        assert line.count('"') % 2 == 0, line
        assert not re.search(r'\\"(?:\s|$)', line), f"a backslash before a quote escapes it: {line}"


@each_script
def test_variables_with_paths_are_set_inside_quotes(script: Path) -> None:
    for line in lines_of(script):
        for found in re.finditer(r"\bset (\S)", line):
            assert found[1] == '"', line


@each_script
def test_no_block_in_brackets_holds_a_path(script: Path) -> None:
    """A folder such as "Program Files (x86)" would close the bracket."""
    for line in lines_of(script):
        assert not line.rstrip().endswith("("), line
        assert not line.startswith(")"), line


@each_script
def test_every_place_that_is_gone_to_is_there_and_nothing_falls_into_it(script: Path) -> None:
    lines = lines_of(script)
    labels = {line[1:] for line in lines if line.startswith(":")}
    wanted = {it for line in lines for it in re.findall(r"(?:goto|call :)\s*(\w+)", line)}
    assert wanted == labels
    for at, line in enumerate(lines):
        if line.startswith(":") and line != ":run":
            before = next(it for it in reversed(lines[:at]) if it)
            assert before.startswith(("exit /b", "goto")) or before.endswith("exit /b 0"), line


@each_running
def test_python_looks_at_nothing_of_the_laptop_and_speaks_utf8(script: Path) -> None:
    runs = [line for line in lines_of(script) if line.startswith('"%NTM_PYTHON%"')]
    assert runs
    assert all(line.startswith('"%NTM_PYTHON%" -X utf8 -I ') for line in runs)


@each_script
def test_nothing_asks_for_an_administrator_or_another_program(script: Path) -> None:
    text = script.read_text(encoding="ascii").lower()
    for word in ("runas", "powershell", "reg ", "regedit", "schtasks", "net ", "curl", "setx"):
        assert word not in text
    assert "http" not in text


@each_running
def test_the_window_stays_open_for_what_went_wrong(script: Path) -> None:
    lines = [line for line in lines_of(script) if line]
    for at, line in enumerate(lines):
        if line.startswith("exit /b ") and line not in ("exit /b 0", "exit /b %NTM_CODE%"):
            assert lines[at - 1] == "pause", line
    assert "pause" in lines


def test_exit_codes_are_those_of_the_installer() -> None:
    assert (DONE, REFUSED) == (0, 3)
    for script in RUNNING:
        if script.name != "NTM.cmd":
            tested = "if not %NTM_CODE%==0 if not %NTM_CODE%==3 type "
            assert sum(line.startswith(tested) for line in lines_of(script)) == 1


def test_files_that_the_scripts_name_are_where_they_say(tmp_path: Path) -> None:
    lay_scripts(PLATFORMS["win_amd64"], tmp_path)
    inside = tmp_path / "bo-cai"
    for name in re.findall(r"%NTM_KIT%(bo-cai[\\\w.-]*)", "".join(map(_text, SCRIPTS))):
        assert (tmp_path / name.replace("\\", "/")).exists(), name
    for name in re.findall(r"versions\\%NTM_VERSION%\\([\\\w.-]+)", "".join(map(_text, SCRIPTS))):
        place = name.replace("\\", "/").removeprefix("bo-cai/")
        assert (inside / place).exists() or place == "bo-cai", name
    assert {it.name for it in (inside / "may").iterdir()} == {
        "NTM.cmd",
        "Kiem-tra-may.cmd",
        "Quay-lai.cmd",
        "Go-bo.cmd",
        "Thuc-hanh.cmd",
    }


def test_practising_opens_the_program_on_the_practice_commune() -> None:
    said = [line for line in lines_of(PRACTISING) if line and not line.startswith("rem ")]
    assert said == ["@echo off", 'call "%~dp0NTM.cmd" demo %*', "exit /b %ERRORLEVEL%"]


def test_pythons_that_are_looked_for_are_those_that_a_kit_serves() -> None:
    text = _text(next(path for path in SCRIPTS if path.name == "Cai-dat.cmd"))
    pythons = PLATFORMS["win_amd64"].pythons
    assert f"({' '.join(reversed(pythons))})" in text
    assert str(tuple(tuple(map(int, it.split("."))) for it in pythons)) in text


def test_removing_deletes_only_after_the_pointer_is_gone() -> None:
    lines = lines_of(next(path for path in SCRIPTS if path.name == "Go-bo.cmd"))
    guard = lines.index('if exist "%NTM_ROOT%hien-tai.cmd" exit /b 0')
    removal = next(at for at, line in enumerate(lines) if "rmdir" in line)
    assert guard < removal
    everything_below = 'if exist "%NTM_ROOT%versions" rmdir /s /q "%NTM_ROOT%versions"'
    assert {line for line in lines if "/s" in line} == {everything_below}


def _text(script: Path) -> str:
    return script.read_text(encoding="ascii")
