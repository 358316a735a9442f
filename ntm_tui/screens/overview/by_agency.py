"""What each agency answers for, in all communes: the report to the steering committee."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.judging import AS_GOOD_AS_MET
from db.text import shown
from ntm_tui.screens.overview.rows import Col, OverviewRow, bar, cell
from ntm_tui.widgets.lines import WARNING, Line, say

if TYPE_CHECKING:
    from db.overview import FieldRow
    from ntm_tui.screens.overview.picture import Picture

BAR = 20
COLUMNS = (
    Col("Cơ quan"),
    Col("Tiêu chí", 12),
    Col("Các xã", BAR),
    Col("Đạt", 8, number=True),
    Col("Khác", 5, number=True),
)


def rows(picture: Picture) -> tuple[OverviewRow, ...]:
    """A row for each agency."""
    return tuple(_row(it) for it in picture.fields)


def _row(one: FieldRow) -> OverviewRow:
    met = sum(one.counts.get(status, 0) for status in AS_GOOD_AS_MET)
    differing = sum(len(numbers) for _, numbers in one.differing)
    cells = (
        cell(shown(one.name)),
        cell(", ".join(one.criteria)),
        bar(dict(one.counts), BAR),
        cell(f"{met}/{one.total}"),
        cell(str(differing) if differing else "", WARNING),
    )
    return OverviewRow(one.agency, cells, one.name, tuple(_said(one)))


def _said(one: FieldRow) -> Iterator[Line]:
    if one.field:
        yield say("Lĩnh vực", shown(one.field))
    if one.people:
        yield say("Thành viên", shown(", ".join(one.people)))
    listed = "; ".join(f"{shown(it.commune.name)} {', '.join(open)}" for it, open in one.open)
    yield say("Chưa đạt", listed or "không còn xã nào")
    if one.differing:
        other = "; ".join(
            f"{shown(it.commune.name)} {', '.join(some)}" for it, some in one.differing
        )
        yield say("Thẩm tra khác", (other, WARNING))
