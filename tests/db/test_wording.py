"""What is journalled is called as people call it."""

from __future__ import annotations

import pytest

from db import checklist, thresholds
from db.desk import Desk
from db.journal.heads import EXISTS
from db.journal.wording import field_label, row_label
from db.judging import Status
from db.problems import NotFound


@pytest.mark.parametrize(
    ("entity", "field", "label"),
    [
        ("assessment", "status", "Tự đánh giá"),
        ("evidence", "issuer", "Cơ quan ban hành"),
        ("assessment", EXISTS, "Tạo hoặc xóa"),
        ("assessment", "a_field_of_tomorrow", "a_field_of_tomorrow"),
        ("an_entity_of_tomorrow", "name", "name"),
    ],
)
def test_fields_are_called_by_their_labels(entity: str, field: str, label: str) -> None:
    assert field_label(entity, field) == label


@pytest.mark.parametrize(
    ("entity", "row", "label"),
    [
        ("assessment", "xa-ntm-2021-2025|17.8|2024|", "chỉ tiêu 17.8"),
        ("assessment", "xa-ntm-2021-2025|17.8|2024|dong-mo", "chỉ tiêu 17.8, thôn dong-mo"),
        ("threshold_confirmation", "xa-ntm-2021-2025|2.1", "mức đạt của chỉ tiêu 2.1"),
        ("commune", "a/b/c", "thông tin xã"),
        ("village", "dong-mo", "thôn dong-mo"),
        ("officer", "huong", "cán bộ huong"),
        ("evidence", "0192", "minh chứng"),
        ("verdict", "xa-ntm-2021-2025|17.8|2024", "kết quả thẩm tra chỉ tiêu 17.8, năm 2024"),
        ("responsibility", "xa-ntm-2021-2025|17|", "phân công tiêu chí 17"),
        ("device_trust", "8F3K2M", "tin cậy máy 8F3K-…"),
        (
            "dossier_step",
            "ntm|2024|survey",
            "bước Đạt chuẩn NTM, Mặt trận lấy ý kiến hài lòng của dân, năm 2024",
        ),
        ("sent_report", "quarter|2024-Q3", "báo cáo quý III/2024"),
        ("report_duty", "week", "chế độ báo cáo tuần"),
        ("report_duty", "a_cycle_of_tomorrow", "chế độ báo cáo a_cycle_of_tomorrow"),
        ("assessment", "not|a|key", "assessment"),
        ("an_entity_of_tomorrow", "1", "an_entity_of_tomorrow"),
    ],
)
def test_rows_are_called_by_their_subject(entity: str, row: str, label: str) -> None:
    assert row_label(entity, row) == label


def test_an_indicators_history_has_its_findings_and_its_threshold_newest_first(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_status(session, sheet, "1.1", Status.NOT_MET)
    with desk.act() as session:
        thresholds.confirm(session, sheet.scope, sheet.criteria_set, "1.1", document="QĐ mẫu")
    with desk.act() as session:
        checklist.set_status(session, sheet, "1.1", Status.MET)
        checklist.set_status(session, sheet, "1.2", Status.MET)
    with desk.reading() as session:
        entries = checklist.history_of(session, sheet, "1.1")
        village = checklist.history_of(session, sheet, "1.1", village="dong-mo")
        with pytest.raises(NotFound):
            checklist.history_of(session, sheet, "99.9")
    assert [entry.field for entry in entries] == ["status", "threshold", "status"]
    assert [entry.current for entry in entries] == [True, True, False]
    assert village == ()
