"""`ntm confirm`: thresholds checked against the paper from a script."""

from __future__ import annotations

import pytest

from db.desk import Desk
from db.home import Home
from tests._helpers.cli import call_cli


def test_a_threshold_is_confirmed_as_it_stands(founded: Home) -> None:
    ran = call_cli("confirm", "3.1", "--json")
    assert ran.json["threshold"]["source"] == "confirmed"
    assert ran.json["threshold_text"] == "≥ 80 %"
    assert ran.json["corrected"] is False
    assert ran.json["officer"] == "Nguyễn Thị Hường"
    assert ran.json["threshold"]["document"].startswith("QĐ 1062")
    assert call_cli("status", "--json").json["unconfirmed_thresholds"] == 56


@pytest.mark.parametrize(
    ("number", "typed", "text"),
    [
        ("3.1", "85", "≥ 85 %"),
        ("2.1", "≥ 100 %", "≥ 100 %"),
        ("6.1", "Đạt", "Đạt"),
        ("17.1", "90; 25", "≥ 90 % và ≥ 25 %"),
        ("11.1", "<= 12,5 %", "≤ 12,5 %"),
    ],
)
def test_the_paper_corrects_it_or_fills_it_in(
    founded: Home, number: str, typed: str, text: str
) -> None:
    ran = call_cli("confirm", number, "--threshold", typed, "--document", "QĐ 99/QĐ-TH")
    assert ran.code == 0
    assert f"Mức đạt: {text} · theo QĐ 99/QĐ-TH" in ran.out
    assert "Trước đây trong máy" in ran.out
    with Desk.read(founded) as desk:
        assert desk.checklist().by_number[number].threshold.effective.text() == text


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("2.1",), 1, "chưa rõ mức đạt"),
        (("99.9",), 1, "không có chỉ tiêu 99.9"),
        (("3.1", "--threshold", "chừng tám mươi"), 2, "Chưa hiểu “chừng tám mươi”"),
        (("3.1", "--threshold", "180"), 2, "không thể quá 100"),
        (("3.1", "--set", "khong-co"), 1, "xa-ntm-2021-2025"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(
    founded: Home, arguments: tuple[str, ...], code: int, told: str
) -> None:
    before = call_cli("dump").out
    ran = call_cli("confirm", *arguments)
    assert ran.code == code
    assert told in ran.err
    assert call_cli("dump").out == before


def test_a_figure_is_judged_by_the_confirmed_threshold(founded: Home) -> None:
    call_cli("confirm", "2.1", "--threshold", "90 %")
    ran = call_cli("set", "2.1", "met", "--value", "12,4/12,5", "--json")
    assert ran.json["commune"]["suggested"] == "met"
    assert ran.json["threshold_source"] == "confirmed"
