"""A second machine of a commune: from which bundle, and whose it is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from db.sync import layout
from db.text import shown, slug
from ntm_tui.compat import work
from ntm_tui.dialogs.file_picker import FilePicker
from ntm_tui.dialogs.folder import typed_path
from ntm_tui.screens.first_run.page import Page

if TYPE_CHECKING:
    from ntm_tui.screens.first_run.work import BundleLook

AGAIN, OTHER = "Tìm lại trên USB", "Chọn tệp ở chỗ khác…"


class JoinPage(Page):
    """Asks for the bundle and the officer."""

    HELP = """
Máy khác của xã, hoặc cấp trên nếu xã không còn máy nào, xuất gói với lựa chọn gửi lại toàn bộ,
chép sang USB. Cắm USB vào máy này rồi chọn gói trong danh sách, hoặc dán đường dẫn của tệp.
"""
    question = "Lấy số liệu từ gói nào?"
    first = "bundles"

    def compose_fields(self) -> ComposeResult:
        """Bundles on plugged-in disks, the path, the officer."""
        yield OptionList(Option(AGAIN), Option(OTHER), id="bundles", markup=False)
        yield from self.line("Tệp gói", "path", example="đường dẫn tệp NTM_….zip")
        yield from self.line("Họ tên cán bộ", "join-officer")

    def on_mount(self) -> None:
        """No bundle is known yet."""
        self._found: tuple[Path, ...] = ()

    def begin(self) -> None:
        """Come to the front and look for bundles."""
        super().begin()
        self._look_for_bundles()

    @work(group="bundles", exclusive=True)
    async def _look_for_bundles(self) -> None:
        from ntm_tui.screens.first_run.work import bundles_on_disks

        found = await asyncio.to_thread(bundles_on_disks)
        self._found = found
        listed = self.query_one("#bundles", OptionList)
        listed.clear_options()
        names = [shown(str(path)) for path in found]
        listed.add_options([Option(name) for name in (*names, AGAIN, OTHER)])
        listed.highlighted = 0
        if not found:
            self.tell("path").note("Chưa thấy gói nào trên USB. Cắm USB rồi tìm lại, hoặc gõ tên.")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a bundle over, look again, or look elsewhere."""
        event.stop()
        if event.option_index < len(self._found):
            self._take(self._found[event.option_index])
        elif event.option.prompt == AGAIN:
            self._look_for_bundles()
        else:
            self.app.push_screen(FilePicker("Chọn gói của máy kia", layout.SUFFIXES), self._take)

    def _take(self, path: Path | None) -> None:
        if path is not None:
            self.clear_messages()
            self.query_one("#path", Input).value = str(path)
            self.screen.set_focus(self.query_one("#join-officer"))

    def entered(self, name: str) -> None:
        """Enter goes on; after the officer the bundle is looked at."""
        if name == "join-officer":
            self.finish()
        else:
            self.screen.focus_next()

    @property
    def path(self) -> Path:
        """The bundle that was chosen."""
        typed = self.value("path")
        return typed_path(typed) or Path(typed)

    @property
    def officer(self) -> str:
        """Who will work here."""
        return self.value("join-officer")

    def check(self) -> bool:
        """There must be such a file and a name."""
        if not self.value("path") or not self.path.is_file():
            self.refuse("path", "Không thấy tệp này. Hãy xem lại đường dẫn hoặc cắm lại USB.")
            return False
        if not slug(self.officer):
            self.refuse("join-officer", "Cần họ tên cán bộ để ghi ai đã làm. Hãy gõ họ tên.")
            return False
        return True


class ReviewPage(Page):
    """Shows who made the bundle; to join is to take that sender's word."""

    HELP = """
Gói đã được kiểm tra: tệp nguyên vẹn. Nhưng ai gửi thì chỉ người biết: gọi điện cho nơi gửi,
đọc mã gói và dấu vân tay, đúng mới nhập.
"""
    question = "Đúng là gói của nơi gửi này chứ?"
    first = "join"

    def compose_fields(self) -> ComposeResult:
        """What the bundle says, and the button."""
        yield Static(id="look")
        yield Button("Đúng, nhập vào máy này", id="join")

    def show(self, look: BundleLook) -> None:
        """Show what a bundle says of itself and of its sender."""
        rows = [
            ("Xã", shown(look.commune)),
            ("Nơi gửi", f"{shown(look.office)} · máy {shown(look.machine)}"),
            ("Dấu vân tay", look.fingerprint),
            ("Mã gói", look.code),
            ("Làm lúc", look.made),
            ("Trong gói", look.holds),
        ]
        text = Content("\n").join(
            [Content.assemble((f"{label:<13}", "bold"), words) for label, words in rows]
        )
        hint = "Gọi điện cho người dùng máy gửi, đọc mã gói và dấu vân tay cho nhau nghe."
        self.query_one("#look", Static).update(Content("\n\n").join([text, Content(hint)]))

    @on(Button.Pressed, "#join")
    def _join(self) -> None:
        self.finish()
