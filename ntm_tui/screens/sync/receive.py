"""Receiving: find a bundle, check it, see what it would change, then take it in or not."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from db.problems import Problem
from db.sync import layout
from ntm_tui.commands import GoBack, bindings
from ntm_tui.dialogs.file_picker import FilePicker
from ntm_tui.screens.sync.choice_list import ChoiceList
from ntm_tui.screens.sync.incoming import (
    LEAVE,
    OTHER,
    TAKE,
    TRUST,
    acts,
    found_choices,
    look_for,
    preview,
    said_after,
)
from ntm_tui.screens.sync.run import Run, RunPanel
from ntm_tui.screens.sync.section import Section

if TYPE_CHECKING:
    from db.desk import Desk
    from db.disks import Disk
    from db.sync.finding import FoundBundle
    from db.sync.receiving import Outcome

_INTRO = """
Cắm USB có gói NTM_….zip vào máy: gói hiện ra ở trên. Chọn gói rồi Enter.

Máy kiểm tra gói trước và cho xem gói sẽ làm thay đổi gì; chưa nhận gì khi chưa đồng ý.
Trước khi nhận, kho dữ liệu được sao lưu.
"""


class ReceiveSection(Section):
    """The bundles that were found; then what one of them would do, and the choice to take it in."""

    HELP = """
Nhận về: Enter trên một gói để kiểm tra và xem trước. Gói không làm thay đổi gì khi chưa chọn Nhận.
Máy lạ chỉ được tính sau khi có người gọi điện đối chiếu mã máy và chọn Tin cậy.
"""
    DEFAULT_CSS = """
    ReceiveSection {
        #find { height: 1fr; }
        #found { max-height: 60%; }
        #intro { height: auto; padding: 0 2; }
        #look { display: none; height: 1fr; }
        #acts { display: none; max-height: 7; }
        &.-looking #find { display: none; }
        &.-looking #look { display: block; }
        &.-asking #acts { display: block; }
    }
    """
    BINDINGS = bindings(GoBack)
    title = "Nhận về"

    def __init__(self) -> None:
        super().__init__(id="receive")
        self._found: tuple[FoundBundle, ...] | None = None
        self._path: Path | None = None
        self._seen: Outcome | None = None
        self._trusted: tuple[str, ...] = ()
        self._run: Run | None = None

    def compose(self) -> ComposeResult:
        """The list, and the panel that takes its place."""
        with Vertical(id="find"):
            yield ChoiceList("Gói tìm thấy trên USB", id="found")
            yield Static(Content(_INTRO), id="intro")
        with Vertical(id="look"):
            yield RunPanel(id="panel")
            yield ChoiceList("Làm gì với gói này?", id="acts")

    def on_mount(self) -> None:
        """Nothing was looked for yet."""
        self.query_one("#found", ChoiceList).show(found_choices(()))

    @property
    def _working(self) -> bool:
        return self._run is not None and self._run.running

    @property
    def _panel(self) -> RunPanel:
        return self.query_one(RunPanel)

    def enter(self) -> None:
        """Begin with the list, or with what was being looked at."""
        if self.has_class("-asking"):
            self.screen.set_focus(self.query_one("#acts"))
        else:
            looking = self.has_class("-looking")
            self.screen.set_focus(self._panel if looking else self.query_one("#found"))

    def read(self, desk: Desk) -> str:
        """Read which machine this is: its own bundles need not come in."""
        from db.sync.trust import own_device

        with desk.reading() as session:
            return own_device(session)

    def show(self, data: Any) -> None:
        """Keep it for the next look at the disks."""
        self._own = data

    _own = ""

    def find(self, disks: tuple[Disk, ...]) -> tuple[FoundBundle, ...]:
        """Look for bundles on some disks. Runs in a thread."""
        return look_for(disks, self._own)

    def show_found(self, found: tuple[FoundBundle, ...]) -> None:
        """Show the bundles that were found; the first ones are chosen, later the cursor stays."""
        if found == self._found:
            return
        first, self._found = not self._found, found
        listed = self.query_one("#found", ChoiceList)
        listed.show(found_choices(found))
        if first and found:
            listed.highlighted = 0

    # -- Choosing ----------------------------------------------------------------------------------

    @on(ChoiceList.Taken, "#found")
    def _open(self, event: ChoiceList.Taken) -> None:
        if event.key == OTHER:
            self.app.push_screen(FilePicker("Chọn gói đồng bộ", layout.SUFFIXES), self._begin)
        else:
            self._begin(Path(event.key))

    def _begin(self, path: Path | None) -> None:
        if path is not None:
            self._path, self._trusted = path, ()
            self._look()

    @on(ChoiceList.Taken, "#acts")
    def _act(self, event: ChoiceList.Taken) -> None:
        if event.key == TAKE:
            self._take()
        elif event.key == LEAVE:
            self._leave()
        else:
            self._ask_for_trust(event.key.removeprefix(TRUST))

    @work(group="trust")
    async def _ask_for_trust(self, device: str) -> None:
        """Let a person compare the fingerprint; then look again at what would come in."""
        from ntm_tui.dialogs.trust import TrustDialog

        seen = self._seen
        card = next((it for it in seen.strangers if it.device == device), None) if seen else None
        if card is not None and await self.app.push_screen_wait(
            TrustDialog(card.device, card.office, card.machine, card.role.value)
        ):
            self._trusted = (*self._trusted, device)
            self._look()

    # -- Looking and taking in ---------------------------------------------------------------------

    @work(group="receive")
    async def _look(self) -> None:
        seen = await self._work("Đang kiểm tra gói", dry_run=True)
        if seen is None:
            return
        self._seen = seen
        self._panel.end("Xem trước: chưa nhận gì", "Tab để đọc tiếp · Esc thôi", preview(
            seen, applied=False
        ))  # fmt: skip
        listed = self.query_one("#acts", ChoiceList)
        listed.show(acts(seen, self._trusted))
        listed.choose(TAKE)
        self.add_class("-asking")
        if self.in_front:
            self.screen.set_focus(listed)

    @work(group="receive")
    async def _take(self) -> None:
        seen = await self._work("Đang nhận gói", dry_run=False)
        if seen is None or self._path is None:
            return
        aside = bool(seen.quarantined) and not seen.new
        words = "! Đã cất riêng, chưa tính phần nào" if aside else "√ Đã nhận xong"
        self._panel.end(words, "Enter trở lại", preview(seen, applied=True))
        await self.ntm.renew()
        self.area.say(said_after(seen, self._path))

    async def _work(self, words: str, *, dry_run: bool) -> Outcome | None:
        desk, path, run = self.ntm.desk, self._path, Run()
        if desk is None or path is None or self._working:
            return None
        self._run = run
        self.remove_class("-asking")
        self.add_class("-looking")
        self._panel.begin(run, words)
        self.screen.set_focus(self._panel)
        try:
            seen = None if dry_run else self._seen
            return await asyncio.to_thread(_receive, desk, path, self._trusted, run, seen)
        except Problem as problem:
            if not self._panel.is_running:  # the program has ended meanwhile
                return None
            self._panel.failed("Không nhận được gói này", "Enter trở lại", problem)
            return None

    def action_go_back(self) -> None:
        """Stop what runs; after that, back to the list."""
        if self._run is not None and self._working:
            self._run.stop()
            self.area.say("Đang dừng…")
        elif self.has_class("-looking"):
            self._leave()

    @on(RunPanel.Left)
    def _left(self) -> None:
        """Enter on the panel: back to the list, unless something is still to be decided."""
        if not self.has_class("-asking"):
            self._leave()

    def _leave(self) -> None:
        self._seen, self._trusted = None, ()
        self.remove_class("-looking", "-asking")
        self.enter()

    async def on_unmount(self) -> None:
        """The program ends: stop, and wait until nothing is half done."""
        if self._run is not None:
            await self._run.end()


def _receive(
    desk: Desk, path: Path, trusted: tuple[str, ...], run: Run, seen: Outcome | None
) -> Outcome:
    """Take a bundle in as it was seen; one that was not seen yet is only looked at."""
    from db.sync.receiving import receive

    try:
        return receive(
            desk,
            path,
            trust=trusted,
            dry_run=seen is None,
            seen=seen,
            progress=run.note,
            cancelled=run.stopped,
        )
    finally:
        run.finished.set()
