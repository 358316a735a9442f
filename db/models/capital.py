"""Works, the money behind them, and what people give."""

from datetime import date
from decimal import Decimal

from db.columns import Whole
from db.kinds import (
    MILLION_DONG,
    MONEY,
    THOUSAND_DONG,
    Choice,
    Date,
    Labelled,
    Line,
    Link,
    Links,
    Paragraph,
    Percent,
    Quantity,
    Split,
    Year,
    YesNo,
)
from db.models.base import STRICT, Replicated, declared, key_part


class Source(Labelled):
    """Where money comes from, in the order of the resources table (rules.md)."""

    CENTRAL = "central", "NS trung ương"
    PROVINCE = "province", "NS tỉnh"
    DISTRICT = "district", "NS huyện"
    COMMUNE = "commune", "NS xã"
    INTEGRATED = "integrated", "Lồng ghép"
    CREDIT = "credit", "Tín dụng"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    COMMUNITY = "community", "Dân góp"


class Builder(Labelled):
    """Who builds a work."""

    PEOPLE = "people", "Người dân, cộng đồng tự làm"
    CONTRACTOR = "contractor", "Nhà thầu"
    BOTH = "both", "Nhà thầu và người dân"


class Work(Replicated, table=True):
    """An infrastructure work."""

    __tablename__ = "work"
    __table_args__ = STRICT
    subject = "Công trình"
    called = "công trình"
    named_by = ("title",)

    title: str | None = declared("Công trình", Line())
    village: str | None = declared("Thôn", Link("village", "thôn"))
    volume: Decimal | None = declared("Khối lượng", Percent(), unit="%")
    start: date | None = declared("Khởi công", Date())
    planned_end: date | None = declared("Dự kiến xong", Date())
    ended_on: date | None = declared("Xong ngày", Date())
    builder: str | None = declared("Ai thi công", Choice(Builder))
    capital: dict[str, str] | None = declared("Vốn theo nguồn", Split(Source), unit=MILLION_DONG)
    indicators: list[str] | None = declared("Chỉ tiêu", Links("indicator", "chỉ tiêu"))
    priority: bool | None = declared(
        "Ưu tiên", YesNo(), help="Phục vụ trực tiếp sản xuất và đời sống của dân."
    )
    by_people: bool | None = declared("Huy động được sức dân", YesNo())
    note: str | None = declared("Ghi chú", Paragraph())


class FundKind(Labelled):
    """What money may be spent on."""

    INVESTMENT = "investment", "Đầu tư"
    RECURRENT = "recurrent", "Sự nghiệp"


class FundLine(Replicated, table=True):
    """Money by source, kind and year of origin, for one purpose."""

    __tablename__ = "fund_line"
    __table_args__ = STRICT
    subject = "Vốn"
    called = "dòng vốn"
    named_by = ("title", "year", "source")

    title: str | None = declared("Nội dung", Line())
    year: int | None = declared("Vốn năm", Year(), help="Năm của nguồn vốn; năm cũ là chuyển tiếp.")
    source: str | None = declared("Nguồn", Choice(Source))
    kind: str | None = declared("Loại vốn", Choice(FundKind))
    plan: Decimal | None = declared("Kế hoạch", MONEY, unit=MILLION_DONG)
    volume: Decimal | None = declared(
        "Khối lượng đã làm", MONEY, unit=MILLION_DONG, help="Giá trị khối lượng đã hoàn thành."
    )
    work: str | None = declared("Công trình", Link("work", "công trình"))
    decision: str | None = declared("Quyết định giao vốn", Line())
    directive: str | None = declared("Theo văn bản", Link("directive", "văn bản"))
    note: str | None = declared("Ghi chú", Paragraph())


class Disbursement(Replicated, table=True):
    """Money paid out of a fund line."""

    __tablename__ = "disbursement"
    __table_args__ = STRICT
    subject = "Giải ngân"
    called = "khoản giải ngân"
    named_by = ("paid_on", "content")

    fund_line: str | None = declared("Dòng vốn", Link("fund_line", "dòng vốn"))
    amount: Decimal | None = declared("Số tiền", MONEY, unit=MILLION_DONG)
    paid_on: date | None = declared("Ngày", Date())
    content: str | None = declared("Nội dung chi", Line())
    voucher: str | None = declared("Chứng từ", Line())


class Giver(Labelled):
    """Who gave."""

    HOUSEHOLD = "household", "Hộ"
    VILLAGE = "village", "Thôn"
    GROUP = "group", "Nhóm, đoàn thể"
    ENTERPRISE = "enterprise", "Doanh nghiệp"


class Given(Labelled):
    """What was given; the unit price of each turns it into money."""

    CASH = "cash", "Tiền mặt (nghìn đồng)"
    LABOUR = "labour", "Ngày công"
    LAND = "land", "Đất (m²)"
    MATERIALS = "materials", "Hiện vật"


class Contribution(Replicated, table=True):
    """Cash, labour days, land or materials given by people."""

    __tablename__ = "contribution"
    __table_args__ = STRICT
    subject = "Huy động"
    called = "khoản huy động"
    named_by = ("giver", "given_on")

    giver_kind: str | None = declared("Bên góp", Choice(Giver))
    giver: str | None = declared("Tên người góp", Line())
    given: str | None = declared("Góp bằng", Choice(Given))
    quantity: Decimal | None = declared("Số lượng", Quantity())
    given_on: date | None = declared("Ngày", Date())
    village: str | None = declared("Thôn", Link("village", "thôn"))
    work: str | None = declared("Cho công trình", Link("work", "công trình"))
    what: str | None = declared("Hiện vật, đơn vị", Line(), help="Ví dụ: xi măng, bao.")
    price: Decimal | None = declared(
        "Đơn giá riêng",
        Quantity(THOUSAND_DONG),
        unit=THOUSAND_DONG,
        help="Chỉ ghi khi khác đơn giá chung.",
    )
    note: str | None = declared("Ghi chú", Line())


class UnitPrice(Replicated, table=True):
    """What a thing given is worth in a year, in thousand đồng a unit; set by the office."""

    __tablename__ = "unit_price"
    __table_args__ = STRICT
    subject = "Đơn giá"
    called = "đơn giá"
    natural_key = ("given", "year")

    given: str = key_part()
    year: int = key_part(Whole)
    price: Decimal | None = declared("Đơn giá", Quantity(THOUSAND_DONG), unit=THOUSAND_DONG)
    basis: str | None = declared("Căn cứ", Line(), help="Văn bản quy định đơn giá này.")
