"""Who works for the programme, and who answers for what."""

from db.kinds import Choice, Labelled, Line, Link, Links, Paragraph
from db.models.base import STRICT, Replicated, declared, key_part


class Body(Labelled):
    """A body that members belong to."""

    STEERING_COMMITTEE = "steering_committee", "Ban Chỉ đạo xã"
    MANAGEMENT_BOARD = "management_board", "Ban Quản lý xã"
    VILLAGE_BOARD = "village_board", "Ban Phát triển thôn"
    DISTRICT = "district", "Ban Chỉ đạo huyện phụ trách xã"


class Member(Replicated, table=True):
    """A person with duties, in one of the bodies."""

    __tablename__ = "member"
    __table_args__ = STRICT
    subject = "Thành viên"
    called = "thành viên"
    named_by = ("name",)

    name: str | None = declared("Họ tên", Line())
    body: str | None = declared("Thuộc", Choice(Body))
    position: str | None = declared("Chức danh", Line(), help="Trong ban: trưởng ban, ủy viên …")
    office: str | None = declared("Chức vụ, đơn vị", Line())
    village: str | None = declared(
        "Thôn", Link("village", "thôn"), help="Thôn của Ban Phát triển thôn."
    )
    duties: str | None = declared("Nhiệm vụ được giao", Paragraph())
    phone: str | None = declared("Điện thoại", Line())
    directive: str | None = declared("Văn bản phân công", Link("directive", "văn bản"))


class Responsibility(Replicated, table=True):
    """Who answers for a criterion, for a village, or for a criterion in a village.

    Keyed by what is answered for, so that two laptops that assign the same thing see it.
    """

    __tablename__ = "responsibility"
    __table_args__ = STRICT
    subject = "Phân công"
    called = "phân công"
    natural_key = ("criteria_set", "criterion", "village")

    criteria_set: str = key_part()
    criterion: str = key_part()
    village: str = key_part()
    member: str | None = declared("Người chịu trách nhiệm", Link("member", "thành viên"))
    helpers: list[str] | None = declared("Người phối hợp", Links("member", "thành viên"))
    directive: str | None = declared("Văn bản phân công", Link("directive", "văn bản"))
    note: str | None = declared("Ghi chú", Line())
