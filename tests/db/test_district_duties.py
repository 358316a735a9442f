"""The duties of the district's bodies: what they write, and who sees what of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.clock import now, today
from db.desk import Desk
from db.guidance import read_guidance
from db.home import Home
from db.judging import Status
from db.models import Guidance
from db.overview import fields_of, read_overview
from db.registers.reading import read_page
from db.registers.upper import GUIDANCE, UPPER_MEMBERS, VERDICTS
from db.verdicts import set_verdict
from tests._helpers.district import CAI_KINH, make, write
from tests._helpers.stores import pass_on


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(make(tmp_path)) as desk:
        yield desk.at_commune(CAI_KINH)


@pytest.fixture
def cai_kinh(tmp_path: Path, district: Desk) -> Iterator[Desk]:
    with Desk.open(Home(tmp_path / "commune-0")) as desk:
        yield desk


def test_members_of_the_committee_are_told_to_the_communes_they_answer_for(
    district: Desk, cai_kinh: Desk, tmp_path: Path
) -> None:
    """Duty 2: who answers for which commune, after which document."""
    write(
        district,
        UPPER_MEMBERS,
        {
            "name": "Trần Văn Khoa",
            "communes": [CAI_KINH],
            "directive": "Quyết định số 1040/QĐ-BCĐ, ngày 13/3/2023",
        },
    )
    pass_on(district, cai_kinh, tmp_path / "down", trust=True)
    page = read_page(cai_kinh, UPPER_MEMBERS, today())
    (member,) = page.records
    assert UPPER_MEMBERS.text(member, page.context, "communes") == "Cai Kinh"
    assert member.values["directive"].startswith("Quyết định số 1040")


def test_guidance_of_an_agency_stands_beside_the_criterion_in_every_commune(
    district: Desk, cai_kinh: Desk, tmp_path: Path
) -> None:
    """Duties 3 and 19: agencies guide in their field, agriculture among them."""
    (agency,) = [it.agency for it in fields_of(district, read_overview(district, now()))]
    row = Guidance.row_id("xa-ntm-2021-2025", "13")
    told = {"text": "Lập hồ sơ hợp tác xã theo mẫu", "agency": agency, "basis": "Công văn 12"}
    write(district, GUIDANCE, told, row)
    pass_on(district, cai_kinh, tmp_path / "down", trust=True)
    with cai_kinh.reading() as session:
        found = read_guidance(session, cai_kinh.sheet().criteria_set)["13"]
    assert (found.text, found.agency, found.basis) == (
        "Lập hồ sơ hợp tác xã theo mẫu",
        "Phòng Nông nghiệp",
        "Công văn 12",
    )


def test_a_verdict_stands_beside_the_commune_s_own_finding_and_changes_it_nowhere(
    district: Desk, cai_kinh: Desk, tmp_path: Path
) -> None:
    """Duty 5: the district assesses by itself, and where both differ is seen on both sides."""
    with district.act() as session:
        set_verdict(session, district.sheet(), "2.1", Status.MET)
    pass_on(district, cai_kinh, tmp_path / "down", trust=True)
    for desk in (district, cai_kinh):
        state = desk.checklist().by_number["2.1"]
        assert state.judgement.status is Status.NOT_MET
        assert state.verdict.status is Status.MET
        first = read_page(desk, VERDICTS, today()).records[0]
        assert first.values["differs"]


def test_an_agency_reports_its_field_and_the_district_its_money(district: Desk) -> None:
    """Duties 7 and 23: each field in all communes, and how much of the money is paid out."""
    overview = read_overview(district, now())
    (field,) = fields_of(district, overview)
    assert field.name == "Phòng Nông nghiệp"
    assert sum(len(numbers) for _, numbers in field.open) == 4
    assert overview.payout.percent == 0
