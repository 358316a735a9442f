"""How a command ends: its exit code, and the words when it could not do what was asked."""

import errno
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from db.home import Home
from db.problems import DiskFailed, Problem, system_words

DONE, REFUSED, WRONG_USAGE, NEEDS_A_PERSON = 0, 1, 2, 3
"""The exit codes that scripts rely on."""


class WrongUsage(Problem):
    """The command was not called as it can be; the text says how."""

    code = "usage"


@contextmanager
def told(home: Home | None, *, as_json: bool = False) -> Iterator[None]:
    """Turn whatever goes wrong inside into plain words and an exit code.

    Args:
        home: where the log of a crash goes.
        as_json: say it as one JSON object on standard output, for scripts.

    Raises:
        SystemExit: with the exit code, after the words were written.
    """
    try:
        yield
    except Problem as problem:
        refuse(problem, as_json=as_json)
    except BrokenPipeError:
        raise  # whoever was reading has gone; there is nobody left to tell
    except OSError as error:
        if error.filename is None and error.errno == errno.ENOSPC:  # the answer's own place is full
            remark(str(_disk_problem(error)))
            raise SystemExit(REFUSED) from error
        refuse(_disk_problem(error), as_json=as_json)
    except Exception as error:
        _apologise(error, home, as_json=as_json)


def refuse(problem: Problem, *, as_json: bool = False) -> None:
    """Say why something was not done and leave."""
    _say_error(problem.code, str(problem), as_json=as_json)
    raise SystemExit(WRONG_USAGE if isinstance(problem, WrongUsage) else REFUSED)


def show_json(answer: Mapping[str, Any]) -> None:
    """Write the one JSON object that is the whole answer to a script."""
    print(json.dumps(answer, ensure_ascii=False))


def say(text: str = "") -> None:
    """Write a line for the person at the keyboard."""
    print(text)


def remark(text: str) -> None:
    """Write a line beside the answer, where scripts do not read."""
    print(text, file=sys.stderr)


def _say_error(code: str, message: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"error": {"code": code, "message": message}})
    else:
        remark(message)


def _disk_problem(error: OSError) -> DiskFailed:
    place = error.filename or "tệp"
    return DiskFailed(
        f"Không đọc hoặc ghi được {place} ({system_words(error)}). Dữ liệu đã lưu còn nguyên. "
        "Hãy kiểm tra đường dẫn, quyền ghi và chỗ trống của ổ đĩa rồi làm lại."
    )


def _apologise(error: Exception, home: Home | None, *, as_json: bool) -> None:
    from ntm_tui import crash
    from ntm_tui.log import start_log

    path = start_log(home.logs) if home is not None else None
    crash.record(error)
    _say_error("crash", crash.apology(path), as_json=as_json)
    raise SystemExit(REFUSED) from error
