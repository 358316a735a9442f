"""`ntm status`: the keys that scripts rely on, and the page that people read."""

from __future__ import annotations

from db import checklist
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.lock import StoreLock
from tests._helpers.cli import call_cli

TOTALS = {"met", "not_met", "in_progress", "not_applicable", "not_assessed", "total"}


def test_a_new_commune_has_everything_before_it(founded: Home) -> None:
    said = call_cli("status", "--json").json
    assert said["commune"] == "Cai Kinh"
    assert said["commune_code"] == "lang-son/huu-lung/cai-kinh"
    assert said["practice"] is False
    assert (said["tier"], said["year"]) == ("ntm", 2024)
    assert said["criteria_set"] == "xa-ntm-2021-2025"
    assert said["criteria"] == {"met": 0, "total": 19}
    assert said["indicators"].keys() == TOTALS
    assert said["indicators"]["not_assessed"] == said["indicators"]["total"] == 57
    assert said["withdrawal"] == {"risk": "possible", "failed": 0, "open": 19}
    assert said["unconfirmed_thresholds"] == 57
    assert said["changes"] > 0


def test_what_is_written_shows(desk: Desk) -> None:
    before = call_cli("status", "--json").json["changes"]
    with desk.act() as session:
        for number in ("1.1", "1.2"):
            checklist.set_status(session, desk.sheet(), number, Status.MET)
        checklist.set_status(session, desk.sheet(), "2.1", Status.NOT_MET)
    said = call_cli("status", "--json").json
    assert said["criteria"]["met"] == 1
    assert said["indicators"]["met"] == 2
    assert said["indicators"]["not_met"] == 1
    assert said["withdrawal"]["failed"] == 1
    assert said["changes"] > before
    assert said["by_criterion"][0] == {
        "number": "1",
        "name": "Quy hoạch",
        "status": "met",
        "met": 2,
        "total": 2,
    }


def test_people_read_marks_and_words(founded: Home) -> None:
    ran = call_cli("status")
    assert ran.code == 0
    assert "Xã Cai Kinh · huyện Hữu Lũng · tỉnh Lạng Sơn" in ran.out
    assert "0/19 tiêu chí · 0/57 chỉ tiêu đạt" in ran.out
    assert ran.out.count("□ Chưa đánh giá") == 1 + 19
    assert "THỰC HÀNH" not in ran.out


def test_another_set_and_year_can_be_looked_at(founded: Home) -> None:
    ran = call_cli("status", "--set", "xa-ntm-nang-cao-2021-2025", "--year", "2025", "--json")
    assert (ran.json["indicators"]["total"], ran.json["year"]) == (75, 2025)
    ran = call_cli("status", "--set", "khong-co", "--json")
    assert ran.code == 1
    assert "xa-ntm-2021-2025" in ran.json["error"]["message"]


def test_looking_is_possible_while_the_program_runs_elsewhere(founded: Home) -> None:
    lock = StoreLock(founded).acquire()
    assert call_cli("status").code == 0
    lock.release()
