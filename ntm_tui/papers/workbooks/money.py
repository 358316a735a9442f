"""Money: what is raised by source, what works cost, what is paid out, what people give."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from db.kinds import MILLION_DONG
from db.money import Money, Raised
from db.numbers import show_number
from ntm_tui.papers.workbooks.registers import (
    PLACE,
    ROW_ID,
    register_columns,
    register_rows,
    register_table,
    said_unit,
)
from ntm_tui.papers.workbooks.table import Column, Formula, Look, Row, Shape, Table, Value
from ntm_tui.papers.workbooks.workbook import Source, Workbook

# -- Resources -------------------------------------------------------------------------------------

_RESOURCES = (
    PLACE,
    Column("noi_dung", "Nội dung chỉ tiêu"),
    Column("ke_hoach", "Kế hoạch năm {năm}", Shape.NUMBER, total=True),
    Column("ket_qua", "Kết quả huy động {kỳ}", Shape.NUMBER, total=True),
    Column("con_lai", "Còn phải huy động trong năm", Shape.NUMBER, total=True),
    Column("ghi_chu", "Ghi chú"),
)
_LEFT = "MAX({ke_hoach}-{ket_qua},0)"
_LOCAL = ("province", "district", "commune")
_NAMES = {
    "central": ("1", "Ngân sách trung ương"),
    "province": ("2.1", "Ngân sách tỉnh"),
    "district": ("2.2", "Ngân sách huyện"),
    "commune": ("2.3", "Ngân sách xã"),
    "integrated": ("II", "Vốn lồng ghép"),
    "credit": ("III", "Vốn tín dụng"),
    "enterprise": ("IV", "Vốn doanh nghiệp"),
    "community": ("V", "Cộng đồng, người dân đóng góp"),
}


def _resources(source: Source) -> tuple[Table, ...]:
    found = {one.source.value: one for one in source.money.by_source()}
    return (
        Table(
            "nguon-luc",
            "Nguồn lực",
            "KẾT QUẢ HUY ĐỘNG NGUỒN LỰC XÂY DỰNG NÔNG THÔN MỚI – {KỲ}",
            _RESOURCES,
            tuple(_resource_rows(found)),
            unit=said_unit(MILLION_DONG),
            notes=(
                "Ngân sách, lồng ghép, tín dụng: vốn giao trong năm và phần đã giải ngân (sổ Vốn, "
                "sổ Giải ngân). Doanh nghiệp, người dân: sổ Huy động, quy ra tiền theo đơn giá.",
            ),
        ),
    )


def _resource_rows(found: Mapping[str, Raised]) -> Iterator[Row]:
    yield _sum_row("I", "Ngân sách nhà nước", ("central", *_LOCAL), found)
    yield _resource_row(found["central"])
    yield _sum_row("2", "Ngân sách địa phương", _LOCAL, found)
    for name in (*_LOCAL, "integrated", "credit", "enterprise", "community"):
        yield _resource_row(found[name])
    people = found["community"]
    yield _part("Tiền mặt", people.raised - people.in_kind)
    yield _part("Ngày công, đất, hiện vật quy đổi", people.in_kind)


def _resource_row(one: Raised) -> Row:
    place, name = _NAMES[one.source.value]
    given_too = one.paid and one.paid != one.raised
    note = f"Sổ Vốn ghi đã chi {show_number(one.paid)}." if given_too else None
    cells: dict[str, Value] = {
        "stt": place,
        "noi_dung": name,
        "ke_hoach": one.planned,
        "ket_qua": one.raised,
        "con_lai": Formula(_LEFT, max(one.planned - one.raised, Decimal(0))),
        "ghi_chu": note,
    }
    return Row(cells, one.source.value)


def _sum_row(place: str, name: str, parts: tuple[str, ...], found: Mapping[str, Raised]) -> Row:
    own = [found[one] for one in parts]
    left = (max(one.planned - one.raised, Decimal(0)) for one in own)
    cells: dict[str, Value] = {
        "stt": place,
        "noi_dung": name,
        "ke_hoach": _added("ke_hoach", parts, sum((it.planned for it in own), Decimal(0))),
        "ket_qua": _added("ket_qua", parts, sum((it.raised for it in own), Decimal(0))),
        "con_lai": _added("con_lai", parts, sum(left, Decimal(0))),
    }
    return Row(cells, f"nhom-{place}", Look.GROUP)


def _added(column: str, parts: tuple[str, ...], value: Decimal) -> Formula:
    return Formula("+".join(f"{{{column}@{part}}}" for part in parts), value)


def _part(name: str, value: Decimal) -> Row:
    return Row({"noi_dung": f"Trong đó: {name}", "ket_qua": value}, f"phan-{name}", Look.PART)


# -- Works -----------------------------------------------------------------------------------------

_WORK_MONEY = (
    Column("ke_hoach_von", "Kế hoạch vốn", Shape.NUMBER, total=True),
    Column("trong_ky", "Giải ngân {kỳ}", Shape.NUMBER, total=True),
    Column("luy_ke", "Lũy kế giải ngân", Shape.NUMBER, total=True),
    Column("ty_le", "Tỷ lệ giải ngân (%)", Shape.NUMBER),
)
_RATE = 'IF({ke_hoach_von}=0,"",ROUNDDOWN({luy_ke}/{ke_hoach_von}*100,2))'


def _works(source: Source) -> tuple[Table, ...]:
    money = source.money
    page = money.works
    more = {one.id: _work_money(money, one.id) for one in page.records}
    shown = ("title", "village", "volume", "planned_end", "ended_on", "note")
    columns = register_columns(page.register, shown)
    return (
        Table(
            "cong-trinh",
            page.register.title,
            "TIẾN ĐỘ THỰC HIỆN CÔNG TRÌNH – {KỲ}",
            (PLACE, *columns[: len(shown) - 1], *_WORK_MONEY, *columns[len(shown) - 1 :], ROW_ID),
            register_rows(page, page.records, more),
            subject=page.register.name,
            sums={"ty_le": _rate_of_all(more)},
            notes=(
                f"Tiền tính bằng {MILLION_DONG}. Kế hoạch vốn là tổng các dòng vốn của công trình "
                "trong sổ Vốn.",
            ),
        ),
    )


def _work_money(money: Money, work: str) -> dict[str, Value]:
    lines = money.lines_of(work)
    plan = sum((one.values.get("plan") or Decimal(0) for one in lines), Decimal(0))
    ids = [one.id for one in lines]
    paid = money.paid(ids)
    return {
        "ke_hoach_von": plan,
        "trong_ky": money.paid(ids, of_period=True),
        "luy_ke": paid,
        "ty_le": Formula(_RATE, cut(paid * 100 / plan)) if plan else None,
    }


def _rate_of_all(more: Mapping[str, Mapping[str, Value]]) -> Value:
    plan, paid = (_total(more, name) for name in ("ke_hoach_von", "luy_ke"))
    return Formula(_RATE, cut(paid * 100 / plan)) if plan else None


def _total(more: Mapping[str, Mapping[str, Value]], name: str) -> Decimal:
    values = (one[name] for one in more.values())
    return sum((it for it in values if isinstance(it, Decimal)), Decimal(0))


def cut(number: Decimal) -> Decimal:
    """Two decimals, cut and not rounded up, as the formulas do."""
    return number.quantize(Decimal("0.01"), rounding="ROUND_DOWN")


# -- Money paid out --------------------------------------------------------------------------------

_LINE_MONEY = (
    Column("trong_ky", "Giải ngân {kỳ}", Shape.NUMBER, total=True),
    Column("luy_ke", "Đã giải ngân", Shape.NUMBER, total=True),
    Column("con_lai", "Còn lại", Shape.NUMBER, total=True),
    Column("ty_le", "Tỷ lệ (%)", Shape.NUMBER),
)


def _disbursement(source: Source) -> tuple[Table, ...]:
    money = source.money
    page = money.disbursements
    paid = register_table(
        page,
        money.paid_out,
        key="khoan-giai-ngan",
        title="CÁC KHOẢN GIẢI NGÂN – {KỲ}",
        shown=("paid_on", "fund_line", "content", "amount", "voucher"),
        totals=("amount",),
        unit=MILLION_DONG,
    )
    return (_fund_lines(money), paid)


def _fund_lines(money: Money) -> Table:
    page = money.fund_lines
    more = {one.id: _line_money(money, one.id, one.values.get("plan")) for one in page.records}
    shown = ("title", "year", "source", "kind", "plan", "volume", "note")
    columns = register_columns(page.register, shown, ("plan", "volume"), MILLION_DONG)
    columns = tuple(one for one in columns if one.name not in ("paid", "left", "rate"))
    plan = sum((one.values.get("plan") or Decimal(0) for one in page.records), Decimal(0))
    paid = _total(more, "luy_ke")
    return Table(
        "giai-ngan",
        page.register.title,
        "TÌNH HÌNH GIẢI NGÂN VỐN – {KỲ}",
        (PLACE, *columns[: len(shown) - 1], *_LINE_MONEY, *columns[len(shown) - 1 :], ROW_ID),
        register_rows(page, page.records, more),
        unit=said_unit(MILLION_DONG),
        subject=page.register.name,
        sums={"ty_le": _line_rate(paid, plan)},
    )


def _line_money(money: Money, line: str, plan: Decimal | None) -> dict[str, Value]:
    paid = money.paid([line])
    return {
        "trong_ky": money.paid([line], of_period=True),
        "luy_ke": paid,
        "con_lai": Formula("{plan}-{luy_ke}", (plan or Decimal(0)) - paid),
        "ty_le": _line_rate(paid, plan or Decimal(0)),
    }


def _line_rate(paid: Decimal, plan: Decimal) -> Value:
    formula = 'IF({plan}=0,"",ROUNDDOWN({luy_ke}/{plan}*100,2))'
    return Formula(formula, cut(paid * 100 / plan)) if plan else None


RESOURCES = Workbook(
    "nguon-luc",
    "Nguồn lực huy động",
    "Kế hoạch năm và kết quả huy động theo nguồn: ngân sách, tín dụng, doanh nghiệp, người dân.",
    _resources,
)
WORK_LIST = Workbook(
    "cong-trinh",
    "Công trình",
    "Từng công trình: khối lượng, tiến độ, kế hoạch vốn, giải ngân.",
    _works,
)
DISBURSEMENT = Workbook(
    "giai-ngan",
    "Giải ngân",
    "Từng dòng vốn với kế hoạch, đã giải ngân, tỷ lệ; và từng khoản chi trong kỳ.",
    _disbursement,
)
