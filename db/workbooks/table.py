"""A page read by its layout: the rows that count, cells with the answers of a person in them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.workbooks.cells import Cell
from db.workbooks.changes import Change, LeftOut, Target, Unread
from db.workbooks.ground import Ground
from db.workbooks.headings import is_numbering
from db.workbooks.layout import Layout, Role
from db.workbooks.measures import DayOrder, Habits, Meant, NumberStyle, habits_of
from db.workbooks.oldfonts import UNTURNED
from db.workbooks.pages import Page
from db.workbooks.styles import PLAIN
from db.workbooks.watch import Watch

_TOTALS = (
    *("tong", "tong cong", "tong so", "cong", "toan xa"),
    *("tong toan xa", "tong chung", "cong toan xa"),
)
_TOTAL = re.compile(
    rf"({'|'.join(_TOTALS)})"
    r"(\s*\(.*\)|\s+\d.*|\s+([a-e]|[ivx]+|(tieu chi|muc|nhom|phan)\s.*))?[ :.]*"
)
_TOTAL_BEGINS = frozenset(words[0] for words in _TOTALS)
"""Letters without marks, by which nearly every other text is told at once."""

_NOTHING = frozenset({"", "-", "–", "—", "...", "…", "_", "/"})
"""What people type into a cell where there is nothing."""

_ROWS_A_STEP = 200
HIDDEN = "dòng ẩn"
TOTAL = "dòng tổng"


@dataclass
class Table:
    """A page with its layout, and what reading it gathers."""

    page: Page
    layout: Layout
    ground: Ground
    watch: Watch
    changes: list[Change] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    equal: int = 0
    _places: dict[Target, int] = field(default_factory=dict)
    _habits: dict[int, Habits] = field(default_factory=dict)

    def cell(self, row: int, column: int | None) -> Cell | None:
        """Give a cell as the file has it, or as a person said it is meant; None for none."""
        if column is None:
            return None
        found = self.page.cell(row, column)
        if found is None or found.text in _NOTHING:
            return None if found is None or not found.trouble else found
        if not self.is_answered(found):
            return found
        answer = self.layout.answers[found.address]
        if not answer:
            return None
        return replace(found, value=answer, style=PLAIN, told=UNTURNED, rows=1, trouble="")

    def held(self, row: int, role: Role) -> Cell | None:
        """Give the cell of a row that holds something."""
        return self.cell(row, self.layout.column(role))

    def is_answered(self, cell: Cell) -> bool:
        """Tell whether a person said what a cell means."""
        return bool(self.layout.answers) and cell.address in self.layout.answers

    def numbers(self, cell: Cell) -> NumberStyle | None:
        """Tell how numbers in a cell are written, where a person said so."""
        return NumberStyle.VIETNAMESE if self.is_answered(cell) else self.layout.numbers

    def days(self, cell: Cell) -> DayOrder | None:
        """Tell what days in a cell are, where a person said so."""
        return DayOrder.AS_STORED if self.is_answered(cell) else self.layout.days

    def habits(self, cell: Cell) -> Habits:
        """See how the cells of a cell's column are typed."""
        column = cell.column
        if column not in self._habits:
            cells = (
                self.page.rows[row].get(column)
                for row in self.page.rows
                if row >= self.layout.first_row
            )
            self._habits[column] = habits_of(one for one in cells if one is not None)
        return self._habits[column]

    def rows(self) -> Iterator[int]:
        """Give the rows that are read; the others are noted with the reason."""
        numbers = [row for row in sorted(self.page.rows) if row >= self.layout.first_row]
        for count, row in enumerate(numbers):
            if count % _ROWS_A_STEP == 0:
                self.watch.step(count, len(numbers))
            if count == 0 and is_numbering(self.page, row):
                continue
            if self.page.is_hidden(row) and not self.layout.with_hidden:
                self.leave_out(row, HIDDEN)
            elif self._is_total(row):
                self.leave_out(row, TOTAL)
            else:
                yield row

    def _is_total(self, row: int) -> bool:
        texts = [cell for _, cell in sorted(self.page.rows[row].items()) if not cell.is_number]
        told = [cell for cell in texts[:2] if cell.text[:1].lower() in _TOTAL_BEGINS]
        return any(_TOTAL.fullmatch(cell.folded) for cell in told)

    def leave_out(self, row: int, why: str) -> None:
        """Note a row that is passed over."""
        texts = [cell.text for _, cell in sorted(self.page.rows[row].items()) if cell.text]
        self.left_out.append(LeftOut(row, " · ".join(texts)[:100], why))

    def cannot_read(self, cell: Cell, why: str) -> None:
        """Note a cell that changes nothing."""
        self.unread.append(Unread(cell.address, cell.text[:100], why))

    def add(self, change: Change) -> None:
        """Note a change; where two cells say different things of one field, neither is made."""
        place = self._places.setdefault(change.target, len(self.changes))
        if place == len(self.changes):
            self.changes.append(change)
            return
        before = self.changes[place]
        if before.value == change.value and not change.doubt:
            return
        both = tuple(dict.fromkeys((before.after, change.after)))
        told = (
            f"hai ô nói khác nhau: {before.place} ghi {before.after}, "
            f"{change.place} ghi {change.after}"
        )
        addresses = tuple(dict.fromkeys((*before.addresses, *change.addresses)))
        self.changes[place] = before._replace(addresses=addresses, doubt=told, readings=both)

    def has_values(self, row: int, roles: Iterable[Role]) -> bool:
        """Tell whether anything stands in some columns of a row."""
        return any(self.held(row, role) is not None for role in roles)


def words_meant(cell: Cell) -> Meant[str]:
    """Read a cell as words; where its old code is in doubt there are two readings."""
    told = cell.told
    if told.doubt:
        return Meant((cell.text, told.otherwise), told.doubt, doubtful=True)
    return Meant((cell.text,))


def origin(cells: Sequence[Cell]) -> Mapping[str, str]:
    """Say what cells were turned from, for a change that comes of them."""
    turned = [cell for cell in cells if cell.told.code]
    if not turned:
        return {}
    return {
        "original": " | ".join(cell.original for cell in turned),
        "code": turned[0].told.code,
    }
