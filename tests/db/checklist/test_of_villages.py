from __future__ import annotations

from decimal import Decimal

import pytest

from db import checklist
from db.checklist.of_villages import village_findings
from db.communes import villages
from db.desk import Desk
from db.judging import Figure, Quantity, Status


def enter(desk: Desk, number: str, village: str, *, status: Status | None = None, **figure: int):
    sheet = desk.sheet()
    threshold = desk.checklist().by_number[number].threshold.effective
    with desk.act() as session:
        if status is not None:
            checklist.set_status(session, sheet, number, status, village=village)
        if figure:
            quantity = Quantity(**{name: Decimal(value) for name, value in figure.items()})
            whole = Figure.of(whole=quantity)
            checklist.set_figure(session, sheet, number, whole, threshold, village=village)


def order(desk: Desk, number: str) -> list[tuple[str, Status]]:
    found = desk.checklist()
    with desk.reading() as session:
        rows = villages(session, found.sheet.scope)
    findings = village_findings(found.sheet, found.by_number[number], rows)
    return [(one.village.code, one.status) for one in findings]


def test_the_lowest_share_comes_first_judged_by_its_figure(desk: Desk) -> None:
    enter(desk, "17.8", "dong-mo", numerator=90, denominator=120)
    enter(desk, "17.8", "lan-gat", numerator=50, denominator=85)
    enter(desk, "17.8", "ba-nang", numerator=40, denominator=98)
    assert order(desk, "17.8") == [
        ("ba-nang", Status.NOT_MET),
        ("lan-gat", Status.NOT_MET),
        ("dong-mo", Status.MET),
    ]


def test_the_greatest_count_comes_first_where_none_should_be(desk: Desk) -> None:
    for village, houses in (("dong-mo", 1), ("lan-gat", 12), ("ba-nang", 0)):
        enter(desk, "9.1", village, value=houses)
    assert [code for code, _ in order(desk, "9.1")] == ["lan-gat", "dong-mo", "ba-nang"]


@pytest.mark.parametrize("status", [Status.NOT_MET, Status.IN_PROGRESS])
def test_what_was_found_counts_more_than_what_a_figure_suggests(desk: Desk, status: Status) -> None:
    enter(desk, "17.8", "dong-mo", status=status, numerator=120, denominator=120)
    assert order(desk, "17.8")[0] == ("dong-mo", status)


def test_villages_that_said_nothing_come_after_those_that_lag(desk: Desk) -> None:
    enter(desk, "17.8", "lan-gat", numerator=1, denominator=85)
    assert [code for code, _ in order(desk, "17.8")] == ["lan-gat", "ba-nang", "dong-mo"]
