from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time

import pytest

from db.clock import VIETNAM
from db.desk import Desk
from db.home import Home
from db.periods import Cycle, Period, period_of
from ntm_tui.papers.workbooks import WORKBOOKS, Options, Workbook
from ntm_tui.papers.workbooks.workbook import Source
from tests._helpers.practice import MadeDistrict
from tests._helpers.sheets import Looked
from tests.conftest import PRACTICE_DAY

HALF = period_of(Cycle.HALF, PRACTICE_DAY)
NOON = datetime.combine(PRACTICE_DAY, time(12), VIETNAM)
Make = Callable[..., Looked]


def workbook(kind: str) -> Workbook:
    return next(one for one in WORKBOOKS if one.kind == kind)


@pytest.fixture(scope="module")
def commune(made_commune: Home) -> Iterator[Desk]:
    """The practice commune, for looking only."""
    with Desk.read(made_commune) as desk:
        yield desk


@pytest.fixture(scope="module")
def district(made_district: MadeDistrict) -> Iterator[Desk]:
    """The practice district, for looking only."""
    with Desk.read(made_district.home) as desk:
        yield desk


@pytest.fixture(scope="module")
def make(commune: Desk) -> Make:
    """Makes a workbook of the practice commune on its day, and looks into it."""

    def made(kind: str, period: Period = HALF, *, with_names: bool = False) -> Looked:
        source = Source(commune, period, Options(with_names=with_names), NOON)
        return Looked(workbook(kind).make_from(source))

    return made
