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
    from ntm_tui.app import NtmApp
    from ntm_tui.screens.sync.screen import SyncScreen

HERE = "►"


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

    def enter(self) -> None:
        """Come to the front: the focus goes to where one begins."""
        raise NotImplementedError


class SectionBar(Widget):
    """The names of the parts; the one in front is marked. A click goes there."""

    DEFAULT_CSS = """
    SectionBar {
        height: 1;
        padding: 0 1;
        & > .section-bar--here { text-style: bold; color: $primary; }
    }
    """
    COMPONENT_CLASSES = {"section-bar--here"}  # noqa: RUF012

    here: reactive[int] = reactive(0)

    class Went(Message):
        """A person clicked on a part."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self._titles = titles

    def render(self) -> Content:
        """Draw the names, and how to go on as far as there is room."""
        names = [self._drawn_name(place) for place in range(len(self._titles))]
        line = Content("   ").join(names)
        following = self._titles[(self.here + 1) % len(self._titles)]
        hint = f"F8 sang {following}"
        gap = self.content_size.width - line.cell_length - len(hint)
        if gap < 3:
            return line
        return Content.assemble(line, " " * gap, hint)

    def _drawn_name(self, place: int) -> Content:
        click = Style.from_meta({"place": place})
        if place == self.here:
            style = self.get_visual_style("section-bar--here")
            return Content.styled(f"{HERE} {self._titles[place]}", style + click)
        return Content.styled(f"  {self._titles[place]}", click)

    def on_click(self, event: events.Click) -> None:
        """Go to the part that was clicked."""
        place = event.style.meta.get("place")
        if isinstance(place, int):
            self.post_message(self.Went(place))
