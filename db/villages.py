"""Villages and what each of them has for the indicators that depend on people.

Dispatch of the programme goes by village: the letter asks that the criteria which the people
themselves answer for are directed and carried out there. Which indicators are kept by village is
said by the set, and an office can switch any of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from sqlmodel import Session

from db.checklist.of_villages import VillageFinding, village_findings
from db.checklist.reading import read
from db.checklist.writing import indicator_of, set_figure, set_status
from db.communes import VillageRecord, village_code, villages
from db.criteria.definitions import ThresholdKind
from db.judging import Figure, FigureProblem, Part, Status, parts_of, status_problem
from db.judging.entry import parse_figure
from db.judging.figures import is_percent
from db.judging.spellings import read_status
from db.judging.villages import VillageResult, addable, counts_villages
from db.models import IndicatorSetting
from db.sheet.records import Checklist, IndicatorState, Sheet

DIGITS = {
    "1": Status.MET,
    "2": Status.NOT_MET,
    "3": Status.IN_PROGRESS,
    "4": Status.NOT_APPLICABLE,
    "0": Status.NOT_ASSESSED,
}
"""What a digit says where a village is met or not, as in the checklist."""


@dataclass(frozen=True)
class CellPlace:
    """One village and one indicator."""

    village: str
    number: str


@dataclass(frozen=True)
class Grid:
    """Villages down, indicators across: those of the people's criteria first."""

    checklist: Checklist
    villages: tuple[VillageRecord, ...]
    columns: tuple[IndicatorState, ...]
    findings: Mapping[CellPlace, VillageFinding]

    @cached_property
    def by_number(self) -> Mapping[str, IndicatorState]:
        """The columns by the number of their indicator."""
        return {one.indicator.number: one for one in self.columns}

    def holding_back(self, number: str) -> tuple[VillageFinding, ...]:
        """Give the villages that are not there yet, the worst first."""
        found = (one for place, one in self.findings.items() if place.number == number)
        return tuple(one for one in found if one.status in (Status.NOT_MET, Status.IN_PROGRESS))


def read_grid(session: Session, sheet: Sheet) -> Grid:
    """Give the grid of a commune as it stands."""
    found = read(session, sheet)
    by_village = [one for one in found.states if one.indicator.by_village]
    columns = sorted(by_village, key=lambda one: not one.criterion.people_criterion)
    rows = villages(session, sheet.scope)
    findings = {
        CellPlace(one.village.code, state.indicator.number): one
        for state in columns
        for one in village_findings(sheet, state, rows)
    }
    return Grid(found, rows, tuple(columns), findings)


def by_status(state: IndicatorState) -> bool:
    """Tell whether a village's part in an indicator is a status and not a number.

    So it is where the commune's figure counts villages, and where a person decides.
    """
    threshold = state.threshold.effective
    return counts_villages(state.indicator) or not parts_of(state.indicator, threshold)


def can_be_added_up(state: IndicatorState) -> bool:
    """Tell whether an indicator can be kept by village.

    Levels cannot be added up, nor what only the province can say how to count.
    """
    kind = state.threshold.effective.kind
    unclear = kind is ThresholdKind.TINH and not state.indicator.counted
    return kind is not ThresholdKind.LEVEL and not unclear


def read_cell(state: IndicatorState, typed: str, village: VillageRecord) -> Figure | Status:
    """Understand what was typed or pasted for one village.

    "67/" stands for 67 of the village's households, where households are counted.

    Raises:
        FigureProblem: it cannot be understood, or cannot be.
    """
    if not by_status(state):
        return _read_figure(state, typed, village)
    status = DIGITS.get(typed.strip()) or read_status(typed)
    if status is None:
        raise FigureProblem(
            "Ô này bấm số: 1 đạt, 2 chưa đạt, 3 đang làm, 4 không áp dụng, 0 bỏ đánh giá."
        )
    problem = status_problem(state.indicator, status)
    if problem:
        raise FigureProblem(problem)
    return status


def _read_figure(state: IndicatorState, typed: str, village: VillageRecord) -> Figure:
    indicator, threshold = state.indicator, state.threshold.effective
    whole = typed.strip().removesuffix("%").rstrip()
    if whole.isdecimal() and indicator.counted == "hộ" and is_percent(threshold, Part.WHOLE):
        raise FigureProblem(
            f"{whole} hộ trên bao nhiêu hộ? Hãy ghi {whole}/{village.households or 120}, hoặc "
            f"{whole}/ để máy lấy số hộ của thôn."
        )
    if whole.endswith("/"):
        if indicator.counted != "hộ" or village.households is None:
            raise FigureProblem(
                f"Hãy ghi đủ mẫu số sau dấu /, ví dụ 67/{village.households or 120}."
            )
        whole = f"{whole}{village.households}"
    figure = parse_figure(whole, indicator, threshold)
    one = VillageResult(figure=figure)
    if any(addable(state.indicator, one, part) is None for part, _ in figure.parts):
        raise FigureProblem(
            "Tỷ lệ, số bình quân của từng thôn không cộng được. "
            f"Hãy ghi tử số/mẫu số, ví dụ 67/{village.households or 120}."
        )
    return figure


def is_of_other_households(state: IndicatorState, village: VillageRecord, said: Figure) -> bool:
    """Tell whether a share is of another number of households than the village has."""
    counted = state.indicator.counted == "hộ" and village.households is not None
    found = {quantity.denominator for _, quantity in said.parts}
    return counted and bool(found - {None, village.households})


def put_cells(
    session: Session, grid: Grid, cells: Mapping[CellPlace, Figure | Status | None]
) -> None:
    """Write down what villages have; None takes back what was there.

    Args:
        session: the journalling session of one action.
        grid: the grid as it was seen.
        cells: what is written where.
    """
    sheet = grid.checklist.sheet
    for place, said in cells.items():
        state = grid.by_number[place.number]
        if isinstance(said, Status):
            set_status(session, sheet, place.number, said, village=place.village)
        elif said is None and by_status(state):
            set_status(session, sheet, place.number, Status.NOT_ASSESSED, village=place.village)
        else:
            threshold = state.threshold.effective
            set_figure(session, sheet, place.number, said, threshold, village=place.village)


@dataclass(frozen=True)
class Pasted:
    """What a pasted block becomes. `unread` are the lines or cells that were not understood."""

    cells: Mapping[CellPlace, Figure | Status]
    unread: tuple[str, ...]


def read_block(grid: Grid, text: str, start: CellPlace) -> Pasted:
    """Understand cells copied from a spreadsheet.

    They go down and to the right from a place. Lines that begin with the name of a village go to
    that village, in whatever order they come.

    Args:
        grid: the grid as it is seen.
        text: lines, their cells separated by tabs.
        start: where the first cell goes.
    """
    lines = [
        line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    numbers = [one.indicator.number for one in grid.columns][_column(grid, start.number) :]
    cells: dict[CellPlace, Figure | Status] = {}
    unread: list[str] = []
    for village, typed in _rows_of(grid, lines, start):
        beyond = typed[len(numbers) :] if village is not None else typed
        unread.extend(cell.strip() for cell in beyond)
        for number, cell in zip(numbers, typed if village is not None else (), strict=False):
            if village is None or not cell.strip():
                continue
            try:
                said = read_cell(grid.by_number[number], cell, village)
                cells[CellPlace(village.code, number)] = said
            except FigureProblem:
                unread.append(cell.strip())
    return Pasted(cells, tuple(one for one in unread if one))


def _rows_of(
    grid: Grid, lines: Sequence[Sequence[str]], start: CellPlace
) -> Iterator[tuple[VillageRecord | None, Sequence[str]]]:
    """Say which village each line belongs to: the one it names, else the next one down."""
    if _are_named(grid, lines, start):
        by_code = {one.code: one for one in grid.villages}
        for name, *cells in lines:
            village = by_code.get(village_code(name))
            yield village, cells if village is not None else [" ".join([name, *cells])]
        return
    below = grid.villages[[one.code for one in grid.villages].index(start.village) :]
    yield from zip_longest(below[: len(lines)], lines)


def _are_named(grid: Grid, lines: Sequence[Sequence[str]], start: CellPlace) -> bool:
    """Tell whether lines begin with the names of villages and not with a cell of the column."""
    written = [line for line in lines if any(cell.strip() for cell in line)]
    codes = {one.code for one in grid.villages}
    if not all(len(line) > 1 for line in written):
        return False
    state, village = grid.by_number[start.number], grid.villages[0]
    first = [line[0] for line in written]
    return any(village_code(name) in codes for name in first) and not any(
        _is_readable(state, name, village) for name in first
    )


def _is_readable(state: IndicatorState, typed: str, village: VillageRecord) -> bool:
    try:
        read_cell(state, typed, village)
    except FigureProblem:
        return False
    return True


def _column(grid: Grid, number: str) -> int:
    return [one.indicator.number for one in grid.columns].index(number)


def switch(session: Session, sheet: Sheet, number: str, *, by_village: bool) -> None:
    """Keep an indicator by village from now on, or for the whole commune.

    What villages or the commune have written down stays as it is either way.

    Raises:
        NotFound: the set has no such indicator.
    """
    indicator_of(sheet, number)
    row_id = IndicatorSetting.row_id(sheet.criteria_set.id, number)
    row = session.get(IndicatorSetting, (sheet.scope, row_id))
    if row is None:
        row = IndicatorSetting.keyed(sheet.scope, sheet.criteria_set.id, number)
        session.add(row)
    row.by_village = by_village
