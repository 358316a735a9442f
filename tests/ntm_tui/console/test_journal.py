"""`ntm undo`, `ntm redo`, `ntm history`."""

from __future__ import annotations

import pytest

from db import clock
from db.home import Home
from tests._helpers.cli import call_cli


def history(*arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = call_cli("history", *arguments, "--json").json["history"]
    return found


def test_undo_and_redo_say_what_they_did(founded: Home) -> None:
    call_cli("set", "1.1", "met")
    call_cli("set", "1.1", "not_met", "--note", "Hết hạn")
    ran = call_cli("undo")
    assert ran.code == 0
    assert "Đã hoàn tác việc của Nguyễn Thị Hường" in ran.out
    assert "chỉ tiêu 1.1: Tự đánh giá" in ran.out
    assert "chỉ tiêu 1.1: Ghi chú" in ran.out
    assert history("1.1")[0]["value"] in (None, {"status": "met", "reason": ""})
    ran = call_cli("redo", "--json")
    assert ran.json["officer"] == "Nguyễn Thị Hường"
    assert {one["field"] for one in ran.json["fields"]} == {"status", "note"}
    assert all(one["restored"] for one in ran.json["fields"])


def test_undoing_a_first_finding_names_the_indicator(founded: Home) -> None:
    call_cli("set", "1.1", "met")
    assert call_cli("undo").out.splitlines()[1:] == ["  chỉ tiêu 1.1"]


def test_with_nothing_left_undo_and_redo_are_refused(founded: Home) -> None:
    for command, told in (("undo", "hoàn tác"), ("redo", "làm lại")):
        ran = call_cli(command, "--json")
        assert ran.code == 1
        assert told in ran.json["error"]["message"]


def test_history_tells_who_wrote_what_when(founded: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "wall_ms", lambda: 4_000_000_000_000)  # 07:06:40 UTC, 02/10/2096
    call_cli("set", "17.8", "in_progress", "--value", "10/20", "--note", "Đợt một")
    call_cli("set", "17.8", "met", "--reason", "Đã nghiệm thu")
    entries = history("17.8")
    keys = {"written_at", "received_at", "officer", "device", "field", "value", "current"}
    assert all(entry.keys() == keys for entry in entries)
    assert {entry["officer"] for entry in entries} == {"Nguyễn Thị Hường"}
    assert {entry["written_at"] for entry in entries} == {"2096-10-02T07:06:40.000Z"}
    by_field = {entry["field"]: entry["value"] for entry in entries if entry["current"]}
    assert by_field == {
        "status": {"status": "met", "reason": "Đã nghiệm thu"},
        "figure": {"numerator": "10", "denominator": "20"},
        "note": "Đợt một",
    }
    assert sum(entry["field"] == "status" for entry in entries) == 2
    shown = call_cli("history", "17.8").out
    assert "14:06 02/10/2096" in shown
    for words in ("Tự đánh giá", "Đạt · lý do: Đã nghiệm thu", "50 % = 10/20 hộ", "Đang thực hiện"):
        assert words in shown


def test_a_confirmed_threshold_stands_in_the_history(founded: Home) -> None:
    call_cli("confirm", "3.1", "--threshold", "85", "--document", "QĐ mẫu")
    shown = call_cli("history", "3.1").out
    assert "Mức đạt theo văn bản" in shown
    assert "≥ 85 % · theo QĐ mẫu" in shown


def test_a_villages_history_is_its_own(founded: Home) -> None:
    call_cli("set", "9.2", "met", "--value", "10/20", "--village", "ba-nang")
    assert history("9.2") == []
    assert len(history("9.2", "--village", "Ba Nàng")) == 2


def test_a_field_taken_back_is_shown_as_empty(founded: Home) -> None:
    call_cli("set", "1.1", "met", "--note", "Tạm")
    call_cli("set", "1.1", "met", "--note", "")
    assert "(để trống)" in call_cli("history", "1.1").out


def test_nothing_written_is_said_and_an_unknown_indicator_is_refused(founded: Home) -> None:
    assert "Chưa có gì được ghi" in call_cli("history", "1.1").out
    ran = call_cli("history", "99.9", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, "not_found")
