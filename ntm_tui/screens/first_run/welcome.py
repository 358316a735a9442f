"""The first question: is there a machine with this commune's data already?"""

from __future__ import annotations

from enum import IntEnum

from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ntm_tui.screens.first_run.page import Page


class Way(IntEnum):
    """The answers, in their order."""

    FOUND = 0
    JOIN = 1
    PRACTISE = 2
    UPPER = 3


_ANSWERS = (
    "1  Chưa: tạo kho dữ liệu mới cho xã",
    "2  Rồi, kể cả khi máy đó đã mất hay hỏng: lấy số liệu từ một gói",
    "3  Chỉ dùng thử với một xã thực hành (tưởng tượng)",
    "4  Đây là máy của huyện, tỉnh: nhận gói của các xã",
)
_WORDS = """
Sổ tay nông thôn mới của xã: tự đánh giá các tiêu chí, giữ minh chứng, gửi huyện một tệp.
Không cần mạng. Mọi thứ được lưu ngay khi nhập; lỡ tay thì Ctrl+Z.
"""


class WayList(OptionList):
    """The answers; the digit before an answer chooses it."""

    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding(str(way + 1), f"choose({way.value})", _ANSWERS[way], show=False) for way in Way
    ]

    def action_choose(self, place: int) -> None:
        """Choose an answer."""
        self.highlighted = place
        self.action_select()


class WelcomePage(Page):
    """Asks how to begin."""

    HELP = "Chọn cách bắt đầu: bấm số, hoặc ↑ ↓ rồi Enter. Chưa có gì được tạo cho tới bước cuối."
    question = "Xã đã có máy nào dùng chương trình này chưa?"
    first = "way"

    class Chosen(Message):
        """How to begin."""

        def __init__(self, way: Way) -> None:
            super().__init__()
            self.way = way

    def compose_fields(self) -> ComposeResult:
        """The answers, and what this is."""
        yield WayList(*(Option(it) for it in _ANSWERS), id="way", markup=False)
        yield Static(_WORDS.strip(), classes="words")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go that way."""
        event.stop()
        self.clear_messages()
        self.post_message(self.Chosen(Way(event.option_index)))
