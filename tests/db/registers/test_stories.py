"""What the letter asks of a commune, done in the registers, with figures worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from db.owner import Owner
from db.registers.capital import (
    CONTRIBUTIONS,
    DISBURSEMENTS,
    FUND_LINES,
    UNIT_PRICES,
    WORKS,
)
from db.registers.movements import CAMPAIGNS, SHOWCASES
from db.registers.people import MEMBERS, RESPONSIBILITIES
from db.registers.reading import only, sorted_by
from db.registers.register import Filter
from db.registers.work import DIRECTIVES, INSPECTIONS, OBSTACLES, TASKS
from db.registers.writing import delete, leading_to, step
from tests.db.registers.conftest import TODAY, Book


def filter_of(book: Book, register: object, label: str) -> Filter:
    page = book.page(register)  # type: ignore[arg-type]
    return next(it for it in page.register.all_filters(page.context) if it.label == label)


def test_the_letter_itself_is_kept_as_written_and_gives_work(book: Book) -> None:
    """Duties 1 and 14: documents are registered; an impossible date stays as it is."""
    plan = book.write(
        DIRECTIVES,
        number="318/KH-UBND",
        title="Hoàn thiện các tiêu chí ở xã đã được công nhận",
        date_written="20/20/2023",
        issuer="UBND huyện Hữu Lũng",
        due="31/12/2024",
    )
    assert book.values(DIRECTIVES, plan)["date_written"] == "20/20/2023"
    assert book.findings(DIRECTIVES, plan) == [
        "Ngày văn bản: Không có ngày “20/20/2023”, giữ nguyên như đã ghi."
    ]
    record = book.page(DIRECTIVES).record(plan)
    assert record is not None and record.days_left == 169  # 15/07 đến 31/12
    task = book.write(TASKS, title="Rà soát 19 tiêu chí", directive="318/KH", origin="văn bản")
    page = book.page(TASKS)
    shown = page.register.text(page.records[0], page.context, "directive")
    assert shown.startswith("318/KH-UBND · Hoàn thiện")
    assert book.values(TASKS, task)["origin"] == "directive"


def test_every_criterion_and_village_has_somebody_or_is_seen_to_have_nobody(
    book: Book, as_officer: Callable[[str], Book]
) -> None:
    """Duty 25: assignment by criterion and by village; what has nobody."""
    page = book.page(RESPONSIBILITIES)
    assert len(page.records) == 19 + 3
    assert len(only(page.records, filter_of(book, RESPONSIBILITIES, "Chưa giao ai").keeps)) == 22
    for name in ("Hoàng Văn Sơn", "Nguyễn Thị Hường"):
        book.write(MEMBERS, name=name, body="1")
    criterion = "xa-ntm-2021-2025|17|"
    book.write(RESPONSIBILITIES, criterion, member="hường", helpers="Sơn")
    book.write(RESPONSIBILITIES, "||dong-mo", member="Sơn")
    open_ones = only(
        book.page(RESPONSIBILITIES).records, filter_of(book, RESPONSIBILITIES, "Chưa giao ai").keeps
    )
    assert len(open_ones) == 20
    hers = as_officer("Nguyễn Thị Hường")
    mine = filter_of(hers, RESPONSIBILITIES, "Của tôi").keeps
    assert [it.id for it in only(hers.page(RESPONSIBILITIES).records, mine)] == [criterion]


def test_tasks_late_ones_first_and_carried_on_by_one_key(book: Book) -> None:
    book.write(MEMBERS, name="Hoàng Văn Sơn")
    later = book.write(TASKS, title="Dọn vệ sinh", due="20/07/2024", village="Lân Gạt")
    late = book.write(TASKS, title="Làm đường", due="10/07/2024", assignee="Sơn")
    undated = book.write(TASKS, title="Họp thôn")
    assert [it.id for it in book.page(TASKS).records] == [late, later, undated]
    assert [it.days_left for it in book.page(TASKS).records] == [-5, 5, None]
    for state, done_on in (("doing", None), ("done", TODAY)):
        page = book.page(TASKS)
        with book.desk.act() as session:
            assert step(session, page.context, TASKS, late, book.values(TASKS, late))
        assert book.values(TASKS, late)["state"] == state
        assert book.values(TASKS, late).get("done_on") == done_on
    assert [it.id for it in book.page(TASKS).records][-1] == late
    assert book.findings(TASKS, late) == ["Việc đã xong nhưng chưa ghi kết quả."]


def test_an_obstacle_goes_up_and_its_answer_is_not_the_communes_to_write(book: Book) -> None:
    """Duties 6 and 35."""
    row = book.write(OBSTACLES, title="Thiếu vốn đối ứng", level="huyện", due="01/08/2024")
    assert book.values(OBSTACLES, row)["stage"] == "new"
    assert book.values(OBSTACLES, row)["arisen_on"] == TODAY
    page = book.page(OBSTACLES)
    with book.desk.act() as session:
        step(session, page.context, OBSTACLES, row, book.values(OBSTACLES, row))
    assert book.values(OBSTACLES, row)["stage"] == "reported"
    assert book.findings(OBSTACLES, row) == ["Đã báo cáo cấp trên nhưng chưa ghi đề xuất."]
    book.write(OBSTACLES, row, proposal="Bố trí thêm 200 triệu", heard="Huyện đã ghi nhận")
    assert book.values(OBSTACLES, row)["stage"] == "answered"
    assert not any(
        OBSTACLES.column(name).typed_by(Owner.COMMUNE)
        for name in ("reply", "replied_by", "replied_on")
    )
    book.write(OBSTACLES, row, solved_on="20/07/2024")
    assert book.values(OBSTACLES, row)["stage"] == "solved"


def test_money_of_earlier_years_and_done_but_unpaid_stands_first_and_sums_agree(
    book: Book,
) -> None:
    """Duties 21, 22 and 23: 2022 and 2023 carried over, what has volume, the rate."""
    old = book.write(FUND_LINES, title="Mô hình na", year="2022", kind="2", source="1", plan="200")
    road = book.write(FUND_LINES, title="Đường trục", year="2023", kind="1", plan="1.000,5")
    new = book.write(FUND_LINES, title="Tập huấn", year="2024", kind="2", plan="50")
    book.write(FUND_LINES, road, volume="800")
    book.write(DISBURSEMENTS, fund_line="Mô hình na", amount="150", content="Đợt 1")
    book.write(DISBURSEMENTS, fund_line="Đường trục", amount="300,25", content="Tạm ứng")
    book.write(DISBURSEMENTS, fund_line="Đường trục", amount="100", content="Đợt 2")
    page = book.page(FUND_LINES)
    assert [it.id for it in page.records] == [road, old, new]
    values = book.values(FUND_LINES, road)
    assert (values["paid"], values["left"]) == (Decimal("400.25"), Decimal("600.25"))
    assert values["unpaid_volume"] == Decimal("399.75")
    assert book.values(FUND_LINES, old)["rate"] == Decimal(75)
    assert FUND_LINES.totals(page.records, page.context) == [
        "Tổng 550,25/1.250,5 (44 %)",
        "Theo năm: 2022 150/200 (75 %) · 2023 400,25/1.000,5 (40 %) · 2024 0/50 (0 %)",
        "Theo loại: Đầu tư 400,25/1.000,5 (40 %) · Sự nghiệp 150/250 (60 %)",
    ]


def test_spending_over_the_plan_is_warned_of_and_kept(book: Book) -> None:
    line = book.write(FUND_LINES, title="Tập huấn", year="2024", plan="50")
    paid = book.write(DISBURSEMENTS, fund_line="Tập huấn", amount="60")
    assert book.findings(FUND_LINES, line) == ["Đã giải ngân vượt kế hoạch 10 triệu đồng."]
    assert book.findings(DISBURSEMENTS, paid) == [
        "Dòng vốn này đã chi vượt kế hoạch 10 triệu đồng."
    ]
    assert book.values(FUND_LINES, line)["left"] == Decimal(-10)


def test_what_people_give_is_turned_into_money_by_the_offices_own_prices(book: Book) -> None:
    """Duty 32: 12 days at 250 nghìn = 3 triệu; 40 m² at 60 nghìn = 2,4 triệu; cash 1.500 nghìn."""
    road = book.write(WORKS, title="Đường ngõ thôn Đồng Mỏ")
    days = book.write(CONTRIBUTIONS, giver="Hộ ông Sơn", given="2", quantity="12", work="Đường ngõ")
    assert book.values(CONTRIBUTIONS, days)["worth"] is None
    assert book.findings(CONTRIBUTIONS, days) == [
        "Chưa có đơn giá để quy đổi: ghi ở sổ Đơn giá hoặc ghi giá riêng."
    ]
    book.write(UNIT_PRICES, "labour|2024", price="250", basis="QĐ của xã")
    book.write(UNIT_PRICES, "land|2024", price="60")
    book.write(CONTRIBUTIONS, giver="Hộ bà Hường", given="3", quantity="40")
    book.write(CONTRIBUTIONS, giver="Chi hội Phụ nữ", giver_kind="3", given="1", quantity="1.500")
    cement = book.write(CONTRIBUTIONS, giver="Hộ ông Bé", given="4", quantity="10", price="95")
    assert book.values(CONTRIBUTIONS, days)["worth"] == Decimal(3)
    assert book.values(CONTRIBUTIONS, cement)["worth"] == Decimal("0.95")
    assert book.values(CONTRIBUTIONS, days)["work"] == road
    page = book.page(CONTRIBUTIONS)
    assert CONTRIBUTIONS.totals(page.records, page.context) == [
        "Quy đổi 7,85 triệu đồng: Tiền mặt (nghìn đồng) 1.500 · Ngày công 12 · Đất (m²) 40 · "
        "Hiện vật 10"
    ]


def test_works_that_are_late_stand_out_and_those_built_by_people_are_counted(book: Book) -> None:
    """Duties 12, 31 and 33."""
    late = book.write(WORKS, title="Cầu", start="01/03/2024", planned_end="30/06/2024", volume="70")
    book.write(WORKS, title="Nhà văn hóa", planned_end="31/12/2024", builder="1", priority="có")
    book.write(WORKS, title="Mương", capital="1 500; dân góp 20,5")
    page = book.page(WORKS)
    assert page.records[0].id == late and page.records[0].days_left == -15
    assert WORKS.totals(page.records, page.context) == [
        "3 công trình · xong 0 · chậm 1 · người dân tham gia làm 1"
    ]
    with book.desk.act() as session:
        step(session, page.context, WORKS, late, book.values(WORKS, late))
    assert book.values(WORKS, late)["volume"] == Decimal(100)
    assert not book.page(WORKS).record(late).late  # type: ignore[union-attr]


def test_models_campaigns_and_inspections_have_their_state_and_their_count(book: Book) -> None:
    """Duties 4, 17, 18, 20 and 27."""
    garden = book.write(SHOWCASES, title="Vườn na", kind="4", deadline="30/11/2024")
    book.write(SHOWCASES, title="Thôn Ba Nàng", kind="thôn kiểu", village="Ba Nàng")
    for _ in range(2):
        page = book.page(SHOWCASES)
        with book.desk.act() as session:
            step(session, page.context, SHOWCASES, garden, book.values(SHOWCASES, garden))
    assert book.values(SHOWCASES, garden)["state"] == "done"
    page = book.page(SHOWCASES)
    assert SHOWCASES.totals(page.records, page.context) == [
        "Đã xong: Thôn kiểu mẫu 0/1 · Vườn mẫu 1/1"
    ]
    book.write(CAMPAIGNS, title="Ngày thứ bảy xanh", organisations="2, 5", people="120")
    book.write(CAMPAIGNS, title="Hiến đất", people="1.045")
    page = book.page(CAMPAIGNS)
    assert CAMPAIGNS.totals(page.records, page.context) == ["2 hoạt động · 1.165 lượt người"]
    visit = book.write(INSPECTIONS, team="Phòng NN&PTNT", mend="Bổ sung hồ sơ TC 17")
    assert book.findings(INSPECTIONS, visit) == ["Có yêu cầu khắc phục nhưng chưa ghi hạn."]


def test_a_deleted_member_with_open_tasks_keeps_its_name_there_and_comes_back(book: Book) -> None:
    who = book.write(MEMBERS, name="Hoàng Văn Sơn")
    task = book.write(TASKS, title="Làm đường", assignee="Sơn")
    page = book.page(MEMBERS)
    with book.desk.act() as session:
        assert leading_to(session, page.context.scope, MEMBERS, who) == {"công việc": 1}
        delete(session, page.context, MEMBERS, who)
    tasks = book.page(TASKS)
    assert TASKS.text(tasks.records[0], tasks.context, "assignee") == "Hoàng Văn Sơn (đã xóa)"
    assert book.findings(TASKS, task) == [
        "Người làm: Hoàng Văn Sơn (đã xóa) không còn trong danh sách."
    ]
    book.desk.store.undo(book.desk.officer)
    assert book.findings(TASKS, task) == []


def test_rows_are_put_in_the_order_of_any_column(book: Book) -> None:
    for name in ("Hoàng Văn Ơn", "Hoàng Văn Ân", "Hoàng Văn An"):
        book.write(MEMBERS, name=name)
    book.write(MEMBERS, office="chưa rõ tên")
    page = book.page(MEMBERS)
    for backwards, first in ((False, "Hoàng Văn An"), (True, "Hoàng Văn Ơn")):
        found = sorted_by(page, "name", backwards=backwards)
        assert found[0].values["name"] == first
        assert "name" not in found[-1].values


def test_an_end_before_its_start_is_refused_where_it_is_typed(book: Book) -> None:
    from db.registers.reading import refused

    page = book.page(WORKS)
    values = {"start": date(2024, 5, 1), "planned_end": date(2024, 4, 1)}
    assert "trước ngày khởi công" in refused(WORKS, page.context, values, "planned_end")
    assert refused(WORKS, page.context, values, "start") == ""
