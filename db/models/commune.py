"""The commune itself, its villages and the officers who use the program."""

from datetime import date

from db.kinds import Count, Date, Line, Link, WrittenDate, Year
from db.models.base import STRICT, Replicated, declared, key_part
from db.owner import Owner


class Commune(Replicated, table=True):
    """The unit that is assessed; one row, keyed by its canonical code."""

    __tablename__ = "commune"
    __table_args__ = STRICT
    subject = "Thông tin xã"
    called = "xã"
    named_by = ("name",)
    natural_key = ("code",)

    code: str = key_part()
    name: str | None = declared("Tên xã", Line(), help="Không cần gõ chữ “xã”.")
    district: str | None = declared("Huyện", Line())
    province: str | None = declared("Tỉnh", Line())
    upper_level: str | None = declared(
        "Nơi nhận gói", Line(), help="Cơ quan cấp trên nhận gói đồng bộ của xã."
    )
    tier: str | None = declared("Danh hiệu phấn đấu", Line())
    target_year: int | None = declared("Năm phấn đấu", Year())
    deadline: date | None = declared("Hạn về đích", Date())
    held_tier: str | None = declared("Danh hiệu đang giữ", Line())
    held_decision: str | None = declared("Quyết định công nhận", Line())
    held_date: str | None = declared("Ngày công nhận", WrittenDate(), help="Giữ đúng như đã ghi.")
    criteria_set: str | None = declared("Bộ tiêu chí đang dùng", Line())
    signer: str | None = declared("Người ký văn bản", Line())
    signs_as: str | None = declared("Chức vụ người ký", Line())
    valid_from: date | None = declared("Là xã từ ngày", Date(), owner=Owner.UPPER)
    valid_to: date | None = declared("Đến hết ngày", Date(), owner=Owner.UPPER)
    merged_into: str | None = declared(
        "Sáp nhập vào", Link("commune", "xã"), owner=Owner.UPPER, help="Xã mới sau khi sáp nhập."
    )


class Village(Replicated, table=True):
    """A part of the commune; keyed by its folded name, so both laptops mean the same one."""

    __tablename__ = "village"
    __table_args__ = STRICT
    subject = "Danh sách thôn"
    called = "thôn"
    named_by = ("name",)
    natural_key = ("code",)

    code: str = key_part()
    name: str | None = declared("Tên thôn", Line())
    households: int | None = declared("Số hộ", Count(), unit="hộ")
    population: int | None = declared("Số khẩu", Count(), unit="khẩu")
    leader: str | None = declared("Trưởng thôn", Line())
    target: str | None = declared("Mục tiêu", Line(), help="Thôn phấn đấu điều gì, năm nào.")


class Officer(Replicated, table=True):
    """A person who uses the program; the name is a declaration, not a proof."""

    __tablename__ = "officer"
    __table_args__ = STRICT
    subject = "Cán bộ"
    called = "cán bộ"
    named_by = ("name",)
    natural_key = ("code",)

    code: str = key_part()
    name: str | None = declared("Họ tên", Line())
    position: str | None = declared("Chức vụ", Line())
