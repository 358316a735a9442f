"""The upper level's view: communes and criteria, and the money of all communes."""

from collections.abc import Iterator
from decimal import Decimal

from db.clock import VIETNAM
from db.judging import Status
from db.kinds import MILLION_DONG
from db.overview import CommuneRow, Overview, read_overview
from db.owner import Owner
from ntm_tui.papers.workbooks.money import cut
from ntm_tui.papers.workbooks.registers import PLACE, said_unit
from ntm_tui.papers.workbooks.table import Column, Formula, Row, Shape, Table, Value
from ntm_tui.papers.workbooks.workbook import Source, Workbook

_SIGNS = {
    Status.MET: "Đ",
    Status.NOT_MET: "×",
    Status.IN_PROGRESS: "…",
    Status.NOT_APPLICABLE: "–",
    Status.NOT_ASSESSED: "",
}
_LEGEND = "Đ: đạt · ×: chưa đạt · …: đang thực hiện · –: không áp dụng · để trống: chưa đánh giá."
_MONEY = (
    PLACE,
    Column("xa", "Xã"),
    Column("ke_hoach", "Kế hoạch", Shape.NUMBER, total=True),
    Column("giai_ngan", "Đã giải ngân", Shape.NUMBER, total=True),
    Column("ty_le", "Tỷ lệ (%)", Shape.NUMBER),
    Column("no_khoi_luong", "Có khối lượng, chưa chi", Shape.NUMBER, total=True),
    Column("chuyen_tiep", "Vốn chuyển tiếp > Kế hoạch", Shape.NUMBER, total=True),
    Column("chuyen_tiep_chi", "Vốn chuyển tiếp > Đã chi", Shape.NUMBER, total=True),
)


def _tables(source: Source) -> tuple[Table, ...]:
    overview = read_overview(source.desk, source.made)
    return (_matrix(overview), _money(overview))


def _matrix(overview: Overview) -> Table:
    numbers = sorted({number for one in overview.communes for number in one.by_criterion}, key=int)
    criteria = (Column(f"tc_{it}", f"Tiêu chí > {it}", Shape.SHORT, of_data=True) for it in numbers)
    sums: dict[str, Value] = {
        f"tc_{number}": Formula(
            f'COUNTIF({{tc_{number}@*}},"{_SIGNS[Status.MET]}")',
            Decimal(sum(one.by_criterion.get(number) is Status.MET for one in overview.communes)),
        )
        for number in numbers
    }
    return Table(
        "ma-tran",
        "Các xã",
        "TỔNG HỢP KẾT QUẢ THỰC HIỆN TIÊU CHÍ NÔNG THÔN MỚI CÁC XÃ",
        (
            PLACE,
            Column("xa", "Xã"),
            Column("phan_dau", "Phấn đấu"),
            *criteria,
            Column("tc_dat", "TC đạt", Shape.NUMBER),
            Column("ct_dat", "CT đạt", Shape.NUMBER),
            Column("khac", "Thẩm tra khác xã", spare=True),
            Column("nguy_co", "Nguy cơ thu hồi"),
            Column("han", "Hạn", Shape.DAY),
            Column("goi", "Gói gần nhất", Shape.DAY),
        ),
        tuple(_rows(overview)),
        total="Số xã đạt",
        sums=sums,
        notes=(_LEGEND,),
    )


def _rows(overview: Overview) -> Iterator[Row]:
    for place, one in enumerate(overview.communes, 1):
        standing = one.checklist.standing
        cells: dict[str, Value] = {
            "stt": place,
            "xa": one.commune.name,
            "phan_dau": f"{_title(one)} {one.commune.target_year}",
            **{f"tc_{number}": _SIGNS[status] for number, status in one.by_criterion.items()},
            "tc_dat": standing.met,
            "ct_dat": standing.count(Status.MET),
            "khac": "; ".join(one.differing) or None,
            "nguy_co": one.risk.label if one.risk is not None else None,
            "han": one.commune.deadline,
            "goi": one.last_bundle.astimezone(VIETNAM).date() if one.last_bundle else None,
        }
        yield Row(cells, one.scope)


def _title(one: CommuneRow) -> str:
    return one.commune.tier.label.removeprefix("Đạt chuẩn ")


def _money(overview: Overview) -> Table:
    whole = overview.payout
    return Table(
        "von-cac-xa",
        "Vốn các xã",
        "TÌNH HÌNH GIẢI NGÂN VỐN CỦA CÁC XÃ",
        _MONEY,
        tuple(_payout(place, one) for place, one in enumerate(overview.communes, 1)),
        unit=said_unit(MILLION_DONG),
        sums={"ty_le": _rate(whole.paid, whole.planned)},
    )


def _payout(place: int, one: CommuneRow) -> Row:
    money = one.payout
    cells: dict[str, Value] = {
        "stt": place,
        "xa": one.commune.name,
        "ke_hoach": money.planned,
        "giai_ngan": money.paid,
        "ty_le": _rate(money.paid, money.planned),
        "no_khoi_luong": money.unpaid_volume,
        "chuyen_tiep": money.carried,
        "chuyen_tiep_chi": money.carried_paid,
    }
    return Row(cells, one.scope)


def _rate(paid: Decimal, plan: Decimal) -> Value:
    formula = 'IF({ke_hoach}=0,"",ROUNDDOWN({giai_ngan}/{ke_hoach}*100,2))'
    return Formula(formula, cut(paid * 100 / plan)) if plan else None


MATRIX = Workbook(
    "ma-tran",
    "Ma trận các xã",
    "Các xã theo tiêu chí, số đạt, nguy cơ thu hồi, gói gần nhất; và giải ngân của các xã.",
    _tables,
    level=Owner.UPPER,
)
