"""However a command ends, people and scripts are told in the way that was promised."""

from __future__ import annotations

import errno
import json

import pytest

from db.home import Home
from db.problems import NotFound, Problem
from ntm_tui.console.outcome import WrongUsage, told
from ntm_tui.log import FILE_NAME, stop_log


@pytest.fixture(autouse=True)
def _closed_log() -> object:
    yield
    stop_log()


@pytest.mark.parametrize(
    ("problem", "code", "name"),
    [
        (NotFound("Không thấy."), 1, "not_found"),
        (Problem("Không được."), 1, "problem"),
        (WrongUsage("Gõ sai."), 2, "usage"),
    ],
)
def test_a_refusal_is_told_with_its_code(
    home: Home, capsys: pytest.CaptureFixture[str], problem: Problem, code: int, name: str
) -> None:
    for as_json in (False, True):
        with pytest.raises(SystemExit) as left, told(home, as_json=as_json):
            raise problem
        assert left.value.code == code
        out, err = capsys.readouterr()
        if as_json:
            assert json.loads(out) == {"error": {"code": name, "message": str(problem)}}
            assert err == ""
        else:
            assert (out, err) == ("", f"{problem}\n")


def test_a_disk_that_refuses_is_named_without_english(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left, told(home):
        raise PermissionError(errno.EACCES, "Permission denied", "/kho/tep.toml")
    assert left.value.code == 1
    said = capsys.readouterr().err
    assert "/kho/tep.toml (không có quyền đọc hoặc ghi)" in said
    assert "denied" not in said


def test_a_crash_shows_no_data_and_says_where_the_log_is(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left, told(home):
        secret = "Nguyễn Văn Bí Mật"
        raise ValueError(secret)
    assert left.value.code == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert str(home.logs / FILE_NAME) in err
    assert "Số liệu đã lưu vẫn an toàn" in err
    logged = (home.logs / FILE_NAME).read_text(encoding="utf-8")
    assert "ValueError" in logged
    assert "Bí Mật" not in err + logged


def test_a_crash_in_a_script_is_one_json_object(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit), told(home, as_json=True):
        raise ZeroDivisionError
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["code"] == "crash"
    assert err == ""


def test_what_goes_well_is_left_alone(home: Home) -> None:
    with told(home):
        pass
    with pytest.raises(SystemExit) as left, told(home):
        raise SystemExit(3)
    assert left.value.code == 3
