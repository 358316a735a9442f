"""Who wrote what about an indicator, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from db.journal.heads import EXISTS
from db.text import shown
from ntm_tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from db.checklist import IndicatorState
    from db.journal.history import HistoryEntry

LATE = timedelta(minutes=1)
"""From this difference on it is told that a change was received later than it was written."""


class HistoryDialog(Dialog[None]):
    """Lists the changes of an indicator, newest first, in words.

    Args:
        state: the indicator.
        entries: its changes, newest first.
    """

    HELP = """
Mỗi dòng là một lần ghi: lúc nào (giờ Việt Nam), ai ghi, mục nào, từ gì thành gì. Dấu ► là giá trị
đang dùng; dấu ≠ là giá trị máy khác ghi cùng lúc, chưa chốt. Lịch sử không bao giờ bị xóa.
"""
    DEFAULT_CSS = """
    HistoryDialog {
        align: center middle;
        VerticalScroll {
            width: 100%;
            max-width: 110;
            height: auto;
            max-height: 100%;
            padding: 0 1;
            border: solid $border;
            border-title-style: bold;
            background: $surface;
            scrollbar-size-vertical: 1;
        }
        Static { height: auto; }
        #name { text-style: bold; margin-bottom: 1; }
    }
    """

    def __init__(self, state: IndicatorState, entries: Sequence[HistoryEntry]) -> None:
        super().__init__()
        self._state = state
        self._entries = entries

    def compose(self) -> ComposeResult:
        """The indicator's name, and a row for each change."""
        indicator = self._state.indicator
        with VerticalScroll() as column:
            column.border_title = f"Lịch sử chỉ tiêu {indicator.number}"
            column.border_subtitle = "↑ ↓ xem tiếp · Esc đóng · ► đang dùng · giờ Việt Nam"
            yield Static(shown(indicator.name), id="name", markup=False)
            if self._entries:
                yield Static(self._table())
            else:
                yield Static("Chưa có gì được ghi cho chỉ tiêu này.", markup=False)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=2)
        table.add_column(ratio=5)
        for when, who, what in told(self._entries, self._state):
            table.add_row(Text(when), Text(who), Text(what))
        return table


def told(entries: Sequence[HistoryEntry], state: IndicatorState) -> Iterator[tuple[str, str, str]]:
    """Put changes into words: when, who, and what from what to what.

    Args:
        entries: the changes, newest first.
        state: the indicator they are about.
    """
    from db.journal.history import value_before
    from db.journal.wording import field_label
    from ntm_tui.console.values import show_value

    indicator, threshold = state.indicator, state.threshold.effective
    marks = marks_of(entries)
    for entry, mark in zip(entries, marks, strict=True):
        if entry.deletes:
            what = "Bỏ cả mục, về chưa ghi gì"
        else:
            new = show_value(entry.field, entry.value, indicator, threshold)
            old = show_value(entry.field, value_before(entries, entry), indicator, threshold)
            what = f"{field_label(entry.entity, entry.field)}: {old} → {new}"
        yield f"{mark} {_when(entry)}", shown(entry.officer), what


def marks_of(entries: Sequence[HistoryEntry]) -> Iterator[str]:
    """Mark what counts now, and what another machine wrote that differs from it."""
    shown_values: dict[tuple[str, str, str], Any] = {}
    for entry in entries:
        if not entry.current or entry.field == EXISTS:
            yield " "
            continue
        place = (entry.entity, entry.row, entry.field)
        first = place not in shown_values
        shown_values.setdefault(place, entry.value)
        yield "►" if first else (" " if shown_values[place] == entry.value else "≠")


def _when(entry: HistoryEntry) -> str:
    written = _local(entry.written_at)
    if abs(entry.received_at - entry.written_at) < LATE:
        return written
    return f"{written}\n  nhận {_local(entry.received_at)}"


def _local(at: datetime) -> str:
    from db.journal.history import VIETNAM

    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
