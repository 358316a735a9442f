"""Trusting a machine no longer."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from db.text import shown
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.screens.sync.people import fingerprint_lines

_MEANS = (
    "\nPhần máy ấy đã ghi và đã nhận về đây vẫn tính. Phần máy ấy ghi từ nay để riêng ở khu cách "
    "ly, không tính. Trên mỗi máy khác của xã cũng cần thôi tin cậy máy ấy. Muốn tin cậy lại thì "
    "đối chiếu lại mã máy.\n"
)


class RevokeDialog(Dialog[bool]):
    """Gives True when the person goes through with it."""

    HELP = "Thôi tin cậy một máy bị mất, bị lấy cắp hoặc không còn dùng."
    DEFAULT_CSS = """
    RevokeDialog {
        .box { width: 72; }
        Static { height: auto; }
        Button { width: 100%; }
    }
    """

    def __init__(self, office: str, machine: str, device: str) -> None:
        super().__init__()
        self._who = f"{shown(office)} · {shown(machine)}"
        self._device = device

    def compose(self) -> ComposeResult:
        """Which machine, what it means, both ways."""
        with Vertical(classes="box") as box:
            box.border_title = "Thôi tin cậy máy này?"
            box.border_subtitle = "Tab chọn · Enter làm · Esc không"
            yield Static(Content.styled(self._who, "bold"))
            yield Static(Content(fingerprint_lines(self._device)))
            yield Static(Content(_MEANS))
            yield Button("Không, giữ như cũ", id="keep")
            yield Button("Thôi tin cậy", id="revoke")

    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        self.leave(False)

    @on(Button.Pressed, "#revoke")
    def _revoke(self) -> None:
        self.leave(True)
