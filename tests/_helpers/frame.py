"""A small app made of everything the frame offers, as a screen writer would use it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Button, Checkbox, DataTable, OptionList, Select

from ntm_tui import compat
from ntm_tui.commands import (
    ClearStatus,
    Edit,
    Find,
    GoChecklist,
    GoSync,
    GoThresholds,
    GoWeek,
    Redo,
    SetInProgress,
    SetMet,
    SetNotApplicable,
    SetNotMet,
    Undo,
    bindings,
)
from ntm_tui.commands.host import CommandHost
from ntm_tui.crash import CrashGuard
from ntm_tui.widgets.command_row import AreaBar, CommandFooter
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.status_line import StatusLine
from ntm_tui.widgets.text_block import TextBlock
from ntm_tui.widgets.text_line import TextLine
from ntm_tui.widgets.title_bar import TitleBar
from ntm_tui.widgets.typed import Typed

compat.install()


class Checklist(DataTable[str]):
    HELP = "Bảng tiêu chí. Bấm một số để đánh giá rồi sang dòng sau."
    BINDINGS = bindings(SetMet, SetNotMet, SetInProgress, SetNotApplicable, ClearStatus, Edit)

    def on_mount(self) -> None:
        self.add_columns("TT", "Chỉ tiêu")
        for number in range(30):
            self.add_row(f"17.{number}", "Tỷ lệ hộ có nhà tiêu hợp vệ sinh")

    def action_set_met(self) -> None:
        self.app.done.append("met")  # type: ignore[attr-defined]


class FrameApp(CrashGuard, CommandHost):
    BINDINGS = bindings(GoWeek, GoChecklist, GoSync, GoThresholds, Undo, Redo, Find)
    CSS = "Checklist { height: 6; }"

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.said: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield AreaBar()
        yield Checklist(cursor_type="row")
        yield TextLine("Cai Kinh", id="line")
        yield FieldMessage()
        yield TextBlock("một\nhai", id="block")
        yield Select([("Đạt", 1), ("Chưa đạt", 2)])
        yield Checkbox("Có")
        yield OptionList("Thôn 1", "Thôn 2")
        yield Button("Xuất gói")
        yield StatusLine()
        yield CommandFooter()

    def action_undo(self) -> None:
        self.done.append("undo")

    def action_find(self) -> None:
        self.query_one(TextLine).focus()

    def action_go_sync(self) -> None:
        village_of_a_person = "Đồng Mỏ"
        raise ValueError(village_of_a_person)

    def on_typed_drafted(self, event: Typed.Drafted) -> None:
        self.said.append(("drafted", event.text))

    def on_typed_settled(self, event: Typed.Settled) -> None:
        self.said.append(("settled", event.text))
