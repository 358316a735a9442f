"""What is added up from villages waits for all of them, also those nobody has written about."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from db import checklist
from db.checklist import IndicatorState
from db.clock import VIETNAM
from db.desk import Desk
from db.judging import Figure, Quantity, Status
from db.models import Village

CODES = ("dong-mo", "lan-gat", "ba-nang")


def households(desk: Desk, village: str, numerator: int) -> IndicatorState:
    sheet = desk.sheet()
    figure = Figure.of(whole=Quantity(numerator=Decimal(numerator), denominator=Decimal(100)))
    threshold = desk.checklist(sheet).by_number["9.2"].threshold.effective
    with desk.act() as session:
        checklist.set_figure(session, sheet, "9.2", figure, threshold, village=village)
    return desk.checklist(sheet).by_number["9.2"]


def test_one_good_village_does_not_speak_for_the_others(desk: Desk) -> None:
    state = households(desk, "dong-mo", 100)
    assert state.missing_villages == 2
    assert state.judgement.suggested is None
    assert "2 thôn" in state.judgement.reason_vi


def test_the_last_village_settles_it(desk: Desk) -> None:
    for code in CODES:
        state = households(desk, code, 80)
    assert state.missing_villages == 0
    assert state.judgement.suggested is Status.MET
    assert state.figure == Figure.of(
        whole=Quantity(numerator=Decimal(240), denominator=Decimal(300))
    )


def test_the_share_of_villages_is_of_all_villages(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_status(session, sheet, "6.3", Status.MET, village="lan-gat")
    state = desk.checklist(sheet).by_number["6.3"]
    assert state.figure == Figure.of(whole=Quantity(numerator=Decimal(1), denominator=Decimal(3)))


@pytest.mark.parametrize("codes", [CODES[:1], CODES])
def test_a_past_day_counts_the_villages_of_that_day(desk: Desk, codes: tuple[str, ...]) -> None:
    for code in codes:
        households(desk, code, 80)
    today = datetime.now(UTC).astimezone(VIETNAM).date()
    with desk.reading() as session:
        state = checklist.read_as_of(session, desk.sheet(), today).by_number["9.2"]
    assert state.missing_villages == len(CODES) - len(codes)


def test_a_village_that_is_taken_off_the_list_counts_no_longer(desk: Desk) -> None:
    for code in CODES:
        households(desk, code, 50)
    with desk.act() as session:
        session.delete(session.get(Village, (desk.commune.scope, "ba-nang")))
    state = desk.checklist().by_number["9.2"]
    assert state.figure == Figure.of(
        whole=Quantity(numerator=Decimal(100), denominator=Decimal(200))
    )
    desk.store.undo(desk.officer)
    assert state_of(desk).figure == Figure.of(
        whole=Quantity(numerator=Decimal(150), denominator=Decimal(300))
    )


def state_of(desk: Desk) -> IndicatorState:
    return desk.checklist().by_number["9.2"]
