"""Which upper level, and who works here."""

from __future__ import annotations

from textual.app import ComposeResult

from ntm_tui.screens.first_run.commune import DISTRICT, PROVINCE
from ntm_tui.screens.first_run.page import Page

_REQUIRED = {
    "upper-province": "Cần tên tỉnh để đặt mã cho cấp trên. Hãy gõ tên tỉnh.",
    "upper-officer": "Cần họ tên cán bộ để ghi ai đã làm. Hãy gõ họ tên.",
}


class UpperPage(Page):
    """Asks for province, district and officer; no district means that the province is above."""

    HELP = "Điền tên tỉnh, huyện và cán bộ dùng máy này. Enter sang ô sau, Esc quay lại."
    question = "Cấp trên nào nhận gói của các xã, và ai dùng máy này?"
    first = "upper-district"

    def compose_fields(self) -> ComposeResult:
        """Names."""
        yield from self.line("Tỉnh", "upper-province", PROVINCE)
        yield from self.line("Huyện", "upper-district", DISTRICT, "tỉnh trực tiếp thì bỏ trống")
        yield from self.line("Họ tên cán bộ", "upper-officer")

    def check(self) -> bool:
        """A province and an officer are needed."""
        for name, text in _REQUIRED.items():
            if not self.value(name):
                self.refuse(name, text)
                return False
        return True

    def entered(self, name: str) -> None:
        """Enter in the last line goes on."""
        if name == "upper-officer":
            self.finish()
        else:
            self.screen.focus_next()
