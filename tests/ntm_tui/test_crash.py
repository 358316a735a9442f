from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.text import Text
from textual.app import App

from ntm_tui.crash import apology, describe, guard_console
from ntm_tui.log import start_log, stop_log
from tests._helpers.frame import FrameApp
from tests._helpers.terminal import wait_until

ROOT = Path(__file__).parents[2]
SECRET = "Nguyễn Thị Hường 45,5"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    yield start_log(tmp_path)
    stop_log()


def fail_with(error: Exception) -> BaseException:
    private = SECRET
    try:
        raise error
    except Exception as caught:
        assert private
        return caught


def test_what_people_typed_stays_out_of_the_description() -> None:
    text = describe(fail_with(ValueError(SECRET)))
    assert SECRET not in text
    assert "builtins.ValueError" in text
    assert "fail_with: raise error" in text
    assert str(ROOT) not in text


def test_messages_made_of_names_in_the_code_are_kept() -> None:
    assert "no attribute 'x'" in describe(fail_with(AttributeError("no attribute 'x'")))
    text = describe(fail_with(FileNotFoundError(2, "No such file", SECRET)))
    assert "errno 2" in text and SECRET not in text


def test_the_error_behind_an_error_is_told_too() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise RuntimeError(SECRET) from cause
    except RuntimeError as error:
        text = describe(error)
    assert text.index("KeyError") < text.index("RuntimeError")
    assert SECRET not in text


def test_the_apology_says_what_is_safe_where_to_look_and_what_to_do() -> None:
    text = apology(Path("/nhà/ntm.log"))
    for part in ("phải dừng lại", "vẫn an toàn", "/nhà/ntm.log", "Hãy mở lại"):
        assert part in text


async def test_a_failing_screen_ends_with_the_apology_and_without_values(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = FrameApp()
    app.log_path = log
    with pytest.raises(ValueError, match="Đồng Mỏ"):
        async with app.run_test():
            app.simulate_key("f8")
            await wait_until(lambda: app.return_code == 1)
    said = capsys.readouterr().err
    assert said.count("Số liệu đã lưu vẫn an toàn") == 1
    assert "Đồng Mỏ" not in said and "Traceback" not in said
    written = log.read_text(encoding="utf-8")
    assert "action_go_sync: raise ValueError(village_of_a_person)" in written
    assert "Đồng Mỏ" not in written


def test_panic_shows_no_traceback_either() -> None:
    class Quiet(FrameApp):
        def bell(self) -> None: ...

    app = Quiet()
    app.panic(Text(SECRET))
    app.panic(Text(SECRET))
    assert [str(it) for it in app._exit_renderables] == [apology(None)]


def test_on_the_command_line_too_the_user_reads_plain_words(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from ntm_tui.crash import guard_console
from ntm_tui.log import start_log
guard_console(start_log(Path({str(tmp_path)!r})))
typed = {SECRET!r}
raise ValueError(typed)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], cwd=ROOT, capture_output=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == apology(tmp_path / "ntm.log").splitlines()
    assert SECRET not in (tmp_path / "ntm.log").read_text(encoding="utf-8")


def test_stopping_by_ctrl_c_is_no_crash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    guard_console(None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_canary_stock_textual_still_prints_local_variables() -> None:
    import inspect

    assert "show_locals=True" in inspect.getsource(App._fatal_error)
