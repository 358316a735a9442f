from __future__ import annotations

from pathlib import Path

import pytest

from db import evidence
from db.desk import Desk
from db.judging import Status
from db.problems import NotFound
from db.sync.contents import Contents, contents
from db.sync.planning import parse_receiver
from tests._helpers.stores import device, found, friends, pass_on, send, set_note, set_status


def registers(found_: Contents) -> dict[str, int]:
    return {one.label: one.changes for one in found_.registers}


def attach(desk: Desk, source: Path) -> None:
    sheet = desk.sheet()
    stored = evidence.keep_file(desk.home, source)
    with desk.act() as session:
        evidence.attach(
            session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
            evidence.EvidenceForm("khac", "Biên bản"), stored,
        )  # fmt: skip


@pytest.mark.parametrize("sealed", [False, True])
def test_changes_are_counted_by_register_sealed_or_not(tmp_path: Path, sealed: bool) -> None:
    with found(tmp_path / "home") as desk:
        before = contents(desk, parse_receiver("upper"))
        set_status(desk, "1.1", Status.MET)
        set_note(desk, "17.8", "Thôn Đồng Mỏ còn 38 hộ")
        if sealed:
            send(desk, tmp_path / "usb")
        after = contents(desk, parse_receiver("upper"))
    added = registers(after)["Tự đánh giá"] - registers(before).get("Tự đánh giá", 0)
    assert added == after.plan.changes - before.plan.changes > 0
    assert sum(registers(after).values()) == after.plan.changes
    assert registers(after)["Thông tin xã"] == registers(before)["Thông tin xã"]


def test_only_what_came_after_the_receipt_is_counted(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        pass_on(one, other, tmp_path / "there")
        pass_on(other, one, tmp_path / "back")
        set_status(one, "1.1", Status.MET)
        planned = contents(one, parse_receiver(device(other)))
        assert set(registers(planned)) <= {"Tự đánh giá", "Tin cậy các máy"}
        assert not planned.plan.full
        (standing,) = planned.receivers
        assert standing.at is not None
        whole = contents(one, parse_receiver(device(other)), full=True)
        assert whole.plan.full and whole.plan.changes > planned.plan.changes


def test_a_missing_evidence_file_is_told_and_not_weighed(tmp_path: Path) -> None:
    with found(tmp_path / "home") as desk:
        for name in ("mot.pdf", "hai.pdf"):
            (tmp_path / name).write_bytes(name.encode() * 100)
            attach(desk, tmp_path / name)
        planned = contents(desk, parse_receiver("upper")).plan
        lost = next(one for one in planned.evidence if one.file_name == "mot.pdf")
        evidence.path_in(desk.home, lost.sha256).unlink()
        after = contents(desk, parse_receiver("upper")).plan
    assert planned.evidence_bytes == 1_400
    assert [one.file_name for one in after.evidence if not one.present] == ["mot.pdf"]
    assert after.evidence_bytes == 700


def test_nothing_is_planned_for_a_machine_nobody_trusts(tmp_path: Path) -> None:
    with found(tmp_path / "home") as desk, pytest.raises(NotFound):
        contents(desk, parse_receiver("0" * 24))
