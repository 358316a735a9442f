"""How far long work has come."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ntm_tui.widgets.bars import progress_bar

BAR = 30
EVERY = 0.1


class ProgressLine(Widget):
    """Words and a bar while something is under way; else an empty line."""

    DEFAULT_CSS = "ProgressLine { height: 1; padding: 0 1; }"

    words: reactive[str] = reactive("")
    done: reactive[tuple[int, int]] = reactive((0, 0))

    def __init__(self) -> None:
        super().__init__()
        self._noted = (0, 0)

    def on_mount(self) -> None:
        """Draw what was noted, a few times a second."""
        self._timer = self.set_interval(EVERY, self._take, pause=True)

    def begin(self, words: str) -> None:
        """Say what is under way."""
        self.words, self.done, self._noted = words, (0, 0), (0, 0)
        self._timer.resume()

    def note(self, done: int, total: int) -> None:
        """Take note of the progress; may be called in any thread."""
        self._noted = (done, total)

    def end(self) -> None:
        """Nothing is under way any more."""
        self._timer.pause()
        self.words = ""

    def _take(self) -> None:
        self.done = self._noted

    def render(self) -> Content:
        """Draw the line."""
        done, total = self.done
        if not self.words or not total:
            return Content(self.words)
        return Content.assemble(
            f"{self.words} ", progress_bar(done, total, BAR), f" {done * 100 // total} %"
        )
