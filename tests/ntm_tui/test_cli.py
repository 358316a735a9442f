"""The program as it is started: its version, its encoding, its exit codes, its way to the app."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.home import Home
from ntm_tui import __version__, cli
from ntm_tui.console import opening
from tests._helpers.cli import call_cli, run_cli


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """The homes that the app was opened on, instead of opening it."""
    homes: list[Path | None] = []
    monkeypatch.setattr(opening, "open_app", homes.append)
    return homes


def test_it_tells_its_version() -> None:
    for arguments in (("--version",), ("--home", "anywhere", "--version")):
        ran = run_cli(*arguments)
        assert (ran.code, ran.out, ran.err) == (0, f"ntm-tui {__version__}\n", "")


def test_vietnamese_comes_out_whole_whatever_the_system_speaks(founded: Home) -> None:
    old_console = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"}
    ran = run_cli("status", env=old_console)
    assert ran.code == 0
    assert "tiêu chí" in ran.out
    assert "□ Chưa đánh giá" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("status", "--json"), 0),
        (("set", "99.9", "met"), 1),
        (("set", "1.1", "perhaps"), 2),
        (("no-such-command",), 2),
        (("status", "--no-such-option"), 2),
    ],
)
def test_exit_codes_say_done_refused_or_wrong_usage(
    founded: Home, arguments: tuple[str, ...], code: int
) -> None:
    ran = run_cli(*arguments)
    assert ran.code == code
    assert bool(ran.out) == (code == 0)
    assert bool(ran.err) == (code != 0)
    assert "Traceback" not in ran.err


def test_a_script_gets_one_json_object_and_nothing_else_also_when_refused(home: Home) -> None:
    for arguments, code in ((("status",), "store_missing"), (("status", "--nope"), "usage")):
        ran = run_cli(*arguments, "--json")
        assert ran.err == ""
        assert ran.json["error"]["code"] == code
        assert ran.json["error"]["message"]


def test_the_home_may_stand_before_or_after_the_command_and_goes_before_the_variable(
    founded: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NTM_HOME", str(tmp_path / "elsewhere"))
    place = str(founded.path)
    assert call_cli("status", "--json").code == 1
    assert call_cli("--home", place, "status").code == 0
    assert call_cli("status", "--home", place).code == 0
    assert call_cli("--home", str(tmp_path / "nowhere"), "status", "--home", place).code == 0
    assert call_cli("--home", place, "evidence", "list").code == 0
    assert call_cli("evidence", "--home", place, "list").code == 0
    assert call_cli("evidence", "list", "--home", place).code == 0


def test_without_a_command_the_app_opens(
    opened: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["ntm"])
    cli.main()
    assert call_cli("--home", str(tmp_path)).code == 0
    assert opened == [None, tmp_path]


def test_the_app_is_run_on_the_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    import ntm_tui.app

    homes: list[Home] = []
    run: Callable[[Home], None] = homes.append
    monkeypatch.setattr(ntm_tui.app, "run", run)
    opening.open_app(None)
    assert homes == [home]


def test_a_reader_that_goes_away_is_no_crash(founded: Home) -> None:
    import subprocess

    command = [sys.executable, "-m", "ntm_tui", "criteria", "show", "xa-ntm-2021-2025"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        said = running.stderr.read().decode("utf-8")
    assert "Traceback" not in said
    assert "gặp lỗi" not in said
