"""Tables of findings: indicators down the page, or villages down and indicators across."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from db.communes import village_code
from db.text import fold
from db.workbooks.cells import Cell
from db.workbooks.ground import Ground
from db.workbooks.headings import (
    Heading,
    assign,
    block_around,
    headings,
    is_numbering,
    richest,
    score,
)
from db.workbooks.indicators import Finder
from db.workbooks.layout import CHECKLIST, NAME, NUMBER, VILLAGE, VILLAGES, Layout, Role
from db.workbooks.pages import Page
from db.workbooks.wording import (
    CHECKLIST_COLUMNS,
    FIGURES,
    NOT_OURS,
    OTHERS,
    RESULT,
    STATUSES,
    UNREAD,
    ColumnWords,
)

_LOOKED_AT = 400
"""Rows in which the column of indicators, or of villages, is looked for."""

_FEWEST_VILLAGES = 2
_YEAR = re.compile(r"(?<!\d)20[0-9]{2}(?!\d)")
_PLANNED = ("ke hoach", "chi tieu giao", "muc tieu")

Seen = tuple[Layout, float]
"""A layout and how much of the page speaks for it."""


_MOST_REPEATED = 3
"""Times that an indicator comes; amounts such as 13,5 look like its number and come more often."""


def find_checklist(page: Page, title: str, ground: Ground) -> Seen | None:
    """Look for indicators down a page."""
    finder = Finder(ground.sheet.criteria_set)
    numbered = _most_hit(page, lambda cell: bool(finder.by_number(cell).values) and _has_rest(cell))
    named = _most_hit(page, _by_text(lambda text: len(finder.by_name(text).values) == 1))
    anchor = max(numbered, named, key=lambda it: len(it[1]))
    if not anchor[1] or _are_amounts(page, *anchor):
        return None
    first = min(anchor[1])
    taken: dict[int, Role] = {}
    if len(numbered[1]) >= max(1, len(named[1]) // 2):
        taken[numbered[0]] = NUMBER
    if named[1] and named[0] not in taken:
        taken[named[0]] = NAME
    top, first, found = _headings_above(page, first, (*CHECKLIST_COLUMNS, *UNREAD))
    columns = assign(_checklist_scores(found, ground), taken)
    if len(columns) <= len(taken):
        return None
    weight = 3.0 * len(anchor[1]) + 2 * (len(columns) - len(taken))
    return Layout(title, CHECKLIST, top, first, columns), weight


def find_villages(page: Page, title: str, ground: Ground) -> Seen | None:
    """Look for villages down a page under headings that name indicators."""
    column, rows = _most_hit(page, _by_text(lambda text: village_code(text) in ground.villages))
    if len(rows) < min(_FEWEST_VILLAGES, len(ground.villages)) or not rows:
        return None
    first = min(rows)
    finder = Finder(ground.sheet.criteria_set)
    top = max(1, first - 8)
    top, found = _rows_naming(page, top, first - 1, finder)
    columns: dict[int, Role] = {column: VILLAGE}
    for heading in found:
        number = _indicator_of(heading, finder)
        if number and heading.column != column and not _is_not_ours(heading, ground):
            columns[heading.column] = _part_of(heading, number, columns)
    if len(columns) < 2:
        return None
    weight = 3.0 * len(rows) + 2 * len(columns)
    return Layout(title, VILLAGES, top, first, columns), weight


def _most_hit(page: Page, hits: Callable[[Cell], bool]) -> tuple[int, list[int]]:
    """Give the column with most cells of which something holds, and their rows."""
    counted: Counter[int] = Counter()
    rows: dict[int, list[int]] = {}
    for row in sorted(page.rows)[:_LOOKED_AT]:
        for column, cell in page.rows[row].items():
            if hits(cell):
                counted[column] += 1
                rows.setdefault(column, []).append(row)
    if not counted:
        return 0, []
    best = max(counted, key=lambda column: (counted[column], -column))
    return best, rows[best]


def _by_text(hits: Callable[[str], bool]) -> Callable[[Cell], bool]:
    """Ask of what stands in cells; what stands there again and again is asked once."""
    known = cache(hits)
    return lambda cell: known(cell.text)


def _are_amounts(page: Page, column: int, rows: Sequence[int]) -> bool:
    """Tell a column in which the same few come again and again: each indicator is listed once."""
    different = {page.rows[row][column].folded for row in rows}
    return len(rows) > _MOST_REPEATED * len(different)


def _has_rest(cell: Cell) -> bool:
    """Leave out bare whole numbers: rows are numbered by them too."""
    return not re.fullmatch(r"\d+", cell.folded)


def _headings_above(
    page: Page, first: int, words: Sequence[ColumnWords]
) -> tuple[int, int, tuple[Heading, ...]]:
    """Give the headings above a row: the rows around the one that says most.

    Returns:
        The first row of them, the first row below them, and the headings.
    """

    def said(row: int) -> int:
        alone = headings(page, row, row)
        return sum(
            any(score(it, phrase, whole=True) for one in words for phrase in one.headings)
            for it in alone
        )

    core, count = richest(range(first - 1, max(0, first - 30), -1), said)
    if not count:
        top = max(1, first - 1)
        return top, first, headings(page, top, first - 1)
    top, bottom = block_around(page, core, first - 1, lambda row: said(row) > 0)
    below = bottom + 1
    while is_numbering(page, below) and below < first:
        below += 1
    return top, below, headings(page, top, bottom)


def _checklist_scores(
    found: Sequence[Heading], ground: Ground
) -> Iterator[tuple[float, int, Role]]:
    for heading in found:
        if _is_not_ours(heading, ground):
            yield 200, heading.column, Role("")
            continue
        village = _village_of(heading, ground)
        if village:
            yield 150, heading.column, _village_role(heading, village)
            continue
        for words in (*CHECKLIST_COLUMNS, *UNREAD):
            best = max((score(heading, it, whole=words.whole) for it in words.headings), default=0)
            yield best, heading.column, words.role


def _is_not_ours(heading: Heading, ground: Ground) -> bool:
    """Tell whether a column holds what the upper level found, or another year's figures."""
    said = " ".join(heading.levels)
    years = {int(year) for year in _YEAR.findall(" ".join(heading.shown))}
    other_year = bool(years) and ground.sheet.year not in years and len(years) == 1
    planned = any(word in said for word in _PLANNED) and "hoan thanh" not in said
    return other_year or planned or any(word in said for word in NOT_OURS)


def _village_of(heading: Heading, ground: Ground) -> str:
    codes = (village_code(text) for text in heading.shown)
    return next((code for code in codes if code in ground.villages), "")


def _village_role(heading: Heading, village: str) -> Role:
    role = _figure_role(heading) or RESULT
    return Role(role.field, role.part, village=village)


def _figure_role(heading: Heading) -> Role | None:
    """Give the part of a figure or the status that the lowest heading says."""
    scored = [
        (score(Heading(0, heading.levels[-1:], ()), phrase, whole=words.whole), words.role)
        for words in (*STATUSES, *FIGURES, *OTHERS)
        for phrase in words.headings
    ]
    best, role = max(scored, key=lambda it: it[0])
    return role if best >= 50 else None


def _rows_naming(
    page: Page, top: int, last: int, finder: Finder
) -> tuple[int, tuple[Heading, ...]]:
    """Give the headings from the first row on that names an indicator."""
    for row in range(top, last + 1):
        if any(_indicator_of(it, finder) for it in headings(page, row, row)):
            bottom = last - 1 if is_numbering(page, last) else last
            return row, headings(page, row, bottom)
    return top, ()


def _indicator_of(heading: Heading, finder: Finder) -> str:
    for shown in heading.shown:
        folded = fold(shown)
        found = re.match(r"(?:chi tieu|tieu chi|ct|tc)?\s*(\d{1,2})[.,](\d{1,2})(?!\d)", folded)
        number = f"{int(found[1])}.{int(found[2])}" if found else ""
        if any(one.number == number for one in finder.criteria_set.indicators):
            return number
        named = finder.by_name(shown).values
        if len(named) == 1:
            return named[0]
    return ""


def _part_of(heading: Heading, number: str, columns: Mapping[int, Role]) -> Role:
    part = _figure_role(heading) if len(heading.levels) > 1 else None
    role = part or RESULT
    made = Role(role.field, role.part, number=number)
    return made if made not in columns.values() else Role("skip", number=number)


def is_passed_over(heading: Heading, ground: Ground) -> bool:
    """Tell whether a column holds what is not the commune's to say: what is asked for, verdicts."""
    asked = any(score(heading, phrase) >= 50 for words in UNREAD for phrase in words.headings)
    return asked or _is_not_ours(heading, ground)
