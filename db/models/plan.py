"""The year's plan, the reports that are due, and the way to recognition."""

from datetime import date

from db.columns import Whole
from db.kinds import Choice, Count, Date, Labelled, Line, Link, Paragraph, YesNo
from db.models.base import STRICT, Replicated, declared, key_part


class OldResult(Labelled):
    """How a criterion stood when the commune was recognised, by the set of that time."""

    MET = "met", "Đạt"
    NOT_MET = "not_met", "Chưa đạt"
    NEW = "new", "Bộ cũ không có"


class CriterionPlan(Replicated, table=True):
    """By when a criterion is to be met."""

    __tablename__ = "criterion_plan"
    __table_args__ = STRICT
    subject = "Kế hoạch năm"
    called = "kế hoạch"
    natural_key = ("criteria_set", "criterion", "year")

    criteria_set: str = key_part()
    criterion: str = key_part()
    year: int = key_part(Whole)
    planned_on: date | None = declared("Kế hoạch đạt", Date())
    old_result: str | None = declared(
        "Kết quả khi công nhận",
        Choice(OldResult),
        help="Với xã đã được công nhận: tiêu chí này đạt hay chưa theo bộ tiêu chí khi đó.",
    )
    measures: str | None = declared("Giải pháp", Paragraph())
    directive: str | None = declared("Theo văn bản", Link("directive", "văn bản"))


class ReportDuty(Replicated, table=True):
    """How the office keeps one of its regular reports; what is empty follows the shipped rule."""

    __tablename__ = "report_duty"
    __table_args__ = STRICT
    subject = "Chế độ báo cáo"
    called = "chế độ báo cáo"
    natural_key = ("cycle",)

    cycle: str = key_part()
    days: int | None = declared(
        "Nộp sau khi hết kỳ", Count(), unit="ngày", help="Số ngày kể từ ngày cuối của kỳ."
    )
    receiver: str | None = declared("Nơi nhận", Line())
    basis: str | None = declared("Căn cứ", Line())
    off: bool | None = declared("Không phải nộp", YesNo())


class Way(Labelled):
    """How a report was sent."""

    PAPER = "paper", "Văn bản giấy"
    SYSTEM = "system", "Hệ thống văn bản điện tử"
    EMAIL = "email", "Thư điện tử"
    BUNDLE = "bundle", "Gói đồng bộ"
    MEETING = "meeting", "Báo cáo tại cuộc họp"


class SentReport(Replicated, table=True):
    """A report that was sent, keyed by its duty and period."""

    __tablename__ = "sent_report"
    __table_args__ = STRICT
    subject = "Báo cáo"
    called = "báo cáo"
    natural_key = ("cycle", "period")

    cycle: str = key_part()
    period: str = key_part()
    title: str | None = declared("Tên báo cáo", Line())
    sent_on: date | None = declared("Ngày gửi", Date())
    number: str | None = declared("Số công văn", Line())
    way: str | None = declared("Cách gửi", Choice(Way))
    directive: str | None = declared("Theo văn bản", Link("directive", "văn bản"))
    note: str | None = declared("Ghi chú", Line())
    remarks: str | None = declared(
        "Nhận xét, đánh giá", Paragraph(), help="In vào báo cáo; lập lại báo cáo vẫn còn."
    )
    proposals: str | None = declared(
        "Đề xuất, kiến nghị", Paragraph(), help="In vào báo cáo; lập lại báo cáo vẫn còn."
    )
    next_steps: str | None = declared(
        "Phương hướng kỳ tới", Paragraph(), help="In vào báo cáo, trước các việc máy tự kê."
    )
    recipients: str | None = declared(
        "Nơi nhận", Paragraph(), help="Mỗi dòng một nơi; để trống thì lấy ở chế độ báo cáo."
    )


class DossierStep(Replicated, table=True):
    """One step of the way to recognition; what is empty follows the shipped timeline."""

    __tablename__ = "dossier_step"
    __table_args__ = STRICT
    subject = "Hồ sơ công nhận"
    called = "bước"
    natural_key = ("tier", "year", "step")

    tier: str = key_part()
    year: int = key_part(Whole)
    step: str = key_part()
    planned_on: date | None = declared("Dự kiến", Date())
    done_on: date | None = declared("Xong ngày", Date())
    number: str | None = declared("Số văn bản", Line())
    form: str | None = declared("Mẫu số", Line(), help="Theo quy định hiện hành của tỉnh.")
    agreed: int | None = declared("Số đại biểu đồng ý", Count())
    asked: int | None = declared("Trên tổng số", Count())
    note: str | None = declared("Ghi chú", Line())
    words: str | None = declared(
        "Lời của xã", Paragraph(), help="In vào văn bản của bước này; lập lại văn bản vẫn còn."
    )
