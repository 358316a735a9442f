"""Headings: which rows they take, and which column says what, with or without marks."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from db.text import fold
from db.workbooks.layout import Role
from db.workbooks.pages import Page

MOST_HEADING_ROWS = 4
_TWO_WORDS = 3
"""Spaces around and in a heading of two words: only a longer one may be part of a phrase."""

_UNIT = re.compile(r"\(.*?\)|\[.*?\]|;.*$")
_NO_WORD = re.compile(r"\W+")
_NUMBERING = re.compile(r"\(?(\d{1,2}|[a-z]|[ivx]{1,4})\)?(\s*=.*)?")


@dataclass(frozen=True)
class Heading:
    """What stands above a column, from the top down, without marks; `shown` is it with marks."""

    column: int
    levels: tuple[str, ...]
    shown: tuple[str, ...]

    @cached_property
    def leaf(self) -> str:
        """The lowest one, without units in brackets, between spaces."""
        return _spaced(_UNIT.sub(" ", self.levels[-1])) if self.levels else ""

    @cached_property
    def all(self) -> str:
        """All of them, between spaces."""
        return _spaced(" ".join(self.levels))

    @cached_property
    def spaced(self) -> tuple[str, ...]:
        """Each of them between spaces."""
        return tuple(map(_spaced, self.levels))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of them."""
        return frozenset(self.all.split())


def _spaced(text: str) -> str:
    return f" {' '.join(_NO_WORD.sub(' ', text).split())} "


def headings(page: Page, first: int, last: int) -> tuple[Heading, ...]:
    """Give the heading of every column over some rows; a merged one stands over all of its."""
    found = []
    rows = [row for row in range(first, last + 1) if not is_numbering(page, row)]
    for column in range(1, page.last_column + 1):
        shown: list[str] = []
        for row in rows:
            cell = page.cell(row, column)
            if cell is not None and cell.text and (not shown or shown[-1] != cell.text):
                shown.append(cell.text)
        if shown:
            found.append(Heading(column, tuple(map(fold, shown)), tuple(shown)))
    return tuple(found)


def score(heading: Heading, phrase: str, *, whole: bool = False) -> float:
    """Tell how well a heading says a phrase; 0 where it does not."""
    if heading.words.isdisjoint(_words(phrase)):  # as nearly always, and soon seen
        return 0
    wanted = f" {phrase} "
    if wanted in (heading.leaf, heading.spaced[-1]):
        return 100
    if not whole and sorted(phrase.split()) == sorted(heading.leaf.split()):
        return 90
    if whole:
        return 0
    if heading.leaf.count(" ") > _TWO_WORDS and heading.leaf in wanted:
        return 55
    if wanted not in heading.all:
        return 0
    longer = len(phrase) / 10
    if wanted in heading.spaced:
        return 70 + longer
    if wanted in heading.leaf:
        return (60 if heading.leaf.startswith(wanted) else 50) + longer
    return 30 + longer


@lru_cache(maxsize=4096)
def _words(phrase: str) -> frozenset[str]:
    return frozenset(phrase.split())


def assign(
    scored: Iterable[tuple[float, int, Role]], taken: Mapping[int, Role]
) -> Mapping[int, Role]:
    """Give each column the role that it says best, and each role one column.

    Args:
        scored: how well which column says which role.
        taken: what is settled already.
    """
    found = dict(taken)
    held = set(taken.values())
    for likeness, column, role in sorted(scored, key=lambda it: (-it[0], it[1])):
        if likeness > 0 and column not in found and (role not in held or not role.field):
            found[column] = role
            held.add(role)
    return {column: role for column, role in found.items() if role.field}


def block_around(
    page: Page, core: int, last: int, is_heading: Callable[[int], bool]
) -> tuple[int, int]:
    """Give the rows of headings around one of them: those that it is merged with, or that say more.

    Args:
        page: the sheet.
        core: the row that says most.
        last: the last row that can belong to the headings.
        is_heading: whether a row says something that headings say.
    """
    top = bottom = core
    while bottom < last and bottom - core < MOST_HEADING_ROWS - 1 and _goes_on(page, bottom):
        bottom += 1
    while top > 1 and bottom - top < MOST_HEADING_ROWS - 1:
        above = top - 1
        if not (_is_linked(page, above) or (is_heading(above) and _count(page, above) > 1)):
            break
        top = above
    return top, bottom


def _goes_on(page: Page, row: int) -> bool:
    """Tell whether headings go on below a row: merged downwards, or split under a wide one."""
    below = page.rows.get(row + 1)
    if _is_linked(page, row):
        return True
    wide = any(m.top <= row <= m.bottom and m.left < m.right for m in page.look.merges)
    if not wide or not below or is_numbering(page, row + 1):
        return False
    return all(isinstance(cell.value, str) and len(cell.text) < 60 for cell in below.values())


def _is_linked(page: Page, row: int) -> bool:
    """Tell whether a cell of a row is merged with the one below."""
    return any(m.top <= row < m.bottom for m in page.look.merges)


def _count(page: Page, row: int) -> int:
    return len({cell.text for cell in page.rows.get(row, {}).values()})


def is_numbering(page: Page, row: int) -> bool:
    """Tell whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3)=(1)/(2)."""
    cells = list(page.rows.get(row, {}).values())
    texts = [cell.folded for cell in cells]
    if len(texts) < 3 or not all(_NUMBERING.fullmatch(text) for text in texts):
        return False
    digits = [int(found) for text in texts if (found := re.sub(r"\D.*", "", text.strip("(")))]
    return digits == sorted(digits) and len(set(digits)) == len(digits) and bool(digits)


def richest(rows: Iterable[int], count: Callable[[int], int]) -> tuple[int, int]:
    """Give the row of which most is understood, the first of several; and how much that is."""
    best = (0, 0)
    for row in rows:
        found = count(row)
        if found > best[1]:
            best = row, found
    return best


def texts(found: Sequence[Heading]) -> Mapping[int, str]:
    """Give headings as people read them, by column."""
    return {it.column: " › ".join(it.shown) for it in found}
