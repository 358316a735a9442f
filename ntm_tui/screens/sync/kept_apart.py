"""Cách ly: what came in and does not count, why, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.text import shown
from ntm_tui.commands import TryAgain, bindings
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.people import fingerprint_lines
from ntm_tui.screens.sync.section import Section
from ntm_tui.widgets.fitting import apart
from ntm_tui.widgets.lines import BASE, Piece
from ntm_tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.quarantine import KeptApart, Retried

_DECIDED_THERE = frozenset({"untrusted", "revoked", "disowned"})
"""Reasons that a person does away with among the machines."""

_NOTHING = """Không có phần nào phải để riêng.

Phần nào trong gói nhận về chưa tin được hoặc chưa đọc được thì giữ nguyên ở đây, không tính, kèm \
lý do và cách giải quyết. Không phần nào bị bỏ đi."""


@dataclass(frozen=True)
class KeptRow:
    """What of one machine waits for one reason."""

    kept: KeptApart

    @property
    def key(self) -> tuple[str, str]:
        """The machine and the reason."""
        return self.kept.key


class KeptTable(RowTable[KeptRow]):
    """A line for each machine and reason."""

    DEFAULT_CSS = """
    KeptTable {
        border: solid $border-blurred;
        border-title-style: bold;
        &:focus { border: solid $border; border-title-color: $primary; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="kept")

    def pieces(self, row: KeptRow, width: int) -> Sequence[Piece]:
        """Say whose, why, and how much."""
        kept = row.kept
        amount = f"{count(kept.changes)} thay đổi" if kept.changes else f"{count(kept.parts)} phần"
        return [(apart(f"{called(kept)}: {kept.explained.why}", amount, width), BASE)]


class KeptApartSection(Section):
    """The list, and all about the entry under the cursor."""

    HELP = """
Cách ly: phần đã nhận nhưng chưa tính, theo từng máy và lý do. Enter sang phần Các máy nếu chỗ giải
quyết ở đó; Ctrl+U xét lại mọi phần, ví dụ sau khi tin cậy một máy hoặc cập nhật chương trình.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *bindings(TryAgain),
        Binding("enter", "resolve", "Đến chỗ giải quyết", show=False),
    ]
    DEFAULT_CSS = """
    KeptApartSection {
        #apart { height: 1fr; }
        #kept { height: 2fr; min-height: 4; }
        #why {
            height: 3fr;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-style: bold;
            border-subtitle-style: bold;
            border-subtitle-color: $primary;
            scrollbar-size-vertical: 1;
            &:focus { border: solid $border; }
            & > Static { height: auto; }
        }
        #none-apart { height: auto; padding: 1 2; display: none; }
        &.-empty #apart { display: none; }
        &.-empty #none-apart { display: block; }
    }
    """
    title = "Cách ly"
    can_focus = True

    def __init__(self) -> None:
        super().__init__(id="kept-apart")
        self._table = KeptTable()

    def compose(self) -> ComposeResult:
        """The list, the answer, and a word for when there is nothing."""
        with Container(id="apart"):
            yield self._table
            with VerticalScroll(id="why", can_focus=True):
                yield Static()
        yield Static(_NOTHING, id="none-apart", markup=False)

    def enter(self) -> None:
        """Begin in the list; where nothing waits there is none, but trying again is offered."""
        self.screen.set_focus(self if self.has_class("-empty") else self._table)

    def waiting(self, desk: Desk) -> int:
        """Count the entries."""
        from db.sync.quarantine import count_quarantine

        with desk.reading() as session:
            return count_quarantine(session)

    def read(self, desk: Desk) -> tuple[KeptApart, ...]:
        """Read what is kept apart."""
        from db.sync.quarantine import list_quarantine

        with desk.reading() as session:
            return list_quarantine(session)

    def show(self, data: Any) -> None:
        """Show it."""
        was_here = self.in_front and self.screen.focused in (self, self._table, None)
        self.set_class(not data, "-empty")
        if was_here:
            self.enter()
        self._table.put(tuple(map(KeptRow, data)))
        changes = sum(one.changes for one in data)
        self._table.border_title = f"Để riêng: {count(changes)} thay đổi chưa tính"
        self._draw()

    @on(KeptTable.Moved)
    def _draw(self) -> None:
        row = self._table.current
        if row is None:
            return
        box = self.query_one("#why")
        box.border_title = called(row.kept)
        there = row.kept.reason in _DECIDED_THERE
        box.border_subtitle = f"{'Enter sang Các máy · ' if there else ''}Ctrl+U thử lại"
        box.query_one(Static).update(about(row.kept))

    async def action_resolve(self) -> None:
        """Go where a person decides about the machine; else try again."""
        row = self._table.current
        if row is None:
            return
        if row.kept.reason in _DECIDED_THERE:
            self.area.open_part("devices")
        else:
            await self.action_try_again()

    async def action_try_again(self) -> None:
        """Let everything count to which there is no objection any more."""
        done = await self.area.write(_retry)
        if done is None:
            return
        if done.counted:
            await self.ntm.renew()
        self.area.say(_said(done))
        self.area.refresh_data()


def called(kept: KeptApart) -> str:
    """Name the machine as far as it is known."""
    if kept.machine or kept.office:
        return shown(" · ".join(filter(None, (kept.office, kept.machine))))
    return f"Máy {kept.device[:4]}-…" if kept.device else "Máy chưa rõ"


def about(kept: KeptApart) -> Content:
    """Say why it waits, what can be done, how much it is and since when."""
    from db.clock import VIETNAM

    first, last = (f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" for at in (kept.since, kept.until))
    when = last if first == last else f"từ {first} đến {last}"
    amount = f"{count(kept.changes)} thay đổi trong {count(kept.parts)} phần"
    rows = [
        ("Vì sao", f"{kept.explained.why}."),
        ("Cách làm", kept.explained.way_out),
        ("Có gì", amount if kept.changes else f"{count(kept.parts)} phần chưa đọc được"),
        ("Nhận lúc", when),
    ]
    lines = [Content.assemble((f"{label:<10}", "bold"), words) for label, words in rows]
    if kept.device:
        lines += [Content("\nMã máy:\n"), Content.styled(fingerprint_lines(kept.device), "bold")]
    return Content("\n").join(lines)


def _retry(desk: Desk) -> Retried:
    from db.sync.quarantine import retry

    return retry(desk)


def _said(done: Retried) -> str:
    differ = f" {count(done.conflicts)} ô trái nhau cần chốt." if done.conflicts else ""
    still = f" Còn {count(done.waiting)} phần vẫn để riêng." if done.waiting else ""
    if not done.counted:
        return f"Đã xét lại: chưa phần nào tính được.{still}" if done.waiting else "Đã xét lại."
    return f"{count(done.counted)} thay đổi để riêng nay được tính.{differ}{still}"
