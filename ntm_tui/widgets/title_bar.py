"""The line at the top: whose store this is."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from db.text import shown
from ntm_tui.commands import ShowLessons
from ntm_tui.widgets.fitting import apart

PRACTICE = "THỰC HÀNH: xã tưởng tượng để tập dùng, không phải số liệu thật"
LESSONS = (
    f"THỰC HÀNH, không phải số liệu thật. Mới dùng lần đầu? {ShowLessons.key_label()}: bài học"
)


@dataclass(frozen=True)
class Title:
    """What the title bar says."""

    commune: str = ""
    district: str = ""
    set_name: str = ""
    set_short_name: str = ""
    year: int | None = None
    practice: bool = False
    lessons: bool = False

    @property
    def banner(self) -> str:
        """What the second line says in practice."""
        return LESSONS if self.lessons else PRACTICE

    def line(self, width: int) -> str:
        """The first line; with little room the set is called by its short name."""
        places = [shown(it) for it in (self.commune, self.district) if it]
        left = "  ".join(["NTM", " · ".join(places)])
        for name in (self.set_name, self.set_short_name):
            right = " · ".join([it for it in (name, str(self.year or "")) if it])
            if cell_len(left) + cell_len(right) + 2 <= width:
                break
        return apart(left, right, width)


class TitleBar(Widget):
    """Commune and district at the left, criteria set and year at the right, PRACTICE below."""

    DEFAULT_CSS = """
    TitleBar {
        height: auto;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        text-style: bold;
        & > .title-bar--practice {
            background: $banner-background;
            color: $banner-foreground;
        }
    }
    """
    COMPONENT_CLASSES = {"title-bar--practice"}  # noqa: RUF012  # a class variable in Textual

    title: reactive[Title] = reactive(Title(), layout=True)

    def render(self) -> Content:
        """Draw one line, or two in practice."""
        width = self.content_size.width
        line = Content(self.title.line(width))
        if not self.title.practice:
            return line
        banner = Content.styled(
            self.title.banner.center(width), self.get_visual_style("title-bar--practice")
        )
        return Content("\n").join([line, banner])
