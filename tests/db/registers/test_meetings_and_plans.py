"""Briefings, the year's plan, reports and the dossier, with figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from db import checklist, clock
from db.agenda import read_meeting
from db.clock import today
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.models.meetings import BriefingCycle
from db.registers import Register
from db.registers.briefings import BRIEFINGS, rhythms
from db.registers.capital import FUND_LINES, WORKS
from db.registers.dossier import DOSSIER, steps_of
from db.registers.due import read_due
from db.registers.people import MEMBERS, RESPONSIBILITIES
from db.registers.plan import PLAN
from db.registers.reading import Page
from db.registers.reports import REPORT_DUTIES, REPORTS
from db.registers.work import OBSTACLES, TASKS
from db.registers.writing import step
from tests._helpers.stores import ANSWERS, reopened
from tests.db.registers.conftest import TODAY, Book

SET = "xa-ntm-2021-2025"


def points(book: Book, row: str, today: date = TODAY) -> dict[str, tuple[str, ...]]:
    agenda = read_meeting(book.desk, row, today).agenda
    return {item.title: item.points for item in agenda.items}


def assess(desk: Desk, **found: Status) -> None:
    for number, status in found.items():
        with desk.act() as session:
            checklist.set_status(session, desk.sheet(), number[1:].replace("_", "."), status)


def notice(page: Page) -> str:
    return "\n".join(page.register.notices(page.records, page.context))


# -- Duty 29: briefings, their conclusions, those that were missed -----------------------------


def test_conclusions_become_tasks_and_come_back_at_the_next_briefing(book: Book) -> None:
    book.write(MEMBERS, name="Hoàng Văn Sơn", body="1")
    first = book.write(BRIEFINGS, cycle="1", held_on="08/07/2024", chair="Sơn")
    for title, due, state in (
        ("Vận động 38 hộ làm nhà tiêu", "12/07/2024", "2"),
        ("Gửi biểu rà soát cho các thôn", "10/07/2024", "3"),
    ):
        book.write(
            TASKS, title=title, due=due, state=state, assignee="Sơn", origin="2", briefing="Tuần"
        )
    book.write(TASKS, title="Việc cũ quá hạn", due="01/07/2024")
    book.write(TASKS, title="Việc còn lâu", due="01/12/2024")
    book.write(OBSTACLES, title="Thiếu vốn đối ứng")
    second = book.write(BRIEFINGS, cycle="1", held_on="15/07/2024")
    found = points(book, second)
    assert found["Kết luận kỳ trước"] == (
        "× Vận động 38 hộ làm nhà tiêu (Hoàng Văn Sơn, quá 3 ngày)",
        "√ Gửi biểu rà soát cho các thôn",
    )
    assert found["Việc quá hạn"] == ("× Việc cũ quá hạn (chưa giao ai, quá 14 ngày)",)
    assert found["Vướng mắc"] == ("Thiếu vốn đối ứng (chưa báo cáo)",)
    third = points(book, "new", date(2024, 7, 22))
    assert third["Kết luận kỳ trước"] == (
        "× Vận động 38 hộ làm nhà tiêu (Hoàng Văn Sơn, quá 10 ngày)",
    )
    assert book.values(BRIEFINGS, first)["concluded"] == "1/2 xong"
    assert book.values(BRIEFINGS, first)["open"] == "Vận động 38 hộ làm nhà tiêu (Hoàng Văn Sơn)"


def test_the_agenda_tells_late_works_and_money_that_waits(book: Book) -> None:
    book.write(WORKS, title="Mương Nà Mẫu", planned_end="05/07/2024")
    book.write(FUND_LINES, title="Mô hình na", year="2022", kind="2", plan="200", volume="120,5")
    assert points(book, "new")["Công trình, vốn"] == (
        "Mương Nà Mẫu chậm 10 ngày",
        "đã có khối lượng, chưa giải ngân 120,5 triệu đồng",
    )


def test_the_agenda_names_what_changed_since_the_last_briefing(desk: Desk) -> None:
    from datetime import timedelta

    book, now = Book(desk), today()
    assess(desk, c1_1=Status.MET, c1_2=Status.NOT_MET)
    row = book.write(BRIEFINGS, cycle="1", held_on=f"{now:%d/%m/%Y}")
    assert points(book, row, now)["Hiện nay"] == ("đạt 1/57 chỉ tiêu",)
    tomorrow = now + timedelta(days=1)
    assess(desk, c1_2=Status.MET)
    assert points(book, "new", tomorrow)["Từ kỳ trước"][1:] == ("chưa chỉ tiêu nào đổi kết quả",)
    assert points(book, "new", tomorrow)["Tiêu chí chưa đạt"][0].startswith("2 (còn 2.1")


@pytest.mark.parametrize(
    ("held", "missed", "now"),
    [
        (["2024-07-15"], 0, True),
        (["2024-07-14"], 0, False),
        (["2024-07-08"], 0, False),
        (["2024-07-07"], 1, False),
        (["2024-06-16", "2024-05-01"], 4, False),
        ([], 0, False),
        (["2024-08-01"], 0, False),  # planned, not held
    ],
)
def test_a_missed_weekly_briefing_is_noticed(held: list[str], missed: int, now: bool) -> None:
    days = [("week", date.fromisoformat(one)) for one in held]
    week = next(one for one in rhythms(days, TODAY) if one.cycle is BriefingCycle.WEEK)
    assert (week.missed, week.held) == (missed, now)


def test_the_register_says_how_briefings_are_kept_up(book: Book) -> None:
    book.write(BRIEFINGS, cycle="1", held_on="01/07/2024")
    book.write(BRIEFINGS, cycle="2", held_on="02/07/2024")
    assert notice(book.page(BRIEFINGS)) == (
        "Tuần: ! lỡ 1 kỳ, gần nhất 01/07/2024 · Tháng: √ kỳ này đã họp · Quý: chưa họp lần nào"
    )


# -- Duties 8, 13, 14, 28, 30: the plan and the dossier ----------------------------------------


def row_of(register: Register, *parts: object) -> str:
    return register.model.row_id(*parts)


def test_the_plan_stands_beside_what_is(book: Book) -> None:
    assess(book.desk, c1_1=Status.MET, c1_2=Status.MET, c4_1=Status.NOT_MET, c4_2=Status.MET)
    book.write(PLAN, row_of(PLAN, SET, "1", 2024), planned_on="31/08/2024", old_result="1")
    book.write(PLAN, row_of(PLAN, SET, "4", 2024), planned_on="10/07/2024", old_result="1")
    page = book.page(PLAN)
    assert len(page.records) == 19
    first = book.values(PLAN, row_of(PLAN, SET, "1", 2024))
    assert first["result"] == Status.MET and first["met_on"] == today()
    late = (today() - date(2024, 8, 31)).days
    assert book.findings(PLAN, row_of(PLAN, SET, "1", 2024)) == [
        f"Đạt muộn hơn kế hoạch {late} ngày."
    ]
    fourth = page.record(row_of(PLAN, SET, "4", 2024))
    assert fourth is not None and fourth.late and fourth.days_left == -5
    assert "Khi công nhận là đạt, theo bộ này thì chưa đạt." in book.findings(PLAN, fourth.id)
    assert notice(page) == (
        "Đã đạt 1/19 · có kế hoạch 2, đến hôm nay phải đạt 1 · chậm 1\n"
        "Khi công nhận đạt 2; theo bộ này còn đạt 1 trong số đó"
    )


def test_a_criterion_is_met_since_the_finding_that_said_so(home: Home) -> None:
    """A reason or a figure that comes later does not make it late."""
    wall = [clock.wall_ms() - 40 * 86_400_000]
    with Desk.found(home, ANSWERS, wall=lambda: wall[0]) as desk:
        assess(desk, c1_1=Status.MET, c1_2=Status.NOT_MET)
        for days_ago, number, status, reason in (
            (30, "1.2", Status.MET, ""),
            (20, "1.2", Status.MET, "theo hồ sơ mới"),
            (10, "1.1", Status.MET, "đã phê duyệt"),
        ):
            wall[0] = clock.wall_ms() - days_ago * 86_400_000
            with desk.act() as session:
                checklist.set_status(session, desk.sheet(), number, status, reason=reason)
        met_on = Book(desk).values(PLAN, row_of(PLAN, SET, "1", 2024), today())["met_on"]
    assert (today() - met_on).days == 30


def test_rows_of_another_year_or_set_are_shown_and_count_for_nothing(book: Book) -> None:
    book.write(PLAN, row_of(PLAN, SET, "1", 2023), planned_on="31/08/2023")
    book.write(DOSSIER, row_of(DOSSIER, "ntm", 2022, "appraisal"), planned_on="31/08/2022")
    plan, dossier = book.page(PLAN), book.page(DOSSIER)
    assert len(plan.records) == 20 and len(dossier.records) == 13
    assert plan.records[-1].values["criterion_name"] == "1 Quy hoạch (năm 2023)"
    assert dossier.records[-1].values["name"] == "Tỉnh thẩm định (năm 2022)"
    for page in (plan, dossier):
        assert page.records[-1].other and not page.records[-1].late
    assert notice(plan).startswith("Đã đạt 0/19")
    assert notice(dossier).startswith("Xong 0/12 bước")
    due = read_due(book.desk, TODAY, 7)
    assert [one for one in due.rows if one.register in ("criterion_plan", "dossier_step")] == []


def test_under_another_set_what_was_planned_by_the_old_one_can_still_be_read(book: Book) -> None:
    book.write(MEMBERS, name="Sơn", body="1")
    book.write(PLAN, row_of(PLAN, SET, "2", 2024), planned_on="01/07/2024")
    book.write(RESPONSIBILITIES, row_of(RESPONSIBILITIES, SET, "6", ""), member="Sơn")
    book.write(TASKS, title="Làm nhà tiêu", indicator="17.8")
    other = Book(replace(book.desk, looking_at="xa-ntm-nang-cao-2021-2025"))
    assert notice(other.page(PLAN)).startswith("Đã đạt 0/19")
    told = [one.values["criterion_name"] for one in other.page(PLAN).records if one.other]
    assert told == ["2 Giao thông (xã NTM 2021-2025 (QĐ 1062)) (năm 2024)"]
    duties = [one for one in other.page(RESPONSIBILITIES).records if one.other]
    assert [one.values["subject"] for one in duties] == [
        "Tiêu chí 6 Cơ sở vật chất văn hóa (xã NTM 2021-2025 (QĐ 1062))"
    ]
    (task,) = other.page(TASKS).records
    assert task.findings == ()
    page = other.page(TASKS)
    assert page.register.text(task, page.context, "indicator").startswith("17.8 Tỷ lệ hộ có nhà")
    assert read_due(other.desk, TODAY, 7).rows == ()


def test_the_dossier_has_every_step_in_order_and_says_what_is_next(book: Book) -> None:
    page = book.page(DOSSIER)
    assert page.records[0].values["name"] == "Xã tự đánh giá"
    assert len(page.records) == 12
    first = page.records[0].id
    with book.desk.act() as session:
        assert step(session, page.context, DOSSIER, first, page.records[0].values)
    assert book.values(DOSSIER, first)["done_on"] == TODAY
    assert notice(book.page(DOSSIER)).startswith("Xong 1/12 bước · bước tới: Công khai kết quả")


@pytest.mark.parametrize(
    ("agreed", "asked", "told"),
    [("90", "100", []), ("899", "1000", ["Chưa đủ 90 %: còn thiếu 1 người đồng ý."])],
)
def test_nine_of_ten_delegates_must_agree(
    book: Book, agreed: str, asked: str, told: list[str]
) -> None:
    row = row_of(DOSSIER, "ntm", 2024, "meeting")
    book.write(DOSSIER, row, agreed=agreed, asked=asked)
    assert book.findings(DOSSIER, row) == told


def test_more_cannot_agree_than_were_asked(book: Book) -> None:
    row = row_of(DOSSIER, "ntm", 2024, "meeting")
    book.write(DOSSIER, row, agreed="12", asked="11")
    assert book.findings(DOSSIER, row) == ["Số đồng ý nhiều hơn tổng số."]


def test_the_front_asks_for_95_percent_where_nang_cao_is_aimed_at() -> None:
    from db.criteria.definitions import Tier

    survey = next(one for one in steps_of(Tier.ADVANCED) if one.id == "survey")
    assert survey.percent is not None
    assert (survey.percent[Tier.NTM], survey.percent[Tier.ADVANCED]) == (90, 95)


def test_kieu_mau_asks_for_three_things_more(desk: Desk) -> None:
    from db.profile import update_profile

    with desk.act() as session:
        update_profile(session, desk.commune.scope, "tier", "model")
    with reopened(desk) as again:
        names = [one.values["name"] for one in Book(again).page(DOSSIER).records]
    assert names[:3] == [
        "Thu nhập cao hơn ít nhất 10 % mức nâng cao",
        "Có ít nhất một thôn thông minh",
        "Nổi trội ít nhất một lĩnh vực",
    ]
    assert len(names) == 15


# -- Duty 34: reports ---------------------------------------------------------------------------


@pytest.fixture
def from_july(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A commune whose store is taken to be there since 1 July 2024, a Monday."""
    from db.registers import reports

    monkeypatch.setattr(reports, "_begun_on", lambda _session, _context: date(2024, 7, 1))
    return Book(desk)


def names(book: Book, today: date = TODAY) -> list[str]:
    return [one.values["name"] for one in book.page(REPORTS, today).records]


def test_every_period_since_the_store_is_there_has_its_report(from_july: Book) -> None:
    assert names(from_july) == [
        "Báo cáo tuần 01/07 - 07/07/2024",
        "Báo cáo tuần 08/07 - 14/07/2024",
        "Báo cáo tuần 15/07 - 21/07/2024",
        "Báo cáo tháng 7/2024",
        "Báo cáo quý III/2024",
        "Báo cáo 6 tháng cuối năm 2024",
        "Báo cáo năm 2024",
    ]
    late = [one for one in from_july.page(REPORTS).records if one.late]
    assert [one.days_left for one in late] == [-8, -1]


def test_the_office_says_by_when_and_which_reports_it_owes(from_july: Book) -> None:
    from_july.write(REPORT_DUTIES, "week", days="9", basis="Công văn 99/BCĐ-NTM")
    from_july.write(REPORT_DUTIES, "half", off="có")
    assert not any("6 tháng" in one for one in names(from_july))
    first = from_july.page(REPORTS).records[0]
    assert first.values["due"] == date(2024, 7, 16) and not first.late
    assert from_july.findings(REPORT_DUTIES, "week") == []
    assert "Chưa ghi căn cứ" in from_july.findings(REPORT_DUTIES, "month")[0]


def test_what_was_sent_is_kept_with_its_number_and_day(from_july: Book) -> None:
    row = row_of(REPORTS, "week", "2024-W27")
    from_july.write(REPORTS, row, sent_on="09/07/2024", number="12/BC-UBND", way="1")
    record = from_july.page(REPORTS).record(row)
    assert record is not None and record.closed
    assert from_july.findings(REPORTS, row) == ["Gửi muộn 2 ngày, hạn 07/07/2024."]


def test_a_report_that_was_asked_for_once_is_added(from_july: Book) -> None:
    row = from_july.write(REPORTS, title="Báo cáo thiệt hại do bão", sent_on="10/07/2024")
    assert row.startswith("adhoc|")
    assert from_july.values(REPORTS, row)["name"] == "Báo cáo thiệt hại do bão"


def test_a_period_that_another_program_named_is_shown_not_an_error(from_july: Book) -> None:
    from_july.write(REPORTS, row_of(REPORTS, "week", "tuần lễ 3"), number="5/BC")
    from_july.write(REPORTS, row_of(REPORTS, "decade", "2020"), number="6/BC")
    assert {"Báo cáo tuần lễ 3", "Báo cáo 2020"} <= {*names(from_july)}


def test_nothing_is_owed_from_before_the_store_was_there_and_nothing_lapses_at_new_year(
    home: Home,
) -> None:
    founded = datetime(2024, 12, 10, tzinfo=UTC)
    with Desk.found(home, ANSWERS, wall=lambda: int(founded.timestamp() * 1000)) as desk:
        book = Book(desk)
        keys = {one.id for one in book.page(REPORTS, date(2025, 1, 20)).records}
        assert {"month|2024-12", "quarter|2024-Q4", "half|2024-H2", "year|2024"} <= keys
        assert "month|2024-11" not in keys and "week|2024-W49" not in keys
        assert "week|2024-W50" in keys and "year|2025" in keys
        book.write(REPORT_DUTIES, "year", days="15")
        record = book.page(REPORTS, date(2025, 1, 20)).record("year|2024")
        assert record is not None and record.days_left == -5
        assert book.page(REPORTS, date(2028, 1, 1)).record("year|2024") is None


def test_a_duty_that_is_switched_off_leaves_what_was_sent_as_it_was(from_july: Book) -> None:
    row = row_of(REPORTS, "week", "2024-W27")
    from_july.write(REPORT_DUTIES, "week", days="5", basis="Công văn 99")
    from_july.write(REPORTS, row, sent_on="12/07/2024")
    from_july.write(REPORT_DUTIES, "week", off="có")
    assert from_july.findings(REPORTS, row) == []


@pytest.mark.parametrize(
    "row",
    [
        *("year|9999", "month|9999-12", "week|9999-W52", "year|", "week|2024-W99", "month|2024-00"),
        *("month|99999999999999999999-01", "month|2024-99999999999999999999", "half|2024-H3"),
    ],
)
def test_no_period_that_came_in_from_elsewhere_is_an_error(from_july: Book, row: str) -> None:
    from_july.write(REPORTS, row, number="5/BC")
    record = from_july.page(REPORTS).record(row)
    assert record is not None and record.values["name"].startswith("Báo cáo")


def test_a_report_cannot_be_due_in_thousands_of_years(from_july: Book) -> None:
    from_july.write(REPORT_DUTIES, "week", days="3000000")
    assert "Hạn nộp không quá 366 ngày" in from_july.findings(REPORT_DUTIES, "week")[0]
    assert from_july.page(REPORTS).records


def test_every_new_register_can_be_listed_empty(book: Book) -> None:
    registers: tuple[Any, ...] = (BRIEFINGS, PLAN, REPORTS, REPORT_DUTIES, DOSSIER)
    for register in registers:
        page = book.page(register)
        for record in page.records:
            assert register.called_by(record, page.context)
