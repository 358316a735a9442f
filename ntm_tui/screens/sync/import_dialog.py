"""One bundle of the log that came in: what it brought, and whether it counts here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.problems import Problem
from db.text import shown
from ntm_tui.compat import work
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.screens.sync.choice_list import Choice, ChoiceList
from ntm_tui.screens.sync.differences import DifferencesDialog
from ntm_tui.screens.sync.incoming import changed
from ntm_tui.screens.sync.outgoing import count

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.deciding import Decided
    from db.sync.imports import Brought, ImportRecord

_CLOSE, _SEE, _ASIDE, _AGAIN = "close", "see", "aside", "again"
_MEANING = (
    "Gỡ ra nghĩa là: phần của gói này thôi được tính, các ô trở về như khi chưa nhận gói. Chỉ ở "
    "máy này: kho của máy khác không đổi. Không gì bị xóa, lúc nào cũng tính lại được."
)


class ImportDialog(Dialog[bool]):
    """Gives True when something counts now that did not, or the other way round.

    Args:
        desk: the open store.
        transfer: the place of the bundle in the log.
    """

    HELP = """
Một lần nhận gói: gói của ai, đổi những ô nào, phần nào để riêng. Gỡ ra thì phần của gói thôi được
tính, chỉ ở máy này; tính lại lúc nào cũng được. Esc đóng, không đổi gì.
"""
    DEFAULT_CSS = """
    ImportDialog {
        .box { width: 90; }
        VerticalScroll { height: auto; max-height: 14; scrollbar-size-vertical: 1; }
        Static { height: auto; }
    }
    """

    def __init__(self, desk: Desk, transfer: int) -> None:
        super().__init__()
        self._desk, self._transfer = desk, transfer
        self._brought: Brought | None = None
        self._changed = False

    def compose(self) -> ComposeResult:
        """What came, and what can be done."""
        with Vertical(classes="box") as box:
            box.border_title = "Gói đã nhận"
            box.border_subtitle = "Enter chọn · Esc đóng"
            with VerticalScroll():
                yield Static("Đang đọc…", id="text")
            yield ChoiceList("Làm gì với lần nhận này?", id="what")

    def on_mount(self) -> None:
        """Begin by reading."""
        self.query_one("#what", ChoiceList).show([Choice(_CLOSE, "Đóng")])
        self.set_focus(self.query_one("#what"))
        self._read()

    @work(group="import")
    async def _read(self, said: str = "") -> None:
        try:
            brought = await asyncio.to_thread(_read, self._desk, self._transfer)
        except Problem as problem:
            self.query_one("#text", Static).update(Content(str(problem)))
            return
        self._brought = brought
        self.query_one("#text", Static).update(_told(brought, said))
        self.query_one("#what", ChoiceList).show(list(_choices(brought)))

    @on(ChoiceList.Taken, "#what")
    def _act(self, event: ChoiceList.Taken) -> None:
        event.stop()
        if event.key == _SEE and self._brought is not None:
            found = self._brought.differences
            self.app.push_screen(DifferencesDialog(self._desk.home, "Từng ô của gói", found))
        elif event.key in (_ASIDE, _AGAIN):
            self._decide(event.key)
        else:
            self.action_go_back()

    @work(group="import")
    async def _decide(self, what: str) -> None:
        try:
            done = await asyncio.to_thread(_decide, self._desk, self._transfer, what)
        except Problem as problem:
            self._read(str(problem))
            return
        self._changed = True
        self._read(_said(done))

    def action_go_back(self) -> None:
        """Close; the log is read anew where something changed."""
        self.leave(self._changed)


def _read(desk: Desk, transfer: int) -> Brought:
    from db.sync.imports import read_import

    with desk.reading() as session:
        return read_import(session, transfer)


def _decide(desk: Desk, transfer: int, what: str) -> Decided:
    from db.sync.deciding import apply_again, set_aside

    return set_aside(desk, transfer) if what == _ASIDE else apply_again(desk, transfer)


def _said(done: Decided) -> str:
    conflicts = f" {count(done.conflicts)} ô trái nhau, giữ cả hai." if done.conflicts else ""
    if done.discounted:
        return f"√ Đã gỡ: {count(done.discounted)} thay đổi thôi được tính ở máy này.{conflicts}"
    return f"√ Đã tính lại: {count(done.counted)} thay đổi được tính.{conflicts}"


def _told(brought: Brought, said: str) -> Content:
    from db.clock import VIETNAM

    one = brought.record
    lines = [Content.styled(said, "bold")] if said else []
    rows = [
        ("Gói", f"{shown(one.name)}   mã {one.code}"),
        ("Của", shown(one.party)),
        ("Nhận lúc", f"{one.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"),
        ("Hiện nay", _state(one)),
    ]
    lines += [Content.assemble((f"{label:<9}", "bold"), words) for label, words in rows]
    lines += changed(brought.differences)
    for why, changes in brought.reasons:
        lines.append(Content.assemble((f"\n{count(changes)} thay đổi để riêng. ", "bold"), why))
    if one.can_be_set_aside or one.aside_at is not None:
        lines.append(Content(f"\n{_MEANING}"))
    return Content("\n").join(lines)


def _state(one: ImportRecord) -> str:
    from db.clock import VIETNAM

    if one.aside_at is not None:
        since = f"{one.aside_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        return f"đã gỡ từ {since}, {count(one.aside)} thay đổi không tính"
    if one.counted:
        return f"{count(one.counted)} thay đổi đang được tính"
    return "không mang thay đổi nào mới cho máy này"


def _choices(brought: Brought) -> list[Choice]:
    found = [Choice(_CLOSE, "Đóng")]
    if brought.differences.total:
        found.append(Choice(_SEE, "Xem từng ô…", f"{count(brought.differences.total)} ô"))
    if brought.record.can_be_set_aside:
        found.append(Choice(_ASIDE, "Gỡ ra, chỉ ở máy này"))
    if brought.record.aside_at is not None:
        found.append(Choice(_AGAIN, "Tính lại"))
    return found
