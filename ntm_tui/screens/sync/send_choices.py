"""What a person decides before a bundle is written: for whom, what, where to, who can open it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from ntm_tui.dialogs.folder import typed_path
from ntm_tui.screens.sync.choice_list import Choice, ChoiceList
from ntm_tui.screens.sync.outgoing import (
    FULL,
    NEW,
    OTHER,
    OUTGOING,
    UPPER,
    Outgoing,
    disk_of,
    outlook,
    places,
)
from ntm_tui.screens.sync.secrecy import ENCRYPTED, WHO
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from db.disks import Disk
    from db.home import Home

WHAT = (Choice(NEW, "Phần nơi nhận chưa có"), Choice(FULL, "Gửi lại toàn bộ từ đầu"))


class SendChoices(Horizontal):
    """Four short lists at the left, what would travel at the right."""

    DEFAULT_CSS = """
    SendChoices {
        height: 1fr;
        #lists { width: 38; height: 1fr; scrollbar-size-vertical: 1; }
        #receivers, #places { max-height: 28%; }
        #other { display: none; }
        #other.-wanted { display: block; }
        #outlook-box {
            width: 1fr;
            height: 1fr;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-style: bold;
            border-subtitle-style: bold;
            border-subtitle-color: $primary;
            scrollbar-size-vertical: 1;
            &:focus { border: solid $border; }
        }
        #outlook { height: auto; }
    }
    """

    class Asked(Message):
        """The receiver or the extent is another one now: what would travel must be read anew."""

    class Ready(Message):
        """Enter was pressed: the person wants the bundle."""

    def __init__(self) -> None:
        super().__init__(id="choose")
        self.receiver = UPPER
        self.full = False
        self.encrypted = False
        self._place = ""
        self._outgoing: Outgoing | None = None
        self._disks: tuple[Disk, ...] | None = None

    def compose(self) -> ComposeResult:
        """The lists and the outlook."""
        with VerticalScroll(id="lists", can_focus=False):
            yield ChoiceList("Gửi cho", id="receivers")
            yield ChoiceList("Gửi gì", id="what")
            yield ChoiceList("Ghi vào", id="places")
            yield TextLine(placeholder="đường dẫn thư mục", id="other")
            yield FieldMessage()
            yield ChoiceList("Mã hóa", id="secrecy")
        with VerticalScroll(id="outlook-box") as box:
            box.border_title = "Sẽ gửi"
            box.border_subtitle = "Enter ghi gói"
            yield Static(id="outlook")

    def on_mount(self) -> None:
        """The choices that never change."""
        self.query_one("#what", ChoiceList).show(WHAT)
        self.query_one("#secrecy", ChoiceList).show(WHO)

    @property
    def hint(self) -> str:
        """How to go on from here; empty as long as nothing is known."""
        if self._disks is None:
            return ""
        if self._disks:
            return "Enter ghi gói · Tab sang ô sau, ↑ ↓ chọn."
        return "Chưa thấy USB: cắm vào là hiện ra. Enter để ghi vào máy này trước."

    @property
    def to_removable_disk(self) -> bool:
        """Whether the chosen place is a disk that will be pulled out."""
        return disk_of(self._place) is not None

    def begin(self) -> None:
        """Begin with the disk: that is what differs from day to day."""
        self.screen.set_focus(self.query_one("#places"))

    def show(self, outgoing: Outgoing) -> None:
        """Show what would travel; the lists keep their places."""
        self._outgoing = outgoing
        self.query_one("#receivers", ChoiceList).show(outgoing.receivers)
        self._draw()
        self._list_places()

    def show_disks(self, disks: tuple[Disk, ...]) -> bool:
        """Show the disks that are plugged in now; tells whether they are others than before.

        The first time the first one is chosen; later the cursor stays where the person put it.
        """
        before, self._disks = self._disks, disks
        self._list_places()
        if before is None:
            self.query_one("#places", ChoiceList).highlighted = 0
            return True
        return [it.path for it in before] != [it.path for it in disks]

    def _list_places(self) -> None:
        if self._disks is not None:
            found = self._outgoing.contents if self._outgoing else None
            needed = found.plan.evidence_bytes if found else 0
            self.query_one("#places", ChoiceList).show(places(self._disks, needed))

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._draw()

    def _draw(self) -> None:
        if self._outgoing is not None:
            room = self.query_one("#outlook-box").content_size.width - 2
            drawn = outlook(self._outgoing, max(room, 20), encrypted=self.encrypted)
            self.query_one("#outlook", Static).update(drawn)

    @on(ChoiceList.Changed, "#receivers")
    def _choose_receiver(self, event: ChoiceList.Changed) -> None:
        if event.key != self.receiver:
            self.receiver = event.key
            self.post_message(self.Asked())

    @on(ChoiceList.Changed, "#what")
    def _choose_what(self, event: ChoiceList.Changed) -> None:
        if self.full != (event.key == FULL):
            self.full = not self.full
            self.post_message(self.Asked())

    @on(ChoiceList.Changed, "#secrecy")
    def _choose_who(self, event: ChoiceList.Changed) -> None:
        self.encrypted = event.key == ENCRYPTED
        self._draw()

    @on(ChoiceList.Changed, "#places")
    def _choose_place(self, event: ChoiceList.Changed) -> None:
        self._place = event.key
        self.query_one("#other").set_class(event.key == OTHER, "-wanted")
        self.query_one(FieldMessage).clear()

    @on(ChoiceList.Taken)
    def _taken(self, event: ChoiceList.Taken) -> None:
        event.stop()
        if event.sender.id == "places" and event.key == OTHER:
            self.screen.set_focus(self.query_one("#other"))
        else:
            self.post_message(self.Ready())

    @on(Input.Submitted, "#other")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Ready())

    def folder(self, home: Home) -> Path | None:
        """The chosen folder; None where there is none yet, and what is missing has been said."""
        if self._place == OUTGOING:
            return home.outgoing
        if self._place != OTHER:
            return disk_of(self._place)
        folder = typed_path(self.query_one("#other", TextLine).value)
        if folder is not None and folder.is_absolute():
            return folder
        self.query_one(FieldMessage).problem(
            "Cần đường dẫn đầy đủ của thư mục, ví dụ D:\\Goi hoặc /home/xa/goi."
        )
        self.screen.set_focus(self.query_one("#other"))
        return None
