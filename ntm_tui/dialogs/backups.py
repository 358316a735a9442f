"""The copies of the store: look through them, and go back to one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from db.numbers import show_number
from ntm_tui.compat import relabel
from ntm_tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from db.backups import Backup
    from db.home import Home

_WHY = {
    "hang-ngay": "hằng ngày",
    "truoc-khi-nhan": "trước khi nhận gói",
    "truoc-phuc-hoi": "trước khi phục hồi",
    "truoc-nang-cap": "trước khi nâng cấp",
    "theo-yeu-cau": "theo yêu cầu",
}


class BackupsDialog(Dialog[Path]):
    """Gives the copy to go back to, or nothing. Choosing one and using it are two keys."""

    HELP = """
Các bản sao lưu của kho dữ liệu, mới nhất ở trên. Chọn một bản rồi Enter, Enter lần nữa để dùng lại
bản đó. Kho đang dùng được cất nguyên, không mất gì.
"""
    DEFAULT_CSS = """
    BackupsDialog {
        .box { width: 70; max-height: 90%; }
        Static { height: auto; margin-bottom: 1; }
        OptionList { height: auto; max-height: 12; }
        Button { width: 100%; margin-top: 1; }
    }
    """

    def __init__(self, home: Home) -> None:
        super().__init__()
        from db.backups import list_backups

        self._copies = list_backups(home)

    def compose(self) -> ComposeResult:
        """What it does, the copies, the button."""
        with Vertical(classes="box") as box:
            box.border_title = "Bản sao lưu"
            box.border_subtitle = "Enter chọn · Esc đóng"
            if not self._copies:
                yield Static("Chưa có bản sao lưu nào. Mỗi ngày máy tự làm một bản khi mở.")
                return
            yield Static("Chọn bản muốn dùng lại. Kho đang dùng được cất nguyên, không xóa gì.")
            yield OptionList(*(Option(_line(copy)) for copy in self._copies), markup=False)
            yield Button("Dùng lại bản này", id="use")

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.set_focus(self.query_one("#use"))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        made = self._copies[event.option_index].made_at
        relabel(self.query_one("#use", Button), f"Dùng lại bản {made:%H:%M ngày %d/%m/%Y}")

    @on(Button.Pressed, "#use")
    def _use(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.leave(self._copies[place].path)


def _line(copy: Backup) -> Content:
    size = show_number(Decimal(copy.size // 1024))
    why = _WHY.get(copy.why.value, copy.why.value)
    return Content.assemble(
        (f"{copy.made_at:%d/%m/%Y  %H:%M}", "bold"), f"  {why}", (f"  {size} kB", "dim")
    )
