"""The lines in which a lesson speaks."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ntm_tui.commands import ShowLessons
from ntm_tui.lessons.lesson import Told
from ntm_tui.widgets.fitting import apart


class LessonPanel(Widget):
    """Two or three lines at the top of the screen, also over a box; none without a lesson."""

    DEFAULT_CSS = """
    LessonPanel {
        dock: top;
        height: auto;
        padding: 0 1;
        display: none;
        background: $banner-background;
        color: $banner-foreground;
        &.-speaking { display: block; }
    }
    """

    told: reactive[Told | None] = reactive(None, layout=True)

    def on_mount(self) -> None:
        """Keep up with the lesson."""
        self.watch(self.app, "lesson_told", self._tell)

    def _tell(self, told: Told | None) -> None:
        self.told = told
        self.set_class(told is not None, "-speaking")

    def render(self) -> Content:
        """Draw which lesson it is, and what to do."""
        if self.told is None:
            return Content("")
        key = f"{ShowLessons.key_label()}: chọn bài, thôi học"
        heading = apart(self.told.heading, key, self.content_size.width)
        return Content.assemble((heading, "bold"), "\n", self.told.text)
