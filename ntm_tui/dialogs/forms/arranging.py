"""What a person can do to the form of a sheet, and the sheets there are. No widget here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ntm_tui.papers.workbooks.forms import Form, choosable, shipped

if TYPE_CHECKING:
    from db.desk import Desk
    from ntm_tui.papers.workbooks.table import Table

TITLE = ""
"""Stands for the title, where others are columns."""


@dataclass(frozen=True)
class Line:
    """One line: the title, or a column with its heading. `place` counts from 1; 0 is left out."""

    name: str
    text: str
    place: int = 0


@dataclass(frozen=True)
class Arranging:
    """A sheet and how it is wanted so far."""

    table: Table
    form: Form

    @property
    def lines(self) -> tuple[Line, ...]:
        """The title, the columns in their order, then those that are left out."""
        used = (Line(name, said, n) for n, (name, said) in enumerate(self.form.columns, 1))
        others = (
            Line(one.name, one.heading)
            for one in choosable(self.table)
            if one.name not in self.form.names
        )
        return (Line(TITLE, self.form.title), *used, *others)

    def renamed(self, name: str, text: str) -> Arranging:
        """Call the title or a column otherwise; one that was left out is used from now on."""
        if name == TITLE:
            return self._with(replace(self.form, title=text))
        if name not in self.form.names:
            return self._with_columns((*self.form.columns, (name, text)))
        renamed = ((one, text if one == name else said) for one, said in self.form.columns)
        return self._with_columns(renamed)

    def turned(self, name: str) -> Arranging:
        """Use a column or leave it out; the last one stays."""
        if name == TITLE or self.form.names == (name,):
            return self
        if name in self.form.names:
            return self._with_columns(it for it in self.form.columns if it[0] != name)
        said = next(one.heading for one in choosable(self.table) if one.name == name)
        return self._with_columns((*self.form.columns, (name, said)))

    def moved(self, name: str, step: int) -> Arranging:
        """Move a column that is used by a place; at the end it stays."""
        if name not in self.form.names:
            return self
        here = self.form.names.index(name)
        there = here + step
        if not 0 <= there < len(self.form.columns):
            return self
        columns = list(self.form.columns)
        columns[here], columns[there] = columns[there], columns[here]
        return self._with_columns(columns)

    def at_first(self) -> Arranging:
        """Go back to the form that the program has."""
        return self._with(shipped(self.table))

    @property
    def is_shipped(self) -> bool:
        """Whether it is as the program has it."""
        return self.form == shipped(self.table)

    def place_of(self, name: str) -> int:
        """Give the place of a line."""
        return next(n for n, line in enumerate(self.lines) if line.name == name)

    def _with(self, form: Form) -> Arranging:
        return replace(self, form=form)

    def _with_columns(self, columns: Iterable[tuple[str, str]]) -> Arranging:
        return self._with(replace(self.form, columns=tuple(columns)))


def sheets_of(desk: Desk) -> Sequence[Table]:
    """Give every sheet that the office can make. Runs in a thread."""
    from db.clock import today
    from db.periods import Cycle, period_of
    from ntm_tui.papers.workbooks import WORKBOOKS, Options
    from ntm_tui.papers.workbooks.workbook import Source

    period = period_of(Cycle.HALF, today())
    sources = [Source(desk, period)]
    found: list[Table] = []
    for one in WORKBOOKS:
        if one.made_by(desk.owner):
            named = [Source(desk, period, Options(with_names=True))] if one.names_people else []
            found += [table for source in (*sources, *named) for table in one.tables(source)]
    return found


def kept_forms(desk: Desk) -> frozenset[str]:
    """Name the sheets for which the office keeps a form of its own. Runs in a thread."""
    return frozenset(path.stem for path in desk.home.forms.glob("*.toml"))


def begin(desk: Desk, table: Table) -> tuple[Arranging, str]:
    """Begin with the form that the office keeps; what is wrong with it, if it cannot be read."""
    from db.problems import Problem
    from ntm_tui.papers.workbooks.form_file import read_form

    try:
        kept = read_form(desk.home, table)
    except Problem as problem:
        return Arranging(table, shipped(table)), str(problem)
    return Arranging(table, kept or shipped(table)), ""
