"""A machine that another one revoked: a person here follows that, or goes on trusting."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from db.text import shown
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.screens.sync.people import fingerprint_lines

_MEANS = (
    "\nĐến nay các phần nhận trước đó vẫn tính; phần máy ấy ghi sau lúc bị thu hồi đang để riêng. "
    "Hãy gọi hỏi người đã thu hồi (số đã biết từ trước), rồi chọn:\n"
    "· Thôi tin cậy: máy bị mất, bị lấy cắp hoặc không còn dùng. Phần để riêng không tính.\n"
    "· Vẫn tin cậy: máy vẫn do đúng người giữ. Đối chiếu mã máy rồi phần để riêng được tính.\n"
)


class Way(StrEnum):
    """What a person decided."""

    REVOKE = "revoke"
    TRUST = "trust"


class DisownedDialog(Dialog[Way]):
    """Gives what the person decided; nothing when it is left for later.

    Args:
        office: what the machine's card says.
        machine: what its card says.
        device: its id.
        by: who revoked it.
    """

    HELP = "Một máy khác đã thu hồi máy này. Ở đây chưa ai quyết định: phần mới của máy để riêng."
    DEFAULT_CSS = """
    DisownedDialog {
        .box { width: 76; }
        Static { height: auto; }
        Button { width: 100%; }
    }
    """

    def __init__(self, office: str, machine: str, device: str, by: Sequence[str]) -> None:
        super().__init__()
        self._who = f"{shown(office)} · {shown(machine)}"
        self._device = device
        self._by = ", ".join(by)

    def compose(self) -> ComposeResult:
        """Which machine, who revoked it, and the ways to go on."""
        with Vertical(classes="box") as box:
            box.border_title = "Máy này đã bị máy khác thu hồi"
            box.border_subtitle = "Tab chọn · Enter làm · Esc để sau"
            yield Static(Content.styled(self._who, "bold"))
            yield Static(Content(fingerprint_lines(self._device)))
            yield Static(Content(f"\nĐã bị thu hồi bởi: {self._by}"))
            yield Static(Content(_MEANS))
            yield Button("Để sau", id="later")
            yield Button("Thôi tin cậy", id="revoke")
            yield Button("Vẫn tin cậy…", id="trust")

    @on(Button.Pressed)
    def _chosen(self, event: Button.Pressed) -> None:
        self.leave(None if event.button.id == "later" else Way(event.button.id or ""))
