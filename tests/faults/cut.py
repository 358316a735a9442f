"""A child that imports one bundle and dies at one step: `python -m tests.faults.cut` forks them.

A step is a moment between two things that reach the disk or the store: a statement, a commit, a
flush, a rename, a piece of a file. One line is one order: home, bundle, the number of the step. The
answer is `finished` with the number of steps, or `dead`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from db.desk import Desk
from db.home import Home
from db.sync import container
from db.sync.receiving import receive


class Steps:
    """Counts steps, and dies at one of them."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.done = 0

    def step(self, *_: Any, **__: Any) -> None:
        self.done += 1
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str) -> None:
        """Have a step before and after each call of a function."""
        real: Callable[..., Any] = getattr(owner, name)

        def counted(*args: Any, **named: Any) -> Any:
            self.step()
            found = real(*args, **named)
            self.step()
            return found

        setattr(owner, name, counted)


def take_in(home: Path, bundle: Path, last: int) -> int:
    """Import a bundle, or die at a step; gives the number of steps."""
    steps = Steps(last)
    with Desk.open(Home(home)) as desk:
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "touch"), (Path, "unlink")):
            steps.around(owner, name)
        steps.around(container.MemberReader, "read")
        event.listen(Engine, "after_cursor_execute", steps.step)
        event.listen(Engine, "commit", steps.step)
        receive(desk, bundle)
        steps.step()
    return steps.done


def serve() -> None:
    """Fork a child for each order and say what became of it."""
    for line in sys.stdin:
        home, bundle, last = json.loads(line)
        child = os.fork()
        if child == 0:
            done = take_in(Path(home), Path(bundle), last)
            os.write(1, f"finished {done}\n".encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFEXITED(status):
            os.write(1, b"dead\n")
        elif os.WEXITSTATUS(status):
            os.write(1, b"failed\n")


if __name__ == "__main__":
    serve()
