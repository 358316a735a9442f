"""Tables for people: aligned columns, long text wrapped to the width of the window."""

import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

WIDTH_OF_FILES = 160
"""Characters a line where the answer goes into a file or another program."""


def show_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, file: TextIO | None = None
) -> None:
    """Write a table; the last column takes what is left of the line and wraps.

    Args:
        headings: of the columns.
        rows: their cells.
        file: where to; standard output when not given.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from db.text import shown

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        last = heading == headings[-1]
        table.add_column(Text(heading), no_wrap=not last, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    out = file or sys.stdout
    width = None if out.isatty() else WIDTH_OF_FILES
    Console(file=out, width=width, emoji=False, highlight=False).print(table)
