"""The half-year form: last year's result, this period's, and what is planned next."""

from collections.abc import Iterator, Mapping

from db.registers.register import Values
from db.sheet.records import Checklist, IndicatorState
from ntm_tui.papers.figures import show_figure
from ntm_tui.papers.planned import (
    aim_words,
    indicator_words,
    planned_by,
    plans_of,
    status_words,
    year_before,
)
from ntm_tui.papers.workbooks.results import checklist_at
from ntm_tui.papers.workbooks.table import Column, Look, Row, Shape, Table, Value
from ntm_tui.papers.workbooks.workbook import Source, Workbook

_BEFORE, _NOW, _NEXT = "KQ đến 31/12/{năm trước}", "TH {kỳ}", "KH {kỳ sau}"
_COLUMNS = (
    Column("tt", "TT", Shape.SHORT),
    Column("noi_dung", "Nội dung"),
    Column("dvt", "ĐVT", Shape.SHORT),
    Column("truoc_kq", f"{_BEFORE} > Kết quả", Shape.SHORT),
    Column("truoc_dg", f"{_BEFORE} > Đánh giá", Shape.SHORT),
    Column("ky_kq", f"{_NOW} > Kết quả", Shape.SHORT),
    Column("ky_dg", f"{_NOW} > Đánh giá", Shape.SHORT),
    Column("kh_kq", f"{_NEXT} > Kết quả", Shape.SHORT),
    Column("kh_dg", f"{_NEXT} > Đánh giá", Shape.SHORT),
    Column("ghi_chu", "Ghi chú"),
)


def _tables(source: Source) -> tuple[Table, ...]:
    now = checklist_at(source)
    before = year_before(source.desk, now)
    plans = plans_of(source.desk, source.today)
    rows = tuple(_rows(now, before, plans, source))
    return (
        Table(
            "bieu-6-thang",
            "Biểu 6 tháng",
            "KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ NÔNG THÔN MỚI – {KỲ}",
            _COLUMNS,
            rows,
            notes=(
                "Cột kế hoạch: tiêu chí có ngày dự kiến đạt trong Kế hoạch năm, tính đến hết kỳ "
                "sau.",
            ),
        ),
    )


def _rows(
    now: Checklist, before: Checklist, plans: Mapping[str, Values], source: Source
) -> Iterator[Row]:
    today, last = source.today, source.period.next.last
    earlier = {it.criterion.number: it.status for it in before.standing.criteria}
    for one in now.standing.criteria:
        number = one.criterion.number
        plan = plans.get(number, {})
        planned = planned_by(plan, last)
        yield Row(
            {
                "tt": number,
                "noi_dung": one.criterion.name,
                "truoc_dg": status_words(earlier[number]) or None,
                "ky_dg": status_words(one.status) or None,
                "kh_dg": aim_words(one.status, planned, today) or None,
                "ghi_chu": plan.get("measures"),
            },
            number,
            Look.GROUP,
        )
        for indicator in one.criterion.indicators:
            state = now.by_number[indicator.number]
            earlier_state = before.by_number[indicator.number]
            words = indicator_words(state, earlier_state, planned, now.sheet.year, today)
            yield _row(state, earlier_state, words)


def _row(state: IndicatorState, before: IndicatorState, words: Mapping[str, str]) -> Row:
    cells: dict[str, Value] = {name: text or None for name, text in words.items()}
    cells |= {"truoc_kq": _result(before), "ky_kq": _result(state)}
    return Row(cells, state.indicator.number)


def _result(state: IndicatorState) -> Value:
    """Give a figure: a number where it is one, else as people write it."""
    figure = state.figure
    if figure is None:
        return None
    (part, whole), *others = figure.parts or ((None, None),)
    if part is not None and whole is not None and not others and whole.numerator is None:
        return whole.value
    return show_figure(figure, state.indicator, state.threshold.effective)


HALF_YEAR = Workbook(
    "bieu-6-thang",
    "Biểu 6 tháng",
    "Kết quả năm trước, kết quả kỳ này và kế hoạch kỳ sau của từng tiêu chí, chỉ tiêu.",
    _tables,
)
