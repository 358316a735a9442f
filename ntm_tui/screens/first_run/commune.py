"""Which commune, and who works here."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from db.text import fold, slug
from ntm_tui.commands import GoBack, bindings
from ntm_tui.screens.first_run.page import Page
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.typed import Typed

PROVINCE, DISTRICT = "Lạng Sơn", "Hữu Lũng"
_REQUIRED = {
    "province": "Cần tên tỉnh để đặt mã cho xã. Hãy gõ tên tỉnh.",
    "district": "Cần tên huyện để đặt mã cho xã. Hãy gõ tên huyện.",
    "commune": "Cần tên xã. Hãy gõ tên, không cần chữ “xã”.",
    "officer": "Cần họ tên cán bộ để ghi ai đã làm. Hãy gõ họ tên.",
}


class CommuneLine(TextLine):
    """The name of the commune; the arrow down goes to the names that fit."""

    HELP = """
Gõ tên xã, không dấu cũng được. Tên hiện ở dưới: ↓ rồi Enter để chọn; xã không có trong danh sách
thì cứ gõ đủ tên rồi Enter.
"""
    BINDINGS = [Binding("down", "screen.to_names", "Sang danh sách", show=False)]  # noqa: RUF012


class NameList(OptionList):
    """The names of communes that fit; Escape goes back to typing."""

    BINDINGS = bindings(GoBack)

    async def action_go_back(self) -> None:
        """Go back to typing."""
        await self.run_action("screen.to_commune")


class CommunePage(Page):
    """Asks for province, district, commune and officer."""

    HELP = "Điền tên tỉnh, huyện, xã và cán bộ dùng máy này. Enter sang ô sau, Esc quay lại."
    question = "Xã nào, và ai dùng máy này?"
    first = "commune"

    def compose_fields(self) -> ComposeResult:
        """Names, with the communes that fit under theirs."""
        yield from self.line("Tỉnh", "province", PROVINCE)
        yield from self.line("Huyện", "district", DISTRICT)
        with Horizontal(classes="field"):
            yield Label("Xã")
            yield CommuneLine(placeholder="gõ vài chữ để tìm, không dấu cũng được", id="commune")
        yield FieldMessage(id="commune-said")
        yield NameList(id="names", markup=False)
        yield from self.line("Họ tên cán bộ", "officer")
        yield from self.line("Chức vụ", "position", example="không bắt buộc")

    def on_mount(self) -> None:
        """No names before something was typed."""
        self._names: tuple[str, ...] = ()
        self.query_one(NameList).display = False

    @on(Typed.Drafted)
    def _mended(self, event: Typed.Drafted) -> None:
        """What was wrong with a field is said no longer once something is typed in it."""
        for message in self.query(f"#{event.field.id}-said").results(FieldMessage):
            message.clear()

    @on(Typed.Drafted, "#commune")
    @on(Typed.Drafted, "#district")
    @on(Typed.Drafted, "#province")
    def _offer(self) -> None:
        """Show the names that fit what stands in the fields."""
        from db.places import communes_like

        typed = self.value("commune")
        found = communes_like(self.value("province"), self.value("district"), typed)
        exact = len(found) == 1 and found[0] == typed
        self._names = () if exact or not typed else found
        names = self.query_one(NameList)
        names.clear_options()
        names.add_options([Option(name) for name in self._names])
        names.display = bool(self._names)
        if self._names:
            names.highlighted = 0

    def to_names(self) -> None:
        """Go to the names that fit."""
        if self._names:
            self.screen.set_focus(self.query_one(NameList))
        else:
            self.screen.focus_next()

    def to_commune(self) -> None:
        """Go back to typing the name."""
        self.screen.set_focus(self.query_one(CommuneLine))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a name over."""
        event.stop()
        self._take_name(self._names[event.option_index])

    def _take_name(self, name: str) -> None:
        self.query_one(CommuneLine).load(name)
        self._offer()
        self.screen.set_focus(self.query_one("#officer"))

    def entered(self, name: str) -> None:
        """Enter takes the one name that fits, or asks to choose; elsewhere it goes on."""
        if name == "position":
            self.finish()
        elif name != "commune":
            self.screen.focus_next()
        elif same := self._meant():
            self._take_name(same)
        elif self._names:
            self.to_names()
        else:
            self.screen.set_focus(self.query_one("#officer"))

    def _meant(self) -> str:
        """The known name that was typed, whatever its marks; empty when that is not clear."""
        typed = fold(self.value("commune"))
        same = [name for name in self._names if fold(name) == typed]
        found = same or (list(self._names) if len(self._names) == 1 else [])
        return found[0] if len(found) == 1 else ""

    def check(self) -> bool:
        """Nothing but the position may be empty."""
        for name, text in _REQUIRED.items():
            if not slug(self.value(name)):
                self.refuse(name, text)
                return False
        return True
