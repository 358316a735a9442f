"""The practice commune and the practice district, and their Word papers, made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pytest

from db import clock
from db.desk import Desk
from db.home import Home
from db.owner import Owner
from ntm_tui.papers.catalogue import papers_of
from ntm_tui.papers.making import make_paper, span_for
from ntm_tui.papers.paper import Format, Made, Wanted
from tests._helpers.practice import MadeDistrict
from tests.conftest import PRACTICE_DAY

WORD = tuple(it for it in papers_of(Owner.COMMUNE) if it.written is not None)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


@pytest.fixture
def practised(made_commune: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(clock, "now", lambda: _noon(PRACTICE_DAY))
    with Desk.read(made_commune) as desk:
        yield desk


@pytest.fixture(scope="session")
def printed(made_commune: Home) -> Mapping[str, Made]:
    """Every Word paper of the practice commune, by its kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: _noon(PRACTICE_DAY))
        return print_all(made_commune)


@pytest.fixture(scope="session")
def printed_above(made_district: MadeDistrict) -> Mapping[str, Made]:
    """Every Word paper of the practice district, by its kind."""
    return print_all(made_district.home)


def print_all(home: Home) -> Mapping[str, Made]:
    with Desk.read(home) as desk:
        day = clock.today()
        return {
            it.kind: make_paper(desk, it, Wanted(span_for(desk, it, day), day), Format.DOCX)
            for it in papers_of(desk.owner)
            if it.written is not None
        }
