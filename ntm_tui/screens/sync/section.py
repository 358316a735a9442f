"""The parts of the work area, one of which is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from db.desk import Desk
    from db.journal.undo import Undone
    from ntm_tui.app import NtmApp
    from ntm_tui.screens.sync.screen import SyncScreen

HERE = "►"
MOST = 999
"""What waits is counted up to here beside a title; the part itself says the whole number."""


class Section(Container):
    """One part. Like a work area it reads in a thread and then shows."""

    DEFAULT_CSS = "Section { height: 1fr; }"

    title: ClassVar[str]
    """What it is called, two or three words."""

    @property
    def area(self) -> SyncScreen:
        """The work area that this is a part of."""
        from ntm_tui.screens.sync.screen import SyncScreen

        if not isinstance(self.screen, SyncScreen):
            raise TypeError("sections live in SyncScreen only")
        return self.screen

    @property
    def ntm(self) -> NtmApp:
        """The application."""
        return self.area.ntm

    @property
    def in_front(self) -> bool:
        """Whether a person looks at it now."""
        return self.display and self.screen.is_current

    def read(self, desk: Desk) -> Any:
        """Read what is shown. Runs in a thread: no widget may be touched here."""
        raise NotImplementedError

    def show(self, data: Any) -> None:
        """Show what `read` gave."""
        raise NotImplementedError

    def waiting(self, desk: Desk) -> int:
        """Count what waits for a person here, to be said beside the title. Runs in a thread."""
        return 0

    def taken_back(self, done: Undone) -> None:
        """Show what undo or redo changed."""
        self.area.refresh_data()

    def enter(self) -> None:
        """Come to the front: the focus goes to where one begins."""
        raise NotImplementedError


class SectionBar(Widget):
    """The names of the parts, each with its number; the one in front is marked. A click goes there.

    Beside a name stands how much waits there for a person.
    """

    DEFAULT_CSS = """
    SectionBar {
        height: 1;
        padding: 0 1;
        & > .section-bar--here { text-style: bold; color: $primary; }
        & > .section-bar--key { color: $footer-key-foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"section-bar--here", "section-bar--key"}  # noqa: RUF012

    here: reactive[int] = reactive(0)
    waiting: reactive[tuple[int, ...]] = reactive(())

    class Went(Message):
        """A person clicked on a part."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self._titles = titles

    def render(self) -> Content:
        """Draw the names, closer together where there is little room, and how to go on.

        Where there is room for one name only, the others are just their numbers.
        """
        places = range(len(self._titles))
        names = [self._drawn_name(place) for place in places]
        short = [self._drawn_name(place, short=place != self.here) for place in places]
        width = self.content_size.width
        for shown_names, gap in ((names, 3), (names, 2), (names, 1), (short, 1)):
            line = Content(" " * gap).join(shown_names)
            if line.cell_length <= width:
                break
        hint = f"F8 sang {self._titles[(self.here + 1) % len(self._titles)]}"
        left = width - line.cell_length - len(hint)
        return Content.assemble(line, " " * left, hint) if left >= 3 else line

    def _drawn_name(self, place: int, *, short: bool = False) -> Content:
        click = Style.from_meta({"place": place})
        waits = self.waiting[place] if place < len(self.waiting) else 0
        amount = f" ({min(waits, MOST)}{'+' if waits > MOST else ''})" if waits else ""
        title = f"{self._titles[place]}{amount}"
        if place == self.here:
            style = self.get_visual_style("section-bar--here")
            return Content.styled(f"{HERE} {title}", style + click)
        key = (f"{place + 1}", self.get_visual_style("section-bar--key") + click)
        if short:
            return Content.assemble(key, (amount, click))
        return Content.assemble(key, (f" {title}", click))

    def on_click(self, event: events.Click) -> None:
        """Go to the part that was clicked."""
        place = event.style.meta.get("place")
        if isinstance(place, int):
            self.post_message(self.Went(place))
