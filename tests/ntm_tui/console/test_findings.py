"""`ntm set`: a finding with its figure and words, as one action, or refused as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from db import checklist
from db.checklist import IndicatorState
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.lock import StoreLock
from tests._helpers.cli import call_cli

ADVANCED = "xa-ntm-nang-cao-2021-2025"


def state(home: Home, number: str, set_id: str = "", year: int | None = None) -> IndicatorState:
    with Desk.read(home) as desk:
        return desk.checklist(desk.sheet(set_id=set_id, year=year)).by_number[number]


@pytest.mark.parametrize("status", list(Status))
def test_every_status_of_the_glossary_is_taken(founded: Home, status: Status) -> None:
    ran = call_cli("set", "13.4", status, "--reason", "Xã không có làng nghề")
    assert ran.code == 0
    assert state(founded, "13.4").judgement.status is status


@pytest.mark.parametrize("word", ["đạt", "ĐẠT", "dat", "Met", "MET"])
def test_statuses_may_be_typed_as_people_say_them(founded: Home, word: str) -> None:
    assert call_cli("set", "1.1", word).code == 0
    assert state(founded, "1.1").judgement.status is Status.MET


@pytest.mark.parametrize(
    ("number", "set_id", "typed", "wire"),
    [
        ("3.1", "", ("--value", "67,5"), {"value": "67.5"}),
        ("3.1", "", ("--value", "67.5 %"), {"value": "67.5"}),
        ("10.1", "", ("--value", "46,8"), {"value": "46.8"}),
        (
            "17.8",
            "",
            ("--numerator", "1.011", "--denominator", "1.498"),
            {"numerator": "1011", "denominator": "1498"},
        ),
        ("17.8", "", ("--value", "1011/1498"), {"numerator": "1011", "denominator": "1498"}),
        (
            "12.1",
            "",
            ("--men", "72,5", "--women", "10/20"),
            {"men": {"value": "72.5"}, "women": {"numerator": "10", "denominator": "20"}},
        ),
        ("12.1", "", ("--women", "70"), {"women": {"value": "70"}}),
        (
            "17.1",
            "",
            ("--part", "93,5", "--part", "27/100"),
            {"first": {"value": "93.5"}, "second": {"numerator": "27", "denominator": "100"}},
        ),
        (
            "5.1",
            ADVANCED,
            ("--part", "3/3", "--part", "1"),
            {"share": {"numerator": "3", "denominator": "3"}, "count": {"value": "1"}},
        ),
        ("5.4", ADVANCED, ("--value", "mức độ 2"), {"level": "Mức độ 2"}),
        ("5.5", ADVANCED, ("--value", "Kha"), {"level": "Khá"}),
        ("9.1", "", ("--value", "3"), {"value": "3"}),
    ],
)
def test_figures_of_every_kind_are_understood(
    founded: Home, number: str, set_id: str, typed: tuple[str, ...], wire: dict[str, Any]
) -> None:
    chosen = ("--set", set_id) if set_id else ()
    ran = call_cli("set", number, "in_progress", *typed, *chosen, "--json")
    assert ran.code == 0
    assert ran.json["figure"] == wire
    figure = state(founded, number, set_id).assessment.figure
    assert figure is not None
    assert figure.to_wire() == wire


def test_what_was_understood_is_echoed_with_what_is_lacking(founded: Home) -> None:
    ran = call_cli("set", "17.8", "not_met", "--numerator", "1.011", "--denominator", "1.498")
    assert "67,48 % = 1.011/1.498 hộ" in ran.out
    assert "còn thiếu 38 hộ" in ran.out
    assert "chưa đối chiếu" in ran.out


def test_going_against_the_figure_asks_for_a_reason_and_takes_it(founded: Home) -> None:
    ran = call_cli("set", "17.8", "met", "--value", "67,5")
    assert ran.code == 0
    assert "Còn thiếu lý do" in ran.out
    ran = call_cli("set", "17.8", "met", "--reason", "Đang chờ nghiệm thu", "--json")
    assert ran.json["commune"]["against_figure"] is True
    assert ran.json["commune"]["missing_reason"] is False
    assert state(founded, "17.8").assessment.reason == "Đang chờ nghiệm thu"


def test_figure_status_and_note_are_one_action(founded: Home) -> None:
    call_cli("set", "3.1", "met", "--value", "85", "--note", "Đo lại tháng 9")
    assert call_cli("undo").code == 0
    found = state(founded, "3.1").assessment
    assert (found.status, found.figure, found.note) == (Status.NOT_ASSESSED, None, "")


def test_the_year_and_the_set_can_be_chosen(founded: Home) -> None:
    assert call_cli("set", "10.1", "met", "--year", "2025", "--value", "50").code == 0
    assert state(founded, "10.1", year=2025).judgement.status is Status.MET
    assert state(founded, "10.1").judgement.status is Status.NOT_ASSESSED


@pytest.mark.parametrize("village", ["Thôn Đồng Mỏ", "đồng mỏ", "dong-mo", "DONG MO"])
def test_a_village_is_known_by_name_and_by_code(founded: Home, village: str) -> None:
    ran = call_cli("set", "9.2", "met", "--value", "100/120", "--village", village, "--json")
    assert ran.json["village"] == "dong-mo"
    with Desk.read(founded) as desk, desk.reading() as session:
        entries = checklist.history_of(session, desk.sheet(), "9.2", village="dong-mo")
    assert {entry.field for entry in entries} == {"status", "figure"}


def test_what_a_village_has_and_what_follows_for_the_commune_are_both_told(founded: Home) -> None:
    call_cli("set", "9.2", "in_progress", "--value", "92")
    call_cli("set", "9.2", "met", "--value", "80/100", "--village", "ba-nang")
    words = ("set", "9.2", "met", "--value", "100/120", "--village", "dong-mo")
    said = call_cli(*words, "--json").json
    assert (said["status"], said["figure"]) == ("met", {"numerator": "100", "denominator": "120"})
    assert said["commune"]["status"] == "in_progress"
    assert said["commune"]["figure"] == {"numerator": "180", "denominator": "220"}
    shown = call_cli(*words).out
    assert "Thôn Đồng Mỏ: √ Đạt · 83,33 % = 100/120 hộ" in shown
    assert "Cả xã: ■ Đang làm · 81,81 % = 180/220 hộ" in shown
    assert "Còn 1 thôn chưa có số liệu." in shown
    assert "khác với số cộng từ các thôn" in shown


def test_an_unknown_village_is_refused_with_those_there_are(founded: Home) -> None:
    ran = call_cli("set", "9.2", "met", "--village", "Thôn Lạ", "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "not_found"
    assert "Thôn Ba Nàng (ba-nang), Thôn Đồng Mỏ (dong-mo)" in ran.json["error"]["message"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("99.9", "met"), 1, "không có chỉ tiêu 99.9"),
        (("1.1", "perhaps"), 2, "met (Đạt), not_met (Chưa đạt)"),
        (("1.1", "not_applicable"), 1, "không được ghi “Không áp dụng”"),
        (("3.1", "met", "--value", "hai mươi"), 2, "“hai mươi” không phải là số"),
        (("3.1", "met", "--value", "1.2.3,4,5"), 2, "Không rõ dấu chấm, dấu phẩy"),
        (("3.1", "met", "--value", "101"), 1, "từ 0 đến 100 %"),
        (("3.1", "met", "--value=-5"), 1, "không được âm"),
        (("3.1", "met", "--value", "5/0"), 1, "Mẫu số phải lớn hơn 0"),
        (("17.8", "met", "--value", "9/8"), 1, "Tử số không được lớn hơn mẫu số"),
        (("9.1", "met", "--value", "1,5"), 1, "số nguyên"),
        (("3.1", "met", "--numerator", "5"), 2, "--numerator TỬ-SỐ --denominator MẪU-SỐ"),
        (("3.1", "met", "--value", "5", "--men", "5"), 2, "Chỉ dùng một cách ghi số liệu"),
        (("12.1", "met", "--value", "70"), 2, "--men … --women …"),
        (("17.1", "met", "--part", "70"), 2, "--part … --part …"),
        (("17.1", "met", "--part", "7", "--part", "8", "--part", "9"), 2, "phần thứ nhất"),
        (("1.1", "met", "--value", "70"), 2, "không tính từ số liệu"),
        (("5.4", "met", "--set", ADVANCED, "--value", "4"), 2, "Mức độ 1, Mức độ 2, Mức độ 3"),
        (("5.4", "met", "--set", ADVANCED, "--men", "4"), 2, "Mức độ 1, Mức độ 2, Mức độ 3"),
        (("12.1", "met", "--men", "x"), 2, "Nam: “x” không phải là số"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    founded: Home, arguments: tuple[str, ...], code: int, told: str
) -> None:
    before = call_cli("dump").out
    ran = call_cli("set", *arguments)
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""
    assert call_cli("dump").out == before


def test_a_second_instance_is_told_who_holds_the_store(founded: Home) -> None:
    lock = StoreLock(founded).acquire()
    ran = call_cli("set", "1.1", "met", "--json")
    lock.release()
    assert ran.code == 1
    assert ran.json["error"]["code"] == "store_busy"
    assert "tiến trình" in ran.json["error"]["message"]


def test_odd_text_is_kept_composed_and_shown_safely(founded: Home) -> None:
    odd = "e\u0302\u0323 \u202eđảo\u202c 🙂 \x07 " + "dài " * 2000
    assert call_cli("set", "1.1", "met", "--note", odd).code == 0
    kept = state(founded, "1.1").assessment.note
    assert kept.startswith("ệ ")
    assert "\x07" not in kept
    shown = call_cli("history", "1.1").out
    assert "\u202e" not in shown
    assert "🙂" in shown
