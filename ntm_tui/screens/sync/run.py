"""Long work seen by the person: the bar, then what became of it."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ntm_tui.dialogs.folder import show_size
from ntm_tui.widgets.bars import progress_bar

if TYPE_CHECKING:
    from db.problems import Problem

EVERY = 0.1  # seconds between two drawings of the bar
REST = 0.001  # seconds, every few milliseconds
END_SECONDS = 30  # after which a disk that does not answer is given up


@dataclass
class Run:
    """One piece of long work in a thread: how far it is, and the wish to stop it."""

    def __post_init__(self) -> None:
        self.noted = (0, 0)
        self.about = ""
        self._stop = threading.Event()
        self.finished = threading.Event()

    def note(self, done: int, total: int) -> None:
        """Take note of the bytes done and in all; called in the working thread."""
        self.noted = (done, total)

    def stop(self) -> None:
        """Ask for the end; the work leaves nothing half done."""
        self._stop.set()

    async def end(self) -> None:
        """Ask for the end and wait for it, as when the program is left."""
        if self.running:
            self.stop()
            await asyncio.to_thread(self.finished.wait, END_SECONDS)

    @property
    def running(self) -> bool:
        """Whether the thread still works."""
        return not self.finished.is_set()

    def stopped(self) -> bool:
        """Whether the end was asked for. The working thread rests here, so that keys come first."""
        return self._stop.wait(REST)


class RunPanel(VerticalScroll):
    """What is shown in place of the choices while work runs, and afterwards."""

    HELP = """
Đang làm: Esc để dừng, không để lại gì dở dang. Vẫn có thể sang phần khác làm việc bình thường.
Xong rồi: ↑ ↓ để đọc tiếp, Enter hoặc Esc để trở lại.
"""
    DEFAULT_CSS = """
    RunPanel {
        height: 1fr;
        padding: 0 2;
        border: solid $border-blurred;
        border-title-style: bold;
        &:focus { border: solid $border; }
        scrollbar-size-vertical: 1;
        & > Static { height: auto; }
    }
    """

    BINDINGS = [Binding("enter", "leave", "Trở lại", show=False)]  # noqa: RUF012

    class Left(Message):
        """Enter was pressed on what became of the work."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._run: Run | None = None

    def on_mount(self) -> None:
        """Draw the bar a few times a second, while there is something to draw."""
        self._timer = self.set_interval(EVERY, self._draw, pause=True)

    def compose(self) -> ComposeResult:
        """Everything is text."""
        yield Static(id="text")

    def begin(self, run: Run, words: str, first: str = "") -> None:
        """Show work that begins now; `first` says what is done before there are bytes to count."""
        self._run, self._first = run, first or words
        self.border_title, self.border_subtitle = words, "Esc dừng · F2 F3 sang việc khác"
        self._draw()
        self._timer.resume()

    def end(self, title: str, hint: str, text: Content) -> None:
        """Show what became of it."""
        self._timer.pause()
        self._run = None
        self.border_title, self.border_subtitle = title, hint
        self._tell(text)
        self.scroll_home(animate=False)

    def failed(self, title: str, hint: str, problem: Problem) -> None:
        """Say in plain words why nothing came of it."""
        self.end(f"× {title}", hint, Content(f"\n{problem}"))

    def action_leave(self) -> None:
        """Say that it was read, once the work is over."""
        if self._run is None:
            self.post_message(self.Left())

    def _draw(self) -> None:
        if self._run is None:
            return
        done, total = self._run.noted
        width = max(self.content_size.width - 2, 10)
        if not total:
            self._tell(Content(f"\n{self._first}{self._run.about}…"))
            return
        figures = f"{done * 100 // total} %   {show_size(done)} / {show_size(total)}"
        lines = [
            Content(self._run.about.strip()),
            *[progress_bar(done, total, width)] * 2,
            Content(""),
            Content.styled(figures, "bold"),
        ]
        self._tell(Content("\n").join(lines))

    def _tell(self, text: Content) -> None:
        self.query_one("#text", Static).update(text)
