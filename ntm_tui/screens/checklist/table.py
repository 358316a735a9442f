"""The list of criteria and indicators. Rows change in place; the cursor never jumps."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ntm_tui.commands import (
    ClearStatus,
    Edit,
    Find,
    SetInProgress,
    SetMet,
    SetNotApplicable,
    SetNotMet,
    at_once,
)
from ntm_tui.screens.checklist.drawing import draw
from ntm_tui.screens.checklist.rows import (
    CriterionRow,
    Key,
    Row,
    first_indicator,
    next_indicator,
    place_of,
)


class ChecklistTable(ScrollView, can_focus=True):
    """Draws rows and moves the cursor among them."""

    HELP = """
Bảng tiêu chí: mỗi tiêu chí một dòng đậm, các chỉ tiêu ở dưới. Bấm 1 2 3 4 0 để đánh giá chỉ tiêu
đang chọn; con trỏ tự sang chỉ tiêu sau, nên đánh xong cả bảng giấy chỉ cần mỗi chỉ tiêu một phím.
Dấu ! là việc còn phải làm, ví dụ thiếu lý do. Dấu ≠ cuối dòng: đánh giá trái với số liệu. Dấu ?
sau mức yêu cầu: chưa đối chiếu với văn bản.
"""
    COMPONENT_CLASSES = {  # noqa: RUF012  # a class variable in Textual
        "checklist--criterion",
        "checklist--cursor",
        "checklist--quiet",
        "checklist--warning",
        "checklist--met",
        "checklist--not_met",
        "checklist--in_progress",
        "checklist--not_assessed",
        "checklist--not_applicable",
    }
    DEFAULT_CSS = """
    ChecklistTable {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $foreground;
        & > .checklist--criterion { background: $panel; color: $foreground; text-style: bold; }
        & > .checklist--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        & > .checklist--quiet { color: $secondary; }
        & > .checklist--warning { color: $warning; text-style: bold; }
        & > .checklist--met { color: $status-met; }
        & > .checklist--not_met { color: $status-not-met; }
        & > .checklist--in_progress { color: $status-in-progress; }
        & > .checklist--not_assessed { color: $status-not-assessed; }
        & > .checklist--not_applicable { color: $status-not-applicable; }
    }
    """
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *at_once(SetMet, SetNotMet, SetInProgress, SetNotApplicable, ClearStatus, Edit, Find),
        Binding("up", "move(-1)", "Lên một dòng", show=False),
        Binding("down", "move(1)", "Xuống một dòng", show=False),
        Binding("pageup", "page(-1)", "Lên một trang", show=False),
        Binding("pagedown", "page(1)", "Xuống một trang", show=False),
        Binding("home,ctrl+home", "first", "Chỉ tiêu đầu", show=False),
        Binding("end,ctrl+end", "last", "Chỉ tiêu cuối", show=False),
        Binding("left", "heading(-1)", "Tiêu chí trước", show=False),
        Binding("right", "heading(1)", "Tiêu chí sau", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.year = 0
        self.cursor = 0

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def put(self, rows: tuple[Row, ...], year: int) -> None:
        """Show these rows; the cursor stays on what it is on, wherever that is now."""
        before, key = self.rows, self.current.key if self.current else None
        self.rows, self.year = rows, year
        if [row.key for row in before] == [row.key for row in rows]:
            for place, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.refresh_line(place)
            return
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self._set_cursor(place_of(rows, key))
        self.refresh()

    def go_to(self, key: Key) -> bool:
        """Put the cursor on a row; False when it is not shown."""
        if key not in {row.key for row in self.rows}:
            return False
        self._set_cursor(place_of(self.rows, key))
        return True

    def go_on(self) -> None:
        """Go to the next indicator, passing over headings; stay on the last one."""
        self._set_cursor(next_indicator(self.rows, self.cursor))

    def action_move(self, lines: int) -> None:
        """Go up or down."""
        self._set_cursor(self.cursor + lines)

    def action_page(self, pages: int) -> None:
        """Go a screenful up or down."""
        self._set_cursor(self.cursor + pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Go to the first indicator, where a paper list begins."""
        self._set_cursor(first_indicator(self.rows))

    def action_last(self) -> None:
        """Go to the last indicator."""
        self._set_cursor(len(self.rows) - 1)

    def action_heading(self, step: int) -> None:
        """Go to the criterion before or after."""
        places = [at for at, row in enumerate(self.rows) if isinstance(row, CriterionRow)]
        beyond = [at for at in places if (at - self.cursor) * step > 0]
        if beyond:
            self._set_cursor(min(beyond) if step > 0 else max(beyond))

    async def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; a second click opens it."""
        place = int(event.y + self.scroll_offset.y)
        if place < len(self.rows):
            self._set_cursor(place)
            if event.chain > 1:
                await self.run_action("screen.edit")

    def _set_cursor(self, place: int) -> None:
        before = self.cursor
        self.cursor = max(0, min(place, len(self.rows) - 1))
        top = self.cursor
        if top > 0 and isinstance(self.rows[top - 1], CriterionRow):
            top -= 1  # an indicator is read together with its heading
        self.scroll_to_region(
            Region(0, top, 1, self.cursor - top + 1), animate=False, force=True, x_axis=False
        )
        self.refresh_line(before)
        self.refresh_line(self.cursor)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Draw to the new width, the cursor in view."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.rows))
        if self.rows:
            self._set_cursor(self.cursor)
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys go to."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that only marks a place."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width = self.scrollable_content_region.width
        place = y + round(self.scroll_y)
        if place >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row = self.rows[place]
        ground = self._ground(row, place)
        on_cursor = place == self.cursor
        return Strip(
            [
                Segment(text, ground if on_cursor else ground + self._ink(name))
                for text, name in draw(row, width, self.year)
            ]
        ).adjust_cell_length(width, ground)

    def _ground(self, row: Row, place: int) -> Style:
        if place == self.cursor:
            style = self.get_component_rich_style("checklist--cursor")
            return style if self.has_focus else style + Style(bold=False, underline=True)
        if isinstance(row, CriterionRow):
            return self.get_component_rich_style("checklist--criterion")
        return self.rich_style

    def _ink(self, name: str) -> Style:
        """The colour of a piece, without a ground of its own."""
        if name == "base":
            return Style()
        style = self.get_component_rich_style(f"checklist--{name}")
        return Style(color=style.color, bold=style.bold)
