"""The lines over the list: how far one has come, and what of it is shown."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ntm_tui.screens.thresholds.looking import FILTERS
from ntm_tui.screens.thresholds.picture import Picture, Standing
from ntm_tui.widgets.bars import progress_bar

BAR = 20


class Progress(Widget):
    """Draws how many thresholds have been checked."""

    DEFAULT_CSS = "Progress { height: 1; width: auto; padding: 0 1; }"

    picture: reactive[Picture | None] = reactive(None, layout=True)

    def render(self) -> Content:
        """Draw the bar after its numbers."""
        if self.picture is None:
            return Content("")
        done, total = self.picture.confirmed, len(self.picture.states)
        return Content.assemble(
            (f"{done}/{total} đã đối chiếu ", "bold"), progress_bar(done, total, BAR)
        )


class FilterLine(Widget):
    """Names the filters with their signs and counts, the chosen one marked."""

    DEFAULT_CSS = "FilterLine { height: 1; padding: 0 1; }"

    picture: reactive[Picture | None] = reactive(None)
    chosen: reactive[Standing | None] = reactive(None)

    def render(self) -> Content:
        """Draw the filters side by side."""
        if self.picture is None:
            return Content("")
        return Content("  ").join([self._entry(self.picture, it) for it in FILTERS])

    def _entry(self, picture: Picture, standing: Standing | None) -> Content:
        words = standing.words if standing else "tất cả"
        text = f"{words} {picture.count(standing)}"
        sign = (f"{standing.sign} ", f"${standing.variable}") if standing else ""
        here = standing is self.chosen
        return Content.assemble(
            ("►" if here else " ", "$primary"), sign, (text, "bold underline" if here else "")
        )
