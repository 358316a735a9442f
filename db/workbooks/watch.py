"""How far reading has come, and stopping it between two steps."""

from collections.abc import Callable
from dataclasses import dataclass

from db.workbooks.problems import Stopped

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Watch:
    """Who watches long work.

    `progress` is told how much of how much is done; `cancelled` says whether to stop.
    """

    progress: Progress = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """Tell how far the work has come.

        Raises:
            Stopped: a person wants it to end.
        """
        if self.cancelled():
            raise Stopped
        self.progress(done, total)


UNWATCHED = Watch()
