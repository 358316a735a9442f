"""A commune that holds one title and aims at a higher one keeps both sets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import checklist, criteria_sets
from db.clock import now
from db.desk import Desk
from db.judging import Risk, Status
from db.profile import update_profile
from db.week import read_week
from tests._helpers.cli import call_cli

NTM_FILE = Path(criteria_sets.__file__).with_name("criteria") / "xa-ntm-2021-2025.toml"
NTM, ADVANCED = "xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025"


@pytest.fixture
def climbing(desk: Desk) -> Iterator[Desk]:
    """A commune that holds NTM, has lost half of it again, and aims at nâng cao."""
    with desk.act() as session:
        update_profile(session, desk.commune.scope, "held_tier", "ntm")
        update_profile(session, desk.commune.scope, "tier", "advanced")
    after = desk.refreshed()
    ntm = after.sheet(set_id=NTM)
    with after.act() as session:
        for one in ntm.criteria_set.criteria[:10]:
            checklist.set_status(session, ntm, one.indicators[0].number, Status.NOT_MET)
        checklist.set_status(session, after.sheet(), "1.1", Status.MET)
    yield after


def test_the_title_that_is_held_is_judged_by_its_own_set(climbing: Desk) -> None:
    """Duty 16: ten of nineteen criteria not met is half and more."""
    week = read_week(climbing, now())
    assert week.checklist.sheet.criteria_set.id == ADVANCED
    assert week.held.sheet.criteria_set.id == NTM
    assert week.held.withdrawal.risk is Risk.CERTAIN  # 10 of 19 not met
    assert week.checklist.withdrawal.risk is Risk.POSSIBLE


def test_both_sets_keep_what_was_found_by_them(climbing: Desk) -> None:
    by_set = {one.id: climbing.checklist(climbing.sheet(set_id=one.id)) for one in climbing.sets()}
    assert set(by_set) == {NTM, ADVANCED}
    assert by_set[ADVANCED].standing.count(Status.MET) == 1
    assert by_set[NTM].standing.count(Status.NOT_MET) == 10


def test_the_status_tells_the_risk_by_the_set_of_the_title(climbing: Desk) -> None:
    said = call_cli("status", "--json").json
    assert (said["criteria_set"], said["withdrawal"]["risk"]) == (ADVANCED, "certain")
    assert call_cli("status", "--json", "--set", ADVANCED).json["withdrawal"]["risk"] == "possible"
    assert "10 đến 19/19 tiêu chí không đạt (Bộ tiêu chí xã NTM 2021-2025" in call_cli("status").out


def test_a_commune_without_a_title_has_one_set(desk: Desk) -> None:
    assert [one.id for one in desk.sets()] == [NTM]
    sheet = desk.sheet()
    assert desk.held_sheet(sheet) is sheet


def test_a_province_s_own_set_of_the_same_title_is_the_one_that_counts(
    desk: Desk, tmp_path: Path
) -> None:
    own = NTM_FILE.read_text(encoding="utf-8").replace(f'id = "{NTM}"', 'id = "xa-ntm-tinh"', 1)
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    criteria_sets.add(desk.home, tmp_path / "own.toml")
    with desk.act() as session:
        update_profile(session, desk.commune.scope, "held_tier", "ntm")
        update_profile(session, desk.commune.scope, "criteria_set", "xa-ntm-tinh")
    after = desk.refreshed()
    assert after.held_sheet(after.sheet()).criteria_set.id == "xa-ntm-tinh"
