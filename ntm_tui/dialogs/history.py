"""Who wrote what, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    """Lists changes in words, newest first.

    Args:
        title: what they are about, in a word or two.
        name: its whole name.
        rows: when, who and what, as `told` gives it.
    """

    HELP = """
Mỗi dòng là một lần ghi: lúc nào (giờ Việt Nam), ai ghi, mục nào, từ gì thành gì. Dấu ► là giá trị
đang dùng; dấu ≠ là giá trị máy khác ghi cùng lúc, chưa chốt. Lịch sử không bao giờ bị xóa.
"""
    DEFAULT_CSS = """
    HistoryDialog {
        .box { width: 100%; max-width: 110; scrollbar-size-vertical: 1; }
        Static { height: auto; }
        #name { text-style: bold; margin-bottom: 1; }
    }
    """

    def __init__(self, title: str, name: str, rows: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self._title = title
        self._name_shown = name
        self._rows = tuple(rows)

    def compose(self) -> ComposeResult:
        """The name, and a row for each change."""
        with VerticalScroll(classes="box") as column:
            column.border_title = f"Lịch sử {self._title}"
            column.border_subtitle = "↑ ↓ xem tiếp · Esc đóng · ► đang dùng · giờ Việt Nam"
            yield Static(shown(self._name_shown), id="name", markup=False)
            if self._rows:
                yield Static(self._table())
            else:
                yield Static("Chưa có gì được ghi ở mục này.", markup=False)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=2)
        table.add_column(ratio=5)
        for when, who, what in self._rows:
            table.add_row(Text(when), Text(who), Text(what))
        return table


def told(entries: Sequence[HistoryEntry], state: IndicatorState) -> Iterator[tuple[str, str, str]]:
    """Put changes into words: when, who, and what from what to what.

    Args:
        entries: the changes, newest first.
        state: the indicator they are about.
    """
    from ntm_tui.console.values import show_value

    indicator, threshold = state.indicator, state.threshold.effective
    return told_values(entries, lambda field, it: show_value(field, it, indicator, threshold))


def told_values(
    entries: Sequence[HistoryEntry], show: Callable[[str, Any], str]
) -> Iterator[tuple[str, str, str]]:
    """Put changes into words: when, who, and what from what to what.

    Args:
        entries: the changes, newest first.
        show: writes the value of a field for people.
    """
    from db.journal.history import value_before
    from db.journal.wording import field_label

    for entry, mark in zip(entries, marks_of(entries), strict=True):
        if entry.deletes:
            what = "Bỏ cả mục, về chưa ghi gì"
        else:
            new = show(entry.field, entry.value)
            old = show(entry.field, value_before(entries, entry))
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
    from db.clock import VIETNAM

    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
