"""Works, money, obstacles, people and villages from the office's own lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.models import entities
from db.registers.reading import read_page
from db.workbooks.applying import apply
from db.workbooks.ground import ground_of
from db.workbooks.previewing import preview
from tests._helpers.workbooks import DAY, C
from tests.db.workbooks.conftest import Importer

TODAY = date(2024, 7, 15)


def day(year: int, month: int, number: int) -> C:
    return C((date(year, month, number) - date(1899, 12, 30)).days, form=DAY)


def records(importer: Importer, name: str) -> list[Any]:
    register = ground_of(importer.desk).registers[name]
    return [one.values for one in read_page(importer.desk, register, TODAY).records]


WORKS: tuple[list[Any], ...] = (
    ["UBND XÃ CAI KINH"],
    ["DANH MỤC CÔNG TRÌNH NĂM 2024"],
    [None, None, None, None, "Đơn vị tính: nghìn đồng"],
    ["STT", "Tên công trình", "Địa điểm", "Vốn theo nguồn", None, None, "Khởi công", "Ghi chú"],
    [None, None, None, "NS trung ương", "NS tỉnh", "Dân góp"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    ["I", "Công trình chuyển tiếp"],
    [1, "Đường trục thôn", "Đồng Mỏ", 500000, "1.200.000,5", 20000, day(2024, 3, 15), "tốt"],
    [2, "Nhà văn hóa", "Thôn Lân Gạt", 300000, None, None, day(2024, 5, 20)],
    ["II", "Công trình mới"],
    [3, "Kênh mương", "Thôn Không Có", 100000],
    [None, "Tổng cộng", None, 900000],
)


def test_a_list_of_works_with_groups_totals_and_money_in_thousands(importer: Importer) -> None:
    seen = importer.take(*WORKS, merges=["D4:F4", "A4:A5"])
    assert [one.why for one in seen.left_out] == ["dòng nhóm", "dòng nhóm", "dòng tổng"]
    assert [one.address for one in seen.unread] == ["C11"]
    found = {one["title"]: one for one in records(importer, "work")}
    assert found.keys() == {"Đường trục thôn", "Nhà văn hóa", "Kênh mương"}
    assert found["Đường trục thôn"]["capital"] == {
        "central": "500",
        "province": "1200.0005",
        "community": "20",
    }
    assert found["Đường trục thôn"]["village"] == "dong-mo"
    assert found["Nhà văn hóa"]["start"] == date(2024, 5, 20)
    again = importer.look(*WORKS, merges=["D4:F4", "A4:A5"])
    assert again.changes == () and again.equal == len(seen.sure)


@pytest.mark.parametrize(
    "said",
    ["Cộng A", "Cộng mục II", "Tổng cộng (A + B)", "CỘNG TIÊU CHÍ 1:", "Tổng số 3 công trình"],
)
def test_a_row_that_adds_up_a_part_of_the_list_is_no_work(importer: Importer, said: str) -> None:
    seen = importer.look(["Công trình", "Ghi chú"], ["Đường A", "cũ"], [said, "x"])
    assert [(one.row, one.why) for one in seen.left_out] == [(3, "dòng tổng")]
    assert {one.addresses for one in seen.changes} == {("A2",), ("B2",)}


@pytest.mark.parametrize("title", ["Cộng đồng thôn Khe Mơ", "Tổng đài xã", "Cộng Hòa – Vân Nham"])
def test_a_work_whose_name_only_begins_like_a_total_is_kept(importer: Importer, title: str) -> None:
    assert importer.look(["Công trình", "Ghi chú"], [title, "cũ"]).left_out == ()


def test_rows_that_are_there_are_filled_in_and_others_are_new(importer: Importer) -> None:
    importer.take(["Công trình", "Ghi chú"], ["Đường A", "cũ"], ["Cầu B", "b"])
    seen = importer.take(["Công trình", "Ghi chú"], ["đường a", "mới"], ["Kênh C", None])
    assert [(one.field, one.before, one.after) for one in seen.sure] == [
        ("Công trình", "Đường A", "đường a"),
        ("Ghi chú", "cũ", "mới"),
        ("Công trình", "", "Kênh C"),
    ]
    assert len(records(importer, "work")) == 3


def test_rows_of_one_name_stay_as_many_as_they_are(importer: Importer) -> None:
    rows = ["Công trình", "Ghi chú"], ["Đường A", "đoạn 1"], ["Đường A", "đoạn 2"]
    importer.take(*rows)
    assert len(records(importer, "work")) == 2
    assert importer.take(*rows).changes == ()


def test_money_in_another_unit_is_turned_and_said(importer: Importer, of: Any) -> None:
    seen = importer.take(
        ["Nội dung", "Vốn năm", "Nguồn vốn", "Kế hoạch (đồng)"],
        ["Đường trục thôn", 2024, "NS tỉnh", "1.250.000.000"],
    )
    assert "đổi từ đồng sang triệu đồng" in of(seen, "D2").note
    (line,) = records(importer, "fund_line")
    assert line["plan"] == Decimal(1250) and line["source"] == "province" and line["year"] == 2024


def test_payments_lead_to_their_fund_lines(importer: Importer) -> None:
    importer.take(["Nội dung", "Vốn năm", "Nguồn", "Kế hoạch"], ["Đường thôn", 2024, "NS xã", 500])
    importer.take(
        ["Ngày giải ngân", "Dòng vốn", "Số tiền", "Nội dung chi"],
        [day(2024, 5, 20), "Đường thôn · 2024 · NS xã", "120,5", "Tạm ứng"],
    )
    (paid,) = records(importer, "disbursement")
    assert paid["amount"] == Decimal("120.5") and paid["paid_on"] == date(2024, 5, 20)
    assert paid["fund_line"]


def test_obstacles_get_no_day_that_nobody_wrote(importer: Importer) -> None:
    importer.take(
        ["Khó khăn, vướng mắc", "Đề xuất, kiến nghị", "Cấp giải quyết"],
        ["Chưa giải phóng được mặt bằng", "Huyện bố trí vốn", "Huyện"],
    )
    (found,) = records(importer, "obstacle")
    assert found["level"] == "district" and "arisen_on" not in found


def test_members_and_their_telephones(importer: Importer, of: Any) -> None:
    seen = importer.take(
        ["Họ và tên", "Chức vụ", "Số điện thoại", "Thuộc"],
        ["Nguyễn Văn A", "Chủ tịch UBND", 912345678, "Ban Chỉ đạo xã"],
        ["Lý Văn B", "Bí thư", "0987 654 321", "Ban Quản lý"],
    )
    assert of(seen, "C2").readings == ("0912345678", "912345678")
    found = {one["name"]: one for one in records(importer, "member")}
    assert "phone" not in found["Nguyễn Văn A"]
    assert found["Lý Văn B"]["phone"] == "0987 654 321"
    assert found["Lý Văn B"]["body"] == "management_board"


def test_contributions(importer: Importer) -> None:
    importer.take(
        ["Tên người góp", "Góp bằng", "Số lượng", "Thôn", "Ngày"],
        ["Hộ ông Hoàng", "Ngày công", "12,5", "Ba Nàng", "20/06/2024"],
    )
    (found,) = records(importer, "contribution")
    assert (found["given"], found["quantity"]) == ("labour", Decimal("12.5"))
    assert (found["village"], found["given_on"]) == ("ba-nang", date(2024, 6, 20))


def test_villages_are_the_same_village_whatever_is_before_their_name(importer: Importer) -> None:
    importer.take(
        ["TT", "Tên thôn", "Số hộ", "Số khẩu", "Trưởng thôn"],
        [1, "Thôn Đồng Mỏ", 125, "1.502", "Hoàng Văn C"],
        [2, "Bản Mới", 40, 160, None],
        [None, "Tổng", 165, 1662],
    )
    found = {one["code"]: one for one in records(importer, "village")}
    assert found["dong-mo"]["households"] == 125 and found["dong-mo"]["leader"] == "Hoàng Văn C"
    assert found["moi"]["households"] == 40
    assert len(found) == 4


def test_what_a_register_refuses_is_told_and_not_written(importer: Importer) -> None:
    seen = importer.take(
        ["Công trình", "Khởi công", "Xong ngày"], ["Đường A", "20/05/2024", "19/04/2024"]
    )
    assert [one.why for one in seen.unread] == ["Ngày xong trước ngày khởi công."]
    (found,) = records(importer, "work")
    assert "ended_on" not in found


def test_a_choice_that_is_none_of_those_offered_is_told_with_them(importer: Importer) -> None:
    seen = importer.look(["Tên công trình", "Đơn vị thi công"], ["Đường A", "Công ty An Phát"])
    (one,) = seen.unread
    assert one.why.startswith("“Công ty An Phát” không phải là một trong: ")
    assert "Nhà thầu" in one.why


def test_a_choice_is_not_taken_from_a_bare_number(importer: Importer) -> None:
    seen = importer.look(
        ["Nội dung", "Vốn năm", "Nguồn", "Kế hoạch"], ["Đường thôn", 2024, 1, "trên 500"]
    )
    assert {one.address for one in seen.unread} == {"C2", "D2"}


def test_an_unclear_name_holds_its_row_back(importer: Importer) -> None:
    seen = importer.take(["Ngày", "Số tiền", "Nội dung chi"], [day(2024, 4, 3), 20, "Tạm ứng"])
    assert [one.readings for one in seen.doubtful] == [("03/04/2024", "04/03/2024")]
    assert records(importer, "disbursement") == []
    chosen = replace(seen.layout, answers={"A2": "04/03/2024"})
    apply(importer.ground, preview(importer.folder / "so.xlsx", importer.ground, layout=chosen))
    assert records(importer, "disbursement")[0]["paid_on"] == date(2024, 3, 4)


def test_one_undo_takes_a_whole_list_back(importer: Importer) -> None:
    importer.take(*WORKS, merges=["D4:F4", "A4:A5"])
    importer.desk.store.undo(importer.desk.officer)
    assert records(importer, "work") == []


@pytest.mark.parametrize("name", ["work", "fund_line", "obstacle", "member", "village", "task"])
def test_the_declared_labels_are_headings(importer: Importer, name: str) -> None:
    register = ground_of(importer.desk).registers[name]
    typed = [it for it in register.columns if it.typed_by(register.model.row_owner)]
    seen = importer.look([it.label for it in typed], ["x"] * len(typed))
    assert seen.layout.subject == name
    assert [seen.layout.columns[at].field for at in range(1, len(typed) + 1)] == [
        it.name for it in typed
    ]
    assert name in entities()
