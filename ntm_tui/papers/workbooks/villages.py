"""Villages down, indicators across, with sums that a reader can check."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from db import villages
from db.communes import VillageRecord
from db.judging import Part, Status, parts_of
from db.judging.entry import entry_text
from db.judging.figures import part_label
from db.registers.people import VILLAGES as VILLAGE_REGISTER
from db.registers.reading import read_page
from db.sheet.records import AssessmentRecord, IndicatorState
from db.villages import Grid, by_status
from db.workbooks.layout import VILLAGE, Role
from db.workbooks.layout import VILLAGES as SUBJECT
from ntm_tui.papers.workbooks.registers import PLACE, register_table
from ntm_tui.papers.workbooks.table import ABOVE, Column, Formula, Row, Shape, Table, Value
from ntm_tui.papers.workbooks.workbook import Source, Workbook

_FIGURE = "figure"
_LONGEST = 60
"""Characters of an indicator's name in a heading."""


def _tables(source: Source) -> tuple[Table, ...]:
    with source.desk.reading() as session:
        grid = villages.read_grid(session, source.desk.sheet())
    page = read_page(source.desk, VILLAGE_REGISTER, source.today)
    listed = register_table(
        page,
        page.records,
        key="danh-sach-thon",
        title="DANH SÁCH THÔN",
        shown=("name", "households", "population", "leader", "target"),
        totals=("households", "population"),
    )
    return (_grid(grid), listed)


def _grid(grid: Grid) -> Table:
    columns = tuple(one for state in grid.columns for one in _columns(state))
    rows = tuple(
        Row(
            {
                "stt": place,
                "thon": village.name,
                **{k: v for state in grid.columns for k, v in _cells(state, village).items()},
            },
            village.code,
        )
        for place, village in enumerate(grid.villages, 1)
    )
    sums = {name: value for state in grid.columns for name, value in _sums(state, rows).items()}
    return Table(
        "bang-thon",
        "Thôn theo chỉ tiêu",
        "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU THEO THÔN NĂM {NĂM}",
        (PLACE, Column("thon", "Thôn", role=VILLAGE), *columns),
        rows,
        subject=SUBJECT,
        total="Toàn xã",
        sums=sums,
        notes=(
            "Dòng Toàn xã: cộng các thôn; ở cột đánh giá là số thôn đạt. "
            "Thôn không áp dụng thì không tính.",
        ),
    )


def _columns(state: IndicatorState) -> Iterator[Column]:
    """Give the columns of one indicator: a status, a count, or what a share is made of."""
    number = state.indicator.number
    name = state.indicator.name
    above = f"{number} {name if len(name) <= _LONGEST else name[: _LONGEST - 1] + '…'}"
    key = _key(state)
    if by_status(state):
        yield Column(key, above, Shape.SHORT, Role("status", number=number), of_data=True)
        return
    parts = parts_of(state.indicator, state.threshold.effective)
    if parts != (Part.WHOLE,):
        for part in parts:
            role = Role(_FIGURE, part.value, number=number)
            label = part_label(state.indicator, part)
            heading = f"{above}{ABOVE}{label}"
            yield Column(f"{key}_{part.value}", heading, Shape.SHORT, role, of_data=True)
        return
    if _is_counted(state):
        yield Column(
            key, above, Shape.NUMBER, Role(_FIGURE, number=number), total=True, of_data=True
        )
        return
    counted = state.indicator.counted or "số"
    for of, label in (("numerator", f"Đạt ({counted})"), ("denominator", f"Tổng ({counted})")):
        role = Role(_FIGURE, of, number=number)
        heading = f"{above}{ABOVE}{label}"
        yield Column(f"{key}_{of}", heading, Shape.NUMBER, role, total=True, of_data=True)
    yield Column(f"{key}_rate", f"{above}{ABOVE}%", Shape.NUMBER, of_data=True)


def _key(state: IndicatorState) -> str:
    return "ct_" + state.indicator.number.replace(".", "_")


def _is_counted(state: IndicatorState) -> bool:
    """Tell whether villages give a plain count, and no share."""
    return not state.indicator.counted


def _cells(state: IndicatorState, village: VillageRecord) -> dict[str, Value]:
    record = state.villages.get(village.code, AssessmentRecord())
    key = _key(state)
    if by_status(state):
        return {} if record.status is Status.NOT_ASSESSED else {key: record.status.label}
    if record.figure is None or record.status is Status.NOT_APPLICABLE:
        return {}
    whole = record.figure.part(Part.WHOLE)
    if whole is None:
        return {f"{key}_{part.value}": entry_text(it) for part, it in record.figure.parts}
    if whole.numerator is None or whole.denominator is None:
        return {key: whole.value} if _is_counted(state) else {}
    return {
        f"{key}_numerator": whole.numerator,
        f"{key}_denominator": whole.denominator,
        f"{key}_rate": _rate(key, whole.numerator, whole.denominator),
    }


def _rate(key: str, numerator: Decimal, denominator: Decimal) -> Formula:
    names = f"{{{key}_numerator}}/{{{key}_denominator}}"
    cut = (numerator * 100 / denominator).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    return Formula(f"ROUNDDOWN({names}*100,2)", cut)


def _sums(state: IndicatorState, rows: Sequence[Row]) -> dict[str, Value]:
    """Give what stands below beside sums: how many have met it, or the share of all."""
    key = _key(state)
    if by_status(state):
        met = sum(row.cells.get(key) == Status.MET.label for row in rows)
        return {key: Formula(f'COUNTIF({{{key}@*}},"{Status.MET.label}")', Decimal(met))}
    numbers = {
        part: [it for row in rows if isinstance(it := row.cells.get(f"{key}_{part}"), Decimal)]
        for part in ("numerator", "denominator")
    }
    if not numbers["denominator"]:
        return {}
    upper, lower = (sum(numbers[part], Decimal(0)) for part in ("numerator", "denominator"))
    return {f"{key}_rate": _rate(key, upper, lower)}


VILLAGE_GRID = Workbook(
    "bang-thon",
    "Bảng thôn",
    "Từng thôn theo các chỉ tiêu của dân, cộng lại cho cả xã; và danh sách thôn.",
    _tables,
)
