"""What there is to say about one row of a register, line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.text import shown
from ntm_tui.widgets.lines import QUIET, WARNING, Line, say

if TYPE_CHECKING:
    from db.registers.reading import Page
    from db.registers.register import Record


def of_record(page: Page, record: Record) -> Iterator[Line]:
    """Say what is to be seen, then every field that holds something."""
    if record.days_left is not None:
        yield _days(record.days_left)
    for finding in record.findings:
        yield say("!", (shown(finding.text), WARNING))
    for column in page.register.columns:
        text = page.register.text(record, page.context, column.name)
        if text:
            unit = (f" {column.unit}", QUIET) if column.unit and column.unit not in text else ""
            yield say(column.label, shown(text), unit)
    count = page.papers.get(record.id)
    if count:
        yield say("Minh chứng", f"{count} tài liệu (Ctrl+T)")
    if not record.there:
        yield say("", ("Chưa ghi gì. Enter để ghi.", QUIET))


def _days(left: int) -> Line:
    if left < 0:
        return say("Hạn", (f"quá hạn {-left} ngày", WARNING))
    return say("Hạn", f"còn {left} ngày" if left else "hạn hôm nay")
