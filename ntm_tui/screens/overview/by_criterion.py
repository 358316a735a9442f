"""Each criterion in all communes that work with its set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.judging import AS_GOOD_AS_MET, Status
from db.text import shown
from ntm_tui.screens.overview.rows import Col, OverviewRow, bar, cell
from ntm_tui.widgets.lines import Line, say
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.criteria.definitions import CriteriaSet, Criterion
    from db.overview import CommuneRow
    from ntm_tui.screens.overview.picture import Picture

BAR = 24
COLUMNS = (Col("Số", 4), Col("Tiêu chí"), Col("Các xã", BAR), Col("Đạt", 7, number=True))


def rows(picture: Picture) -> tuple[OverviewRow, ...]:
    """A heading for each set, its criteria below it."""
    return tuple(_rows(picture))


def _rows(picture: Picture) -> Iterator[OverviewRow]:
    sets: dict[str, CriteriaSet] = {}
    for one in picture.overview.communes:
        chosen = one.checklist.sheet.criteria_set
        sets.setdefault(chosen.id, chosen)
    for set_id, criteria_set in sorted(sets.items()):
        using = [
            it for it in picture.overview.communes if it.checklist.sheet.criteria_set.id == set_id
        ]
        if len(sets) > 1:
            name = f"{criteria_set.short_name}: {len(using)} xã"
            cells = (cell(""), cell(name), cell(""), cell(""))
            yield OverviewRow(set_id, cells, name, heading=True)
        for criterion in criteria_set.criteria:
            yield _row(set_id, criterion, using, picture)


def _row(
    set_id: str, criterion: Criterion, using: list[CommuneRow], picture: Picture
) -> OverviewRow:
    found = [(one, one.by_criterion[criterion.number]) for one in using]
    counts = Counter(status for _, status in found)
    met = sum(counts[status] for status in AS_GOOD_AS_MET)
    cells = (
        cell(criterion.number),
        cell(shown(criterion.name)),
        bar(counts, BAR),
        cell(f"{met}/{len(using)}"),
    )
    return OverviewRow(
        f"{set_id}/{criterion.number}",
        cells,
        f"Tiêu chí {criterion.number}. {criterion.name}",
        tuple(_said(criterion, found, picture)),
    )


def _said(
    criterion: Criterion, found: list[tuple[CommuneRow, Status]], picture: Picture
) -> Iterator[Line]:
    agency = picture.agency_of(criterion.number)
    yield say("Cơ quan", agency or "chưa giao cơ quan nào")
    for status in (Status.NOT_MET, Status.IN_PROGRESS, Status.NOT_ASSESSED, Status.MET):
        names = [shown(one.commune.name) for one, its in found if its is status]
        if names:
            head = (f"{MARKS[status].sign} {len(names)} xã", status.value)
            yield say(MARKS[status].word, head, f": {', '.join(names)}")
