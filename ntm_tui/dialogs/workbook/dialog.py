"""The dialog in which an old workbook is looked at, corrected and written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from db.problems import Problem
from db.text import shown
from db.workbooks.applying import apply
from db.workbooks.changes import Change
from db.workbooks.watch import Watch
from ntm_tui.compat import relabel, work
from ntm_tui.dialogs.choice import ChoiceDialog
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.dialogs.workbook import looking
from ntm_tui.dialogs.workbook.rows import answers_of, counts, rows_of
from ntm_tui.dialogs.workbook.table import PreviewTable
from ntm_tui.screens.sync.run import EVERY, Run
from ntm_tui.widgets.detail import Detail

if TYPE_CHECKING:
    from db.desk import Desk
    from db.workbooks.layout import Layout
    from ntm_tui.screens.area import AreaScreen

_LEAVE_OUT = "Bỏ ô này, không ghi gì"


class WorkbookDialog(Dialog[int]):
    """Gives how many fields were written; nothing is until a person presses the button.

    Args:
        area: the work area over which it opens.
        path: the workbook.
    """

    HELP = """
Xem trước mọi thay đổi của một trang Excel. Chưa có gì được ghi khi chưa bấm nút Ghi. Ghi xong,
Ctrl+Z lấy lại tất cả trong một lần.
"""
    DEFAULT_CSS = """
    WorkbookDialog {
        .box { width: 100%; max-width: 120; height: 100%; max-height: 40; }
        #about { height: auto; max-height: 7; }
        PreviewTable { height: 1fr; }
        Detail { height: 6; border-top: solid $border-blurred; }
        Horizontal { height: auto; }
        Button { min-width: 8; margin-right: 1; }
    }
    """

    def __init__(self, area: AreaScreen, path: Path) -> None:
        super().__init__()
        self._area = area
        self._path = path
        self._look: looking.Look | None = None
        self._run: Run | None = None
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        """What was found, the list, the answers about a line, the buttons."""
        with Vertical(classes="box") as box:
            box.border_title = f"Nhập sổ Excel: {_title(self._path.name)}"
            box.border_subtitle = "Enter chọn nghĩa · Tab sang nút · Esc thôi, không ghi"
            yield Static("Đang đọc…", id="about")
            yield PreviewTable(id="changes")
            yield Detail()
            with Horizontal():
                yield Button("Ghi", id="write", disabled=True)
                yield Button("Trang", id="sheets", disabled=True)
                yield Button("Bảng", id="subjects", disabled=True)
                yield Button("Cột", id="columns", disabled=True)
                yield Button("Cách đọc", id="ways", disabled=True)

    def on_mount(self) -> None:
        """Begin to read."""
        self.set_focus(self.query_one(PreviewTable))
        self._timer = self.set_interval(EVERY, self._show_progress, pause=True)
        self._read(lambda desk, watch: looking.first_look(desk, self._path, watch))

    # -- Reading -----------------------------------------------------------------------------------

    @work(group="workbook", exclusive=True)
    async def _read(self, job: Callable[[Desk, Watch], looking.Look]) -> None:
        desk = self._area.ntm.desk
        if desk is None:
            self.leave()
            return
        run = self._begin("Đang đọc")
        try:
            self._look = await asyncio.to_thread(_in_thread, job, desk, run)
        except Problem as problem:
            self._end(Content(str(problem)))
        else:
            self._end(self._about())
        self._show()

    def _read_as(self, layout: Layout) -> None:
        look = self._look
        if look is not None:
            self._read(lambda _desk, watch: looking.look_again(look, layout, watch))

    def _begin(self, words: str) -> Run:
        self._run, self._words = Run(), words
        self._timer.resume()
        self._before = self.focused  # a button that is shut for the while loses the focus
        for button in self.query(Button):
            button.disabled = True
        return self._run

    def _end(self, about: Content) -> None:
        self._run = None
        self._timer.pause()
        self.query_one("#about", Static).update(about)

    def _show_progress(self) -> None:
        if self._run is not None:
            done, total = self._run.noted
            share = f" {done * 100 // total} %" if total else ""
            self.query_one("#about", Static).update(f"{self._words}…{share}   Esc để dừng")

    def _about(self) -> Content:
        look = self._look
        if look is None:
            return Content("")
        layout = look.layout
        lines = [Content.styled(f"! {note}", "$warning") for note in look.seen.notes]
        where = f"Trang “{shown(layout.sheet)}” · {look.called} · đọc từ dòng {layout.first_row}"
        return Content("\n").join(
            [*lines, Content(where), Content.styled(counts(look.seen), "bold")]
        )

    def _show(self) -> None:
        look = self._look
        if look is None:
            return
        self.query_one(PreviewTable).put(rows_of(look.seen))
        self._show_detail()
        write = self.query_one("#write", Button)
        relabel(write, f"Ghi {len(look.seen.sure)} thay đổi")
        write.disabled = not look.seen.sure
        self.query_one("#sheets", Button).disabled = len(look.layouts) < 2
        self.query_one("#subjects", Button).disabled = False
        self.query_one("#columns", Button).disabled = False
        self.query_one("#ways", Button).disabled = False
        self.set_focus(self._next(look) or self._before)

    def _next(self, look: looking.Look) -> Widget | None:
        """Give the button with which a person goes on where nothing is known yet."""
        if look.layout.columns:
            return None
        return self.query_one("#columns" if look.is_named else "#subjects")

    @on(PreviewTable.Moved)
    def _show_detail(self) -> None:
        row = self.query_one(PreviewTable).current
        if row is not None:
            self.query_one(Detail).tell(f"{row.place}  {row.of}", [*answers_of(row)])

    def action_to_buttons(self) -> None:
        """Go to the first button that can be pressed."""
        ready = [one for one in self.query(Button) if not one.disabled]
        if ready:
            self.set_focus(ready[0])

    # -- Correcting --------------------------------------------------------------------------------

    def action_settle_row(self) -> None:
        """Let a person say what the cell under the cursor means."""
        row, look = self.query_one(PreviewTable).current, self._look
        if self._run is not None or look is None or row is None:
            return
        change = row.about
        if not isinstance(change, Change) or not change.doubt:
            self.host.notify("Chỉ những dòng có dấu ? mới cần chọn.", markup=False)
            return
        choices = [*change.readings, _LEAVE_OUT]

        def chosen(place: int | None) -> None:
            if place is not None:
                text = "" if place == len(change.readings) else choices[place]
                self._read_as(looking.answered(look, change, text))

        title = f"{change.place}: {change.field}"
        self.app.push_screen(ChoiceDialog(title, [(one, "") for one in choices]), chosen)

    @on(Button.Pressed, "#sheets")
    def _choose_sheet(self) -> None:
        look = self._look
        if look is None:
            return
        here = next(
            (at for at, one in enumerate(look.layouts) if one.sheet == look.layout.sheet), 0
        )

        def chosen(place: int | None) -> None:
            if place is not None:
                self._read_as(look.layouts[place])

        self.app.push_screen(
            ChoiceDialog("Đọc trang nào?", looking.sheet_choices(look), here), chosen
        )

    @on(Button.Pressed, "#subjects")
    def _choose_subject(self) -> None:
        look = self._look
        if look is None:
            return
        subjects = looking.subject_choices(look)
        labels = list(subjects)
        here = list(subjects.values()).index(look.layout.subject)

        def chosen(place: int | None) -> None:
            if place is not None and place != here:
                self._read_as(looking.about(look, subjects[labels[place]]))

        choices = [(one, "") for one in labels]
        self.app.push_screen(ChoiceDialog("Trang này nói về gì?", choices, here), chosen)

    @on(Button.Pressed, "#columns")
    def _choose_column(self) -> None:
        look = self._look
        if look is None:
            return
        columns, choices = looking.column_choices(look)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._choose_role(columns[place], choices[place][0])

        self.app.push_screen(ChoiceDialog("Cột nào đọc khác đi?", choices), chosen)

    def _choose_role(self, column: int, heading: str) -> None:
        look = self._look
        if look is None:
            return
        roles = looking.role_choices(look)
        labels = list(roles)
        now = look.layout.columns.get(column)
        here = next((at for at, role in enumerate(roles.values()) if role == now), 0)

        def chosen(place: int | None) -> None:
            if place is not None:
                role = roles[labels[place]]
                self._read_as(looking.with_column(look.layout, column, role))

        title = f"Cột {_title(heading)} là gì?"
        self.app.push_screen(ChoiceDialog(title, [(one, "") for one in labels], here), chosen)

    @on(Button.Pressed, "#ways")
    def _choose_way(self) -> None:
        look = self._look
        if look is None:
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self._read_as(looking.next_way(look.layout, place))

        choices = looking.way_choices(look.layout)
        self.app.push_screen(ChoiceDialog("Cách đọc: Enter để đổi", choices), chosen)

    # -- Writing -----------------------------------------------------------------------------------

    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        if self._look is not None and self._run is None:
            self._put(self._look)

    @work(group="workbook", exclusive=True)
    async def _put(self, look: looking.Look) -> None:
        run = self._begin("Đang ghi")
        written = await self._area.write(lambda desk: _apply(look, desk, run))
        if written is None:  # refused or stopped, and told
            self._end(self._about())
            self._show()
            return
        self._end(Content("Đã ghi xong."))
        waiting = f" Còn {len(look.seen.doubtful)} ô chưa nói rõ." if look.seen.doubtful else ""
        self.host.notify(
            f"Đã ghi {written} thay đổi từ {look.seen.file}. Ctrl+Z lấy lại tất cả.{waiting}",
            title="Nhập sổ Excel",
            markup=False,
        )
        self.leave(written)

    def action_go_back(self) -> None:
        """Stop what runs; else close without writing."""
        if self._run is not None:
            self._run.stop()
        else:
            self.leave()

    async def before_leaving(self) -> None:
        """Wait until nothing is half done."""
        if self._run is not None:
            await self._run.end()


def _title(text: str) -> str:
    """Give a text of the file as a title, which reads signs in brackets as colours."""
    return shown(text).replace("[", "(").replace("]", ")")[:50]


def _watch(run: Run) -> Watch:
    return Watch(run.note, run.stopped)


def _in_thread(job: Callable[[Desk, Watch], looking.Look], desk: Desk, run: Run) -> looking.Look:
    try:
        return job(desk, _watch(run))
    finally:
        run.finished.set()


def _apply(look: looking.Look, desk: Desk, run: Run) -> int:
    try:
        return apply(replace(look.ground, desk=desk), look.seen, _watch(run))
    finally:
        run.finished.set()
