"""Receiving: find bundles, look at one, or take all of them in at once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from db.sync import layout
from ntm_tui.commands import GoBack, WriteReceipt, bindings
from ntm_tui.compat import work
from ntm_tui.dialogs.file_picker import FilePicker
from ntm_tui.screens.sync import receipts
from ntm_tui.screens.sync.choice_list import ChoiceList
from ntm_tui.screens.sync.every_bundle import EveryBundle
from ntm_tui.screens.sync.incoming import EVERY, OTHER, found_choices, look_for
from ntm_tui.screens.sync.one_bundle import OneBundle, differences_of
from ntm_tui.screens.sync.section import Section
from ntm_tui.screens.sync.work_panel import WorkPanel

if TYPE_CHECKING:
    from db.desk import Desk
    from db.disks import Disk
    from db.sync.finding import FoundBundle

_INTRO = """
Cắm USB có gói NTM_….zip hay biên nhận NTM_….receipt vào máy: tệp hiện ra ở trên. Chọn rồi Enter.

Máy kiểm tra gói trước và cho xem gói sẽ làm thay đổi gì; chưa nhận gì khi chưa đồng ý.
Trước khi nhận, kho dữ liệu được sao lưu.
"""


class ReceiveSection(Section):
    """The bundles that were found; then what one of them would do, and the choice to take it in."""

    HELP = """
Nhận về: Enter trên một gói để kiểm tra và xem trước. Gói không làm thay đổi gì khi chưa chọn Nhận.
Nhận tất cả: mọi gói được kiểm tra trước, hỏi một lần rồi nhận; gói hỏng không cản gói khác.
Máy lạ chỉ được tính sau khi có người gọi điện đối chiếu mã máy và chọn Tin cậy.
Tệp NTM_….receipt là biên nhận: Enter để nhận. Nhận gói xong, Ctrl+E ghi biên nhận cạnh gói.
"""
    DEFAULT_CSS = """
    ReceiveSection {
        #find { height: 1fr; }
        #found { max-height: 60%; }
        #intro { height: auto; padding: 0 2; }
        #one, #every { display: none; }
        &.-one #find, &.-every #find { display: none; }
        &.-every #every { display: block; }
        &.-one #one { display: block; }
        &.-one #every { display: none; }
    }
    """
    BINDINGS = bindings(WriteReceipt, GoBack)
    title = "Nhận về"

    def __init__(self) -> None:
        super().__init__(id="receive")
        self._found: tuple[FoundBundle, ...] | None = None
        self._one = OneBundle(self, id="one")
        self._every = EveryBundle(self, id="every")

    def compose(self) -> ComposeResult:
        """The list, and the panels that take its place."""
        with Vertical(id="find"):
            yield ChoiceList("Gói tìm thấy trên USB", id="found")
            yield Static(Content(_INTRO), id="intro")
        yield self._one
        yield self._every

    def on_mount(self) -> None:
        """Nothing was looked for yet."""
        self.query_one("#found", ChoiceList).show(found_choices(()))

    @property
    def _open(self) -> WorkPanel | None:
        """The panel in the list's place, if there is one."""
        if self.has_class("-one"):
            return self._one
        return self._every if self.has_class("-every") else None

    def enter(self) -> None:
        """Begin with the list, or with what was being looked at."""
        if self._open is not None:
            self._open.enter()
        else:
            self.screen.set_focus(self.query_one("#found"))

    def read(self, desk: Desk) -> str:
        """Read which machine this is: its own bundles need not come in."""
        from db.sync.trust import own_device

        with desk.reading() as session:
            return own_device(session)

    def show(self, data: Any) -> None:
        """Keep it for the next look at the disks."""
        self._own = data

    _own: str | None = None

    def find(self, disks: tuple[Disk, ...]) -> tuple[FoundBundle, ...] | None:
        """Look for bundles on some disks, once it is known which are this machine's own.

        Runs in a thread.
        """
        return None if self._own is None else look_for(disks, self._own)

    def show_found(self, found: tuple[FoundBundle, ...]) -> None:
        """Show the bundles that were found; the first ones are chosen, later the cursor stays."""
        if found == self._found:
            return
        first, self._found = not self._found, found
        listed = self.query_one("#found", ChoiceList)
        listed.show(found_choices(found))
        if first and found:
            listed.highlighted = 0

    @on(ChoiceList.Taken, "#found")
    def _choose(self, event: ChoiceList.Taken) -> None:
        if event.key == OTHER:
            suffixes = (*layout.SUFFIXES, ".receipt")
            self.app.push_screen(FilePicker("Chọn gói hoặc biên nhận", suffixes), self._begin)
        elif event.key == EVERY:
            self.add_class("-every")
            self._every.begin([one.path for one in self._found or ()])
        else:
            self._begin(Path(event.key))

    def _begin(self, path: Path | None) -> None:
        if path is not None:
            self.add_class("-one")
            self._one.look(path)

    @on(EveryBundle.Opened)
    @work(group="one")
    async def _open_result(self, event: EveryBundle.Opened) -> None:
        """Show what one of many bundles did; from there back to the others."""
        desk, seen = self.ntm.desk, event.received.outcome
        if desk is not None and seen is not None:
            found = await asyncio.to_thread(differences_of, desk, seen)
            self.add_class("-one")
            self._one.show_taken(event.received.path, seen, found)

    @work(group="receipt")
    async def action_write_receipt(self) -> None:
        """Write a receipt beside the bundle that was just taken in."""
        taken = self._one.taken if self.has_class("-one") else None
        if taken is None:
            self.area.say("Nhận một gói trước, rồi ghi biên nhận cho nơi gửi gói đó.")
            return
        path, seen = taken
        scope, sender = seen.info.commune_code, seen.sender.device
        written = await self.area.write(
            lambda desk: receipts.write(desk, scope, sender, path.parent)
        )
        if written is not None:
            self.area.say(receipts.said_of_written(written))

    def action_go_back(self) -> None:
        """Stop what runs; after that, back to the list."""
        if self._open is not None and not self._open.stop():
            self._leave()

    @on(WorkPanel.Left)
    def _left(self) -> None:
        self._leave()

    def _leave(self) -> None:
        """Back from one of many to all of them, and from there to the list."""
        self.remove_class("-one" if self.has_class("-one") else "-every")
        self.enter()
