"""Briefings, inspections and directives: where tasks come from."""

from datetime import date

from db.kinds import Choice, Date, Labelled, Line, Link, Links, Paragraph, WrittenDate
from db.models.base import STRICT, Replicated, declared


class BriefingCycle(Labelled):
    """How often a briefing is held."""

    WEEK = "week", "Tuần"
    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"


class Briefing(Replicated, table=True):
    """A regular meeting; its conclusions are the tasks that name it."""

    __tablename__ = "briefing"
    __table_args__ = STRICT
    subject = "Giao ban"
    called = "cuộc giao ban"
    named_by = ("cycle", "held_on")

    cycle: str | None = declared("Giao ban", Choice(BriefingCycle))
    held_on: date | None = declared("Ngày họp", Date())
    chair: str | None = declared("Chủ trì", Link("member", "thành viên"))
    present: list[str] | None = declared("Thành phần dự", Links("member", "thành viên"))
    place: str | None = declared("Địa điểm", Line())
    minutes: str | None = declared("Diễn biến, ý kiến", Paragraph())


class Inspection(Replicated, table=True):
    """A visit by an upper level's agency: findings, and what is to be mended by when."""

    __tablename__ = "inspection"
    __table_args__ = STRICT
    subject = "Kiểm tra"
    called = "cuộc kiểm tra"
    named_by = ("team", "visited_on")

    team: str | None = declared("Đoàn kiểm tra", Line(), help="Cơ quan nào, ai dẫn đầu.")
    visited_on: date | None = declared("Ngày kiểm tra", Date())
    topic: str | None = declared("Nội dung kiểm tra", Line())
    findings: str | None = declared("Kết luận", Paragraph())
    mend: str | None = declared("Yêu cầu khắc phục", Paragraph())
    mend_by: date | None = declared("Hạn khắc phục", Date())
    mended: str | None = declared("Đã khắc phục", Paragraph())
    mended_on: date | None = declared("Khắc phục xong ngày", Date())
    indicator: str | None = declared("Chỉ tiêu", Link("indicator", "chỉ tiêu"))


class Directive(Replicated, table=True):
    """An incoming document that asks for something; its dates stay as they are written."""

    __tablename__ = "directive"
    __table_args__ = STRICT
    subject = "Văn bản"
    called = "văn bản"
    named_by = ("number", "title")

    number: str | None = declared("Số, ký hiệu", Line())
    title: str | None = declared("Trích yếu", Line())
    date_written: str | None = declared(
        "Ngày văn bản", WrittenDate(), help="Giữ đúng như đã ghi, kể cả khi ngày thiếu hoặc sai."
    )
    issuer: str | None = declared("Cơ quan ban hành", Line())
    received_on: date | None = declared("Ngày đến", Date())
    asks: str | None = declared("Yêu cầu xã làm gì", Paragraph())
    due: str | None = declared("Hạn thực hiện", WrittenDate(), help="Giữ đúng như đã ghi.")
    member: str | None = declared("Người được giao", Link("member", "thành viên"))
    done_on: date | None = declared("Thực hiện xong ngày", Date())
