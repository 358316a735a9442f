"""Money: what is raised by source, what works cost, what is paid out, what people give."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from db.kinds import MILLION_DONG
from db.numbers import show_number
from db.registers.register import Record
from db.reporting.resources import RESOURCE_ROWS, Found, ResourceRow, given_parts
from db.reporting.sources import Money
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


def _resources(source: Source) -> tuple[Table, ...]:
    found = {one.source: one for one in source.money.by_source()}
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


def _resource_rows(found: Found) -> Iterator[Row]:
    for row in RESOURCE_ROWS:
        yield _sum_row(row, found) if row.is_sum else _resource_row(row, found)
    for name, value in given_parts(found):
        yield Row({"noi_dung": name, "ket_qua": value}, name, Look.PART)


def _resource_row(row: ResourceRow, found: Found) -> Row:
    (one,) = (found[it] for it in row.sources)
    given_too = one.paid and one.paid != one.raised
    note = f"Sổ Vốn ghi đã chi {show_number(one.paid)}." if given_too else None
    cells: dict[str, Value] = {
        "stt": row.place,
        "noi_dung": row.name,
        "ke_hoach": one.planned,
        "ket_qua": one.raised,
        "con_lai": Formula(_LEFT, row.left(found)),
        "ghi_chu": note,
    }
    return Row(cells, one.source.value)


def _sum_row(row: ResourceRow, found: Found) -> Row:
    cells: dict[str, Value] = {
        "stt": row.place,
        "noi_dung": row.name,
        "ke_hoach": _added("ke_hoach", row, row.planned(found)),
        "ket_qua": _added("ket_qua", row, row.raised(found)),
        "con_lai": _added("con_lai", row, row.left(found)),
    }
    return Row(cells, f"nhom-{row.place}", Look.GROUP)


def _added(column: str, row: ResourceRow, value: Decimal) -> Formula:
    return Formula("+".join(f"{{{column}@{it.value}}}" for it in row.sources), value)


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
    more = {one.id: _work_money(money, one) for one in page.records}
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
                "trong sổ Vốn; chưa có dòng vốn nào thì là cơ cấu vốn ghi ở công trình.",
            ),
        ),
    )


def _work_money(money: Money, work: Record) -> dict[str, Value]:
    plan = money.planned_for(work)
    ids = [one.id for one in money.lines_of(work.id)]
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
