"""Sending: the choices, then one Enter writes the bundle beside whatever else is done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from db.problems import Problem
from db.text import shown
from ntm_tui.commands import GoBack, MakePaper, OpenFile, bindings
from ntm_tui.compat import work
from ntm_tui.screens.sync.outgoing import Outgoing, read_outgoing
from ntm_tui.screens.sync.run import Run, RunPanel
from ntm_tui.screens.sync.section import Section
from ntm_tui.screens.sync.send_choices import SendChoices
from ntm_tui.screens.sync.sent import sent
from ntm_tui.screens.sync.to_communes import desks_meant, machines, read_for_communes

if TYPE_CHECKING:
    from db.desk import Desk
    from db.disks import Disk
    from db.sync.archive import Written
    from db.sync.info import Receiver
    from db.sync.readers import Readers

MOST_CODES = 4


class SendSection(Section):
    """The choices; while a bundle is written and afterwards, a panel in their place."""

    HELP = """
Gửi đi: chọn gửi cho ai, gửi gì, ghi vào đâu, có mã hóa không (Tab sang ô sau, ↑ ↓ chọn), rồi
Enter để ghi gói. Gói đã mã hóa chỉ máy nhận và máy này mở được, trình duyệt không mở được.
Gói ghi xong được đọc lại kiểm tra. Nơi nhận xác nhận rồi thì lần sau chỉ gửi phần mới.
Ghi xong, Ctrl+W lập biên bản giao nhận: một trang A4 mở trong trình duyệt để in, hai bên ký.
"""
    DEFAULT_CSS = """
    SendSection {
        #run { display: none; }
        &.-running #choose { display: none; }
        &.-running #run { display: block; }
    }
    """
    BINDINGS = bindings(OpenFile, MakePaper, GoBack)
    title = "Gửi đi"

    def __init__(self) -> None:
        super().__init__(id="send")
        self._run: Run | None = None
        self._written: tuple[Written, ...] = ()
        self._choices, self._panel = SendChoices(), RunPanel(id="run")

    def compose(self) -> ComposeResult:
        """The choices, and the panel that takes their place."""
        yield self._choices
        yield self._panel

    @property
    def running(self) -> bool:
        """Whether a bundle is being written."""
        return self._run is not None and self._run.running

    def enter(self) -> None:
        """Begin with the choices, or with what became of them."""
        if self.has_class("-running"):
            self.screen.set_focus(self._panel)
        else:
            self._choices.begin()
            self.area.say(self._choices.hint)

    def read(self, desk: Desk) -> Outgoing:
        """Read what would travel to the chosen receiver."""
        read = read_outgoing if desk.upper is None else read_for_communes
        return read(desk, self._choices.receiver, full=self._choices.full)

    def show(self, data: Any) -> None:
        """Show it."""
        self._choices.show(data)

    def show_disks(self, disks: tuple[Disk, ...]) -> None:
        """Show the disks that are plugged in now."""
        others = self._choices.show_disks(disks)
        if others and self.in_front and not self.has_class("-running"):
            self.area.say(self._choices.hint)

    @on(SendChoices.Asked)
    def _asked(self) -> None:
        self.area.refresh_data()

    @on(SendChoices.Ready)
    def _begin(self) -> None:
        desk = self.ntm.desk
        if desk is None or not self._choices.hint:
            self.area.say("Đang tìm ổ đĩa, xin chờ một chút rồi bấm lại.")
            return
        folder = self._choices.folder(desk.home)
        if folder is not None and not self.running:
            self._write(desk, folder)

    @work(group="export")
    async def _write(self, desk: Desk, folder: Path) -> None:
        self._run, self._written = Run(), ()
        self.add_class("-running")
        self._panel.begin(self._run, "Đang ghi gói", "Đang gom và ký phần mới")
        self.screen.set_focus(self._panel)
        removable = self._choices.to_removable_disk
        try:
            written = await asyncio.to_thread(self._export, desk, folder, self._run)
        except Problem as problem:
            if not self._panel.is_running:  # the program has ended meanwhile
                return
            hint = "Enter ghi lại · Esc trở lại chọn chỗ khác"
            self._panel.failed(f"Chưa ghi được gói{self._run.about}", hint, problem)
            self._tell(str(problem))
        else:
            self._written = written
            text = sent(written, removable=removable)
            hint = "Ctrl+W biên bản giao nhận · Ctrl+O mở thư mục · Enter trở lại"
            self._panel.end("√ Đã ghi xong, đọc lại kiểm tra đúng", hint, text)
            codes = ", ".join(it.code for it in written[:MOST_CODES])
            more = " …" if len(written) > MOST_CODES else ""
            self._tell(f"Gói đã ghi xong. Mã đối chiếu: {codes}{more}")

    def _export(self, desk: Desk, folder: Path, run: Run) -> tuple[Written, ...]:
        """Write what is meant; runs in a thread, beside whatever the person does meanwhile."""
        try:
            desks = desks_meant(desk, self._choices.receiver)
            readers = [
                self._readers(one) for one in desks
            ]  # no bundle is written unless all can be
            written = []
            for place, (one, who) in enumerate(zip(desks, readers, strict=True), 1):
                if len(desks) > 1:
                    run.about = f" của xã {shown(one.commune.name)} ({place}/{len(desks)})"
                written.append(self._export_one(one, who, folder, run))
            return tuple(written)
        finally:
            run.finished.set()

    def _export_one(self, desk: Desk, readers: Readers | None, folder: Path, run: Run) -> Written:
        from ntm_tui.papers.bundle import send_bundle

        return send_bundle(
            desk,
            self._receiver(desk),
            folder,
            full=self._choices.full,
            readers=readers,
            progress=run.note,
            cancelled=run.stopped,
        )

    def _receiver(self, desk: Desk) -> Receiver:
        from db.sync.planning import parse_receiver

        return machines() if desk.upper is not None else parse_receiver(self._choices.receiver)

    def _readers(self, desk: Desk) -> Readers | None:
        from db.sync.readers import check_anybody, readers_meant

        if not self._choices.encrypted:
            return None
        readers = readers_meant(desk, self._receiver(desk))
        check_anybody(desk, readers)
        return readers

    def _tell(self, words: str) -> None:
        """Say what became of it, also to a person who went on elsewhere."""
        if self.in_front:
            self.area.say(words)
        else:
            self.notify(shown(words), title="Đồng bộ", timeout=12, markup=False)

    def action_go_back(self) -> None:
        """Stop what runs; after that, back to the choices."""
        if self._run is not None and self._run.running:
            self._run.stop()
            self.area.say("Đang dừng…")
        elif self.has_class("-running"):
            self._leave()

    def action_open_file(self) -> None:
        """Open the folder with the bundle."""
        from ntm_tui.dialogs.opening import open_file

        if self._written and self.has_class("-running"):
            try:
                open_file(self._written[0].path.parent)
            except Problem as problem:
                self.ntm.tell(problem)

    def action_make_paper(self) -> None:
        """Make the handover sheet of the bundle that was just written, and open it."""
        if self._written and self.has_class("-running"):
            self._make_sheets([it.path for it in self._written])

    @work(group="handover", exclusive=True)
    async def _make_sheets(self, bundles: Sequence[Path]) -> None:
        from ntm_tui.dialogs.opening import open_file
        from ntm_tui.papers.handover import sheet_name, write_sheet

        if (desk := self.ntm.desk) is None:
            return
        self.area.say("Đang lập biên bản…")
        folder = desk.home.outgoing  # so that the stick can be pulled out
        try:
            for bundle in bundles:
                await asyncio.to_thread(write_sheet, desk, bundle, folder / sheet_name(bundle))
            open_file(folder / sheet_name(bundles[0]) if len(bundles) == 1 else folder)
        except Problem as problem:
            self.ntm.tell(problem)
        else:
            which = sheet_name(bundles[0]) if len(bundles) == 1 else f"{len(bundles)} tờ"
            self.area.say(f"Đã mở biên bản để in: {which}")

    @on(RunPanel.Left)
    def _left(self) -> None:
        """Enter on the panel: back to the choices, or once more after a failure."""
        again = not self._written
        self._leave()
        if again:
            self._begin()

    def _leave(self) -> None:
        self.remove_class("-running")
        self.enter()
        self.area.refresh_data()

    async def on_unmount(self) -> None:
        """The program ends: stop writing, and wait until nothing is half done."""
        if self._run is not None:
            await self._run.end()
