"""What papers can be about, beside a time: rows of registers by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.desk import Desk
    from db.registers.register import Register


def reports_asked_once(desk: Desk) -> Mapping[str, str]:
    """Give the reports that were asked for once, the newest first."""
    from db.clock import today
    from db.registers.reading import read_page
    from db.registers.reports import ADHOC, REPORTS

    found = read_page(desk, REPORTS, today()).records
    once = [it for it in found if it.id.startswith(f"{ADHOC}|")]
    return {it.id: it.values["name"] for it in reversed(once)}


def briefings(desk: Desk) -> Mapping[str, str]:
    """Give the briefings, the newest first."""
    from db.registers.briefings import BRIEFINGS

    return _named(desk, BRIEFINGS)


def villages(desk: Desk) -> Mapping[str, str]:
    """Give the villages."""
    from db.registers.people import VILLAGES

    return _named(desk, VILLAGES)


def agencies(desk: Desk) -> Mapping[str, str]:
    """Give the agencies of the upper level."""
    from db.registers.upper import AGENCIES

    return _named(desk, AGENCIES)


def _named(desk: Desk, register: Register) -> Mapping[str, str]:
    from db.clock import today
    from db.registers.reading import read_page

    page = read_page(desk, register, today())
    return {it.id: register.called_by(it, page.context) for it in page.records}
