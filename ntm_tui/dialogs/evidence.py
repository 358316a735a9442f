"""The documents about one thing, and the kinds that are still missing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.problems import Problem
from db.text import shown
from ntm_tui.commands import AttachFile, OpenFile, Redo, Undo, bindings
from ntm_tui.dialogs.copying import Copying
from ntm_tui.dialogs.dialog import Dialog
from ntm_tui.dialogs.file_picker import FilePicker
from ntm_tui.widgets.fitting import cut

if TYPE_CHECKING:
    from db.desk import Desk
    from db.evidence import EvidenceRecord, StoredFile
    from ntm_tui.dialogs.papers import Papers

TITLE = 60
"""Cells of what the documents are about, at most."""

EMPTY = "Chưa có tài liệu nào. Ctrl+G để đính tệp."


class EvidenceDialog(Dialog[None]):
    """Lists documents and the kinds that are still missing.

    Args:
        papers: the documents.
        attach: begin with choosing a file.
    """

    HELP = """
Tài liệu kiểm chứng. Ctrl+G đính tệp: máy chép tệp vào kho, rút USB ra vẫn còn. Enter
sửa loại, số, ngày. Ctrl+O mở xem một bản sao. Delete gỡ tài liệu; gỡ nhầm thì Ctrl+Z.
"""
    DEFAULT_CSS = """
    EvidenceDialog {
        .box { width: 78; }
        Static { height: auto; }
        #missing { margin-bottom: 1; }
        #missing.-lacking { color: $warning; }
        #progress { color: $primary; text-style: bold; }
        OptionList { height: auto; max-height: 14; }
    }
    """
    BINDINGS = [  # noqa: RUF012  # a class variable in Textual
        *bindings(AttachFile, OpenFile, Undo, Redo),
        Binding("delete", "remove", "Gỡ tài liệu", show=False),
    ]

    def __init__(self, papers: Papers, *, attach: bool = False) -> None:
        super().__init__()
        self._papers = papers
        self._area = papers.area
        self._attach_first = attach
        self._copying: Copying | None = None

    def compose(self) -> ComposeResult:
        """What is missing, what there is, and how far a copy has come."""
        with Vertical(classes="box") as box:
            box.border_title = f"Minh chứng {cut(shown(self._papers.about), TITLE)}"
            box.border_subtitle = "Ctrl+G đính · Enter sửa · Ctrl+O xem · Delete gỡ · Esc đóng"
            yield Static(id="missing", markup=False)
            yield OptionList(id="documents", classes="plain")
            yield Static(id="progress", markup=False)

    def on_mount(self) -> None:
        """Show the list; begin with choosing a file if that was asked for."""
        self.set_interval(0.2, self._tell_progress)
        self._show()
        if self._attach_first:
            self.action_attach_file()

    def on_screen_resume(self) -> None:
        """Another dialog over this one has closed: show what it changed."""
        self.run_worker(self._reread(), group="reread", exclusive=True)

    async def _reread(self, chosen: str = "") -> None:
        await self._papers.reread()
        self._show(chosen)

    @property
    def _documents(self) -> tuple[EvidenceRecord, ...]:
        return self._papers.documents

    @property
    def _current(self) -> EvidenceRecord | None:
        place = self.query_one(OptionList).highlighted
        documents = self._documents
        return documents[place] if place is not None and place < len(documents) else None

    def _show(self, chosen: str = "") -> None:
        listed = self.query_one(OptionList)
        documents = self._documents
        keep = chosen or (self._current.id if self._current else "")
        listed.clear_options()
        listed.add_options([Option(self._described(it)) for it in documents])
        if not documents:
            listed.add_option(Option(EMPTY, disabled=True))
        else:
            ids = [it.id for it in documents]
            listed.highlighted = ids.index(keep) if keep in ids else 0
        missing = ", ".join(it.name for it in self._papers.missing())
        told = self.query_one("#missing", Static)
        told.update(Content(f"Còn thiếu: {missing}" if missing else self._papers.enough))
        told.set_class(bool(missing), "-lacking")

    def _described(self, record: EvidenceRecord) -> Content:
        names = {it.id: it.name for it in self._papers.kinds}
        paper = [record.number, record.date_written, record.issuer]
        words = [names.get(record.kind, record.kind) or "chưa rõ loại", *filter(None, paper)]
        title = (shown(record.title) or "(chưa có trích yếu)", "bold")
        if record.file is None:
            file = "không có tệp"
        elif record.present:
            file = shown(record.file.file_name)
        else:
            file = "! tệp không có trên máy này"
        return Content.assemble(title, f"\n  {' · '.join(shown(it) for it in words)} · {file}")

    # -- Attaching ---------------------------------------------------------------------------------

    def action_attach_file(self) -> None:
        """Let a person choose a file, and keep it."""
        if self._copying is None:
            self.app.push_screen(FilePicker("Chọn tệp minh chứng"), self._take_in)

    def _take_in(self, path: Path | None) -> None:
        desk = self._area.ntm.desk
        if path is not None and desk is not None:
            self.run_worker(self._copy(desk, path), group="copy")

    async def _copy(self, desk: Desk, path: Path) -> None:
        self._copying = Copying(path)
        try:
            stored = await asyncio.to_thread(self._copying.run, desk.home)
        except Problem as problem:
            self._area.ntm.tell(problem)
            return
        finally:
            self._copying = None
            self._tell_progress()
        made = await self._area.write(lambda desk: self._attached(desk, stored))
        if made is not None:
            await self._reread(made)
            await self.action_describe()

    def _attached(self, desk: Desk, stored: StoredFile) -> str:
        from db import evidence

        missing = self._papers.missing()
        form = evidence.EvidenceForm(kind=missing[0].id if missing else "")
        return self._papers.attach(desk, form, stored)

    def _tell_progress(self) -> None:
        said = self._copying.progress if self._copying is not None else ""
        self.query_one("#progress", Static).update(Content(said))

    def action_go_back(self) -> None:
        """Stop a copy that is under way; else close."""
        if self._copying is not None:
            self._copying.stop()
        else:
            self.leave()

    # -- What is done with a document --------------------------------------------------------------

    async def on_option_list_option_selected(self) -> None:
        """Enter on a document."""
        await self.action_describe()

    async def action_describe(self) -> None:
        """Open the form of the document."""
        record, desk = self._current, self._area.ntm.desk
        if record is None or desk is None:
            return
        from db import drafts
        from ntm_tui.dialogs.document import DocumentForm

        place = drafts.of_document(record.id)
        found = await asyncio.to_thread(drafts.find, desk, place)
        await self.app.push_screen(DocumentForm(self._papers, record, place, found))

    async def action_open_file(self) -> None:
        """Open a copy of the file with the machine's own program."""
        from ntm_tui.dialogs.opening import view

        record, desk = self._current, self._area.ntm.desk
        if record is None or record.file is None or desk is None:
            return
        try:
            await asyncio.to_thread(view, desk.home, record.file)
        except Problem as problem:
            self._area.ntm.tell(problem)

    async def action_remove(self) -> None:
        """Take the document off; undo brings it back whole."""
        record = self._current
        if record is None:
            return

        def job(desk: Desk) -> bool:
            from db import evidence

            with desk.act() as session:
                evidence.remove(session, desk.commune.scope, record.id)
            return True

        if await self._area.write(job):
            await self._reread()
            self.notify(f"Đã gỡ “{shown(record.title)}”. Gỡ nhầm thì Ctrl+Z.")

    async def action_undo(self) -> None:
        """Take back the newest action of this machine."""
        await self._area.action_undo()
        await self._reread()

    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        await self._area.action_redo()
        await self._reread()
