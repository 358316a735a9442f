"""The answers about the row under the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.strip import Strip
from textual.widget import Widget

from db.text import shown
from ntm_tui.widgets.fitting import cut
from ntm_tui.widgets.lines import Line, say
from ntm_tui.widgets.marks import MARKS

LABEL_WIDTH = 10
TITLE_LINES = 2
"""A longer name is cut, and stands in full at the end; twice as many where it is roomy."""
ROOMY = 12
MORE = " ▼ Tab xem tiếp "
NARROWEST = 20

_VARIABLES = {
    "quiet": "secondary",
    "warning": "warning",
    **{status: mark.variable for status, mark in MARKS.items()},
}


class Detail(Widget, can_focus=True):
    """Draws answers, label by label, and moves through them when they are longer than its place.

    It draws line by line and never asks for a new layout: answers change with every key.
    """

    HELP = """
Chi tiết của dòng đang chọn. Nội dung dài thì ↑ ↓ hoặc lăn chuột để xem tiếp; Tab về bảng.
"""
    DEFAULT_CSS = """
    Detail { background: $surface; padding: 0 1; }
    """
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding("up", "move(-1)", "Lên một dòng", show=False),
        Binding("down", "move(1)", "Xuống một dòng", show=False),
        Binding("pageup", "page(-1)", "Lên một trang", show=False),
        Binding("pagedown", "page(1)", "Xuống một trang", show=False),
    ]

    def __init__(self, label_width: int = LABEL_WIDTH) -> None:
        super().__init__()
        self._label_width = label_width
        self._title = ""
        self._lines: tuple[Line, ...] = ()
        self._top = 0
        self._drawn: tuple[tuple[int, int, str], list[Strip]] | None = None

    def tell(self, title: str, lines: Sequence[Line]) -> None:
        """Show answers, from their beginning when they are about something else."""
        told = (shown(title), tuple(lines))
        if told == (self._title, self._lines):
            return
        if told[0] != self._title:
            self._top = 0
        self._title, self._lines = told
        self._drawn = None
        self.refresh()

    @property
    def text(self) -> str:
        """Everything that can be read here, also below the edge."""
        return "\n".join(strip.text for strip in self._strips())

    def action_move(self, lines: int) -> None:
        """Go up or down."""
        most = max(0, len(self._strips()) - self.content_size.height)
        self._top = max(0, min(self._top + lines, most))
        self.refresh()

    def action_page(self, pages: int) -> None:
        """Go a screenful up or down."""
        self.action_move(pages * max(1, self.content_size.height - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel goes down."""
        event.stop()
        self.action_move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel goes up."""
        event.stop()
        self.action_move(-1)

    def render_line(self, y: int) -> Strip:
        """Draw one line; the last one says when there is more."""
        width, height = self.content_size
        strips = self._strips()
        place = self._top + y
        strip = strips[place] if place < len(strips) else Strip.blank(width)
        if y == height - 1 and place + 1 < len(strips):
            kept = strip.crop(0, max(0, width - cell_len(MORE)))
            strip = Strip.join([kept, Strip([Segment(MORE, self._style("quiet"))])])
        return strip.apply_style(self.rich_style)

    def _strips(self) -> list[Strip]:
        """The lines at this width and in these colours, drawn when they are needed."""
        width = self.content_size.width
        drawn_for = (*self.content_size, self.app.theme)
        if self._drawn is None or self._drawn[0] != drawn_for:
            self._drawn = (drawn_for, list(self._draw(max(width, NARROWEST))))
        return self._drawn[1]

    def _draw(self, width: int) -> Iterator[Strip]:
        lines = TITLE_LINES if self.content_size.height < ROOMY else 2 * TITLE_LINES
        short = cut(self._title, lines * width - 4)
        rest = [] if short == self._title else [say("Tên đủ", self._title)]
        yield from self._wrapped(Text.assemble((short, Style(bold=True))), "", width)
        for line in (*self._lines, *rest):
            words = Text.assemble(*((text, self._style(name)) for text, name in line.pieces))
            yield from self._wrapped(words, f"{line.label:<{self._label_width}} ", width)

    def _wrapped(self, words: Text, label: str, width: int) -> Iterator[Strip]:
        console = self.app.console
        for line in words.wrap(console, width - len(label)):
            beside = Segment(label, self._style("quiet"))
            yield Strip([beside, *line.render(console)]).adjust_cell_length(width)
            label = " " * len(label)

    def _style(self, name: str) -> Style:
        variable = _VARIABLES.get(name)
        return Style(color=self.app.theme_variables[variable]) if variable else Style()
