"""The work area of some registers: one is in front, the others are a digit away."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from db.owner import Owner
from ntm_tui.commands import AttachFile, MakePaper, ShowEvidence, ShowHistory, bindings
from ntm_tui.papers.documents import has_papers
from ntm_tui.screens.area import PROFILES
from ntm_tui.screens.register.answers import of_record
from ntm_tui.screens.register.arranging import Arranging
from ntm_tui.screens.register.drawing import SAMPLE, RegisterRow, heading, lay_out, texts_of
from ntm_tui.screens.register.looking import Looking
from ntm_tui.screens.register.register_bar import RegisterBar
from ntm_tui.screens.register.table import RegisterTable
from ntm_tui.widgets.detail import Detail
from ntm_tui.widgets.top_line import SearchLine, TopLine

if TYPE_CHECKING:
    from db.desk import Desk
    from db.journal.undo import Undone
    from db.registers import Register
    from db.registers.reading import Page

LABEL_WIDTH = 22
BEGUN = "! Có dòng mới đang gõ dở: Ctrl+N để gõ tiếp."


class RegisterScreen(Arranging):
    """Lists, filters, searches and fills in registers, as their models declare them."""

    HELP = "Các sổ của xã. Bấm số để mở sổ, Ctrl+N thêm dòng, Enter sửa, phím cách sang bước sau."
    BINDINGS = bindings(ShowHistory, ShowEvidence, AttachFile, MakePaper)
    AUTO_FOCUS = "RegisterTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-stacked"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    RegisterScreen {
        #body { height: 1fr; }
        #columns { height: 1; text-style: bold; color: $secondary; }
        #totals { height: auto; max-height: 4; padding: 0 1; text-style: bold; }
        RegisterTable { height: 1fr; }
        Detail { height: 40%; border-top: solid $border-blurred; }
        Detail:focus { border-top: solid $border; }
        &.-narrow Detail { display: none; }
        &.-wide #body { layout: horizontal; }
        &.-wide #list { width: 3fr; height: 1fr; }
        #list { height: 1fr; }
        &.-wide Detail {
            width: 2fr; height: 1fr; border-top: none; border-left: solid $border-blurred;
            &:focus { border-top: none; border-left: solid $border; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self.table = RegisterTable()
        self.search = SearchLine(id="search")
        self._registers = tuple(self.registers())
        self._looking = {it.name: Looking() for it in self._registers}
        self._here = 0
        self._top = TopLine(self.search)
        self._detail = Detail(LABEL_WIDTH)

    def registers(self) -> Sequence[Register]:
        """The registers of this work area, in their order."""
        raise NotImplementedError

    @property
    def register(self) -> Register:
        """The register in front."""
        return self._registers[self._here]

    @property
    def part(self) -> str:
        """The name of the register in front."""
        return self.register.name

    @property
    def looking(self) -> Looking:
        """What of it is looked at."""
        return self._looking[self.register.name]

    def compose_area(self) -> ComposeResult:
        """The names of the registers, what is looked at, the list, the detail."""
        yield RegisterBar([it.title for it in self._registers])
        yield self._top
        with Container(id="body"):
            with Container(id="list"):
                yield Static("", id="columns", markup=False)
                yield self.table
                yield Static("", id="totals", markup=False)
            yield self._detail

    # -- Reading and showing -----------------------------------------------------------------------

    def read(self, desk: Desk) -> Page:
        """Read the register in front."""
        from db.clock import today
        from db.registers.reading import read_page

        return read_page(desk, self.register, today())

    def show(self, data: Any) -> None:
        """Show it, unless another one came to the front meanwhile."""
        page: Page = data
        if page.register is self.register:
            self.page = page
            self.draw()

    async def reread(self) -> None:
        """Read and show anew before anything else is done."""
        if self.ntm.desk is not None:
            self.show(await asyncio.to_thread(self.read, self.ntm.desk))

    def written(self, page: Page, row: str) -> None:
        """Show what a write made of the register, with the cursor on the row."""
        self.page = page
        self.draw()
        self.table.go_to(row)
        if page.register.name in PROFILES:
            self.ntm.run_worker(self.ntm.renew(), group="renew")

    def draw(self) -> None:
        """Bring list, sums and detail up to the page."""
        if self.page is None:
            return
        page, register = self.page, self.register
        records = self.looking.records(page)
        names = page.listed
        width = self.table.scrollable_content_region.width
        sample = [texts_of(page, it, names) for it in records[:SAMPLE]]
        layout = lay_out([register.column(name) for name in names], sample, width)
        self.query_one("#columns", Static).update(
            Content(heading(layout, self.looking.ordered_by, backwards=self.looking.backwards))
        )
        self.table.show(tuple(map(RegisterRow, records)), layout, page)
        self._top.tell(self.looking.label(page), (f"{len(records)} dòng", ""))
        totals = self.query_one("#totals", Static)
        lines = [
            *([BEGUN] if page.begun else []),
            *register.notices(page.records, page.context),
            *register.totals(records, page.context),
        ]
        totals.update(Content("\n".join(lines)))
        totals.display = bool(lines)
        self._show_detail()

    @on(RegisterTable.Moved)
    def _show_detail(self) -> None:
        row = self.table.current
        if self.page is None:
            return
        if row is None:
            self._detail.tell(self.register.title, [])
        else:
            name = self.register.called_by(row.record, self.page.context)
            self._detail.tell(name, [*of_record(self.page, row.record)])

    @on(RegisterTable.Widened)
    def _lay_out_anew(self) -> None:
        self.draw()

    # -- Which register ----------------------------------------------------------------------------

    async def action_open_register(self, number: int) -> None:
        """Bring a register to the front."""
        if not 1 <= number <= len(self._registers):
            return
        self._here = number - 1
        self.query_one(RegisterBar).here = self._here
        self.search.load(self.looking.query)
        self.page = None
        self.set_focus(self.table)
        await self.reread()
        self.say(self._hint())

    async def go_to_row(self, name: str, row: str) -> None:
        """Bring a register to the front, with the cursor on a row."""
        names = [it.name for it in self._registers]
        await self.action_open_register(names.index(name) + 1)
        if row:
            self.looking.choose(0)
            self.looking.query = ""
            self.search.load("")
            self.draw()
            self.table.go_to(row)

    def _hint(self) -> str:
        owner, text = self.ntm.owner, self.register.step_text
        step = f" · Cách: {text}" if text and self.register.step_owner is owner else ""
        if not self.register.opens(owner):
            return f"{self._read_only(owner)} · Ctrl+R lịch sử · Ctrl+L lọc"
        adds = self.register.adds(owner)
        add, delete = ("Ctrl+N thêm · ", " · Delete xóa") if adds else ("", "")
        paper = "Ctrl+W lập giấy tờ · " if has_papers(self.register.name) else ""
        return f"{paper}{add}Enter sửa{step}{delete} · Ctrl+L lọc"

    def _why_not_added(self, owner: Owner) -> str:
        if self.register.model.row_owner is not owner:
            return self._read_only(owner)
        return "Sổ này có sẵn các dòng: chọn dòng rồi Enter để ghi."

    def _read_only(self, owner: Owner) -> str:
        return "Sổ này do xã ghi" if owner is Owner.UPPER else "Sổ này do cấp trên ghi"

    @on(RegisterBar.Went)
    async def _went(self, event: RegisterBar.Went) -> None:
        await self.action_open_register(event.number)

    def on_mount(self) -> None:
        """Say what can be done."""
        self.say(self._hint())

    # -- Writing -----------------------------------------------------------------------------------

    async def action_add_row(self) -> None:
        """Open the form of a new row, or of one whose beginning was cut short."""
        if self.page is None or self.ntm.desk is None:
            return
        if not self.register.adds(self.ntm.desk.owner):
            self.say(self._why_not_added(self.ntm.desk.owner))
            return
        from db import drafts
        from db.registers.writing import new_id

        desk, name = self.ntm.desk, self.register.name
        begun = await asyncio.to_thread(drafts.unfinished, desk, name)
        await self._open(begun or new_id())

    async def action_edit(self) -> None:
        """Open the row under the cursor for writing."""
        if self.table.current is None:
            return
        if self.register.opens(self.ntm.owner):
            await self._open(self.table.current.key)
        else:
            self.say(f"{self._read_only(self.ntm.owner)}, ở đây chỉ xem.")

    async def _open(self, row: str) -> None:
        page, desk = self.page, self.ntm.desk
        if page is None or desk is None:
            return
        from db import drafts
        from ntm_tui.dialogs.row_forms import form_of

        place, kind = drafts.of_row(page.register.name, row), form_of(page.register)
        found = await asyncio.to_thread(drafts.find, desk, place)
        prepared = await asyncio.to_thread(kind.prepare, desk, page, row)
        form = kind(self, page, row, place, found, prepared)
        await self.app.push_screen(form)
        if form.focused is None:
            form.focus_next()

    async def action_step(self) -> None:
        """Carry the row under the cursor on to its next step."""
        row, page = self.table.current, self.page
        if row is None or page is None:
            return
        if page.register.step_text and page.register.step_owner is not self.ntm.owner:
            self.say(f"{self._read_only(self.ntm.owner)}, bước này cũng vậy.")
            return
        said = page.register.step(row.record.values, page.context)
        if not said:
            self.say(
                "Dòng này không còn bước nào nữa." if row.record.closed else "Không có bước sau."
            )
            return
        after = await self.write(lambda desk: _put(desk, page, row.key, said))
        if after is not None:
            self.written(after, row.key)
            words = ", ".join(
                f"{page.register.column(name).label.lower()} {self._shown(row.key, name)}"
                for name in said
                if said[name] is not None
            )
            self.say(f"Đã ghi {words}. Nhầm thì Ctrl+Z.")

    def _shown(self, row: str, name: str) -> str:
        record = self.page.record(row) if self.page is not None else None
        if self.page is None or record is None:
            return ""
        return self.register.text(record, self.page.context, name)

    async def action_delete_row(self) -> None:
        """Delete the row under the cursor; undo brings it back whole."""
        row, page = self.table.current, self.page
        if row is None or page is None:
            return
        if page.register.model.row_owner is not page.context.owner:
            self.say(f"{self._read_only(page.context.owner)}, không xóa ở đây được.")
            return
        name = page.register.called_by(row.record, page.context)
        done = await self.write(lambda desk: _delete(desk, page, row.key))
        if done is not None:
            await self.reread()
            still = ", ".join(f"{count} {called}" for called, count in done.items())
            kept = f" {still} vẫn ghi tên này." if still else ""
            self.say(f"Đã xóa “{name}”.{kept} Ctrl+Z để lấy lại.")

    async def taken_back(self, done: Undone) -> None:
        """Show what undo or redo changed, and go there."""
        await self.reread()
        for field in done.fields:
            self.table.go_to(field.row)

    async def action_show_history(self) -> None:
        """Show who wrote what about the row under the cursor."""
        row, page, desk = self.table.current, self.page, self.ntm.desk
        if row is None or page is None or desk is None:
            return
        from ntm_tui.dialogs.history import HistoryDialog
        from ntm_tui.screens.register.past import history_rows

        told = await asyncio.to_thread(history_rows, desk, page, row.key)
        name = page.register.called_by(row.record, page.context)
        await self.app.push_screen(HistoryDialog(page.register.title, name, told))

    async def action_make_paper(self) -> None:
        """Make the paper of the row under the cursor; where it has none, let one be chosen."""
        row, page = self.table.current, self.page
        choice = None
        if row is not None and page is not None:
            from ntm_tui.papers.choosing import choice_for

            choice = choice_for(self.ntm.owner, page.register.name, row.key)
        if choice is None:
            await self.ntm.action_list_papers()
        else:
            self.ntm.make_paper(choice)

    async def action_show_evidence(self) -> None:
        """Show the documents about the row under the cursor."""
        await self._open_papers(attach=False)

    async def action_attach_file(self) -> None:
        """Attach a file to the row under the cursor."""
        await self._open_papers(attach=True)

    async def _open_papers(self, *, attach: bool) -> None:
        row, page = self.table.current, self.page
        if row is None or page is None:
            return
        from ntm_tui.dialogs.evidence import EvidenceDialog
        from ntm_tui.dialogs.papers import RowPapers

        name = page.register.called_by(row.record, page.context)
        papers = RowPapers(self, page.register, row.key, name)
        await papers.reread()
        await self.app.push_screen(EvidenceDialog(papers, attach=attach))


def _put(desk: Desk, page: Page, row: str, values: Any) -> Page:
    from db.registers.reading import read_page
    from db.registers.writing import put

    with desk.act() as session:
        put(session, page.context, page.register, row, values)
    return read_page(desk, page.register, page.context.today)


def _delete(desk: Desk, page: Page, row: str) -> dict[str, int]:
    from db.registers.writing import delete, leading_to

    with desk.act() as session:
        still = leading_to(session, page.context.scope, page.register, row)
        delete(session, page.context, page.register, row)
    return dict(still)
