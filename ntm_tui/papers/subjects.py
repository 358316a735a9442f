"""What papers can be about, beside a time: rows of registers by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.desk import Desk


def reports_asked_once(desk: Desk) -> Mapping[str, str]:
    """Give the reports that were asked for once, the newest first."""
    from db.clock import today
    from db.registers.reading import read_page
    from db.registers.reports import ADHOC, REPORTS

    found = read_page(desk, REPORTS, today()).records
    once = [it for it in found if it.id.startswith(f"{ADHOC}|")]
    return {it.id: it.values["name"] for it in reversed(once)}
