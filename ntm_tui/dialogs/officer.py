"""Who works at this machine now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from db.problems import Problem
from db.text import shown
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from db.desk import Desk

Chosen = tuple[str, str]
"""A name and a position; the position is empty for one who is known already."""


class OfficerDialog(Dialog[Chosen]):
    """Gives the officer who takes the desk; a new one is written down with name and position.

    Args:
        desk: the desk to take.
        names: the officers that are known.
        title: what is asked.
    """

    HELP = """
Ai đang ngồi máy: từ lúc đổi, mọi việc ghi theo tên người đó. Chọn tên trong danh sách rồi Enter;
người mới thì gõ họ tên và chức vụ ở dưới, Enter ở ô cuối để nhận máy.
"""
    DEFAULT_CSS = """
    OfficerDialog {
        .box { width: 60; }
        OptionList { height: auto; max-height: 8; margin-bottom: 1; }
        Horizontal { height: 1; }
        Label { width: 20; }
        TextLine { width: 1fr; }
    }
    """

    def __init__(self, desk: Desk, names: tuple[str, ...], *, title: str = "Đổi cán bộ") -> None:
        super().__init__()
        self._title = title
        self._desk = desk
        self._names = names

    def compose(self) -> ComposeResult:
        """The known ones, then the fields for a new one."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            box.border_subtitle = "Enter chọn · Esc đóng"
            yield OptionList(*(Option(self._line(it)) for it in self._names), markup=False)
            with Horizontal():
                yield Label("Họ tên người mới")
                yield TextLine(id="name")
            with Horizontal():
                yield Label("Chức vụ")
                yield TextLine(id="position", placeholder="không bắt buộc")
            yield FieldMessage()

    def _line(self, name: str) -> Content:
        here = " (đang ngồi máy)" if name == self._desk.officer else ""
        return Content.assemble(shown(name), (here, "dim"))

    def on_mount(self) -> None:
        """Begin at the one who works now."""
        if self._desk.officer in self._names:
            self.query_one(OptionList).highlighted = self._names.index(self._desk.officer)

    @on(OptionList.OptionSelected)
    def _known(self, event: OptionList.OptionSelected) -> None:
        self.leave((self._names[event.option_index], ""))

    @on(TextLine.Submitted, "#name")
    def _named(self) -> None:
        self.focus_next()

    @on(TextLine.Submitted, "#position")
    def _new(self) -> None:
        from db.communes import officer_name

        typed = self.query_one("#name", TextLine)
        try:
            name = officer_name(typed.value)
        except Problem as problem:
            self.query_one(FieldMessage).problem(str(problem))
            self.set_focus(typed)
            return
        self.leave((name, self.query_one("#position", TextLine).value))
