"""The names of the registers of a work area, each with the number that opens it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget


class RegisterBar(Widget):
    """One or two lines; the register in front is marked. A click opens another one."""

    DEFAULT_CSS = """
    RegisterBar {
        height: auto;
        padding: 0 1;
        & > .register-bar--key { color: $footer-key-foreground; text-style: bold; }
        & > .register-bar--here {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
    }
    """
    COMPONENT_CLASSES = {"register-bar--key", "register-bar--here"}  # noqa: RUF012

    here: reactive[int] = reactive(0)

    class Went(Message):
        """A person clicked on a register."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = titles

    def render(self) -> Content:
        """Draw the names, each on one line whole."""
        room = self.content_size.width or self.app.size.width - 2
        lines = [Content("")]
        for place in range(len(self._titles)):
            entry = self._entry(place)
            if lines[-1].cell_length and lines[-1].cell_length + 2 + entry.cell_length > room:
                lines.append(entry)
            else:
                lines[-1] = lines[-1] + ("  " if lines[-1].cell_length else "") + entry
        return Content("\n").join(lines)

    def _entry(self, place: int) -> Content:
        click = Style.from_meta({"number": place + 1})
        if place == self.here:
            style = self.get_visual_style("register-bar--here") + click
            return Content.styled(f"►{(place + 1) % 10} {self._titles[place]}", style)
        key = (f"{(place + 1) % 10}", self.get_visual_style("register-bar--key") + click)
        return Content.assemble(key, (f" {self._titles[place]}", click))

    def on_click(self, event: events.Click) -> None:
        """Open the register that was clicked."""
        number = event.style.meta.get("number")
        if isinstance(number, int):
            self.post_message(self.Went(number))
