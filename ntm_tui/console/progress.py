"""How far long work has come, and stopping it: on standard error, and only for a person there."""

import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

_SECONDS = 0.2  # between two updates of the line
_BAR = 20  # columns
_PERCENT = 7  # columns, with the spaces around it


class ProgressLine:
    """A line that is drawn over itself; silent where standard error is no terminal."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._said = ""
        self._at = 0.0
        self._open = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Draw how many bytes of how many are done."""
        if not self._open or not total or (monotonic() - self._at < _SECONDS and done < total):
            return
        line = self._line(done, total)
        if line != self._said:
            self._at, self._said = monotonic(), line
            print(f"\r{line}", end="", file=sys.stderr)

    def _line(self, done: int, total: int) -> str:
        """One line, shorter than the terminal is wide: a line that wraps is not drawn over."""
        room = shutil.get_terminal_size().columns - 1 - _BAR - _PERCENT
        label = self._label if len(self._label) <= room else f"{self._label[: room - 1]}…"
        filled = _BAR * done // total
        return f"{label} {'█' * filled}{'░' * (_BAR - filled)} {100 * done // total:3} %"

    def end(self) -> None:
        """Take the line away."""
        if self._said:
            print(f"\r{' ' * len(self._said)}\r", end="", file=sys.stderr)
        sys.stderr.flush()


@contextmanager
def watched(label: str) -> Iterator[dict[str, Any]]:
    """Give `progress` and `cancelled` for long work; Ctrl+C asks it to stop between two steps."""
    line = ProgressLine(label)
    with _interruptible() as cancelled:
        try:
            yield {"progress": line, "cancelled": cancelled}
        finally:
            line.end()


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def stop(_signal: int, _frame: Any) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)  # the second time it stops at once

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
