"""The result table: every indicator with what it must reach, what was reached, and the finding."""

from collections.abc import Iterator
from decimal import Decimal

from db.checklist import read_as_of
from db.judging import Figure, Part, Quantity, Status
from db.judging.entry import figure_text
from db.judging.figures import is_percent
from db.sheet.records import Checklist, IndicatorState
from db.workbooks.layout import CHECKLIST, NUMBER, Role
from ntm_tui.papers.planned import breakable
from ntm_tui.papers.workbooks.table import Column, Formula, Look, Row, Shape, Table, Value
from ntm_tui.papers.workbooks.workbook import Source, Workbook

_FIGURE = "figure"
_COLUMNS = (
    Column("tt", "TT", Shape.SHORT, role=NUMBER),
    Column("tieu_chi", "Tên tiêu chí"),
    Column("noi_dung", "Nội dung tiêu chí"),
    Column("yeu_cau", "Yêu cầu đạt chuẩn"),
    Column("ket_qua", "Kết quả thực hiện", Shape.NUMBER, role=Role("result")),
    Column("don_vi", "ĐVT", Shape.SHORT),
    Column("danh_gia", "Xã tự đánh giá", Shape.SHORT, role=Role("status")),
    Column("ghi_chu", "Ghi chú", role=Role("note")),
    Column("ly_do", "Lý do", role=Role("reason"), spare=True),
    Column("con_thieu", "Còn thiếu", spare=True),
    Column("phu_trach", "Phụ trách", role=Role("responsible"), spare=True),
    Column("han", "Hạn hoàn thành", Shape.DAY, role=Role("due"), spare=True),
    Column("tham_tra", "Cấp trên thẩm tra", Shape.SHORT, spare=True),
    Column("tu_so", "Tử số", Shape.NUMBER, role=Role(_FIGURE, "numerator"), kept=True),
    Column("mau_so", "Mẫu số", Shape.NUMBER, role=Role(_FIGURE, "denominator"), kept=True),
)


def _tables(source: Source) -> tuple[Table, ...]:
    found = checklist_at(source)
    return (
        Table(
            "ket-qua",
            "Kết quả",
            "KẾT QUẢ THỰC HIỆN {BỘ TIÊU CHÍ} NĂM {NĂM}",
            _COLUMNS,
            tuple(_rows(found)),
            subject=CHECKLIST if source.is_now else "",
            notes=tuple(_notes(found)),
        ),
    )


def checklist_at(source: Source) -> Checklist:
    """Give the checklist as it stands, or as it stood at the end of a period that is over."""
    sheet = source.desk.sheet()
    if source.is_now:
        return source.desk.checklist(sheet)
    with source.desk.reading() as session:
        return read_as_of(session, sheet, source.until)


def _rows(found: Checklist) -> Iterator[Row]:
    for one in found.standing.criteria:
        met = one.count(Status.MET) + one.count(Status.NOT_APPLICABLE)
        yield Row(
            {
                "tt": one.criterion.number,
                "tieu_chi": one.criterion.name,
                "ket_qua": f"{met}/{len(one.criterion.indicators)} chỉ tiêu",
                "danh_gia": one.status.label,
            },
            one.criterion.number,
            Look.GROUP,
        )
        for indicator in one.criterion.indicators:
            yield _row(found.by_number[indicator.number], found.sheet.year)


def _row(state: IndicatorState, year: int) -> Row:
    threshold, said = state.threshold.effective, state.assessment
    cells: dict[str, Value] = {
        "tt": state.indicator.number,
        "noi_dung": state.indicator.name,
        "yeu_cau": threshold.text(year),
        **figure_cells(state),
        "danh_gia": state.judgement.status.label,
        "ghi_chu": said.note or None,
        "ly_do": said.reason or None,
        "con_thieu": "; ".join(one.text for one in state.judgement.shortfalls) or None,
        "phu_trach": said.responsible or None,
        "han": said.due,
        "tham_tra": state.verdict.status.label if state.verdict.agency else None,
    }
    return Row(cells, state.indicator.number, unread=_reckoned(state))


def _reckoned(state: IndicatorState) -> frozenset[str]:
    """Name what the program reckons by itself: the sums of villages, a status it cannot accept."""
    found: set[str] = set()
    if state.figure != state.assessment.figure:
        found |= {"ket_qua", "tu_so", "mau_so"}
    if state.judgement.status != state.assessment.status:
        found |= {"danh_gia", "ly_do"}
    return frozenset(found)


def figure_cells(state: IndicatorState) -> dict[str, Value]:
    """Give the cells of a figure: a number that can be reckoned with, its unit, what it is made of.

    Figures of several parts are texts, as they would be typed.
    """
    figure, threshold = state.figure, state.threshold.effective
    if figure is None:
        return {}
    whole = figure.part(Part.WHOLE)
    if whole is None:
        return {"ket_qua": figure_text(figure), "don_vi": _units(state, figure)}
    unit = threshold.unit(0)
    if whole.numerator is None or whole.denominator is None:
        return {"ket_qua": whole.value, "don_vi": breakable(unit)}
    return {
        "ket_qua": _ratio(whole, percent=is_percent(threshold, Part.WHOLE)),
        "don_vi": breakable(unit),
        "tu_so": whole.numerator,
        "mau_so": whole.denominator,
    }


def _ratio(whole: Quantity, *, percent: bool) -> Formula:
    """Reckon a share, cut and not rounded up: 69,999 must not read as 70."""
    times = "*100" if percent else ""
    exact = whole.percent if percent else whole.number
    cut = Decimal(int(exact * 100)) / 100
    return Formula(f"ROUNDDOWN({{tu_so}}/{{mau_so}}{times},2)", cut)


def _units(state: IndicatorState, figure: Figure) -> str:
    if figure.level:
        return ""
    threshold = state.threshold.effective
    return "; ".join(
        dict.fromkeys(threshold.unit(1 if part is Part.COUNT else 0) for part, _ in figure.parts)
    )


def _notes(found: Checklist) -> Iterator[str]:
    standing = found.standing
    yield (
        f"Đạt {standing.met}/{standing.total} tiêu chí, "
        f"{standing.count(Status.MET)}/{len(found.states)} chỉ tiêu."
    )
    if any(state.villages for state in found.states):
        yield "Số liệu của chỉ tiêu ghi theo thôn là tổng các thôn: sửa ở bảng thôn."
    if found.unconfirmed:
        yield f"{found.unconfirmed} mức đạt chưa được đối chiếu với văn bản."


RESULTS = Workbook(
    "ket-qua",
    "Bảng kết quả thực hiện tiêu chí",
    "Từng tiêu chí, chỉ tiêu: yêu cầu, kết quả, xã tự đánh giá. Đưa vào lại chương trình được.",
    _tables,
)
