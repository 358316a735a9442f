"""The index of evidence: what proves each indicator, and which papers are still lacking."""

from collections.abc import Iterator

from db import evidence
from db.evidence import EvidenceRecord
from db.numbers import parse_date
from db.sheet.records import IndicatorState, Sheet
from ntm_tui.papers.workbooks.results import checklist_at
from ntm_tui.papers.workbooks.table import Column, Look, Row, Shape, Table, Value
from ntm_tui.papers.workbooks.workbook import Source, Workbook

_COLUMNS = (
    Column("tt", "TT", Shape.SHORT),
    Column("ten", "Chỉ tiêu, tên tài liệu"),
    Column("so", "Số, ký hiệu", Shape.SHORT),
    Column("ngay", "Ngày văn bản", Shape.DAY),
    Column("co_quan", "Cơ quan ban hành"),
    Column("loai", "Loại tài liệu"),
    Column("tep", "Tệp đính kèm"),
    Column("con_thieu", "Tài liệu còn thiếu"),
)


def _tables(source: Source) -> tuple[Table, ...]:
    found = checklist_at(source)
    sheet = found.sheet
    with source.desk.reading() as session:
        documents = evidence.evidence_of(session, source.desk.home, sheet)
    rows = tuple(
        row
        for state in found.states
        for row in _rows(sheet, state, documents.get(state.indicator.number, ()))
    )
    count = sum(len(records) for records in documents.values())
    return (
        Table(
            "minh-chung",
            "Minh chứng",
            "DANH MỤC TÀI LIỆU MINH CHỨNG {BỘ TIÊU CHÍ} NĂM {NĂM}",
            _COLUMNS,
            rows,
            notes=(f"{count} tài liệu. Loại tài liệu còn thiếu theo gợi ý của bộ tiêu chí.",),
        ),
    )


def _rows(
    sheet: Sheet, state: IndicatorState, documents: tuple[EvidenceRecord, ...]
) -> Iterator[Row]:
    indicator = state.indicator
    lacking = evidence.missing_kinds(sheet.criteria_set, indicator.number, documents)
    head: dict[str, Value] = {
        "tt": indicator.number,
        "ten": indicator.name,
        "con_thieu": "; ".join(one.name for one in lacking) or None,
    }
    yield Row(head, indicator.number, Look.GROUP)
    kinds = {one.id: one.name for one in sheet.criteria_set.evidence_kinds}
    for place, one in enumerate(documents, 1):
        day = parse_date(one.date_written)
        cells: dict[str, Value] = {
            "tt": f"{indicator.number}-{place}",
            "ten": one.title,
            "so": one.number or None,
            "ngay": day.date if day.date and not day.warning else one.date_written or None,
            "co_quan": one.issuer or None,
            "loai": kinds.get(one.kind, one.kind) or None,
            "tep": _file(one),
        }
        yield Row(cells, one.id)


def _file(one: EvidenceRecord) -> str:
    if one.file is None:
        return "Bản giấy"
    return one.file.file_name if one.present else f"{one.file.file_name} (không có trên máy này)"


EVIDENCE_INDEX = Workbook(
    "minh-chung",
    "Danh mục minh chứng",
    "Từng chỉ tiêu có những tài liệu nào, còn thiếu loại nào.",
    _tables,
)
