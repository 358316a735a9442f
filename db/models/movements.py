"""Models to be shown, and what was done to win people over."""

from datetime import date

from db.kinds import Choice, Choices, Count, Date, Labelled, Line, Link, Paragraph
from db.models.base import STRICT, Replicated, declared


class ShowcaseKind(Labelled):
    """The four kinds of model that the letter wants finished."""

    PRODUCTION = "production", "Mô hình phát triển sản xuất"
    RESIDENTIAL_AREA = "residential_area", "Khu dân cư kiểu mẫu"
    VILLAGE = "village", "Thôn kiểu mẫu"
    GARDEN = "garden", "Vườn mẫu"


class ShowcaseState(Labelled):
    """How far a model is."""

    PLANNED = "planned", "Mới có kế hoạch"
    DOING = "doing", "Đang làm"
    DONE = "done", "Đã xong"
    RECOGNISED = "recognised", "Đã công nhận"


class Showcase(Replicated, table=True):
    """A production model, model residential area, model village or model garden."""

    __tablename__ = "showcase"
    __table_args__ = STRICT
    subject = "Mô hình"
    called = "mô hình"
    named_by = ("title",)

    kind: str | None = declared("Loại", Choice(ShowcaseKind))
    title: str | None = declared("Tên mô hình", Line())
    village: str | None = declared("Thôn", Link("village", "thôn"))
    target: str | None = declared("Mục tiêu, quy mô", Line())
    households: int | None = declared("Số hộ tham gia", Count(), unit="hộ")
    state: str | None = declared("Tình trạng", Choice(ShowcaseState))
    deadline: date | None = declared("Hạn", Date())
    done_on: date | None = declared("Xong ngày", Date())
    member: str | None = declared("Phụ trách", Link("member", "thành viên"))
    indicator: str | None = declared("Chỉ tiêu", Link("indicator", "chỉ tiêu"))
    note: str | None = declared("Ghi chú", Paragraph())


class CampaignKind(Labelled):
    """What an activity belongs to."""

    EMULATION = "emulation", "Phong trào thi đua"
    MOVEMENT = "movement", "Cuộc vận động toàn dân đoàn kết"
    COMMUNICATION = "communication", "Tuyên truyền"
    MOBILISATION = "mobilisation", "Vận động, ra quân"


class Organisation(Labelled):
    """Who takes part."""

    FRONT = "front", "Mặt trận Tổ quốc"
    WOMEN = "women", "Hội Phụ nữ"
    FARMERS = "farmers", "Hội Nông dân"
    VETERANS = "veterans", "Hội Cựu chiến binh"
    YOUTH = "youth", "Đoàn Thanh niên"
    PARTY = "party", "Cấp ủy, chi bộ"
    SCHOOL = "school", "Trường học"
    FORCES = "forces", "Công an, quân sự"


class CampaignActivity(Replicated, table=True):
    """What was done to win people over: an activity of a movement or a campaign."""

    __tablename__ = "campaign_activity"
    __table_args__ = STRICT
    subject = "Phong trào"
    called = "hoạt động"
    named_by = ("title",)

    title: str | None = declared("Hoạt động", Line())
    kind: str | None = declared("Thuộc", Choice(CampaignKind))
    held_on: date | None = declared("Ngày", Date())
    village: str | None = declared("Thôn", Link("village", "thôn"))
    organisations: list[str] | None = declared("Đoàn thể tham gia", Choices(Organisation))
    partner: str | None = declared("Phối hợp với", Line(), help="Cơ quan chuyên môn phối hợp.")
    people: int | None = declared("Số người", Count(), unit="người")
    result: str | None = declared("Kết quả", Paragraph())
