"""How a sheet looks: what is hidden, merged, styled, and which formulas have no result.

The library that reads values lays a sheet out as one block, however far apart its cells are, and
ends the process when that is more than the machine has. So the sheet is measured here first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.workbooks import problems
from db.workbooks.addresses import address, column_number
from db.workbooks.container import Container
from db.workbooks.markup import Attributes, Visitor, walk
from db.workbooks.strings import Run, RunReader
from db.workbooks.watch import UNWATCHED, Watch

MOST_CELLS = 1_000_000
MOST_AREA = 5_000_000
"""Cells of the block from the first to the last one with something in it."""

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_YES = ("1", "true")

Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True)
class Merge:
    """Cells shown as one; what it holds stands in the first."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Look:
    """How one sheet looks.

    `styles` names a cell's style by place; `runs` are those of texts in several fonts. `unreckoned`
    formulas were saved without a result, `errors` with one such as #DIV/0!; `reckoned` have a
    result, and where it holds nothing they have none.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    styles: dict[Place, int] = field(default_factory=dict)
    runs: dict[Place, tuple[Run, ...]] = field(default_factory=dict)
    unreckoned: set[Place] = field(default_factory=set)
    reckoned: set[Place] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)


def read_look(
    container: Container,
    member: str,
    runs: Mapping[int, tuple[Run, ...]],
    watch: Watch = UNWATCHED,
) -> Look:
    """Walk through a sheet.

    Args:
        container: the file.
        member: the sheet's part.
        runs: those of the shared texts.
        watch: who watches.

    Raises:
        WorkbookProblem: it is damaged, or holds more than can be read.
    """
    reader = _LookReader(container.name, runs)
    walk(container, member, reader.visitor(), watch)
    return reader.look


class _LookReader:
    """Collects how a sheet looks, cell by cell."""

    def __init__(self, name: str, runs: Mapping[int, tuple[Run, ...]]) -> None:
        self.look = Look()
        self._name = name
        self._runs = runs
        self._row = self._column = self._style = 0
        self._type = ""
        self._formula = self._value = False
        self._block: tuple[int, int, int, int] | None = None  # top, left, bottom, right
        self._cells = 0

    def visitor(self) -> Visitor:
        inline = RunReader("is", self._on_runs).visitor()
        start = {
            **inline.start,
            "row": self._on_row,
            "c": self._on_cell,
            "v": self._on_value,
            "f": self._on_formula,
            "col": self._on_column,
            "mergeCell": self._on_merge,
        }
        end = {**inline.end, "c": self._close}
        if not self._runs:
            return Visitor(start, end, inline.texts)
        return Visitor(start, {**end, "v": self._on_text}, inline.texts | {"v"})

    def _on_row(self, attributes: Attributes) -> None:
        number = int(attributes.get("r", self._row + 1))
        if number <= self._row:
            raise ValueError("rows run backwards")
        self._row, self._column = number, 0
        if attributes.get("hidden") in _YES or attributes.get("ht") in ("0", "0.0"):
            self.look.hidden_rows.add(number)

    def _on_cell(self, attributes: Attributes) -> None:
        named = attributes.get("r")
        column = self._column + 1
        if named is not None:
            found = _PLACE.fullmatch(named)
            if found is None or int(found[2]) != self._row:
                raise ValueError("a cell stands in another row")
            column = column_number(found[1])
        if column <= self._column:
            raise ValueError("cells run backwards")
        self._column = column
        self._style = int(attributes.get("s", 0))
        self._type = attributes.get("t", "")
        self._formula = self._value = False

    def _on_value(self, _attributes: Attributes) -> None:
        self._value = True

    def _on_formula(self, _attributes: Attributes) -> None:
        self._formula = True

    def _on_text(self, text: str) -> None:
        if self._type == "s":
            self._on_runs(self._runs.get(int(text), ()))

    def _on_runs(self, runs: tuple[Run, ...]) -> None:
        self._value = True
        if runs:
            self.look.runs[self._row, self._column] = runs

    def _close(self, _text: str) -> None:
        place = self._row, self._column
        if self._formula and not self._value:
            self.look.unreckoned.add(place)
        elif not self._value:
            return
        elif self._type == "e":
            self.look.errors.add(place)
        elif self._formula and self._type != "str":  # a text may be empty
            self.look.reckoned.add(place)
        if self._style:
            self.look.styles[place] = self._style
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise problems.too_big(self._name, f"hơn {MOST_CELLS:,} ô có chữ".replace(",", "."))
        self._measure(*place)

    def _measure(self, row: int, column: int) -> None:
        """Let the block reach as far as a cell; rows are known to run downwards."""
        top, left, bottom, right = self._block or (row, column, row, column)
        if self._block and row == bottom and left <= column <= right:
            return
        left, right = min(left, column), max(right, column)
        self._block = top, left, row, right
        if (row - top + 1) * (right - left + 1) > MOST_AREA:
            raise problems.too_big(
                self._name,
                f"ô {address(row, column)} nằm quá xa các ô khác; hãy xóa ô đó nếu không cần",
            )

    def _on_column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _YES:
            self.look.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _on_merge(self, attributes: Attributes) -> None:
        first, _, last = attributes["ref"].partition(":")
        begin, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if begin is None or end is None:
            raise ValueError("a merge names no cells")
        self.look.merges.append(
            Merge(int(begin[2]), column_number(begin[1]), int(end[2]), column_number(end[1]))
        )
