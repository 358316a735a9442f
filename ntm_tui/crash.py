"""When the program itself fails: a log entry for those who mend it, plain words for the user.

Textual would print the values of local variables, which are people's data: never here.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from rich.text import Text
from textual.app import App

from ntm_tui.log import LOG

SAFE_MESSAGES = (AttributeError, ImportError, NameError, NotImplementedError, TypeError)
"""Exceptions whose message Python makes of names in the code, never of people's data."""


def describe(error: BaseException) -> str:
    """The traceback of an exception and of those behind it, without any value."""
    lines = [] if (cause := _behind(error)) is None else [describe(cause), "  rồi:"]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}: {frame.line}")
    lines.append(f"  {type(error).__module__}.{type(error).__qualname__}{_safe_message(error)}")
    return "\n".join(lines)


def _behind(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(filename: str) -> str:
    """The last parts of a path: enough to find the line, without the user's folder."""
    return "/".join(Path(filename).parts[-3:])


def _safe_message(error: BaseException) -> str:
    if isinstance(error, SAFE_MESSAGES):
        return f": {error}"
    if isinstance(error, OSError) and error.errno is not None:
        return f": errno {error.errno}"
    return ""


def record(error: BaseException) -> None:
    """Write an exception to the log."""
    LOG.error("Lỗi không lường trước\n%s", describe(error))


def apology(log_path: Path | None) -> str:
    """What the user reads: what happened, what is safe, where the log is, what to do."""
    lines = [
        "Chương trình gặp lỗi và phải dừng lại.",
        "",
        "Số liệu đã lưu vẫn an toàn. Chữ đang gõ dở được giữ lại cho lần mở sau.",
        "Hãy mở lại chương trình và làm tiếp. Nếu lỗi lặp lại, hãy gửi tệp nhật ký",
        "cho người hỗ trợ; trong tệp không có số liệu của xã.",
    ]
    if log_path is not None:
        lines += ["", f"Tệp nhật ký: {log_path}"]
    return "\n".join(lines)


class CrashGuard(App[None]):
    """An app that ends with an apology instead of a traceback with everybody's data."""

    log_path: Path | None = None
    """Where the log is, to tell the user."""

    def _handle_exception(self, error: Exception) -> None:
        record(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.bell()
        if not self._exit_renderables:  # several parts may fail together; say it once
            self._exit_renderables.append(Text(apology(self.log_path), overflow="fold"))
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """Textual's other way to end: its renderables are tracebacks too."""
        self._fatal_error()


def guard_console(log_path: Path | None) -> None:
    """Do the same for exceptions outside the screens, in the command line."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        record(error)
        sys.stderr.write(apology(log_path) + "\n")

    sys.excepthook = hook
