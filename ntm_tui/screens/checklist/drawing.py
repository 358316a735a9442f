"""How a row of the checklist is drawn: pieces of text, each with the name of its style."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from db.criteria.definitions import SourceStatus, Threshold
from db.judging import Figure, Status
from db.judging.figures import is_percent
from db.text import shown
from ntm_tui.papers.figures import rounded_down
from ntm_tui.screens.checklist.rows import CriterionRow, IndicatorRow, Row
from ntm_tui.widgets.fitting import cut, short_name
from ntm_tui.widgets.lines import BASE, QUIET, WARNING, Piece, fit, right
from ntm_tui.widgets.marks import MARKS

NUMBER_WIDTH = 7
STATUS_WIDTH = 15
REQUIREMENT_WIDTH = 13
FIGURE_WIDTH = 9
ROOMY = 68
"""From this width on there is room for the requirement."""
NARROW = 44
"""Below this width a status is only its sign."""
MOST_SIGNS = 12


@dataclass(frozen=True)
class Columns:
    """How wide the columns are; 0 for one that is left out. One cell is between two."""

    name: int
    requirement: int
    figure: int
    status: int
    verdict: int = 0

    @classmethod
    def fitting(cls, width: int, *, verdicts: bool = False) -> Columns:
        """Share out the width of the list; `verdicts` stand beside the commune's own findings."""
        verdict = (STATUS_WIDTH if width >= NARROW else 1) if verdicts else 0
        requirement = REQUIREMENT_WIDTH if width - verdict >= ROOMY else 0
        figure = FIGURE_WIDTH if width >= NARROW else 0
        status = STATUS_WIDTH if width >= NARROW else 1
        others = [one for one in (requirement, figure, status, verdict) if one]
        name = max(0, width - NUMBER_WIDTH - sum(others) - len(others) - 1)
        return cls(name, requirement, figure, status, verdict)


def draw(row: Row, width: int, year: int, *, verdicts: bool = False) -> list[Piece]:
    """Draw a row into a line of that many cells; at the upper level with its verdicts."""
    columns = Columns.fitting(width, verdicts=verdicts)
    if isinstance(row, CriterionRow):
        return _criterion(row, width, columns)
    return _indicator(row, columns, year)


def _indicator(row: IndicatorRow, columns: Columns, year: int) -> list[Piece]:
    state = row.state
    threshold = state.threshold.effective
    flag = " !" if row.flag and not columns.requirement else ""
    name = shown(short_name(state.indicator.name))
    pieces = [
        (fit(f" {row.number}", NUMBER_WIDTH), BASE),
        (fit(name, columns.name - len(flag)), BASE),
        (flag, WARNING),
    ]
    if columns.requirement:
        pieces += [(" ", BASE), _requirement(row, columns.requirement, year)]
    if columns.figure:
        pieces.append((" " + right(short_figure(state.figure, threshold), columns.figure), BASE))
    # A finding that goes against its figure is shown as such.
    against = ("≠", WARNING) if state.judgement.against_figure else (" ", BASE)
    pieces += [(" ", BASE), _status(state.judgement.status, columns.status), against]
    return [*pieces, *_verdict(state.verdict.status, columns)]


def _verdict(status: str, columns: Columns) -> list[Piece]:
    """What the upper level found; nothing where it has not looked yet."""
    if not columns.verdict:
        return []
    if status == Status.NOT_ASSESSED:
        return [(" " * (columns.verdict + 1), BASE)]
    return [_status(status, columns.verdict), (" ", BASE)]


def _requirement(row: IndicatorRow, width: int, year: int) -> Piece:
    """What is required, or what must be said first; a question mark where it is in doubt."""
    if row.flag:
        return (fit(f"! {row.flag}", width), WARNING)
    threshold = row.state.threshold.effective
    doubt = " ?" if threshold.source is SourceStatus.UNCONFIRMED else ""
    return (fit(cut(threshold.text(year), width - len(doubt)) + doubt, width), QUIET)


def _criterion(row: CriterionRow, width: int, columns: Columns) -> list[Piece]:
    criterion = row.standing.criterion
    signs = [(MARKS[status].sign, status.value) for status in row.statuses[:MOST_SIGNS]]
    if not columns.requirement:
        signs = []
    tally = f" {row.met}/{len(row.statuses)}".rjust(FIGURE_WIDTH - 1)
    end = columns.status + 2
    room = (
        width - cell_len(tally) - len(signs) - end - (columns.verdict + 1 if columns.verdict else 0)
    )
    name = fit(f" {criterion.number} {shown(criterion.name)}", room - 1) + " "
    return [
        (name, BASE),
        *signs,
        (tally, BASE),
        (" ", BASE),
        _status(row.standing.status, columns.status),
        (" " * (columns.verdict + 2 if columns.verdict else 1), BASE),
    ]


def _status(status: str, width: int) -> Piece:
    mark = MARKS[status]
    return (fit(mark.label if width > 1 else mark.sign, width), status)


def short_figure(figure: Figure | None, threshold: Threshold) -> str:
    """A figure in a few cells: `67,48`, `72,5|68`, `Khá`."""
    if figure is None:
        return ""
    if figure.level:
        return figure.level
    decimals = 2 if len(figure.parts) == 1 else 1
    return "|".join(
        rounded_down(quantity.percent if is_percent(threshold, part) else quantity.number, decimals)
        for part, quantity in figure.parts
    )
