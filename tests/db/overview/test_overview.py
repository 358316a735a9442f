"""The communes side by side, as their upper level sees them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.clock import now
from db.desk import Desk
from db.judging import Risk, Status
from db.models import Commune
from db.overview import CommuneRow, Overview, fields_of, read_overview
from tests._helpers.district import CAI_KINH, HOA_THANG, MINH_TIEN, commune, make
from tests._helpers.stores import found_upper, pass_on


@pytest.fixture
def district(tmp_path: Path) -> Desk:
    return Desk.open(make(tmp_path))


def row(overview: Overview, scope: str) -> CommuneRow:
    return next(it for it in overview.communes if it.scope == scope)


def test_each_commune_stands_as_on_its_own_machine(district: Desk, tmp_path: Path) -> None:
    with district:
        overview = read_overview(district, now())
        assert [it.commune.name for it in overview.communes] == [
            "Cai Kinh",
            "Hòa Thắng",
            "Minh Tiến",
        ]
        for place, scope in enumerate((CAI_KINH, MINH_TIEN, HOA_THANG)):
            with Desk.read(type(district.home)(tmp_path / f"commune-{place}")) as own:
                its = own.checklist().standing
            seen = row(overview, scope).checklist.standing
            assert (seen.met, seen.indicators) == (its.met, its.indicators)


def test_what_waits_for_the_district_and_what_it_asked_is_counted(district: Desk) -> None:
    with district:
        found = row(read_overview(district, now()), CAI_KINH)
    assert [it.name for it in found.waiting] == ["Chưa có đất làm nhà văn hóa"]
    assert [(it.name, it.days_left) for it in found.asked] == [("Rà soát hộ nghèo", -3)]
    assert [it.days_left for it in found.to_mend] == [4]
    assert [it.name for it in found.late] == ["Rà soát hộ nghèo"]
    assert found.differing == ("1.1",)


def test_a_title_in_danger_comes_first_and_one_that_is_not_held_has_no_light(
    district: Desk,
) -> None:
    with district:
        overview = read_overview(district, now())
    assert [it.scope for it in overview.at_risk] == [MINH_TIEN]
    assert row(overview, MINH_TIEN).risk is Risk.CERTAIN
    assert row(overview, HOA_THANG).risk is None


def test_who_has_not_sent_anything_for_longer_than_the_office_allows_is_named(
    district: Desk,
) -> None:
    with district:
        most = district.upper.silent_days if district.upper else 0
        assert read_overview(district, now()).silent == ()
        assert read_overview(district, now() + timedelta(days=most)).silent == ()
        late = read_overview(district, now() + timedelta(days=most + 1)).silent
    assert len(late) == 3
    assert {it.silent_days for it in late} == {most + 1}


def test_carried_over_money_is_told_from_the_rest(district: Desk) -> None:
    with district:
        overview = read_overview(district, now())
    found = row(overview, CAI_KINH).payout
    assert (found.planned, found.carried, found.unpaid_volume) == tuple(
        map(Decimal, (300, 300, 200))
    )
    assert found.percent == 0
    assert row(overview, HOA_THANG).payout.percent is None
    assert overview.payout == found


def test_an_agency_answers_for_its_criteria_in_every_commune(district: Desk) -> None:
    with district:
        (field,) = fields_of(district, read_overview(district, now()))
    assert field.criteria == ("2", "13")
    assert field.total == 6
    assert field.counts[Status.MET] == 2
    assert {one.scope: numbers for one, numbers in field.open} == {
        CAI_KINH: ("2", "13"),
        MINH_TIEN: ("2", "13"),
    }


def test_a_commune_that_was_merged_stands_apart(district: Desk) -> None:
    with district:
        with district.at_commune(CAI_KINH).act() as session:
            merged = session.get(Commune, (CAI_KINH, CAI_KINH))
            assert merged is not None
            merged.valid_to = now().date() - timedelta(days=40)
            merged.merged_into = MINH_TIEN
        overview = read_overview(district, now())
    assert [it.scope for it in overview.former] == [CAI_KINH]
    assert CAI_KINH not in {it.scope for it in overview.communes}


def test_a_commune_has_no_overview(tmp_path: Path) -> None:
    with commune(tmp_path / "one", "Cai Kinh") as desk, pytest.raises(ValueError, match="upper"):
        read_overview(desk, now())


def test_a_bundle_that_was_set_aside_is_no_sign_of_life(tmp_path: Path) -> None:
    from db.sync.deciding import set_aside
    from db.sync.transfers import list_transfers

    with found_upper(tmp_path / "home") as upper, commune(tmp_path / "one", "Cai Kinh") as desk:
        pass_on(desk, upper, tmp_path / "up", trust=True)
        with upper.reading() as session:
            (came,) = list_transfers(session, upper.home)
        set_aside(upper, came.id)
        assert read_overview(upper, now()).communes == ()
