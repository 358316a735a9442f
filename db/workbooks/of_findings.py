"""What one place of a table says of an indicator: status, figure, words and a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.communes import VillageRecord
from db.criteria.definitions import Threshold
from db.judging import Figure, Status, status_problem
from db.judging.entry import figure_text
from db.numbers import show_date
from db.sheet.records import AssessmentRecord, IndicatorState
from db.text import clean
from db.villages import by_status
from db.workbooks.cells import Cell
from db.workbooks.changes import Change, Target
from db.workbooks.figures import Asked, read_figure
from db.workbooks.layout import VILLAGES
from db.workbooks.measures import Meant, read_day
from db.workbooks.statuses import STATUS_FIELDS, read_cells, read_result
from db.workbooks.table import Table, origin, words_meant
from db.workbooks.village_figures import bare_count, that_can_be_added, with_households
from db.workbooks.wording import words_of_field

Cells = Mapping[tuple[str, str], Cell]
"""By field and part."""

_TEXTS = ("note", "responsible")


@dataclass(frozen=True)
class Place:
    """Where a finding goes: an indicator, in a village or in the whole commune.

    `rows` are the rows that its own row takes: what is merged over more speaks of others too.
    """

    state: IndicatorState
    of: str
    before: AssessmentRecord
    subject: str
    village: VillageRecord | None = None
    rows: int = 1

    @property
    def number(self) -> str:
        """The number of its indicator."""
        return self.state.indicator.number

    @property
    def threshold(self) -> Threshold:
        """The threshold that counts."""
        return self.state.threshold.effective

    def target(self, field: str) -> Target:
        """Name one field of it."""
        return Target(self.subject, self.number, field, self.village.code if self.village else "")


@dataclass(frozen=True)
class Said:
    """What cells say of one field: the values it can take, each as it would be typed."""

    field: str
    cells: Sequence[Cell]
    meant: Meant[Any]
    typed: Mapping[Any, str]
    before: str
    label: str = ""


def read_finding(table: Table, place: Place, cells: Cells) -> None:
    """Read everything that cells say of a place, and note what it changes."""
    _read_status(table, place, cells)
    _read_figure(table, place, cells)
    for field in _TEXTS:
        cell = cells.get((field, ""))
        if cell is not None:
            _read_text(table, place, field, cell)
    due = cells.get(("due", ""))
    if due is not None:
        _read_due(table, place, due)


def read_village(table: Table, state: IndicatorState, village: VillageRecord, cells: Cells) -> None:
    """Read the cells of one village and one indicator."""
    of = f"{village.name} · {state.indicator.number} {state.indicator.name}"
    before = state.villages.get(village.code, AssessmentRecord())
    if by_status(state):
        whole = cells.get(("result", "")) or cells.get(("figure", ""))
        cells = {key: cell for key, cell in cells.items() if key[0] not in ("result", "figure")}
        cells = {("status", ""): whole, **cells} if whole is not None else cells
    read_finding(table, Place(state, of, before, VILLAGES, village), cells)


def _read_status(table: Table, place: Place, cells: Cells) -> None:
    meant, used = read_cells(_status_cells(table, cells))
    if not used:
        return
    meant = _possible(place, meant)
    before, reason = place.before.status, place.before.reason
    told = cells.get(("reason", ""))
    new_reason = clean(told.text) if told is not None else None
    if meant.is_sure and meant.values[0] is before and new_reason in (None, reason):
        table.equal += 1
        return
    typed = {one: one.label for one in meant.values}
    shown = "" if before is Status.NOT_ASSESSED else before.label
    kept = new_reason if new_reason is not None else (reason if before in meant.values else "")
    said = Said("status", used, meant, typed, shown)
    _note(table, place, said, value=lambda one: {"status": one, "reason": kept})


def _status_cells(table: Table, cells: Cells) -> Mapping[str, Cell]:
    """Give the cells that say a status; what a person said of one of them counts alone."""
    found = {field: cells[field, ""] for field in STATUS_FIELDS if (field, "") in cells}
    result = cells.get(("result", ""))
    if result is not None and read_result(result) is not None:
        found["result"] = result
    answered = next((cell for cell in found.values() if table.is_answered(cell)), None)
    return found if answered is None else {"status": answered}


def _possible(place: Place, meant: Meant[Status]) -> Meant[Status]:
    problems = {one: status_problem(place.state.indicator, one) for one in meant.values}
    values = tuple(one for one in meant.values if problems[one] is None)
    if values == meant.values:
        return meant
    why = next(filter(None, problems.values()), "")
    return Meant(values, why or meant.why, meant.doubtful)


def _read_figure(table: Table, place: Place, cells: Cells) -> None:
    parts = {part: cell for (field, part), cell in cells.items() if field == "figure"}
    result = cells.get(("result", ""))
    if result is not None and not parts and read_result(result) is None:
        parts = {"": result}
    if not parts:
        return
    used = list(parts.values())
    asked = Asked(
        place.state.indicator,
        place.threshold,
        table.numbers(used[0]),
        table.habits(used[0]),
        table.layout.own,
    )
    answered = next((cell.text for cell in used if table.is_answered(cell)), "")
    meant = _figure_meant(place, parts, asked, answered)
    if place.before.figure in meant.values:
        table.equal += 1
        return
    typed = {one: figure_text(one) for one in meant.values}
    said = Said("figure", used, meant, typed, figure_text(place.before.figure))
    _note(table, place, said, value=lambda one: one)


def _figure_meant(
    place: Place, parts: Mapping[str, Cell], asked: Asked, answered: str
) -> Meant[Figure]:
    village = place.village
    if village is None:
        return read_figure(parts, asked, answered=answered)
    counted = None if answered else bare_count(parts, place.state, village)
    if counted is not None:
        return counted
    filled = with_households(parts, place.state, village)
    return that_can_be_added(read_figure(filled, asked, answered=answered), place.state, village)


def _read_text(table: Table, place: Place, field: str, cell: Cell) -> None:
    if cell.trouble:
        table.cannot_read(cell, cell.trouble)
        return
    meant = words_meant(cell)
    before = getattr(place.before, field)
    if before in map(clean, meant.values):
        table.equal += 1
        return
    typed = {one: one for one in meant.values}
    _note(table, place, Said(field, [cell], meant, typed, before), value=clean)


def _read_due(table: Table, place: Place, cell: Cell) -> None:
    if cell.trouble:
        table.cannot_read(cell, cell.trouble)
        return
    meant = read_day(cell, table.days(cell), table.habits(cell))
    if place.before.due in meant.values:
        table.equal += 1
        return
    before = show_date(place.before.due) if place.before.due else ""
    typed = {one: show_date(one) for one in meant.values}
    _note(table, place, Said("due", [cell], meant, typed, before), value=lambda one: one)


def _note(table: Table, place: Place, said: Said, *, value: Any) -> None:
    """Note what becomes of a field: a change, a doubt, or that it cannot be read."""
    cells, meant = said.cells, said.meant
    if not meant.values:
        table.cannot_read(cells[0], meant.why)
        return
    doubt = "" if meant.is_sure else meant.why
    if said.field in ("status", "figure") and any(cell.rows > place.rows for cell in cells):
        doubt = doubt or f"ô gộp qua {cells[0].rows} dòng, có thể nói về cả các dòng khác"
    readings = tuple(said.typed[one] for one in meant.values)
    table.add(
        Change(
            tuple(cell.address for cell in cells),
            place.target(said.field),
            place.of,
            words_of_field(said.field),
            said.before,
            readings[0],
            value(meant.values[0]),
            " | ".join(cell.text for cell in cells),
            note="" if doubt else meant.why,
            doubt=doubt,
            readings=readings if doubt else (),
            **origin(cells),
        )
    )
