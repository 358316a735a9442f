"""The form of one row of a register, made from its columns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from db.kinds import KindProblem, Link
from db.kinds.choices import listed
from db.text import shown
from ntm_tui.dialogs.form import EntryProblem, Field, Form

if TYPE_CHECKING:
    from db.desk import Desk
    from db.drafts import Place
    from db.registers.reading import Page
    from db.registers.register import Column, Values
    from ntm_tui.screens.area import AreaScreen

MOST_OFFERED = 9
"""Choices that are listed under a field; more are found by typing."""
LABEL = 22


class RowForm(Form["tuple[Page, str]"]):
    """Each field is saved by itself; what is chosen among few is typed as its number.

    Args:
        area: the work area.
        page: the register as it stands.
        row: the id of the row, which need not be there yet.
        place: where its drafts are.
        drafts: what was being typed before a crash.
        prepared: what `prepare` read for it.
    """

    HELP = """
Điền từng ô, Enter sang ô sau; mỗi ô tự lưu khi rời ô. Ô có lựa chọn thì gõ số hoặc một phần tên. Ô
thôn, người, chỉ tiêu, văn bản: gõ một phần tên, máy nhắc lại dưới ô đã hiểu là gì. Esc đóng.
"""
    DEFAULT_CSS = f"""
    RowForm {{
        .field Label {{ width: {LABEL}; }}
        .field FieldMessage {{ margin-left: {LABEL}; }}
    }}
    """

    def __init__(
        self,
        area: AreaScreen,
        page: Page,
        row: str,
        place: Place,
        drafts: Mapping[str, str],
        prepared: Any = None,
    ) -> None:
        super().__init__(area, place, drafts)
        self.prepared = prepared
        self._offering = ""
        self._page = page
        self._row = row

    @property
    def about(self) -> str:
        """The register."""
        return self._page.register.title

    @classmethod
    def prepare(cls, desk: Desk, page: Page, row: str) -> Any:
        """Read what the form needs beside the row itself. Runs in a thread."""
        return None

    def begins(self) -> Values:
        """What a row that is not there yet begins with."""
        return self._page.register.begin(self._page.context)

    @property
    def _values(self) -> Values:
        record = self._page.record(self._row)
        return record.values if record is not None else self.begins()

    def written_with(self, name: str, value: Any) -> Values:
        """What is written when one field is: with the first one, all that a new row begins with."""
        begun = {} if self._page.record(self._row) is not None else self.begins()
        return {**begun, name: value} if value is not None or not begun else {name: value}

    def _columns(self) -> Sequence[Column]:
        owner = self._page.context.owner
        return [it for it in self._page.register.columns if it.typed_by(owner)]

    def fields(self) -> Sequence[Field]:
        """The columns that a person here writes."""
        return [
            Field(
                it.name,
                it.label,
                it.help or (f"{it.unit}" if it.unit else ""),
                several_lines=it.kind.several_lines,
                replaced=not it.kind.several_lines,
            )
            for it in self._columns()
        ]

    def stored(self, name: str) -> str:
        """What is written down, as it could be typed."""
        value = self._values.get(name)
        kind = self._page.register.column(name).kind
        return "" if value is None else kind.entry(value, self._page.context.names)

    def understood(self, name: str, text: str) -> str:
        """What was understood, and what is to be said about it."""
        return self._page.register.column(name).kind.echo(
            self._read(name, text), self._page.context.names
        )

    def _read(self, name: str, text: str) -> Any:
        """Understand a text.

        Raises:
            EntryProblem: it cannot be understood, or cannot be so.
        """
        from db.registers.reading import refused

        if not text.strip():
            return None
        page, kind = self._page, self._page.register.column(name).kind
        try:
            value = kind.read(text, page.context.names)
        except KindProblem as problem:
            raise EntryProblem(str(problem)) from problem
        told = refused(page.register, page.context, {**self._values, name: value}, name)
        if told:
            raise EntryProblem(told)
        return value

    def job(self, name: str, text: str) -> Callable[[Desk], tuple[Page, str]]:
        """Save one field as one action; gives the register as it is then, and the row's id."""
        values = self.written_with(name, self._read(name, text))
        page, row = self._page, self._row

        def job(desk: Desk) -> tuple[Page, str]:
            from db.registers.reading import read_page
            from db.registers.writing import put

            with desk.act() as session:
                there = put(session, page.context, page.register, row, values)
            return read_page(desk, page.register, page.context.today), there

        return job

    def saved(self, name: str, result: tuple[Page, str]) -> None:
        """Work on with the register as it is now."""
        self._page, self._row = result
        self.tell_area(self._page, self._row)
        record = self._page.record(self._row)
        for finding in record.findings if record is not None else ():
            if finding.field == name:
                self._message(name).problem(finding.text)

    def _tell(self, name: str, text: str) -> None:
        """Say how a text is understood; what is to be seen about the field comes first."""
        super()._tell(name, text)
        record = self._page.record(self._row)
        if record is not None and text == self.stored(name):
            for finding in record.findings:
                if finding.field == name:
                    self._message(name).problem(finding.text)

    def on_descendant_focus(self) -> None:
        """Say what can be chosen."""
        super().on_descendant_focus()
        name = str(self.focused.id) if self.focused is not None else ""
        if self._offering and self._offering != name and not self._typed(self._offering).written:
            self._message(self._offering).clear()
        self._offering = ""
        column = next((it for it in self._columns() if it.name == name), None)
        if column is None or self.stored(name):
            return
        offered = column.kind.offered(self._page.context.names)
        if offered and (len(offered) <= MOST_OFFERED or not isinstance(column.kind, Link)):
            names = listed(offered) if not isinstance(column.kind, Link) else _names(offered)
            self._message(name).note(names)
            self._offering = name

    async def reread(self) -> None:
        """Prepare anew."""
        if self.area.ntm.desk is not None:
            desk, page, row = self.area.ntm.desk, self._page, self._row
            self.prepared = await asyncio.to_thread(self.prepare, desk, page, row)

    def reload(self) -> None:
        """Show what is stored now."""
        self._page = self.page_now() or self._page
        super().reload()

    def tell_area(self, page: Page, row: str) -> None:
        """Let the work area show what was written."""
        from ntm_tui.screens.register.screen import RegisterScreen

        if isinstance(self.area, RegisterScreen):
            self.area.written(page, row)

    def page_now(self) -> Page | None:
        """The register as the work area shows it."""
        from ntm_tui.screens.register.screen import RegisterScreen

        return self.area.page if isinstance(self.area, RegisterScreen) else None

    def heading(self) -> Content:
        """Which register, and how the row is called."""
        page, record = self._page, self._page.record(self._row)
        if record is None:
            return Content.styled(f"{page.register.title}: thêm {page.register.called}", "bold")
        name = page.register.called_by(record, page.context)
        return Content.styled(f"{page.register.title}: {shown(name)}", "bold")


def _names(offered: Sequence[tuple[Any, str]]) -> str:
    return "; ".join(shown(name) for _, name in offered)
