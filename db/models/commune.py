"""The commune itself, its villages and the officers who use the program."""

from datetime import date

from db.columns import Day, Text, Whole
from db.models.base import STRICT, Replicated, declared, key_part


class Commune(Replicated, table=True):
    """The unit that is assessed; one row, keyed by its canonical code."""

    __tablename__ = "commune"
    __table_args__ = STRICT
    natural_key = ("code",)

    code: str = key_part()
    name: str | None = declared("Tên xã", Text, help="Không cần gõ chữ “xã”.")
    district: str | None = declared("Huyện", Text)
    province: str | None = declared("Tỉnh", Text)
    upper_level: str | None = declared(
        "Nơi nhận gói", Text, help="Cơ quan cấp trên nhận gói đồng bộ của xã."
    )
    tier: str | None = declared("Danh hiệu phấn đấu", Text)
    target_year: int | None = declared("Năm phấn đấu", Whole)
    deadline: date | None = declared("Hạn về đích", Day)
    held_tier: str | None = declared("Danh hiệu đang giữ", Text)
    held_decision: str | None = declared("Quyết định công nhận", Text)
    held_date: str | None = declared("Ngày công nhận", Text, help="Giữ đúng như đã ghi.")
    criteria_set: str | None = declared("Bộ tiêu chí đang dùng", Text)


class Village(Replicated, table=True):
    """A part of the commune; keyed by its folded name, so both laptops mean the same one."""

    __tablename__ = "village"
    __table_args__ = STRICT
    natural_key = ("code",)

    code: str = key_part()
    name: str | None = declared("Tên thôn", Text)
    households: int | None = declared("Số hộ", Whole, unit="hộ")
    population: int | None = declared("Số khẩu", Whole, unit="khẩu")


class Officer(Replicated, table=True):
    """A person who uses the program; the name is a declaration, not a proof."""

    __tablename__ = "officer"
    __table_args__ = STRICT
    natural_key = ("code",)

    code: str = key_part()
    name: str | None = declared("Họ tên", Text)
    position: str | None = declared("Chức vụ", Text)
