"""The line over the views: how all communes stand together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from ntm_tui.widgets.bars import legend, status_bar

if TYPE_CHECKING:
    from db.overview import Overview

WIDEST = 40


def together(overview: Overview, width: int) -> Content:
    """Say how many communes there are, how many are ready, in danger, silent; draw all criteria."""
    communes = overview.communes
    ready = sum(it.checklist.standing.ready for it in communes)
    said = [
        f"{len(communes)} xã",
        f"{ready} xã đạt đủ",
        f"{len(overview.at_risk)} xã có nguy cơ thu hồi",
        f"{len(overview.silent)} xã quá {overview.upper.silent_days} ngày chưa gửi gói",
    ]
    counts = Counter(status for it in communes for status in it.statuses)
    bar = status_bar(counts, max(8, min(WIDEST, width - 10)))
    drawn = Content.assemble(("Tiêu chí  ", "bold"), bar)
    more = legend(counts)
    if drawn.cell_length + more.cell_length + 2 <= width:
        drawn = drawn + "  " + more
    return Content("\n").join([Content.styled(" · ".join(said), "bold"), drawn])
