"""What is said about the threshold under the cursor, and the field to correct it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.text import shown
from ntm_tui.screens.thresholds.entry import EntryForm
from ntm_tui.screens.thresholds.picture import Standing, standing_of

if TYPE_CHECKING:
    from db.sheet.thresholds import ThresholdState


class Detail(Vertical):
    """The full wording, how it is known, who confirmed it, and the field."""

    DEFAULT_CSS = """
    Detail {
        background: $surface;
        padding: 0 1;
        VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
        #said { height: auto; }
    }
    """

    def compose(self) -> ComposeResult:
        """Words above, field below."""
        with VerticalScroll(can_focus=False):
            yield Static(id="said")
        yield EntryForm()

    def tell(self, state: ThresholdState | None, year: int) -> None:
        """Show a threshold, from its beginning."""
        lines = list(detail_lines(state, year)) if state else [Content("Không có chỉ tiêu nào.")]
        self.query_one("#said", Static).update(Content("\n").join(lines))
        self.query_one(VerticalScroll).scroll_home(animate=False)


def detail_lines(state: ThresholdState, year: int) -> Iterator[Content]:
    """Say everything about one threshold."""
    indicator, standing = state.indicator, standing_of(state)
    yield Content.styled(f"{indicator.number} {shown(indicator.name)}", "bold")
    sign = f"{standing.sign} {standing.words}"
    yield Content.assemble(
        "Mức đạt: ",
        (state.effective.text(year), "bold"),
        "  ",
        (sign, f"${standing.variable}"),
    )
    if state.corrected:
        yield Content(f"Trong máy ban đầu: {indicator.threshold.text(year)} (đã sửa theo giấy)")
    if standing is Standing.CONFIRMED:
        yield Content(_confirmed(state))
    else:
        yield Content(f"Nguồn của mức: {indicator.threshold.source.label}.")
    if indicator.note:
        yield Content(f"Ghi chú: {shown(indicator.note)}")
    yield Content.styled(f"Câu chữ của chỉ tiêu: {indicator.name_source.label}.", "dim")


def _confirmed(state: ThresholdState) -> str:
    from db.clock import VIETNAM

    moment = state.confirmed_at
    at = f" lúc {moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if moment else ""
    who = shown(state.officer) or "không rõ ai"
    return f"{who} đối chiếu{at} với {shown(state.effective.document)}"
