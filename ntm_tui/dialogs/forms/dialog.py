"""Arranging one sheet: its title, what its columns are called, their order, which are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Label, OptionList
from textual.widgets.option_list import Option

from db.text import shown
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.dialogs.forms.arranging import TITLE, Line
from ntm_tui.papers.workbooks.forms import Form
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from ntm_tui.dialogs.forms.arranging import Arranging


class FormDialog(Dialog[Form]):
    """Gives the form as it was arranged.

    Args:
        arranging: the sheet and its form so far.
        problem: what is wrong with the file in which it was kept; empty for nothing.
    """

    HELP = """
Mẫu của một bảng Excel. Enter đổi chữ của dòng đang chọn; phím cách dùng hay không dùng cột đó;
Ctrl+↑ và Ctrl+↓ chuyển cột. “Trên > Dưới” là hai tầng tiêu đề. Chữ trong ngoặc nhọn như {năm}, {kỳ}
được điền khi lập bảng. Esc là xong, mẫu được giữ ngay.
"""
    DEFAULT_CSS = """
    FormDialog {
        .box { width: 76; }
        OptionList { height: auto; max-height: 15; }
        Horizontal { height: auto; }
        Label { width: 9; }
        TextLine { width: 1fr; }
        Button { min-width: 8; }
    }
    """
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        Binding("space", "turn", "Dùng, không dùng", show=False),
        Binding("ctrl+up", "move(-1)", "Chuyển lên", show=False),
        Binding("ctrl+down", "move(1)", "Chuyển xuống", show=False),
    ]

    def __init__(self, arranging: Arranging, problem: str = "") -> None:
        super().__init__()
        self._arranging = arranging
        self._problem = problem
        self._edited = TITLE

    def compose(self) -> ComposeResult:
        """The lines, then the field for the one that is changed."""
        with Vertical(classes="box") as box:
            box.border_title = f"Mẫu bảng Excel: {shown(self._arranging.table.tab)}"
            box.border_subtitle = "Enter sửa chữ · Cách bật tắt · Ctrl+↑↓ chuyển · Esc xong"
            yield OptionList(*self._options(), markup=False, classes="plain")
            with Horizontal():
                yield Label("Sửa chữ")
                yield TextLine(max_length=200)
            yield FieldMessage()
            yield Button("Về mẫu của chương trình", id="first")

    def on_mount(self) -> None:
        """Begin at the title."""
        listed = self.query_one(OptionList)
        listed.highlighted = 0
        self.set_focus(listed)
        if self._problem:
            self.query_one(FieldMessage).problem(self._problem)

    def _options(self) -> list[Option]:
        return [Option(_words(line)) for line in self._arranging.lines]

    def _arrange(self, arranging: Arranging, name: str) -> None:
        """Show what has become of it, the cursor on the same line."""
        self._arranging = arranging
        listed = self.query_one(OptionList)
        for at, line in enumerate(arranging.lines):
            listed.replace_option_prompt_at_index(at, _words(line))
        listed.highlighted = arranging.place_of(name)
        self._load()

    @property
    def _here(self) -> Line:
        place = self.query_one(OptionList).highlighted
        return self._arranging.lines[place or 0]

    @on(OptionList.OptionHighlighted)
    def _load(self) -> None:
        """Show the words of the line under the cursor in the field."""
        line = self._here
        self._edited = line.name
        self.query_one(TextLine).load(line.text)

    @on(OptionList.OptionSelected)
    def _edit(self) -> None:
        field = self.query_one(TextLine)
        self.set_focus(field)
        field.cursor_position = len(field.value)

    @on(TextLine.Settled)
    def _rename(self, event: TextLine.Settled) -> None:
        from ntm_tui.papers.workbooks.form_file import text_problem

        text = " ".join(event.text.split())
        problem = text_problem(text)
        message = self.query_one(FieldMessage)
        if problem:
            message.problem(f"{problem} Chữ cũ được giữ.")
            return
        message.clear()
        self._arrange(self._arranging.renamed(self._edited, text), self._edited)

    @on(TextLine.Submitted)
    def _edited_done(self) -> None:
        self.set_focus(self.query_one(OptionList))

    def action_turn(self) -> None:
        """Use the column under the cursor, or leave it out and go on to the next."""
        here, place = self._here, self.query_one(OptionList).highlighted or 0
        turned = self._arranging.turned(here.name)
        self._arrange(turned, turned.lines[place].name if here.place else here.name)

    def action_move(self, step: int) -> None:
        """Move the column under the cursor."""
        name = self._here.name
        self._arrange(self._arranging.moved(name, step), name)

    @on(Button.Pressed, "#first")
    def _at_first(self) -> None:
        self.query_one(FieldMessage).clear()
        self._arrange(self._arranging.at_first(), TITLE)
        self.set_focus(self.query_one(OptionList))

    def action_go_back(self) -> None:
        """Give the form; what is still being typed is taken in first."""
        self.leave()

    async def on_dialog_leaving(self, event: Dialog.Leaving) -> None:
        """Close with the form as it is now."""
        event.stop()
        event.prevent_default()
        self.dismiss(self._arranging.form)


def _words(line: Line) -> Content:
    if line.name == TITLE:
        return Content.assemble(("Tiêu đề ", "bold"), shown(line.text))
    mark = f"{line.place:>2} √ " if line.place else "     "
    style = "" if line.place else "dim"
    return Content.styled(f"{mark}{shown(line.text)}", style)
