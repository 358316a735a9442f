"""A list of rows that change in place; the cursor never jumps. It draws only what is seen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ntm_tui.widgets.lines import BASE, Piece


class Keyed(Protocol):
    """Something that a row is about."""

    @property
    def key(self) -> Hashable:
        """What tells the row from others."""
        ...


AnyRow = TypeVar("AnyRow", bound=Keyed)


class RowTable(ScrollView, Generic[AnyRow], can_focus=True):
    """Draws rows and moves the cursor among them."""

    COMPONENT_CLASSES = {  # noqa: RUF012  # a class variable in Textual
        "rows--heading",
        "rows--cursor",
        "rows--quiet",
        "rows--warning",
        "rows--met",
        "rows--not_met",
        "rows--in_progress",
        "rows--not_assessed",
        "rows--not_applicable",
    }
    DEFAULT_CSS = """
    RowTable {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $foreground;
        & > .rows--heading { background: $panel; color: $foreground; text-style: bold; }
        & > .rows--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        & > .rows--quiet { color: $secondary; }
        & > .rows--warning { color: $warning; text-style: bold; }
        & > .rows--met { color: $status-met; }
        & > .rows--not_met { color: $status-not-met; }
        & > .rows--in_progress { color: $status-in-progress; }
        & > .rows--not_assessed { color: $status-not-assessed; }
        & > .rows--not_applicable { color: $status-not-applicable; }
    }
    """
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding("up", "move(-1)", "Lên một dòng", show=False),
        Binding("down", "move(1)", "Xuống một dòng", show=False),
        Binding("pageup", "page(-1)", "Lên một trang", show=False),
        Binding("pagedown", "page(1)", "Xuống một trang", show=False),
        Binding("home,ctrl+home", "first", "Dòng đầu", show=False),
        Binding("end,ctrl+end", "last", "Dòng cuối", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[AnyRow, ...] = ()
        self.cursor = 0

    # -- What a list says of its rows --------------------------------------------------------------

    def pieces(self, row: AnyRow, width: int) -> Sequence[Piece]:
        """Draw a row into a line of that many cells."""
        raise NotImplementedError

    def is_heading(self, row: AnyRow) -> bool:
        """Tell whether a row is a heading over others, read together with the one below it."""
        return False

    def first_place(self) -> int:
        """Where one begins."""
        return 0

    # -- How it works ------------------------------------------------------------------------------

    @property
    def current(self) -> AnyRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def put(self, rows: tuple[AnyRow, ...]) -> None:
        """Show these rows; the cursor stays on what it is on, wherever that is now."""
        before, key = self.rows, self.current.key if self.current else None
        self.rows = rows
        keys = [row.key for row in rows]
        if [row.key for row in before] == keys:
            for place, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.refresh_line(place)
            return
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.set_cursor(keys.index(key) if key in keys else self.first_place())
        self.refresh()

    def go_to(self, key: Hashable) -> bool:
        """Put the cursor on a row; False when it is not shown."""
        place = next((at for at, row in enumerate(self.rows) if row.key == key), None)
        if place is None:
            return False
        self.set_cursor(place)
        return True

    def action_move(self, lines: int) -> None:
        """Go up or down."""
        self.set_cursor(self.cursor + lines)

    def action_page(self, pages: int) -> None:
        """Go a screenful up or down."""
        self.set_cursor(self.cursor + pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Go to where a paper list begins."""
        self.set_cursor(self.first_place())

    def action_last(self) -> None:
        """Go to the last row."""
        self.set_cursor(len(self.rows) - 1)

    async def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; a second click opens it."""
        place = int(event.y + self.scroll_offset.y)
        if place < len(self.rows):
            self.set_cursor(place)
            if event.chain > 1:
                await self.run_action("screen.edit")

    def set_cursor(self, place: int) -> None:
        """Put the cursor on the row at a place, as near as there is one."""
        before = self.cursor
        self.cursor = max(0, min(place, len(self.rows) - 1))
        top = self.cursor
        if top > 0 and self.is_heading(self.rows[top - 1]):
            top -= 1
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
            self.set_cursor(self.cursor)
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
                for text, name in self.pieces(row, width)
            ]
        ).adjust_cell_length(width, ground)

    def _ground(self, row: AnyRow, place: int) -> Style:
        if place == self.cursor:
            style = self.get_component_rich_style("rows--cursor")
            return style if self.has_focus else style + Style(bold=False, underline=True)
        if self.is_heading(row):
            return self.get_component_rich_style("rows--heading")
        return self.rich_style

    def _ink(self, name: str) -> Style:
        """The colour of a piece, without a ground of its own."""
        if name == BASE:
            return Style()
        style = self.get_component_rich_style(f"rows--{name}")
        return Style(color=style.color, bold=style.bold)
