"""How an office wants its sheets: what it calls them and their columns, and in which order.

Official forms differ, so headings, order and titles are data. What an office changed lies in its
home as a small TOML file for each sheet, to be changed in the program or in Notepad and carried to
the other laptop. A sheet without a file is as shipped.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from db.text import fold
from ntm_tui.papers.workbooks.table import Column, Table
from ntm_tui.papers.workbooks.workbook import Source

_NAMED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Form:
    """A sheet as an office wants it: its title, and its columns with their headings, in order."""

    title: str
    columns: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that are there."""
        return tuple(name for name, _ in self.columns)


def choosable(table: Table) -> tuple[Column, ...]:
    """Give the columns that an office can call otherwise, move and leave out."""
    return tuple(one for one in table.columns if not one.kept and not one.of_data)


def shipped(table: Table) -> Form:
    """Give the form of a sheet as the program has it."""
    return Form(
        table.title, tuple((one.name, one.heading) for one in choosable(table) if not one.spare)
    )


def arranged(table: Table, source: Source) -> Table:
    """Give a table as the office wants it: its columns in their order, names filled in.

    Raises:
        FormProblem: the file in which the office keeps it cannot be understood.
    """
    from ntm_tui.papers.workbooks.form_file import read_form

    form = None if source.options.as_shipped else read_form(source.desk.home, table)
    return in_form(table, form or shipped(table), source.words)


def in_form(table: Table, form: Form, words: Mapping[str, str]) -> Table:
    """Give a table with the columns of a form, and after them those that are always there.

    Columns that come of the data stand behind the one that stands before them in the program, or
    last.
    """
    by_name = {one.name: one for one in table.columns}
    chosen = [replace(by_name[name], heading=said, spare=False) for name, said in form.columns]
    of_data = [one for one in table.columns if one.of_data]
    place = _place_of_data(table, form)
    kept = [one for one in table.columns if one.kept]
    columns = (*chosen[:place], *of_data, *chosen[place:], *kept)
    return replace(
        table,
        title=filled(form.title, words),
        columns=tuple(replace(one, heading=filled(one.heading, words)) for one in columns),
    )


def _place_of_data(table: Table, form: Form) -> int:
    names = [one.name for one in table.columns]
    first = next((n for n, one in enumerate(table.columns) if one.of_data), len(names))
    before = names[first - 1] if first else ""
    return form.names.index(before) + 1 if before in form.names else len(form.names)


def filled(text: str, words: Mapping[str, str]) -> str:
    """Put the commune, the year and the like where a text asks for them in braces.

    `{KỲ}` in capitals is answered in capitals; a word that is not known stays as it is.
    """
    known = {fold(name): said for name, said in words.items()}

    def said(found: re.Match[str]) -> str:
        word = known.get(fold(found[1]), found[0])
        return word.upper() if found[1].isupper() else word

    return _NAMED.sub(said, text)


def unknown_words(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Give the words in braces that nothing is known for."""
    known = set(map(fold, words))
    return tuple(one for one in _NAMED.findall(text) if fold(one) not in known)
