"""The work area of the bundles: what goes out and comes in, what differs, and which machines."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from ntm_tui.commands import GoSync, bindings
from ntm_tui.compat import work
from ntm_tui.screens.area import AreaScreen
from ntm_tui.screens.sync.devices import DevicesSection
from ntm_tui.screens.sync.differing import DifferingSection
from ntm_tui.screens.sync.kept_apart import KeptApartSection
from ntm_tui.screens.sync.log import LogSection
from ntm_tui.screens.sync.receive import ReceiveSection
from ntm_tui.screens.sync.section import Section, SectionBar
from ntm_tui.screens.sync.send import SendSection

if TYPE_CHECKING:
    from db.desk import Desk
    from db.disks import Disk
    from db.journal.undo import Undone
    from db.sync.finding import FoundBundle

    Disks = tuple[Disk, ...]
    Found = tuple[FoundBundle, ...]

DISK_SECONDS = 2.0
"""Seconds between two looks at which disks are plugged in."""


class SyncScreen(AreaScreen):
    """Six parts, one of which is in front; its number brings it there, F8 again the next one."""

    HELP = """
Đồng bộ: gửi gói cho cấp trên và các máy khác, nhận gói về, chốt ô trái nhau, xem phần để riêng, sổ
gửi nhận và các máy. Bấm số để mở từng phần, hoặc F8 lần nữa để sang phần sau.
"""
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *bindings(GoSync),
        *(Binding(str(number), f"open_section({number})", show=False) for number in range(1, 7)),
    ]
    CSS = """
    SyncScreen.-narrow {
        SendSection #choose { layout: vertical; overflow-y: auto; }
        SendSection #lists { width: 1fr; height: auto; }
        SendSection #receivers, SendSection #places { max-height: 8; }
        SendSection #outlook-box { width: 1fr; height: auto; }
        DevicesSection Horizontal { layout: vertical; }
        DevicesSection #machines { width: 1fr; height: auto; max-height: 40%; }
    }
    SyncScreen.-wide {
        #differ, #apart { layout: horizontal; }
        #conflicts, #kept { width: 2fr; height: 1fr; }
        #sides, #why { width: 3fr; height: 1fr; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (110, "-wide")]  # noqa: RUF012

    area = GoSync

    def __init__(self) -> None:
        super().__init__()
        self._send, self._receive = SendSection(), ReceiveSection()
        self.sections: tuple[Section, ...] = (
            self._send,
            self._receive,
            DifferingSection(),
            KeptApartSection(),
            LogSection(),
            DevicesSection(),
        )
        self._looking = False

    def compose_area(self) -> ComposeResult:
        """The names of the parts, and the parts."""
        yield SectionBar([one.title for one in self.sections])
        yield from self.sections

    def on_mount(self) -> None:
        """Begin with sending, and keep an eye on the disks."""
        self.go_to_section(0)
        self.set_interval(DISK_SECONDS, self._look_for_disks)

    def on_screen_resume(self) -> None:
        """Come to the front."""
        super().on_screen_resume()
        self._look_for_disks()

    @property
    def section(self) -> Section:
        """The part in front."""
        return self.sections[self.query_one(SectionBar).here]

    @property
    def part(self) -> str:
        """The name of the part in front."""
        return self.section.id or ""

    def go_to_section(self, place: int) -> None:
        """Bring a part to the front."""
        self.query_one(SectionBar).here = place
        for number, one in enumerate(self.sections):
            one.display = number == place
        self.say("")
        self.section.enter()

    def open_part(self, name: str) -> None:
        """Bring the part with this id to the front."""
        self.go_to_section([one.id for one in self.sections].index(name))
        self.refresh_data()

    def action_open_section(self, number: int) -> None:
        """Bring the part with this number to the front."""
        self.go_to_section(number - 1)
        self.refresh_data()

    async def taken_back(self, done: Undone) -> None:
        """Let the part in front show what undo or redo changed."""
        self.section.taken_back(done)

    async def action_go_sync(self) -> None:
        """On to the next part, after the last one to the first."""
        self.go_to_section((self.query_one(SectionBar).here + 1) % len(self.sections))
        self.refresh_data()

    @on(SectionBar.Went)
    def _went(self, event: SectionBar.Went) -> None:
        self.go_to_section(event.place)
        self.refresh_data()

    def read(self, desk: Desk) -> Any:
        """Read what the part in front shows, and how much waits for a person in each part."""
        section = self.section
        return section, section.read(desk), [one.waiting(desk) for one in self.sections]

    def show(self, data: Any) -> None:
        """Show it, if it still is in front."""
        section, found, waiting = data
        self.query_one(SectionBar).waiting = tuple(waiting)
        if section is self.section:
            section.show(found)
            self._look_for_disks()

    @work(group="disks")
    async def _look_for_disks(self) -> None:
        """See which disks are plugged in; one look at a time, for a dying disk can take long."""
        watching = self.section in (self._send, self._receive)
        if self._looking or not self.is_current or not watching:
            return
        self._looking = True
        try:
            disks, found = await asyncio.to_thread(self._look, self.section is self._receive)
        finally:
            self._looking = False
        if self.is_running:
            self._send.show_disks(disks)
            if found is not None:
                self._receive.show_found(found)

    def _look(self, for_bundles: bool) -> tuple[Disks, Found | None]:
        from db.disks import removable_disks

        disks = removable_disks()
        return disks, self._receive.find(disks) if for_bundles else None
