from __future__ import annotations

from datetime import date

import pytest

from db import profile
from db.criteria.definitions import Tier
from db.desk import Desk
from db.problems import Refused
from db.sheet.commune import DEFAULT_SETS, CommuneProfile


def settle(desk: Desk, field: str, typed: str) -> CommuneProfile:
    with desk.act() as session:
        profile.update_profile(session, desk.commune.scope, field, typed)
    return desk.refreshed().commune


def test_every_field_of_the_profile_can_be_changed(desk: Desk) -> None:
    assert settle(desk, "target_year", "2025").target_year == 2025
    assert settle(desk, "deadline", "30/9/2025").deadline == date(2025, 9, 30)
    assert settle(desk, "held_tier", "ntm").held_tier is Tier.NTM
    assert settle(desk, "held_decision", " QĐ  12/QĐ-UBND ").held_decision == "QĐ 12/QĐ-UBND"
    assert settle(desk, "held_date", "20/20/2023").held_date == "20/20/2023"
    assert settle(desk, "upper_level", "tỉnh Lạng Sơn").upper_level == "tỉnh Lạng Sơn"


def test_an_empty_field_goes_back_to_what_the_program_assumes(desk: Desk) -> None:
    settle(desk, "deadline", "1/2/2024")
    settle(desk, "held_tier", "ntm")
    assert settle(desk, "deadline", "").deadline == date(2024, 12, 31)
    assert settle(desk, "held_tier", "").held_tier is None


def test_the_set_follows_the_title_aimed_at(desk: Desk) -> None:
    after = settle(desk, "tier", "advanced")
    assert (after.tier, after.criteria_set) == (
        Tier.ADVANCED,
        DEFAULT_SETS[Tier.ADVANCED],
    )
    assert settle(desk, "tier", "ntm").criteria_set == DEFAULT_SETS[Tier.NTM]


def test_a_set_that_was_chosen_stays_when_the_title_changes(desk: Desk) -> None:
    settle(desk, "criteria_set", "bo-cua-tinh")
    assert settle(desk, "tier", "advanced").criteria_set == "bo-cua-tinh"


def test_one_undo_takes_a_field_back(desk: Desk) -> None:
    settle(desk, "tier", "advanced")
    desk.store.undo(desk.officer)
    after = desk.refreshed().commune
    assert (after.tier, after.criteria_set) == (Tier.NTM, DEFAULT_SETS[Tier.NTM])


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("target_year", "năm nay"),
        ("target_year", "20245"),
        ("target_year", "١٩٩٩"),
        ("target_year", "1999"),
        ("target_year", ""),
        ("deadline", "31/02/2025"),
        ("deadline", "cuối năm"),
        ("tier", ""),
        ("held_tier", "vàng"),
        ("criteria_set", ""),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_changes(
    desk: Desk, field: str, typed: str
) -> None:
    with pytest.raises(Refused, match="Chưa có gì thay đổi"):
        settle(desk, field, typed)
    assert desk.refreshed().commune == desk.commune
