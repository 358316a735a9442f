"""One request for many communes."""

from __future__ import annotations

from pathlib import Path

from db.clock import today
from db.desk import Desk
from db.issuing import addressees, issue
from db.registers.reading import read_page
from db.registers.upper import REQUESTS
from tests._helpers.district import CAI_KINH, HOA_THANG, MINH_TIEN, make


def test_a_request_reaches_the_communes_that_do_not_have_it_yet_and_is_taken_back_at_once(
    tmp_path: Path,
) -> None:
    with Desk.open(make(tmp_path)) as upper:
        page = read_page(upper.at_commune(CAI_KINH), REQUESTS, today())
        (record,) = page.records
        before = addressees(upper, record.id)
        assert [(it.scope, it.given) for it in before] == [
            (CAI_KINH, True),
            (HOA_THANG, False),
            (MINH_TIEN, False),
        ]
        scopes = [it.scope for it in before]
        assert issue(upper, page.context, record.id, record.values, scopes) == 2
        for scope in (HOA_THANG, MINH_TIEN):
            (given,) = read_page(upper.at_commune(scope), REQUESTS, today()).records
            assert given.values["title"] == "Rà soát hộ nghèo"
            assert given.id == record.id
        upper.store.undo(upper.officer)
        assert [it.given for it in addressees(upper, record.id)] == [True, False, False]


def test_what_a_commune_answered_stays_its_own(tmp_path: Path) -> None:
    with Desk.open(make(tmp_path)) as upper:
        page = read_page(upper.at_commune(CAI_KINH), REQUESTS, today())
        (record,) = page.records
        answered = {**record.values, "result": "Đã rà soát"}
        issue(upper, page.context, record.id, answered, [HOA_THANG])
        (given,) = read_page(upper.at_commune(HOA_THANG), REQUESTS, today()).records
        assert "result" not in given.values
