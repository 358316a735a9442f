"""The place of the drawn standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from db.week import Gain, Week


class StandingPanel(Widget):
    """Draws the standing as soon as it is known; what draws it is not loaded before."""

    DEFAULT_CSS = """
    StandingPanel { height: auto; padding: 0 1; }
    """

    week: reactive[Week | None] = reactive(None, layout=True)
    gain: reactive[Gain | None] = reactive(None, layout=True)

    def render(self) -> Content:
        """Draw for the present size of the terminal."""
        if self.week is None:
            return Content("Đang mở kho dữ liệu…")
        width = self.content_size.width or self.app.size.width - 2
        from ntm_tui.screens.week.standing import TALL, draw

        tall = self.app.size.height >= TALL
        return Content("\n").join(list(draw(self.week, self.gain, width, tall=tall)))
