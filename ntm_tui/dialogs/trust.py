"""Trusting a machine: an explicit act of a person who has compared its fingerprint by phone."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from db.text import shown
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.screens.sync.people import groups_of, role_words
from ntm_tui.widgets.field_message import FieldMessage

_ASKED = (
    "\nGọi điện cho người giữ máy kia (số đã biết từ trước) và nghe đọc mã máy từng nhóm. Nhóm "
    "nào đúng thì bấm phím Cách. Có nhóm không đúng thì bấm Esc: không tin cậy máy này."
)


class Groups(Widget, can_focus=True):
    """The groups of a fingerprint; Space marks one as heard and goes on to the next."""

    HELP = "Phím Cách: nhóm này đúng. ← → sang nhóm khác, Backspace bỏ dấu. Đủ cả thì Enter."
    DEFAULT_CSS = """
    Groups {
        height: 5;
        padding: 1 2;
        & > .groups--here {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        & > .groups--heard { color: $success; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"groups--here", "groups--heard"}  # noqa: RUF012
    BINDINGS = [  # noqa: RUF012
        Binding("space", "confirm", "Nhóm này đúng", show=False),
        Binding("backspace", "take_back", "Bỏ dấu", show=False),
        Binding("left", "move(-1)", "Sang trái", show=False),
        Binding("right", "move(1)", "Sang phải", show=False),
        Binding("enter", "ready", "Xong", show=False),
    ]

    here: reactive[int] = reactive(0)
    heard: reactive[frozenset[int]] = reactive(frozenset)

    class Ready(Message):
        """Enter was pressed; `left` groups were not compared."""

        def __init__(self, left: int) -> None:
            super().__init__()
            self.left = left

    def __init__(self, device: str) -> None:
        super().__init__()
        self._groups = groups_of(device)

    def render(self) -> Content:
        """Draw the groups on two lines, each with its mark."""
        drawn = [self._drawn(place) for place in range(len(self._groups))]
        half = (len(drawn) + 1) // 2
        gap = Content("    ")
        return Content("\n\n").join([gap.join(drawn[:half]), gap.join(drawn[half:])])

    def _drawn(self, place: int) -> Content:
        text = f" {'√' if place in self.heard else '□'} {self._groups[place]} "
        if place == self.here and self.has_focus:
            return Content.styled(text, self.get_visual_style("groups--here"))
        if place in self.heard:
            return Content.styled(text, self.get_visual_style("groups--heard"))
        return Content(text)

    def action_confirm(self) -> None:
        """This group is as it was read out."""
        self.heard = self.heard | {self.here}
        self.action_move(1)

    def action_take_back(self) -> None:
        """It is not, after all."""
        self.heard = self.heard - {self.here}

    def action_move(self, step: int) -> None:
        """Go to another group."""
        self.here = min(max(self.here + step, 0), len(self._groups) - 1)

    def action_ready(self) -> None:
        """Say that the person is done."""
        self.post_message(self.Ready(len(self._groups) - len(self.heard)))


class TrustDialog(Dialog[bool]):
    """Gives True only after a person has marked every group of the fingerprint.

    Args:
        device: its id, which is its fingerprint.
        office: what its card says.
        machine: what its card says.
        role: what its card says.
    """

    HELP = "Tin cậy một máy là tính mọi số liệu máy ấy ghi. Chỉ làm sau khi đã đối chiếu mã máy."
    DEFAULT_CSS = """
    TrustDialog {
        .box { width: 72; }
        Static { height: auto; }
    }
    """

    def __init__(self, device: str, office: str, machine: str, role: str) -> None:
        super().__init__()
        self._device = device
        self._who = f"{shown(office)} · {shown(machine)} · {role_words(role)}"

    def compose(self) -> ComposeResult:
        """Who it says it is, what to do, the groups."""
        with Vertical(classes="box") as box:
            box.border_title = "Tin cậy máy này?"
            box.border_subtitle = "Cách: nhóm đúng · Enter tin cậy · Esc không"
            yield Static(Content.styled(self._who, "bold"))
            yield Static(Content(_ASKED))
            yield Groups(self._device)
            yield FieldMessage()

    def on_groups_ready(self, event: Groups.Ready) -> None:
        """Trust, if everything was compared."""
        if event.left:
            self.query_one(FieldMessage).problem(
                f"Còn {event.left} nhóm chưa đối chiếu. Nghe đọc rồi bấm phím Cách ở từng nhóm."
            )
        else:
            self.leave(True)
