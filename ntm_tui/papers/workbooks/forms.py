"""How an office wants its sheets: what it calls them and their columns, and in which order."""

import re
from collections.abc import Mapping
from dataclasses import replace

from db.text import fold
from ntm_tui.papers.workbooks.table import Table
from ntm_tui.papers.workbooks.workbook import Source

_NAMED = re.compile(r"\{([^{}]*)\}")


def arranged(table: Table, source: Source) -> Table:
    """Give a table as the office wants it: its columns in their order, names filled in."""
    shown = [one for one in table.columns if not one.spare and not one.kept]
    kept = [one for one in table.columns if one.kept]
    columns = tuple(
        replace(one, heading=filled(one.heading, source.words)) for one in (*shown, *kept)
    )
    return replace(table, title=filled(table.title, source.words), columns=columns)


def filled(text: str, words: Mapping[str, str]) -> str:
    """Put the commune, the year and the like where a text asks for them in braces.

    `{KỲ}` in capitals is answered in capitals.
    """
    known = {fold(name): said for name, said in words.items()}

    def said(found: re.Match[str]) -> str:
        word = known.get(fold(found[1]), found[0])
        return word.upper() if found[1].isupper() else word

    return _NAMED.sub(said, text)
